//! The HTTP client of the tests that talk to a real listener. Bytes that no client would send are written to a socket by
//! the tests that need them.

use std::sync::Once;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;

/// Longer than anything that is waited for takes.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A client that follows no redirect, uses no proxy, and opens a connection for each request: a request on a reused one
/// might be sent twice.
#[must_use]
pub fn blocking_client() -> reqwest::blocking::Client {
    install_crypto_provider();
    let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    client.pool_max_idle_per_host(0).timeout(TIMEOUT).build().unwrap()
}

/// The same without blocking, to be extended by a source address or a certificate.
pub fn client_builder() -> reqwest::ClientBuilder {
    install_crypto_provider();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    client.pool_max_idle_per_host(0).timeout(TIMEOUT)
}

/// reqwest would otherwise look for one, even for plain HTTP.
fn install_crypto_provider() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error means that the test has installed one itself.
        let _ = ring::default_provider().install_default();
    });
}
