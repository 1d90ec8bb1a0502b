//! The address of whoever uses the console, for limits, the audit and "Add my address". `X-Forwarded-For` is read only
//! from a proxy that the operator named.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use ipnet::IpNet;

use crate::PeerAddr;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address, in the extensions of every request of the console; `None` if it is not known, which happens
/// only behind a trusted proxy that does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

/// Finds it out.
pub async fn find(State(trusted): State<Arc<[IpNet]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<PeerAddr>().map(|peer| peer.0.ip());
    let lines = request.headers().get_all(FORWARDED_FOR).iter().map(HeaderValue::as_bytes);
    let address = peer.and_then(|peer| domain::client_address(peer, lines, &trusted).ok());
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}
