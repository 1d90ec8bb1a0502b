//! The client's address, for limits, the audit and "Add my address". `X-Forwarded-For` is read only from a proxy that the
//! operator trusts.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use ipnet::IpNet;

use crate::PeerAddr;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address, in the extensions of every request of the console and the management interface. `None` if it is
/// unknown, which happens only behind a trusted proxy that does not forward it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

/// Middleware that inserts the [`ClientAddress`].
pub async fn resolve_client_address(
    State(trusted_proxies): State<Arc<[IpNet]>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<PeerAddr>().map(|peer| peer.0.ip());
    let forwarded = request.headers().get_all(FORWARDED_FOR).iter().map(HeaderValue::as_bytes);
    let address = peer.and_then(|peer| domain::client_address(peer, forwarded, &trusted_proxies).ok());
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}
