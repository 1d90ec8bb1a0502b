//! Who may ask the gate. It believes an asker about the caller's address, so a stranger must not be one.

use http::{HeaderMap, HeaderName, StatusCode};
use secrecy::ExposeSecret as _;
use subtle::ConstantTimeEq as _;

use super::Gate;
use listener::PeerAddr;
use problem::Problem;

const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-keyhatch-gate-token");

impl Gate {
    /// Whether the asker is on this machine or shows the gate token.
    pub(super) fn trusts(&self, peer: Option<&PeerAddr>, headers: &HeaderMap) -> bool {
        peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback()) || self.is_shown_token(headers)
    }

    fn is_shown_token(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else { return false };
        let mut shown = headers.get_all(&TOKEN_HEADER).iter();
        match (shown.next(), shown.next()) {
            (Some(only), None) => only.as_bytes().ct_eq(token.expose_secret().as_bytes()).into(),
            _ => false,
        }
    }
}

/// The answer to everybody else.
pub(super) fn stranger() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "gate_token_required", "Only gateways may ask here")
        .detail("Send the gate token as X-Keyhatch-Gate-Token, or ask from loopback.")
}
