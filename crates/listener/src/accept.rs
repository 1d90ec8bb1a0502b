//! Accepting connections, one task each, until the process is told to stop.

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

use super::open::{Entered, Open};
use super::rate::Rated;
use super::refuse::Refusals;
use super::{Answering, Limits, PeerAddr, answer};

/// Serves until `stop` is ready, then lets requests under way finish for [`Limits::drain`].
///
/// Errors of accepting are logged and waited out: running out of descriptors must not end the process. Whoever finds no
/// place is told so at once, because a listener that stops accepting keeps everybody waiting without a word.
pub async fn serve(listener: TcpListener, service: impl Answering, limits: Limits, stop: impl Future<Output = ()>) {
    let open = Arc::new(Open::new(limits.connections));
    let refusals = Refusals::default();
    let graceful = GracefulShutdown::new();
    let protocol = protocol(limits);
    let mut patience = Patience::default();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                patience = Patience::default();
                let Some(entered) = open.enter() else {
                    refusals.send(stream);
                    continue;
                };
                let connection = Accepted { stream, peer, entered, watcher: graceful.watcher() };
                tokio::spawn(connection.run(protocol.clone(), service.clone(), limits.rate));
            }
            Err(error) => {
                // Perhaps for want of a descriptor: one that a silent client holds is of more use here.
                open.make_room();
                patience.wait(&error).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still under way when the time to stop was over");
    }
}

fn protocol(limits: Limits) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(limits.head_bytes)
        .max_header_size(limits.head_bytes);
    protocol
}

struct Accepted {
    stream: TcpStream,
    peer: SocketAddr,
    entered: Entered,
    watcher: Watcher,
}

impl Accepted {
    async fn run(self, protocol: http1::Builder, answering: impl Answering, rate: Duration) {
        if let Err(error) = self.stream.set_nodelay(true) {
            tracing::debug!(%error, "the client left at once");
            return;
        }
        let state = Arc::clone(&self.entered.connection);
        let peer = PeerAddr(self.peer);
        let service = service_fn(move |request| answer::answer(&answering, &state, peer, request));
        let connection = protocol.serve_connection(TokioIo::new(Rated::new(self.stream, rate)), service);
        let connection = self.watcher.watch(connection);
        tokio::select! {
            ended = connection => if let Err(error) = ended {
                // The client's doing: too slow, gone, or not HTTP. Only the kind is told, never what was sent.
                tracing::debug!(%error, "a connection ended early");
            },
            () = self.entered.connection.told_to_leave() => {}
        }
    }
}

/// How long to wait after a failed accept: longer each time, because trying at once again would take a whole core.
#[derive(Default)]
struct Patience {
    failures: u32,
}

impl Patience {
    async fn wait(&mut self, error: &io::Error) {
        use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
        if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        let millis = 10_u64.saturating_mul(1 << self.failures.min(7)).min(1000);
        tracing::error!(%error, "no connection could be accepted; waiting {millis} ms");
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
}
