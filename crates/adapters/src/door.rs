//! The way in for gateways: straight to the profile for the questions that come by the ten thousand a second, and to the
//! router, which knows every address, for everything else.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::Request;

use super::{Gate, forward, haproxy, nginx};
use listener::Answering;

/// The gate's service.
#[derive(Clone)]
pub struct Door {
    gate: Arc<Gate>,
    others: Router,
}

impl Door {
    /// `more` may add addresses.
    pub fn new(gate: Gate, more: impl FnOnce(Router) -> Router) -> Self {
        let gate = Arc::new(gate);
        Self { others: more(super::routes(Arc::clone(&gate))), gate }
    }
}

impl Answering for Door {
    async fn answer(self, request: Request<Body>) -> Response {
        match request.uri().path() {
            "/auth/nginx" => nginx::answer(State(self.gate), request).await,
            "/auth/forward" => forward::answer(State(self.gate), request).await,
            "/auth/haproxy" => haproxy::answer(State(self.gate), request).await,
            _ => Box::pin(self.others.answer(request)).await,
        }
    }
}
