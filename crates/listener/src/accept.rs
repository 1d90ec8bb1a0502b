//! The accept loop: one task for each connection, until shutdown.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};

use super::connections::{ConnectionGuard, Connections};
use super::overload::OverloadResponder;
use super::write_timeout::MinimumRateStream;
use super::{Handler, ListenerLimits, PeerAddr, handler};

/// Serves until `shutdown` is ready, then drains requests in flight for [`ListenerLimits::drain`].
///
/// A failed accept is logged and retried with backoff: running out of file descriptors must not end the process. Beyond the
/// limit of connections the response is 503 at once, because a listener that stops accepting leaves clients waiting.
pub async fn serve(
    listener: TcpListener,
    handler: impl Handler,
    limits: ListenerLimits,
    shutdown: impl Future<Output = ()>,
) {
    let connections = Arc::new(Connections::new(limits.connections));
    let overload = OverloadResponder::default();
    let graceful = GracefulShutdown::new();
    let protocol = http1_builder(limits);
    let mut backoff = AcceptBackoff::default();
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                backoff = AcceptBackoff::default();
                let Some(guard) = connections.admit() else {
                    overload.respond(stream);
                    continue;
                };
                let connection = AcceptedConnection { stream, peer, guard, watcher: graceful.watcher() };
                tokio::spawn(connection.run(protocol.clone(), handler.clone(), limits.write_timeout));
            }
            Err(error) => {
                // If file descriptors ran out, evicting an idle connection frees one.
                connections.evict_one();
                backoff.wait(&error).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still in flight when the drain time was over");
    }
}

fn http1_builder(limits: ListenerLimits) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(limits.head_bytes)
        .max_header_size(limits.head_bytes);
    protocol
}

struct AcceptedConnection {
    stream: TcpStream,
    peer: SocketAddr,
    guard: ConnectionGuard,
    watcher: Watcher,
}

impl AcceptedConnection {
    async fn run(self, protocol: http1::Builder, handler: impl Handler, write_timeout: Duration) {
        if let Err(error) = self.stream.set_nodelay(true) {
            tracing::debug!(%error, "the client disconnected at once");
            return;
        }
        let state = Arc::clone(&self.guard.connection);
        let peer = PeerAddr(self.peer);
        let service = service_fn(move |request| handler::handle_request(&handler, &state, peer, request));
        let stream = MinimumRateStream::new(self.stream, write_timeout);
        let connection = protocol.serve_connection(TokioIo::new(stream), service);
        let connection = self.watcher.watch(connection);
        tokio::select! {
            ended = connection => if let Err(error) = ended {
                // Caused by the client: too slow, gone, or not HTTP. The log has the kind of error, never what was sent.
                tracing::debug!(%error, "a connection ended early");
            },
            () = self.guard.connection.evicted() => {}
        }
    }
}

/// Exponential backoff after failed accepts: retrying at once would occupy a whole core.
#[derive(Default)]
struct AcceptBackoff {
    failures: u32,
}

impl AcceptBackoff {
    async fn wait(&mut self, error: &io::Error) {
        use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
        if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        let millis = 10_u64.saturating_mul(1 << self.failures.min(7)).min(1000);
        tracing::error!(%error, "accept failed; retrying in {millis} ms");
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
}
