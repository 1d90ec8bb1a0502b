//! Authentication of gateways. The gate trusts a gateway's word about the caller's address, so only known gateways may
//! ask: those on loopback, and those that send the gate token.

use http::{HeaderMap, HeaderName, StatusCode};
use secrecy::ExposeSecret as _;
use subtle::ConstantTimeEq as _;

use super::GateEndpoints;
use listener::PeerAddr;
use problem::Problem;

const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-keyhatch-gate-token");

impl GateEndpoints {
    /// Whether the request comes from loopback or carries the gate token.
    pub(super) fn is_authenticated(&self, peer: Option<&PeerAddr>, headers: &HeaderMap) -> bool {
        peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback()) || self.has_gate_token(headers)
    }

    fn has_gate_token(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else { return false };
        let mut values = headers.get_all(&TOKEN_HEADER).iter();
        match (values.next(), values.next()) {
            (Some(only), None) => only.as_bytes().ct_eq(token.expose_secret().as_bytes()).into(),
            _ => false,
        }
    }
}

/// 403 for a request without the gate token.
pub(super) fn gate_token_required() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "gate_token_required", "Only gateways may ask here")
        .detail("Send the gate token as X-Keyhatch-Gate-Token, or ask from loopback.")
}
