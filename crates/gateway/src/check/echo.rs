//! A stand-in for the upstream: it answers with the headers that reached it, so that a check sees what the gateway
//! passes on. It shows a mark that only this check knows; another server's answer is not taken for its own.

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
/// A call whose query holds this is kept waiting.
pub(super) const HOLD: &str = "keyhatch-check=hold";
const LONGEST_HOLD: Duration = Duration::from_secs(10);

/// What reached the upstream.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Arrived {
    pub mark: String,
    pub headers: Vec<(String, String)>,
}

impl Arrived {
    /// Reads the echo's answer. `mark` is what its header says; a body that says otherwise is none of ours.
    pub fn read(mark: String, body: &[u8]) -> Option<Self> {
        // An answer to HEAD has no body: that it came from the echo is known, what reached it is not.
        if body.is_empty() {
            return Some(Self { mark, headers: Vec::new() });
        }
        serde_json::from_slice::<Self>(body).ok().filter(|arrived| arrived.mark == mark)
    }

    pub fn values(&self, name: &str) -> Vec<&str> {
        let same = |known: &str| known.replace('_', "-").eq_ignore_ascii_case(name);
        self.headers.iter().filter(|(known, _)| same(known)).map(|(_, value)| value.as_str()).collect()
    }
}

pub(super) struct Echo {
    task: JoinHandle<()>,
    state: Arc<Waiting>,
}

struct Waiting {
    mark: String,
    held: AtomicUsize,
    let_go: Notify,
}

impl Echo {
    /// `Err` is a message for the operator.
    pub async fn start(address: SocketAddr, mark: &str) -> Result<Self, String> {
        let listener = TcpListener::bind(address).await.map_err(|error| {
            format!("--echo: cannot listen on {address} ({error}); stop the upstream for the time of the check")
        })?;
        let state = Arc::new(Waiting { mark: mark.to_owned(), held: AtomicUsize::new(0), let_go: Notify::new() });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&state));
        let task = tokio::spawn(listener::serve(listener, router, ListenerLimits::default(), std::future::pending()));
        Ok(Self { task, state })
    }

    /// How many calls are kept waiting.
    pub fn held(&self) -> usize {
        self.state.held.load(Ordering::SeqCst)
    }

    pub fn let_go(&self) {
        self.state.let_go.notify_waiters();
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(state): State<Arc<Waiting>>, request: Request) -> Response {
    if request.uri().query().is_some_and(|query| query.contains(HOLD)) {
        let let_go = state.let_go.notified();
        state.held.fetch_add(1, Ordering::SeqCst);
        let _ = tokio::time::timeout(LONGEST_HOLD, let_go).await;
    }
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = request.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let arrived = Arrived { mark: state.mark.clone(), headers };
    ([(MARK, state.mark.clone())], Json(arrived)).into_response()
}
