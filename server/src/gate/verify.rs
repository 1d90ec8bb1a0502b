//! `POST /v1/verify`: the gate's own language, for servers that ask by themselves. JSON in, a verdict as JSON out.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::address::parse_seen;
use domain::verdict::Code;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use service::gate::{Asked, Identity};

use super::Gate;
use super::asker::stranger;
use super::metrics::Answered;
use super::need::{self, NeedError};
use crate::body::{self, BodyError};
use crate::listen::PeerAddr;
use crate::problem::Problem;

const BODY_MAX: usize = 16 * 1024;
const BODY_TIME: Duration = Duration::from_secs(10);

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
    /// Checked and not counted: no key has limits yet.
    #[serde(rename = "cost")]
    _cost: Option<u32>,
}

/// Keeps the field required: serde takes a missing `Option` for `None`.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

#[derive(Serialize)]
struct Verdict<'a> {
    valid: bool,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<Caller<'a>>,
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
    let began = Instant::now();
    let (response, answered) = match read(&parts.headers, body).await {
        Ok(bytes) => decide(&gate, &bytes).await,
        Err(problem) => return problem.into_response(),
    };
    if let Some(answered) = answered {
        gate.metrics.count(answered, began.elapsed());
    }
    response
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    if !body::is_of_type(headers, &["application/json"]) {
        let title = "The body must be application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title));
    }
    body::read(body, BODY_MAX, BODY_TIME).await.map_err(BodyError::problem)
}

async fn decide(gate: &Gate, bytes: &[u8]) -> (Response, Option<Answered>) {
    let question: Question<'_> = match serde_json::from_slice(bytes) {
        Ok(question) => question,
        // The reader's own words repeat what was sent, so only the place is told.
        Err(error) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            let detail =
                format!("Wanted: key, ip and, if needed, privilege, channel and cost. The trouble is at {place}.");
            return (unreadable().detail(detail).into_response(), None);
        }
    };
    let need = question.privilege.as_deref().map(|text| need::privilege(text.into())).transpose();
    let channel = question.channel.as_deref().map(need::channel).transpose();
    let (privilege, channel) = match (need, channel) {
        (Ok(privilege), Ok(channel)) => (privilege, channel),
        (Err(error), _) => return (faulty("privilege", error), None),
        (_, Err(error)) => return (faulty("channel", error), None),
    };
    let asked = Asked {
        credential: &question.key,
        name: None,
        address: question.ip.as_deref().and_then(address),
        privilege: privilege.as_deref(),
        channel,
    };
    match gate.keyhatch.decide(&asked).await {
        Ok(decision) => (say(decision.code, decision.key.as_ref()), Some(Answered::Verdict(decision.code))),
        Err(_) => (Problem::unavailable().into_response(), Some(Answered::Unknowable)),
    }
}

fn address(text: &str) -> Option<IpAddr> {
    parse_seen(text.as_bytes()).ok()
}

fn unreadable() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "unreadable_body", "The body cannot be read")
}

fn faulty(field: &str, error: NeedError) -> Response {
    unreadable().field(field, error.to_string()).into_response()
}

fn say(code: Code, identity: Option<&Identity>) -> Response {
    let key = identity.map(|key| Caller {
        id: key.id(),
        name: key.name(),
        account: key.account(),
        environment: key.environment(),
        privileges: key.privileges().split_ascii_whitespace().collect(),
    });
    let verdict = Verdict { valid: code == Code::Valid && key.is_some(), code: code.as_str(), key };
    ([(CACHE_CONTROL, "no-store")], Json(verdict)).into_response()
}
