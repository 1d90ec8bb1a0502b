//! Who asks: an operator token, or an account's own key, which must be allowed here as anywhere else (its address, its
//! expiry, its limits). What the asker may then do is decided by each use case.

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::verdict::{CallRequest, Channel, VerdictCode};
use http::header::WWW_AUTHENTICATE;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use service::access::{Actor, READ_SUB_ACCOUNTS, WRITE_SUB_ACCOUNTS};
use service::gate::Decision;
use std::net::IpAddr;

use super::Api;
use adapters::{Credential, CredentialError, Lines, credential_of, limit_fields, retry_after};
use listener::ClientAddress;
use problem::Problem;

/// Puts the [`Actor`] into the request's extensions, or answers why nobody is let in.
pub(super) async fn find(
    State(api): State<Api>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    // What is no UTF-8 after decoding is nobody's id.
    let Ok(params) = params else { return Problem::not_found().into_response() };
    let about = params.iter().find(|(name, _)| *name == "account").map(|(_, value)| value.to_owned());
    let (mut parts, body) = request.into_parts();
    match identify(&api, about.as_deref(), &parts).await {
        Ok((actor, decision)) => {
            parts.extensions.insert(actor);
            let mut response = next.run(Request::from_parts(parts, body)).await;
            if let Some(decision) = decision {
                limit_fields(&decision, response.headers_mut());
            }
            response
        }
        Err(refusal) => *refusal.0,
    }
}

type Found = (Actor, Option<Decision>);

/// Why nobody is let in. Boxed, as answers are large and most are let in.
struct Refusal(Box<Response>);

async fn identify(api: &Api, about: Option<&str>, request: &Parts) -> Result<Found, Refusal> {
    let address = request.extensions.get::<ClientAddress>().and_then(|found| found.0);
    if request.uri.query().is_some_and(|query| api.key_marks.stand_in_query(query.as_bytes())) {
        let title = "A credential in an address ends up in logs; send it in a header";
        return Err(refusal(Problem::new(StatusCode::BAD_REQUEST, "credential_in_query", title)));
    }
    let lines = Lines::of(&request.headers, &api.key_marks);
    let credential = credential_of(&lines).map_err(|error| match error {
        CredentialError::Missing => unknown("Send an operator token or an API key as Authorization: Bearer …"),
        CredentialError::Malformed => unknown("This is neither a token nor a key"),
        CredentialError::Several => unknown("Send one credential, not several"),
    })?;
    if api.keyhatch.looks_like_token(credential.key()) {
        let found = api.keyhatch.actor_of_token(credential.key(), address).await;
        return match found {
            Ok(actor) => Ok((actor, None)),
            Err(service::Error::Unauthenticated) => Err(unknown("There is no such token, or it was revoked")),
            Err(_) => Err(refusal(Problem::unavailable())),
        };
    }
    by_key(api, &credential, about, &request.method, address).await
}

async fn by_key(
    api: &Api,
    credential: &Credential<'_>,
    about: Option<&str>,
    method: &Method,
    address: Option<IpAddr>,
) -> Result<Found, Refusal> {
    let needed = if matches!(*method, Method::GET | Method::HEAD) { READ_SUB_ACCOUNTS } else { WRITE_SUB_ACCOUNTS };
    let asked = CallRequest {
        credential: credential.key(),
        name: credential.name(),
        address,
        privilege: Some(needed),
        channel: Some(Channel::Rest),
        cost: 1,
    };
    let decision = api.keyhatch.decide(&asked).await.map_err(|_| refusal(Problem::unavailable()))?;
    let Some(key) = decision.key.clone() else { return Err(refused(&decision)) };
    // "All privileges" means those of the catalogue; a product that has no such module lends this to no key.
    if !api.keyhatch.catalogue().contains(needed) {
        let title = "Keys cannot be used here; an operator token can";
        return Err(refusal(Problem::new(StatusCode::FORBIDDEN, "privilege_missing", title)));
    }
    let actor = api.keyhatch.actor_of_key(&key, about, address).await;
    actor.map(|actor| (actor, Some(decision))).map_err(|_| refusal(Problem::unavailable()))
}

fn refused(decision: &Decision) -> Refusal {
    let (status, code) = match decision.code {
        VerdictCode::Malformed | VerdictCode::NotFound => return unknown(decision.code.explain()),
        VerdictCode::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "rate_limited"),
        VerdictCode::QuotaExceeded => (StatusCode::TOO_MANY_REQUESTS, "quota_exceeded"),
        VerdictCode::ConcurrencyLimited => (StatusCode::TOO_MANY_REQUESTS, "concurrency_limited"),
        VerdictCode::Disabled => (StatusCode::FORBIDDEN, "disabled"),
        VerdictCode::Expired => (StatusCode::FORBIDDEN, "expired"),
        VerdictCode::ChannelNotAllowed => (StatusCode::FORBIDDEN, "channel_not_allowed"),
        VerdictCode::IpNotAllowed => (StatusCode::FORBIDDEN, "ip_not_allowed"),
        VerdictCode::PrivilegeMissing | VerdictCode::Valid => (StatusCode::FORBIDDEN, "privilege_missing"),
    };
    let mut problem = Problem::new(status, code, decision.code.explain());
    if let Some(seconds) = retry_after(decision) {
        problem = problem.retry_after(seconds);
    }
    let mut response = refusal(problem);
    limit_fields(decision, response.0.headers_mut());
    response
}

fn unknown(title: &'static str) -> Refusal {
    let mut response = refusal(Problem::new(StatusCode::UNAUTHORIZED, "unauthenticated", title));
    response.0.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"management\""));
    response
}

fn refusal(problem: Problem) -> Refusal {
    Refusal(Box::new(problem.into_response()))
}
