//! `POST /v1/explain`: what the gate would answer to a call and why, by a key's id and without its secret. For the
//! operator and the product's own support pages; nothing is counted.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::CACHE_CONTROL;
use serde::Deserialize;

use super::Gate;
use super::asker::stranger;
use super::question::{self, present};
use listener::PeerAddr;
use problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    key_id: String,
    /// The caller's address. One that is none, and `null`, mean "not known".
    #[serde(deserialize_with = "present")]
    ip: Option<String>,
    privilege: Option<String>,
    channel: Option<String>,
    cost: Option<u32>,
}

pub(super) async fn answer(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !gate.trusts(parts.extensions.get::<PeerAddr>(), &parts.headers) {
        return stranger().into_response();
    }
    match question::read(&parts.headers, body).await {
        Ok(bytes) => explain(&gate, &bytes).await,
        Err(problem) => problem.into_response(),
    }
}

async fn explain(gate: &Gate, bytes: &[u8]) -> Response {
    let wanted = "key_id, ip and, if needed, privilege, channel and cost";
    let asked: Question = match question::parse(bytes, wanted) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let need = match question::need(asked.privilege.as_deref(), asked.channel.as_deref(), asked.cost) {
        Ok(need) => need,
        Err(problem) => return problem.into_response(),
    };
    let question = domain::explain::HypotheticalCall {
        address: question::address(asked.ip.as_deref()),
        privilege: need.privilege.as_deref(),
        channel: need.channel,
        cost: need.cost.unwrap_or(1),
    };
    match gate.keyhatch.explain_any_key(&asked.key_id, &question).await {
        Ok(explanation) => ([(CACHE_CONTROL, "no-store")], Json(explanation)).into_response(),
        Err(service::Error::NotFound) => {
            Problem::not_found().detail("There is no key of this id, or it was deleted.").into_response()
        }
        Err(_) => Problem::unavailable().into_response(),
    }
}
