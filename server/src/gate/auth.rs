//! What every `/auth/<profile>` has in common: from the gateway's request to a verdict. How a verdict is said in the
//! gateway's language stands in the profile's own file.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use domain::verdict::Code;
use http::header::WWW_AUTHENTICATE;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use service::gate::{Asked, Identity};

use super::Gate;
use super::asker::stranger;
use super::credential::{self, CredentialError};
use super::identity;
use super::metrics::Answered;
use super::need::{Need, NeedError};
use crate::listen::PeerAddr;
use crate::problem::Problem;

const REASON: HeaderName = HeaderName::from_static("x-keyhatch-reason");

/// What a profile has to say.
pub(super) enum Outcome {
    /// Let in, with who called.
    LetIn(Identity),
    /// There is no credential, or nobody knows it.
    Unauthorized(Option<Code>),
    /// Turned away for another reason.
    Refused(Code),
    /// The answer cannot be known. Nothing may be let in.
    Unknowable,
    /// The asker is no gateway of ours.
    Stranger,
    /// A method with which nothing is asked.
    Method,
}

impl Gate {
    /// Decides the call that a gateway describes by its request's headers and its own query.
    pub(super) async fn judge(&self, request: &Parts) -> Outcome {
        if request.method == Method::TRACE {
            return Outcome::Method;
        }
        if !self.trusts(request.extensions.get::<PeerAddr>(), &request.headers) {
            return Outcome::Stranger;
        }
        let began = Instant::now();
        let (outcome, answered) = self.decide(request).await;
        self.metrics.count(answered, began.elapsed());
        outcome
    }

    async fn decide(&self, request: &Parts) -> (Outcome, Answered) {
        let headers = &request.headers;
        if self.key_marks.stand_in_original(headers) {
            return refused(Code::Malformed);
        }
        let query = request.uri.query().unwrap_or_default();
        let need = match Need::from_query(query) {
            Ok(need) => need,
            // The caller's query may have been passed on.
            Err(_) if self.key_marks.stand_in_query(query.as_bytes()) => return refused(Code::Malformed),
            Err(error) => {
                report(error);
                return (Outcome::Unknowable, Answered::Misconfigured);
            }
        };
        let credential = match credential::read(headers) {
            Ok(credential) => credential,
            Err(CredentialError::Missing) => return (Outcome::Unauthorized(None), Answered::NoCredential),
            Err(CredentialError::Malformed) => return unauthorized(Code::Malformed),
            Err(CredentialError::Several) => return refused(Code::Malformed),
        };
        let asked = Asked {
            credential: credential.key(),
            name: credential.name(),
            address: self.caller_address(headers),
            privilege: need.privilege.as_deref(),
            channel: need.channel,
        };
        match self.keyhatch.decide(&asked).await {
            Ok(decision) => match (decision.code, decision.key) {
                (Code::Valid, Some(identity)) => (Outcome::LetIn(identity), Answered::Verdict(Code::Valid)),
                // Who called is part of letting in; without it the answer is not known.
                (Code::Valid, None) => (Outcome::Unknowable, Answered::Unknowable),
                (code @ (Code::Malformed | Code::NotFound), _) => unauthorized(code),
                (code, _) => refused(code),
            },
            Err(_) => (Outcome::Unknowable, Answered::Unknowable),
        }
    }

    /// The answers that gateways pass on to the caller: 200, 401 and 403; and 503, which means "turn away" to all.
    pub(super) fn say(&self, outcome: Outcome) -> Response {
        match outcome {
            Outcome::LetIn(identity) => {
                let mut response = Response::new(Body::empty());
                *response.headers_mut() = identity::headers(&identity);
                response
            }
            Outcome::Unauthorized(code) => {
                let mut headers = HeaderMap::with_capacity(4);
                headers.insert(WWW_AUTHENTICATE, self.challenge.clone());
                turned_away(StatusCode::UNAUTHORIZED, headers, code)
            }
            Outcome::Refused(code) => turned_away(StatusCode::FORBIDDEN, HeaderMap::with_capacity(4), Some(code)),
            Outcome::Unknowable => Problem::unavailable().into_response(),
            Outcome::Stranger => stranger().into_response(),
            Outcome::Method => Problem::method_not_allowed().into_response(),
        }
    }
}

fn turned_away(status: StatusCode, mut headers: HeaderMap, code: Option<Code>) -> Response {
    if let Some(code) = code {
        headers.insert(REASON, HeaderValue::from_static(code.as_str()));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn unauthorized(code: Code) -> (Outcome, Answered) {
    (Outcome::Unauthorized(Some(code)), Answered::Verdict(code))
}

fn refused(code: Code) -> (Outcome, Answered) {
    (Outcome::Refused(code), Answered::Verdict(code))
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
