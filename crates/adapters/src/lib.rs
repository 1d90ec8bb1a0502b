//! The second listener: gateways and servers ask here whether a call is let in. One file per profile translates a
//! gateway's language; what is decided is `service`'s and `domain`'s business.

mod address;
mod asker;
mod auth;
mod credential;
mod door;
mod envoy;
mod explain;
mod forward;
#[doc(hidden)]
pub mod fuzzing;
mod haproxy;
mod health;
mod identity;
mod limits;
mod lines;
mod method;
mod metrics;
mod need;
mod nginx;
mod query;
mod question;
mod verify;

pub use credential::{Credential, CredentialError, read as credential_of};
pub use door::Door;
pub use limits::{put as limit_fields, retry_after};
pub use lines::Lines;
pub use query::KeyMarks;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get, post};
use http::HeaderValue;
use ipnet::IpNet;
use secrecy::SecretString;
use service::Keyhatch;

use metrics::Metrics;
use problem::Problem;

/// What the gate's handlers share.
pub struct Gate {
    keyhatch: Keyhatch,
    trusted: Vec<IpNet>,
    token: Option<SecretString>,
    challenge: HeaderValue,
    key_marks: query::KeyMarks,
    metrics: Metrics,
}

/// What the gate needs besides the use cases.
#[derive(Debug)]
pub struct GateConfig {
    /// Hops behind the asking gateway whose word about the caller's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What an asker that is not on loopback has to show.
    pub token: Option<SecretString>,
    /// How keys begin, such as `kh`; to find one in a query string.
    pub key_prefix: String,
}

impl Gate {
    /// Prepares what each answer needs.
    pub fn new(keyhatch: Keyhatch, config: GateConfig) -> Self {
        Self {
            keyhatch,
            trusted: config.trusted_proxies,
            token: config.token,
            challenge: HeaderValue::from_static("ApiKey realm=\"API\""),
            key_marks: query::KeyMarks::new(&config.key_prefix),
            metrics: Metrics::default(),
        }
    }
}

/// The gate's routes. No layer is laid over them: each would cost every call. A panic is answered by the listener.
pub fn router(gate: Gate) -> Router {
    routes(Arc::new(gate))
}

fn routes(gate: Arc<Gate>) -> Router {
    Router::new()
        .route("/auth/nginx", any(nginx::answer))
        .route("/auth/forward", any(forward::answer))
        .route("/auth/haproxy", any(haproxy::answer))
        .route("/auth/envoy", any(envoy::answer))
        .route("/auth/envoy/", any(envoy::answer))
        .route("/auth/envoy/{*caller}", any(envoy::answer))
        .route("/v1/verify", post(verify::answer))
        .route("/v1/explain", post(explain::answer))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(gate)
}
