//! What the tests share: a Keyhatch in a folder of its own, and requests to a router without a socket.

use std::net::SocketAddr;

use adapters::{EndpointConfig, GateEndpoints};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use domain::form::KeyForm;
use domain::limits::LimitsForm;
use domain::policy::Policy;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use listener::PeerAddr;
use secrecy::ExposeSecret as _;
use service::actor::Actor;
use service::{Keyhatch, Options, SystemClock, SystemRandom};
use tempfile::TempDir;
use tower::ServiceExt as _;

pub const LOOPBACK: &str = "127.0.0.1:40000";
pub const TOKEN: &str = "a-token-for-the-tests";

/// A Keyhatch with one account; its folder goes when this is dropped.
pub struct Data {
    pub keyhatch: Keyhatch,
    pub account: String,
    folder: TempDir,
}

impl Data {
    pub async fn new() -> Self {
        Self::with(Policy::default()).await
    }

    pub async fn with(policy: Policy) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            data_dir: folder.path().to_owned(),
            database_url: None,
            pepper: None,
            policy,
            clock: Box::new(SystemClock),
            random: Box::new(SystemRandom),
            durable: false,
        };
        let keyhatch = Keyhatch::open(options).await.expect("an empty folder opens");
        let account = keyhatch.accounts().create(&Actor::Operator, "Acme", None).await.expect("an account");
        Self { keyhatch, account, folder }
    }

    /// The data directory.
    pub fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The id and the value of a new key that may do everything, with limits.
    pub async fn limited_key(&self, limits: LimitsForm) -> (String, String) {
        let form = KeyForm { name: "Limited".to_owned(), all_privileges: true, limits, ..KeyForm::default() };
        self.issue(&form).await
    }

    /// The id and the value of a new key.
    pub async fn key(&self, name: &str, whitelist: &str, privileges: &[&str]) -> (String, String) {
        let form = KeyForm {
            name: name.to_owned(),
            whitelist: whitelist.to_owned(),
            all_privileges: privileges == ["*"],
            privileges: privileges.iter().filter(|one| **one != "*").map(ToString::to_string).collect(),
            ..KeyForm::default()
        };
        self.issue(&form).await
    }

    pub async fn issue(&self, form: &KeyForm) -> (String, String) {
        let issued = self.keyhatch.keys().create(&Actor::Operator, &self.account, form).await.expect("a key");
        (issued.key.id.clone(), issued.secret.expose_secret().to_owned())
    }

    /// The gate's router; `trusted` is written as in the configuration.
    pub fn gate(&self, trusted: &str) -> Router {
        let config = EndpointConfig {
            trusted_proxies: domain::TrustedProxies::parse(trusted).expect("proxies").to_vec(),
            token: Some(TOKEN.into()),
            key_prefix: "kh".to_owned(),
        };
        adapters::router(GateEndpoints::new(self.keyhatch.clone(), config))
    }
}

/// A request as it is written: method, address and header lines.
pub fn request(method: &str, uri: &str, lines: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in lines {
        request = request.header(*name, value.as_bytes());
    }
    request.body(Body::empty()).expect("a request")
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("visible ASCII"))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The code of a problem; also checks its shape.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        problem["code"].as_str().expect("a code").to_owned()
    }
}

/// Sends a request to a router as if it came from `peer`.
pub async fn send(router: &Router, peer: &str, mut request: Request<Body>) -> Answer {
    let peer: SocketAddr = peer.parse().expect("an address");
    request.extensions_mut().insert(PeerAddr(peer));
    let response: Response = router.clone().oneshot(request).await.expect("a router always answers");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a whole body").to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}
