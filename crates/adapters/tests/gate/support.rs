//! A gate for one test: its router over an empty data directory, and requests to it without a socket.

use adapters::{EndpointConfig, GateEndpoints};
use axum::Router;
use axum::body::Body;
use domain::limits::LimitsForm;
use secrecy::ExposeSecret as _;
use service::keys::CreatedKey;
use test_support::{LOOPBACK_PEER, TestApp, TestResponse, build_request, send_request};

/// The token with which a gateway on another machine may ask.
pub const GATE_TOKEN: &str = "a-token-for-the-tests";
/// A peer that is neither on loopback nor a trusted proxy.
pub const REMOTE_PEER: &str = "198.51.100.9:1";

const JSON: (&str, &str) = ("content-type", "application/json");

pub struct GateApp {
    pub app: TestApp,
    router: Router,
}

impl GateApp {
    /// Without trusted proxies.
    pub async fn start() -> Self {
        Self::start_behind("").await
    }

    /// With trusted proxies, written as in the configuration.
    pub async fn start_behind(trusted_proxies: &str) -> Self {
        let app = TestApp::builder().system_clock_and_randomness().build().await;
        let config = EndpointConfig {
            trusted_proxies: domain::TrustedProxies::parse(trusted_proxies).expect("proxies").to_vec(),
            token: Some(GATE_TOKEN.into()),
            key_prefix: "kh".to_owned(),
        };
        let router = adapters::router(GateEndpoints::new(app.keyhatch.clone(), config));
        Self { app, router }
    }

    /// The id and the secret of a new key; `["*"]` means all privileges.
    pub async fn create_key(&self, name: &str, whitelist: &str, privileges: &[&str]) -> (String, String) {
        id_and_secret(&self.app.create_restricted_key(name, whitelist, privileges).await)
    }

    /// The id and the secret of a new key with all privileges and these limits.
    pub async fn create_limited_key(&self, limits: LimitsForm) -> (String, String) {
        id_and_secret(&self.app.create_limited_key(limits).await)
    }

    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TestResponse {
        send_request(&self.router, LOOPBACK_PEER, build_request(method, path, headers)).await
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> TestResponse {
        self.request("GET", path, headers).await
    }

    pub async fn get_from(&self, peer: &str, path: &str, headers: &[(&str, &str)]) -> TestResponse {
        send_request(&self.router, peer, build_request("GET", path, headers)).await
    }

    pub async fn post_json(&self, path: &str, body: impl ToString) -> TestResponse {
        self.post_from(LOOPBACK_PEER, path, &[JSON], body.to_string()).await
    }

    /// A JSON body from [`REMOTE_PEER`], without the gate token.
    pub async fn post_json_from_remote(&self, path: &str, body: impl ToString) -> TestResponse {
        self.post_from(REMOTE_PEER, path, &[JSON], body.to_string()).await
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> TestResponse {
        self.post_from(LOOPBACK_PEER, path, headers, body).await
    }

    async fn post_from(&self, peer: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> TestResponse {
        send_request(&self.router, peer, build_request("POST", path, headers).map(|_| body.into())).await
    }
}

fn id_and_secret(created: &CreatedKey) -> (String, String) {
    (created.key.id.clone(), created.secret.expose_secret().to_owned())
}
