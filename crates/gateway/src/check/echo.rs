//! An echo server in place of the upstream: its response contains the headers that reached it, so the check sees what the
//! gateway passes on. It identifies itself by a mark that only this check knows.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use listener::ListenerLimits;

pub(super) const MARK: &str = "x-keyhatch-echo";
/// A call with this in its query is held open.
pub(super) const HOLD: &str = "keyhatch-check=hold";
const HOLD_TIMEOUT: Duration = Duration::from_secs(10);

/// A request as it reached the upstream.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct EchoedRequest {
    pub mark: String,
    pub headers: Vec<(String, String)>,
}

impl EchoedRequest {
    /// Parses the response of the echo server. `None` if the mark in its body differs from that in its header.
    pub fn parse(mark: String, body: &[u8]) -> Option<Self> {
        // A response to HEAD has no body: it came from the echo server, but what reached it is unknown.
        if body.is_empty() {
            return Some(Self { mark, headers: Vec::new() });
        }
        serde_json::from_slice::<Self>(body).ok().filter(|echoed| echoed.mark == mark)
    }

    /// The values of a header, whether its name is written with hyphens or underscores.
    pub fn header_values(&self, name: &str) -> Vec<&str> {
        let same = |known: &str| known.replace('_', "-").eq_ignore_ascii_case(name);
        self.headers.iter().filter(|(known, _)| same(known)).map(|(_, value)| value.as_str()).collect()
    }
}

pub(super) struct EchoServer {
    task: JoinHandle<()>,
    state: Arc<EchoState>,
}

struct EchoState {
    mark: String,
    held: AtomicUsize,
    release: Notify,
}

impl EchoServer {
    /// `Err` is a message for the operator.
    pub async fn start(address: SocketAddr, mark: &str) -> Result<Self, String> {
        let listener = TcpListener::bind(address).await.map_err(|error| {
            format!("--echo: cannot listen on {address} ({error}); stop the upstream for the time of the check")
        })?;
        let state = Arc::new(EchoState { mark: mark.to_owned(), held: AtomicUsize::new(0), release: Notify::new() });
        let router = Router::new().fallback(respond).with_state(Arc::clone(&state));
        let task = tokio::spawn(listener::serve(listener, router, ListenerLimits::default(), std::future::pending()));
        Ok(Self { task, state })
    }

    /// How many calls are held open.
    pub fn held(&self) -> usize {
        self.state.held.load(Ordering::SeqCst)
    }

    /// Responds to all calls that are held open.
    pub fn release(&self) {
        self.state.release.notify_waiters();
    }
}

impl Drop for EchoServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn respond(State(state): State<Arc<EchoState>>, request: Request) -> Response {
    if request.uri().query().is_some_and(|query| query.contains(HOLD)) {
        let released = state.release.notified();
        state.held.fetch_add(1, Ordering::SeqCst);
        let _ = tokio::time::timeout(HOLD_TIMEOUT, released).await;
    }
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = request.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let echoed = EchoedRequest { mark: state.mark.clone(), headers };
    ([(MARK, state.mark.clone())], Json(echoed)).into_response()
}
