//! What every `/auth/<profile>` has in common: from the gateway's request to a verdict. How a verdict is said in the
//! gateway's language stands in the profile's own file.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use domain::verdict::{CallRequest, VerdictCode};
use http::header::WWW_AUTHENTICATE;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use service::gate::{Decision, Identity, Probe};

use super::Gate;
use super::asker::stranger;
use super::credential::{self, CredentialError};
use super::identity;
use super::limits::Told;
use super::lines::Lines;
use super::method;
use super::metrics::Answered;
use super::need::{Need, NeedError};
use listener::PeerAddr;
use problem::Problem;

const REASON: HeaderName = HeaderName::from_static("x-keyhatch-reason");

/// Longer than a gateway should wait for the gate.
const SILENCE: Duration = Duration::from_mins(1);

/// In what one gateway's language differs from another's.
pub(super) struct Profile {
    /// The one header in which this gateway reports the caller's address.
    pub address: HeaderName,
    /// The status for a limit that is reached: 429 where the gateway passes it on.
    pub limited: StatusCode,
}

/// What the gateway's own configuration says about the call, and what the caller asked for.
pub(super) struct Asking<'a> {
    /// The query that the operator wrote: `privilege=contacts:read`.
    pub query: &'a str,
    /// The address that the caller asked for, where the gateway tells it in its own address and not in a header.
    pub original: &'a str,
}

impl<'a> Asking<'a> {
    /// The usual case: the gateway's query is the operator's, the caller's address stands in a header.
    pub fn by_query(request: &'a Parts) -> Self {
        Self { query: request.uri.query().unwrap_or_default(), original: "" }
    }
}

/// What a profile has to say.
pub(super) enum Outcome {
    /// Let in, with who called and how the key's limits stand.
    LetIn(Identity, Told),
    /// There is no credential, or nobody knows it.
    Unauthorized(Option<VerdictCode>),
    /// Turned away for another reason.
    Refused(VerdictCode),
    /// Turned away because a limit is reached, with how the limits stand and when another attempt makes sense.
    Limited(VerdictCode, Told),
    /// The answer cannot be known. Nothing may be let in.
    Unknowable,
    /// The asker is no gateway of ours.
    Stranger,
    /// A method that no call has.
    Method,
}

impl Gate {
    /// The whole of a profile whose gateway asks by its query and differs in nothing but [`Profile`].
    pub(super) async fn answer(&self, profile: &Profile, request: Request) -> Response {
        let request = request.into_parts().0;
        let outcome = self.judge(profile, &request, &Asking::by_query(&request)).await;
        self.say(profile, outcome)
    }

    /// Decides the call that a gateway describes by its request's headers and its own query.
    pub(super) async fn judge(&self, profile: &Profile, request: &Parts, asking: &Asking<'_>) -> Outcome {
        if !method::is_known(&request.method) {
            return Outcome::Method;
        }
        if !self.trusts(request.extensions.get::<PeerAddr>(), &request.headers) {
            return Outcome::Stranger;
        }
        let began = self.metrics.begin();
        let (outcome, answered) = self.decide_call(profile, &request.headers, asking).await;
        self.metrics.count(answered, began);
        outcome
    }

    async fn decide_call(&self, profile: &Profile, headers: &HeaderMap, asking: &Asking<'_>) -> (Outcome, Answered) {
        let lines = Lines::of(headers, &self.key_marks);
        if lines.are_in_address || self.key_marks.stand_in_address(asking.original.as_bytes()) {
            return refused(VerdictCode::Malformed);
        }
        let need = match Need::from_query(asking.query) {
            Ok(need) => need,
            // The caller's query may have been passed on.
            Err(_) if self.key_marks.stand_in_query(asking.query.as_bytes()) => return refused(VerdictCode::Malformed),
            Err(error) => {
                report(error);
                return (Outcome::Unknowable, Answered::Misconfigured);
            }
        };
        let credential = match credential::read(&lines) {
            Ok(credential) => credential,
            Err(CredentialError::Missing) => return (Outcome::Unauthorized(None), Answered::NoCredential),
            Err(CredentialError::Malformed) => return unauthorized(VerdictCode::Malformed),
            Err(CredentialError::Several) => return refused(VerdictCode::Malformed),
        };
        if let Some(probe) = self.keyhatch.read_probe(credential.key()) {
            return Box::pin(play(probe)).await;
        }
        let asked = CallRequest {
            credential: credential.key(),
            name: credential.name(),
            address: self.caller_address(&profile.address, headers),
            privilege: need.privilege.as_deref(),
            channel: need.channel,
            cost: need.cost.unwrap_or(1),
        };
        match self.keyhatch.decide(&asked).await {
            Ok(decision) => translate(decision),
            Err(_) => (Outcome::Unknowable, Answered::Unknowable),
        }
    }

    /// The answers that gateways pass on to the caller: 200, 401, 403 and, where the profile has it, 429; and 503,
    /// which means "turn away" to all.
    pub(super) fn say(&self, profile: &Profile, outcome: Outcome) -> Response {
        match outcome {
            Outcome::LetIn(identity, told) => {
                let mut response = Response::new(Body::empty());
                *response.headers_mut() = identity::headers(&identity);
                told.put(response.headers_mut());
                response
            }
            Outcome::Unauthorized(code) => {
                let mut headers = HeaderMap::with_capacity(4);
                headers.insert(WWW_AUTHENTICATE, self.challenge.clone());
                turned_away(StatusCode::UNAUTHORIZED, headers, code)
            }
            Outcome::Refused(code) => turned_away(StatusCode::FORBIDDEN, HeaderMap::with_capacity(4), Some(code)),
            Outcome::Limited(code, told) => {
                let mut headers = HeaderMap::with_capacity(4);
                told.put(&mut headers);
                turned_away(profile.limited, headers, Some(code))
            }
            Outcome::Unknowable => Problem::unavailable().into_response(),
            Outcome::Stranger => stranger().into_response(),
            Outcome::Method => Problem::method_not_allowed().into_response(),
        }
    }
}

fn turned_away(status: StatusCode, mut headers: HeaderMap, code: Option<VerdictCode>) -> Response {
    if let Some(code) = code {
        headers.insert(REASON, HeaderValue::from_static(code.as_str()));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Does what `keyhatch check` wants to see a gateway cope with. Nobody is let in by any of it.
async fn play(probe: Probe) -> (Outcome, Answered) {
    match probe {
        Probe::Limited => limited(VerdictCode::RateLimited, Told::retry_after(1)),
        Probe::Unknowable => (Outcome::Unknowable, Answered::Unknowable),
        Probe::Silent => {
            tokio::time::sleep(SILENCE).await;
            (Outcome::Unknowable, Answered::Unknowable)
        }
    }
}

fn unauthorized(code: VerdictCode) -> (Outcome, Answered) {
    (Outcome::Unauthorized(Some(code)), Answered::Verdict(code))
}

fn refused(code: VerdictCode) -> (Outcome, Answered) {
    (Outcome::Refused(code), Answered::Verdict(code))
}

fn limited(code: VerdictCode, told: Told) -> (Outcome, Answered) {
    (Outcome::Limited(code, told), Answered::Verdict(code))
}

fn translate(decision: Decision) -> (Outcome, Answered) {
    let told = Told::of(&decision);
    match (decision.code, decision.key) {
        (VerdictCode::Valid, Some(identity)) => (Outcome::LetIn(identity, told), Answered::Verdict(VerdictCode::Valid)),
        // Who called is part of letting in; without it the answer is not known.
        (VerdictCode::Valid, None) => (Outcome::Unknowable, Answered::Unknowable),
        (code @ (VerdictCode::Malformed | VerdictCode::NotFound), _) => unauthorized(code),
        (code @ (VerdictCode::ConcurrencyLimited | VerdictCode::RateLimited | VerdictCode::QuotaExceeded), _) => {
            limited(code, told)
        }
        (code, _) => refused(code),
    }
}

/// Says it aloud once: every call through a gateway with a faulty configuration comes here.
fn report(error: NeedError) {
    static SAID: AtomicBool = AtomicBool::new(false);
    if SAID.swap(true, Ordering::Relaxed) {
        tracing::debug!(%error, "a gateway asks with a faulty query");
    } else {
        tracing::error!(%error, "a gateway asks with a faulty query; its calls are turned away until it is mended");
    }
}
