//! Handling one request of a connection: the peer's address is attached, the connection counts as busy unless the handler
//! waits for the request's body, and a panic becomes a 500.

use std::convert::Infallible;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::Request;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use tower::ServiceExt as _;

use super::PeerAddr;
use super::connections::Connection;
use problem::Problem;

/// A listener's request handler.
pub trait Handler: Clone + Send + Sync + 'static {
    /// Handles a request. Infallible: every error is a response.
    fn handle(self, request: Request<Body>) -> impl Future<Output = Response> + Send;
}

impl Handler for Router {
    async fn handle(self, request: Request<Body>) -> Response {
        match self.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

pub(super) fn handle_request<H: Handler>(
    handler: &H,
    connection: &Arc<Connection>,
    peer: PeerAddr,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response, Infallible>> + use<H> {
    let in_flight = connection.begin_request();
    let mut request = request.map(|body| {
        // Most requests of gateways have no body; they need no allocation here.
        let is_empty = body.is_end_stream();
        if is_empty { Body::empty() } else { Body::new(TrackedBody::new(body, Arc::clone(connection))) }
    });
    request.extensions_mut().insert(peer);
    // A panic drops the handler's own state; shared state is behind locks that detect poisoning.
    let response = AssertUnwindSafe(handler.clone().handle(request)).catch_unwind();
    async move {
        let response = match response.await {
            Ok(response) => response,
            // The panic's message is not sent: it may repeat request data.
            Err(_) => Problem::internal().into_response(),
        };
        drop(in_flight);
        Ok(response)
    }
}

/// A request body that marks its connection as waiting while it waits for the client: such a connection may be evicted
/// although it has a request in flight.
struct TrackedBody {
    body: Incoming,
    connection: Arc<Connection>,
    is_waiting: bool,
}

impl TrackedBody {
    fn new(body: Incoming, connection: Arc<Connection>) -> Self {
        Self { body, connection, is_waiting: false }
    }

    fn set_waiting(&mut self, is_waiting: bool) {
        match (self.is_waiting, is_waiting) {
            (false, true) => self.connection.begin_waiting(),
            (true, false) => self.connection.end_waiting(),
            _ => {}
        }
        self.is_waiting = is_waiting;
    }
}

impl HttpBody for TrackedBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        self.set_waiting(polled.is_pending());
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for TrackedBody {
    fn drop(&mut self) {
        self.set_waiting(false);
    }
}
