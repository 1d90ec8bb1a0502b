//! What every `/auth/<profile>` endpoint has in common: from the gateway's subrequest to a verdict and its response. What
//! is specific to one gateway is in the profile's own file.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use domain::verdict::{CallRequest, VerdictClass, VerdictCode};
use http::header::WWW_AUTHENTICATE;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use service::gate::{AuthenticatedKey, Decision, Probe};

use super::authentication::gate_token_required;
use super::credential::{CredentialError, parse_credential};
use super::credential_headers::CredentialHeaders;
use super::metrics::AnswerCode;
use super::rate_limit_headers::RateLimitHeaders;
use super::requirement::{Requirement, RequirementError};
use super::{GateEndpoints, identity_headers, method};
use listener::PeerAddr;
use problem::Problem;

const REASON: HeaderName = HeaderName::from_static("x-keyhatch-reason");

/// How long [`Probe::Silent`] delays its response: longer than any gateway should wait for the gate.
const SILENCE: Duration = Duration::from_mins(1);

/// How one gateway differs from the others.
pub(super) struct Profile {
    /// Where the gateway asks.
    pub path: &'static str,
    /// The only header in which this gateway reports the caller's address.
    pub address_header: HeaderName,
    /// The status for a reached limit: 429 where the gateway passes it on.
    pub limited_status: StatusCode,
}

/// The operator's and the caller's part of the gateway's request target.
pub(super) struct ProfileQuery<'a> {
    /// The query in the gateway's configuration, such as `privilege=contacts:read`.
    pub requirement: &'a str,
    /// The caller's request target, if the gateway puts it into its own target instead of a header.
    pub caller_target: &'a str,
}

impl<'a> ProfileQuery<'a> {
    /// The usual case: the whole query is the operator's, the caller's target is in a header.
    pub fn from_request(request: &'a Parts) -> Self {
        Self { requirement: request.uri.query().unwrap_or_default(), caller_target: "" }
    }
}

/// The outcome of an auth subrequest, before it is rendered for a gateway.
pub(super) enum AuthOutcome {
    /// The call is allowed.
    Allowed(AuthenticatedKey, RateLimitHeaders),
    /// The credential is missing (`None`), malformed or unknown.
    Unauthorized(Option<VerdictCode>),
    /// The key is known, and its rules refuse the call; or several credentials were sent.
    Forbidden(VerdictCode),
    /// A limit is reached.
    Limited(VerdictCode, RateLimitHeaders),
    /// No decision is possible; the call must not pass.
    Unavailable,
    /// The gateway did not authenticate.
    UnknownGateway,
    /// The method is not one that a call can have.
    MethodNotAllowed,
}

impl GateEndpoints {
    /// The whole handler of a profile whose gateway differs in nothing but [`Profile`].
    pub(super) async fn authorize(&self, profile: &Profile, request: Request) -> Response {
        let request = request.into_parts().0;
        let outcome = self.evaluate(profile, &request, &ProfileQuery::from_request(&request)).await;
        self.render(profile, outcome)
    }

    /// Decides the call that the gateway describes by the headers and the query of its subrequest.
    pub(super) async fn evaluate(&self, profile: &Profile, request: &Parts, query: &ProfileQuery<'_>) -> AuthOutcome {
        if !method::is_known(&request.method) {
            return AuthOutcome::MethodNotAllowed;
        }
        if !self.is_authenticated(request.extensions.get::<PeerAddr>(), &request.headers) {
            return AuthOutcome::UnknownGateway;
        }
        let started = self.metrics.start();
        let (outcome, code) = self.decide_call(profile, &request.headers, query).await;
        self.metrics.record(code, started);
        outcome
    }

    async fn decide_call(
        &self,
        profile: &Profile,
        headers: &HeaderMap,
        query: &ProfileQuery<'_>,
    ) -> (AuthOutcome, AnswerCode) {
        let credential_headers = CredentialHeaders::from_headers(headers, &self.key_prefixes);
        if credential_headers.is_in_target || self.key_prefixes.occur_in_target(query.caller_target.as_bytes()) {
            return forbidden(VerdictCode::Malformed);
        }
        let requirement = match Requirement::from_query(query.requirement) {
            Ok(requirement) => requirement,
            // The gateway may have passed on the caller's query.
            Err(_) if self.key_prefixes.occur_in_query(query.requirement.as_bytes()) => {
                return forbidden(VerdictCode::Malformed);
            }
            Err(error) => {
                log_misconfiguration(error);
                return (AuthOutcome::Unavailable, AnswerCode::Misconfigured);
            }
        };
        let credential = match parse_credential(&credential_headers) {
            Ok(credential) => credential,
            Err(CredentialError::Missing) => return (AuthOutcome::Unauthorized(None), AnswerCode::NoCredential),
            Err(CredentialError::Malformed) => return unauthorized(VerdictCode::Malformed),
            Err(CredentialError::Several) => return forbidden(VerdictCode::Malformed),
        };
        if let Some(probe) = self.keyhatch.gate().parse_probe(credential.key()) {
            return Box::pin(simulate_probe(probe)).await;
        }
        let call = CallRequest {
            credential: credential.key(),
            name: credential.name(),
            address: self.caller_address(&profile.address_header, headers),
            privilege: requirement.privilege.as_deref(),
            channel: requirement.channel,
            cost: requirement.cost.unwrap_or(1),
        };
        match self.keyhatch.gate().decide(&call).await {
            Ok(decision) => outcome_of(decision),
            Err(_) => unavailable(),
        }
    }

    /// Renders the outcome with the statuses that gateways pass on to the caller: 200, 401, 403 and, where the profile has
    /// it, 429; and 503, on which every gateway refuses the call.
    pub(super) fn render(&self, profile: &Profile, outcome: AuthOutcome) -> Response {
        match outcome {
            AuthOutcome::Allowed(identity, rate_limits) => {
                let mut response = Response::new(Body::empty());
                *response.headers_mut() = identity_headers::identity_headers(&identity);
                rate_limits.insert_into(response.headers_mut());
                response
            }
            AuthOutcome::Unauthorized(code) => {
                let mut headers = HeaderMap::with_capacity(4);
                headers.insert(WWW_AUTHENTICATE, self.challenge.clone());
                refusal(StatusCode::UNAUTHORIZED, headers, code)
            }
            AuthOutcome::Forbidden(code) => refusal(StatusCode::FORBIDDEN, HeaderMap::with_capacity(4), Some(code)),
            AuthOutcome::Limited(code, rate_limits) => {
                let mut headers = HeaderMap::with_capacity(4);
                rate_limits.insert_into(&mut headers);
                refusal(profile.limited_status, headers, Some(code))
            }
            AuthOutcome::Unavailable => Problem::unavailable().into_response(),
            AuthOutcome::UnknownGateway => gate_token_required().into_response(),
            AuthOutcome::MethodNotAllowed => Problem::method_not_allowed().into_response(),
        }
    }
}

fn refusal(status: StatusCode, mut headers: HeaderMap, code: Option<VerdictCode>) -> Response {
    if let Some(code) = code {
        headers.insert(REASON, HeaderValue::from_static(code.as_str()));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Simulates a gate that refuses, fails or hangs, for `keyhatch check`. No probe is ever allowed.
async fn simulate_probe(probe: Probe) -> (AuthOutcome, AnswerCode) {
    match probe {
        Probe::Limited => limited(VerdictCode::RateLimited, RateLimitHeaders::retry_after(1)),
        Probe::Unavailable => unavailable(),
        Probe::Silent => {
            tokio::time::sleep(SILENCE).await;
            unavailable()
        }
    }
}

fn unauthorized(code: VerdictCode) -> (AuthOutcome, AnswerCode) {
    (AuthOutcome::Unauthorized(Some(code)), AnswerCode::Verdict(code))
}

fn forbidden(code: VerdictCode) -> (AuthOutcome, AnswerCode) {
    (AuthOutcome::Forbidden(code), AnswerCode::Verdict(code))
}

fn limited(code: VerdictCode, rate_limits: RateLimitHeaders) -> (AuthOutcome, AnswerCode) {
    (AuthOutcome::Limited(code, rate_limits), AnswerCode::Verdict(code))
}

fn unavailable() -> (AuthOutcome, AnswerCode) {
    (AuthOutcome::Unavailable, AnswerCode::Unavailable)
}

fn outcome_of(decision: Decision) -> (AuthOutcome, AnswerCode) {
    let rate_limits = RateLimitHeaders::from_decision(&decision);
    let code = decision.code;
    match (code.class(), decision.key) {
        (VerdictClass::Allowed, Some(identity)) => {
            (AuthOutcome::Allowed(identity, rate_limits), AnswerCode::Verdict(code))
        }
        // An allowed call without an identity would reach the upstream as an unknown caller.
        (VerdictClass::Allowed, None) => unavailable(),
        (VerdictClass::Unauthorized, _) => unauthorized(code),
        (VerdictClass::Limited, _) => limited(code, rate_limits),
        (VerdictClass::Forbidden, _) => forbidden(code),
    }
}

/// Logs a misconfigured gateway at `error` once, then at `debug`: every call through it ends here.
fn log_misconfiguration(error: RequirementError) {
    static LOGGED: AtomicBool = AtomicBool::new(false);
    if LOGGED.swap(true, Ordering::Relaxed) {
        tracing::debug!(%error, "a gateway sends an invalid query");
    } else {
        tracing::error!(%error, "a gateway sends an invalid query; its calls are refused until it is corrected");
    }
}
