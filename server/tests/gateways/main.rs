//! Real nginx, Caddy and HAProxy, started from what `keyhatch gateway` prints, untouched, between clients on different
//! loopback addresses and an upstream that returns what reached it. Envoy and Traefik cannot be installed from Debian;
//! their questions and answers are replayed in `crates/adapters/tests/gate/profiles.rs`.

mod check;
mod check_page;
mod concurrency;
mod configuration;
mod decisions;
mod deployment;
mod disguised_paths;
mod forged_headers;
mod gate_failure;
mod gate_headers;
mod gateway_process;
mod rate_limits;
mod raw_client;
mod spoofing;
mod tls;
mod trusted_proxies;
mod upstream;

/// One test for each gateway that can be run.
macro_rules! for_each_gateway {
    ($($name:ident),* $(,)?) => {
        for_each_gateway!(@ nginx Nginx $($name),*);
        for_each_gateway!(@ caddy Caddy $($name),*);
        for_each_gateway!(@ haproxy Haproxy $($name),*);
    };
    (@ $module:ident $gateway:ident $($name:ident),*) => {
        mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                Box::pin(super::$name(crate::deployment::Gateway::$gateway)).await;
            })*
        }
    };
}
pub(crate) use for_each_gateway;
