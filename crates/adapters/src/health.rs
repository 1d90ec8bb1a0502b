//! Whether the process lives, whether it can decide, and its counters. The first two answer anybody, since probes
//! carry no token and learn nothing.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;

use super::Gate;
use super::asker::stranger;
use listener::PeerAddr;
use problem::Problem;

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(gate): State<Arc<Gate>>) -> Response {
    if gate.keyhatch.is_ready().await { "ready\n".into_response() } else { Problem::unavailable().into_response() }
}

pub(super) async fn metrics(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    if !gate.trusts(request.extensions().get::<PeerAddr>(), request.headers()) {
        return stranger().into_response();
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], gate.metrics.text()).into_response()
}
