//! The gate's HTTP interface: gateways and servers ask here whether to let a call through. Each profile (nginx, forward,
//! Envoy, HAProxy) and each JSON endpoint has a file of its own. The decision itself belongs to `service` and `domain`.

mod authentication;
mod caller_address;
mod credential;
mod credential_headers;
mod envoy;
mod explain;
mod fast_path;
mod forward;
#[doc(hidden)]
pub mod fuzzing;
mod haproxy;
mod health;
mod identity_headers;
mod key_prefixes;
mod method;
mod metrics;
mod nginx;
mod profile;
mod profile_table;
mod query;
mod rate_limit_headers;
mod request_body;
mod requirement;
mod verify;

pub use credential::{Credential, CredentialError, parse_credential};
pub use credential_headers::CredentialHeaders;
pub use fast_path::FastPath;
pub use key_prefixes::KeyPrefixes;
pub use rate_limit_headers::{insert_rate_limit_headers, retry_after_secs};

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use http::HeaderValue;
use ipnet::IpNet;
use secrecy::SecretString;
use service::Keyhatch;

use metrics::Metrics;
use problem::Problem;

/// State shared by the handlers of the gate's endpoints.
pub struct GateEndpoints {
    keyhatch: Keyhatch,
    trusted_proxies: Vec<IpNet>,
    token: Option<SecretString>,
    challenge: HeaderValue,
    key_prefixes: KeyPrefixes,
    metrics: Metrics,
}

/// Configuration of the gate's endpoints.
#[derive(Debug)]
pub struct EndpointConfig {
    /// Proxies behind the gateway whose forwarded addresses are trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// The token that a gateway outside loopback must send.
    pub token: Option<SecretString>,
    /// What API keys start with, such as `kh`; used to detect a key in a query string.
    pub key_prefix: String,
}

impl GateEndpoints {
    /// Prepares everything that does not depend on the request.
    pub fn new(keyhatch: Keyhatch, config: EndpointConfig) -> Self {
        Self {
            keyhatch,
            trusted_proxies: config.trusted_proxies,
            token: config.token,
            challenge: HeaderValue::from_static("ApiKey realm=\"API\""),
            key_prefixes: KeyPrefixes::new(&config.key_prefix),
            metrics: Metrics::default(),
        }
    }
}

/// The gate's routes, without middleware: a layer would cost time on every call. The listener turns panics into 500.
pub fn router(endpoints: GateEndpoints) -> Router {
    routes(Arc::new(endpoints))
}

fn routes(endpoints: Arc<GateEndpoints>) -> Router {
    profile_table::routes()
        .route("/v1/verify", post(verify::verify))
        .route("/v1/explain", post(explain::explain))
        .route("/healthz", get(health::liveness))
        .route("/readyz", get(health::readiness))
        .route("/metrics", get(health::metrics))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(endpoints)
}
