//! Liveness, readiness and metrics. The first two need no authentication: probes carry no token and reveal nothing.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;

use super::GateEndpoints;
use super::authentication::gate_token_required;
use listener::PeerAddr;
use problem::Problem;

pub(super) async fn liveness() -> &'static str {
    "ok\n"
}

pub(super) async fn readiness(State(endpoints): State<Arc<GateEndpoints>>) -> Response {
    if endpoints.keyhatch.is_ready().await { "ready\n".into_response() } else { Problem::unavailable().into_response() }
}

pub(super) async fn metrics(State(endpoints): State<Arc<GateEndpoints>>, request: Request) -> Response {
    if !endpoints.is_authenticated(request.extensions().get::<PeerAddr>(), request.headers()) {
        return gate_token_required().into_response();
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], endpoints.metrics.render()).into_response()
}
