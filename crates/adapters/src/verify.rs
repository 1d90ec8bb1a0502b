//! `POST /v1/verify`: the gate's own JSON interface, for servers that call it without a gateway.

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

use super::authentication::gate_token_required;
use super::metrics::AnswerCode;
use super::rate_limit_headers::{RateLimitHeaders, limit_name, whole_seconds};
use super::request_body::{parse_address, parse_json, parse_requirement, read_json, required_nullable};
use super::{GateEndpoints, retry_after_secs};
use listener::PeerAddr;
use problem::Problem;

/// The request body. No `Debug`: it holds a secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyRequest<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    /// The caller's address; `null` or an invalid address means unknown.
    #[serde(deserialize_with = "required_nullable")]
    ip: Option<String>,
    privilege: Option<String>,
    channel: Option<String>,
    /// How many units of the key's limits the call consumes; 1 if absent.
    cost: Option<u32>,
}

#[derive(Serialize)]
struct VerifyResponse<'a> {
    valid: bool,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<VerifiedKey<'a>>,
    /// The state of the key's limits after this call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<LimitState>,
    /// Seconds until a call refused by a limit may be retried.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
}

#[derive(Serialize)]
struct LimitState {
    name: &'static str,
    #[serde(rename = "limit")]
    max: u64,
    remaining: u64,
    /// Seconds until the next window begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    reset: Option<u64>,
}

#[derive(Serialize)]
struct VerifiedKey<'a> {
    id: &'a str,
    name: &'a str,
    account: &'a str,
    environment: &'static str,
    privileges: Vec<&'a str>,
}

pub(super) async fn verify(State(endpoints): State<Arc<GateEndpoints>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !endpoints.is_authenticated(parts.extensions.get::<PeerAddr>(), &parts.headers) {
        return gate_token_required().into_response();
    }
    let started = endpoints.metrics.start();
    let (response, code) = match read_json(&parts.headers, body).await {
        Ok(bytes) => decide(&endpoints, &bytes).await,
        Err(problem) => return problem.into_response(),
    };
    if let Some(code) = code {
        endpoints.metrics.record(code, started);
    }
    response
}

async fn decide(endpoints: &GateEndpoints, bytes: &[u8]) -> (Response, Option<AnswerCode>) {
    let expected = "key, ip and, if needed, privilege, channel and cost";
    let body: VerifyRequest<'_> = match parse_json(bytes, expected) {
        Ok(body) => body,
        Err(problem) => return (problem.into_response(), None),
    };
    let requirement = match parse_requirement(body.privilege.as_deref(), body.channel.as_deref(), body.cost) {
        Ok(requirement) => requirement,
        Err(problem) => return (problem.into_response(), None),
    };
    let call = CallRequest {
        credential: &body.key,
        name: None,
        address: parse_address(body.ip.as_deref()),
        privilege: requirement.privilege.as_deref(),
        channel: requirement.channel,
        cost: requirement.cost.unwrap_or(1),
    };
    match endpoints.keyhatch.gate().decide(&call).await {
        Ok(decision) => (render_verdict(&decision), Some(AnswerCode::Verdict(decision.code))),
        Err(_) => (Problem::unavailable().into_response(), Some(AnswerCode::Unavailable)),
    }
}

fn render_verdict(decision: &Decision) -> Response {
    let key = decision.key.as_ref().map(|key| VerifiedKey {
        id: key.id(),
        name: key.name(),
        account: key.account(),
        environment: key.environment(),
        privileges: key.privileges().split_ascii_whitespace().collect(),
    });
    let limit = |status: &LimitStatus| LimitState {
        name: limit_name(status),
        max: status.allowance.limit,
        remaining: status.left,
        reset: status.resets_at.map(|at| whole_seconds(at - decision.now)),
    };
    let verdict = VerifyResponse {
        valid: decision.code == VerdictCode::Valid && key.is_some(),
        code: decision.code.as_str(),
        key,
        limits: decision.limits.iter().map(limit).collect(),
        retry_after: retry_after_secs(decision),
    };
    let mut response = ([(CACHE_CONTROL, "no-store")], Json(verdict)).into_response();
    RateLimitHeaders::from_decision(decision).insert_into(response.headers_mut());
    response
}
