//! From one request of a connection to its answer: who asks is noted, the server is marked as busy with it unless it
//! waits for the client's own body, and a panic becomes a 500.

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
use super::open::Connection;
use problem::Problem;

/// What answers the requests of a listener.
pub trait Answering: Clone + Send + Sync + 'static {
    /// Always answers.
    fn answer(self, request: Request<Body>) -> impl Future<Output = Response> + Send;
}

impl Answering for Router {
    async fn answer(self, request: Request<Body>) -> Response {
        match self.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

pub(super) fn answer<A: Answering>(
    service: &A,
    connection: &Arc<Connection>,
    peer: PeerAddr,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response, Infallible>> + use<A> {
    let at_work = connection.begin();
    let mut request = request.map(|body| {
        // Most questions of gateways have no body; for those nothing is allocated.
        let is_empty = body.is_end_stream();
        if is_empty { Body::empty() } else { Body::new(Awaited::new(body, Arc::clone(connection))) }
    });
    request.extensions_mut().insert(peer);
    // What a handler has half done is its own and gone with it; what is shared is behind locks that tell.
    let answer = AssertUnwindSafe(service.clone().answer(request)).catch_unwind();
    async move {
        let response = match answer.await {
            Ok(response) => response,
            // The panic's own words stay inside: they may repeat what somebody sent.
            Err(_) => Problem::internal().into_response(),
        };
        drop(at_work);
        Ok(response)
    }
}

/// A body that tells its connection while it waits for the client: such a connection may have to make room, though a
/// request of it is under way.
struct Awaited {
    body: Incoming,
    connection: Arc<Connection>,
    is_waiting: bool,
}

impl Awaited {
    fn new(body: Incoming, connection: Arc<Connection>) -> Self {
        Self { body, connection, is_waiting: false }
    }

    fn note(&mut self, is_waiting: bool) {
        match (self.is_waiting, is_waiting) {
            (false, true) => self.connection.rest(),
            (true, false) => self.connection.resume(),
            _ => {}
        }
        self.is_waiting = is_waiting;
    }
}

impl HttpBody for Awaited {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        self.note(polled.is_pending());
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.note(false);
    }
}
