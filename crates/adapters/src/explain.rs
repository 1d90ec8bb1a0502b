//! `POST /v1/explain`: the verdict that a call would get and why, by a key's id and without its secret. For operators and
//! support pages; it consumes no quota and records no use.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::CACHE_CONTROL;
use serde::Deserialize;

use super::GateEndpoints;
use super::authentication::gate_token_required;
use super::request_body::{parse_address, parse_json, parse_requirement, read_json, required_nullable};
use listener::PeerAddr;
use problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExplainRequest {
    key_id: String,
    /// The caller's address; `null` or an invalid address means unknown.
    #[serde(deserialize_with = "required_nullable")]
    ip: Option<String>,
    privilege: Option<String>,
    channel: Option<String>,
    cost: Option<u32>,
}

pub(super) async fn explain(State(endpoints): State<Arc<GateEndpoints>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !endpoints.is_authenticated(parts.extensions.get::<PeerAddr>(), &parts.headers) {
        return gate_token_required().into_response();
    }
    match read_json(&parts.headers, body).await {
        Ok(bytes) => render_explanation(&endpoints, &bytes).await,
        Err(problem) => problem.into_response(),
    }
}

async fn render_explanation(endpoints: &GateEndpoints, bytes: &[u8]) -> Response {
    let expected = "key_id, ip and, if needed, privilege, channel and cost";
    let body: ExplainRequest = match parse_json(bytes, expected) {
        Ok(body) => body,
        Err(problem) => return problem.into_response(),
    };
    let requirement = match parse_requirement(body.privilege.as_deref(), body.channel.as_deref(), body.cost) {
        Ok(requirement) => requirement,
        Err(problem) => return problem.into_response(),
    };
    let call = domain::explain::HypotheticalCall {
        address: parse_address(body.ip.as_deref()),
        privilege: requirement.privilege.as_deref(),
        channel: requirement.channel,
        cost: requirement.cost.unwrap_or(1),
    };
    match endpoints.keyhatch.key_calls().explain_any(&body.key_id, &call).await {
        Ok(explanation) => ([(CACHE_CONTROL, "no-store")], Json(explanation)).into_response(),
        Err(service::Error::NotFound) => {
            Problem::not_found().detail("There is no key of this id, or it was deleted.").into_response()
        }
        Err(_) => Problem::unavailable().into_response(),
    }
}
