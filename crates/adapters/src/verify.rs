//! `POST /v1/verify`: the gate's own language, for servers that ask by themselves. JSON in, a verdict as JSON out.

use std::borrow::Cow;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::explain::LimitStatus;
use domain::verdict::{CallRequest, VerdictCode};
use http::header::CACHE_CONTROL;
use serde::{Deserialize, Serialize};
use service::gate::Decision;

use super::Gate;
use super::asker::stranger;
use super::limits::{self, Told};
use super::metrics::Answered;
use super::question::{self, present};
use listener::PeerAddr;
use problem::Problem;

/// The question. It has no `Debug`, since it holds a secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    /// The caller's address as the asker saw it. One that is none, and `null`, mean "not known".
    #[serde(deserialize_with = "present")]
    ip: Option<String>,
    privilege: Option<String>,
    channel: Option<String>,
    /// How much of the key's limits the call uses; 1 if it is not said.
    cost: Option<u32>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    valid: bool,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<Caller<'a>>,
    /// How the key's limits stand after this call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<Limit>,
    /// After how many seconds a call that a limit refused may be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
}

#[derive(Serialize)]
struct Limit {
    name: &'static str,
    #[serde(rename = "limit")]
    most: u64,
    remaining: u64,
    /// In how many seconds the next window begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    reset: Option<u64>,
}

#[derive(Serialize)]
struct Caller<'a> {
    id: &'a str,
    name: &'a str,
    account: &'a str,
    environment: &'static str,
    privileges: Vec<&'a str>,
}

pub(super) async fn answer(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !gate.trusts(parts.extensions.get::<PeerAddr>(), &parts.headers) {
        return stranger().into_response();
    }
    let began = gate.metrics.begin();
    let (response, answered) = match question::read(&parts.headers, body).await {
        Ok(bytes) => decide(&gate, &bytes).await,
        Err(problem) => return problem.into_response(),
    };
    if let Some(answered) = answered {
        gate.metrics.count(answered, began);
    }
    response
}

async fn decide(gate: &Gate, bytes: &[u8]) -> (Response, Option<Answered>) {
    let wanted = "key, ip and, if needed, privilege, channel and cost";
    let question: Question<'_> = match question::parse(bytes, wanted) {
        Ok(question) => question,
        Err(problem) => return (problem.into_response(), None),
    };
    let need = match question::need(question.privilege.as_deref(), question.channel.as_deref(), question.cost) {
        Ok(need) => need,
        Err(problem) => return (problem.into_response(), None),
    };
    let asked = CallRequest {
        credential: &question.key,
        name: None,
        address: question::address(question.ip.as_deref()),
        privilege: need.privilege.as_deref(),
        channel: need.channel,
        cost: need.cost.unwrap_or(1),
    };
    match gate.keyhatch.decide(&asked).await {
        Ok(decision) => (say(&decision), Some(Answered::Verdict(decision.code))),
        Err(_) => (Problem::unavailable().into_response(), Some(Answered::Unknowable)),
    }
}

fn say(decision: &Decision) -> Response {
    let key = decision.key.as_ref().map(|key| Caller {
        id: key.id(),
        name: key.name(),
        account: key.account(),
        environment: key.environment(),
        privileges: key.privileges().split_ascii_whitespace().collect(),
    });
    let limit = |standing: &LimitStatus| Limit {
        name: limits::name(standing),
        most: standing.allowance.limit,
        remaining: standing.left,
        reset: standing.resets_at.map(|at| limits::seconds(at - decision.now)),
    };
    let verdict = Verdict {
        valid: decision.code == VerdictCode::Valid && key.is_some(),
        code: decision.code.as_str(),
        key,
        limits: decision.limits.iter().map(limit).collect(),
        retry_after: limits::retry_after(decision),
    };
    let mut response = ([(CACHE_CONTROL, "no-store")], Json(verdict)).into_response();
    Told::of(decision).put(response.headers_mut());
    response
}
