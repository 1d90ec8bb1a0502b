//! A fast path around the router: the profiles of one path, which take nearly all traffic, are found by a comparison;
//! every other path goes through the router.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::Request;

use super::GateEndpoints;
use super::profile_table::find_profile;
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
        match find_profile(request.uri().path()) {
            Some(profile) => self.endpoints.authorize(profile, request).await,
            None => Box::pin(self.router.handle(request)).await,
        }
    }
}
