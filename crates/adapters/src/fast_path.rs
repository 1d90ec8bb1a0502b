//! A fast path around the router: the three profile paths that take nearly all traffic go straight to their handler,
//! every other path goes through the router.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::Request;

use super::{GateEndpoints, forward, haproxy, nginx};
use listener::Handler;

/// The gate's handler for a listener.
#[derive(Clone)]
pub struct FastPath {
    endpoints: Arc<GateEndpoints>,
    router: Router,
}

impl FastPath {
    /// `extend` may add routes to those of the gate.
    pub fn new(endpoints: GateEndpoints, extend: impl FnOnce(Router) -> Router) -> Self {
        let endpoints = Arc::new(endpoints);
        Self { router: extend(super::routes(Arc::clone(&endpoints))), endpoints }
    }
}

impl Handler for FastPath {
    async fn handle(self, request: Request<Body>) -> Response {
        match request.uri().path() {
            "/auth/nginx" => nginx::authorize(State(self.endpoints), request).await,
            "/auth/forward" => forward::authorize(State(self.endpoints), request).await,
            "/auth/haproxy" => haproxy::authorize(State(self.endpoints), request).await,
            _ => Box::pin(self.router.handle(request)).await,
        }
    }
}
