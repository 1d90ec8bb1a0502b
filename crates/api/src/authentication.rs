//! Authentication of requests: by an operator token, or by an account's own API key, which is subject to the same checks
//! as everywhere (address, expiry, limits). Authorization is up to each use case.

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::verdict::{CallRequest, Channel, VerdictClass};
use http::header::WWW_AUTHENTICATE;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use service::actor::{Actor, READ_SUB_ACCOUNTS, WRITE_SUB_ACCOUNTS};
use service::gate::Decision;
use std::net::IpAddr;

use super::Api;
use adapters::{
    Credential, CredentialError, CredentialHeaders, insert_rate_limit_headers, parse_credential, retry_after_secs,
};
use listener::ClientAddress;
use problem::Problem;

/// Middleware that inserts the [`Actor`] into the request's extensions, or refuses the request.
pub(super) async fn authenticate(
    State(api): State<Api>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    // A path that is not UTF-8 after decoding contains no valid id.
    let Ok(params) = params else { return Problem::not_found().into_response() };
    let account = params.iter().find(|(name, _)| *name == "account").map(|(_, value)| value.to_owned());
    let (mut parts, body) = request.into_parts();
    match identify_actor(&api, account.as_deref(), &parts).await {
        Ok((actor, decision)) => {
            parts.extensions.insert(actor);
            let mut response = next.run(Request::from_parts(parts, body)).await;
            if let Some(decision) = decision {
                insert_rate_limit_headers(&decision, response.headers_mut());
            }
            response
        }
        Err(refusal) => *refusal.0,
    }
}

/// The actor, and the gate's decision if it is a key.
type Authenticated = (Actor, Option<Decision>);

/// The response to a refused request. Boxed, because responses are large and refusals rare.
struct Refusal(Box<Response>);

async fn identify_actor(api: &Api, account: Option<&str>, request: &Parts) -> Result<Authenticated, Refusal> {
    let address = request.extensions.get::<ClientAddress>().and_then(|found| found.0);
    if request.uri.query().is_some_and(|query| api.key_prefixes.occur_in_query(query.as_bytes())) {
        let title = "A credential in an address ends up in logs; send it in a header";
        return Err(refusal(Problem::new(StatusCode::BAD_REQUEST, "credential_in_query", title)));
    }
    let headers = CredentialHeaders::from_headers(&request.headers, &api.key_prefixes);
    let credential = parse_credential(&headers).map_err(|error| match error {
        CredentialError::Missing => unauthenticated("Send an operator token or an API key as Authorization: Bearer …"),
        CredentialError::Malformed => unauthenticated("This is neither a token nor a key"),
        CredentialError::Several => unauthenticated("Send one credential, not several"),
    })?;
    if api.keyhatch.identity().looks_like_token(credential.key()) {
        let found = api.keyhatch.identity().actor_of_token(credential.key(), address).await;
        return match found {
            Ok(actor) => Ok((actor, None)),
            Err(service::Error::Unauthenticated) => Err(unauthenticated("There is no such token, or it was revoked")),
            Err(_) => Err(refusal(Problem::unavailable())),
        };
    }
    authenticate_key(api, &credential, account, &request.method, address).await
}

async fn authenticate_key(
    api: &Api,
    credential: &Credential<'_>,
    account: Option<&str>,
    method: &Method,
    address: Option<IpAddr>,
) -> Result<Authenticated, Refusal> {
    let needed = if matches!(*method, Method::GET | Method::HEAD) { READ_SUB_ACCOUNTS } else { WRITE_SUB_ACCOUNTS };
    let call = CallRequest {
        credential: credential.key(),
        name: credential.name(),
        address,
        privilege: Some(needed),
        channel: Some(Channel::Rest),
        cost: 1,
    };
    let decision = api.keyhatch.gate().decide(&call).await.map_err(|_| refusal(Problem::unavailable()))?;
    let Some(key) = decision.key.clone() else { return Err(refused_key(&decision)) };
    // "All privileges" means those of the catalogue. If the product has no such module, no key has this privilege.
    if !api.keyhatch.catalogue().contains(needed) {
        let title = "Keys cannot be used here; an operator token can";
        return Err(refusal(Problem::new(StatusCode::FORBIDDEN, "privilege_missing", title)));
    }
    let actor = api.keyhatch.identity().actor_of_key(&key, account, address).await;
    actor.map(|actor| (actor, Some(decision))).map_err(|_| refusal(Problem::unavailable()))
}

fn refused_key(decision: &Decision) -> Refusal {
    let status = match decision.code.class() {
        // An allowed call without a key has no actor.
        VerdictClass::Allowed => return refusal(Problem::unavailable()),
        VerdictClass::Unauthorized => return unauthenticated(decision.code.explain()),
        VerdictClass::Forbidden => StatusCode::FORBIDDEN,
        VerdictClass::Limited => StatusCode::TOO_MANY_REQUESTS,
    };
    let mut problem = Problem::new(status, decision.code.as_str().to_ascii_lowercase(), decision.code.explain());
    if let Some(seconds) = retry_after_secs(decision) {
        problem = problem.retry_after(seconds);
    }
    let mut response = refusal(problem);
    insert_rate_limit_headers(decision, response.0.headers_mut());
    response
}

fn unauthenticated(title: &'static str) -> Refusal {
    let mut response = refusal(Problem::new(StatusCode::UNAUTHORIZED, "unauthenticated", title));
    response.0.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"management\""));
    response
}

fn refusal(problem: Problem) -> Refusal {
    Refusal(Box::new(problem.into_response()))
}
