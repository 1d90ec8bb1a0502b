//! Accepting connections, one task each, until the process is told to stop.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use super::open::{Entered, Open};
use super::rate::Rated;
use super::{Limits, PeerAddr};

/// Serves until `stop` is ready, then lets requests under way finish for [`Limits::drain`].
///
/// Errors of accepting are logged and waited out: running out of descriptors must not end the process.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let open = Arc::new(Open::default());
    let graceful = GracefulShutdown::new();
    let protocol = protocol(limits);
    let mut patience = Patience::default();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = next(&listener, &places, &open) => accepted,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                patience = Patience::default();
                let connection = Accepted { stream, peer, entered: open.enter(), watcher: graceful.watcher() };
                let (protocol, router) = (protocol.clone(), router.clone());
                tokio::spawn(async move {
                    connection.run(protocol, router, limits.rate).await;
                    drop(place);
                });
            }
            Err(error) => patience.wait(&error).await,
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

/// Waits for a client, then for a place. In this order a listener without clients holds no place.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
    open: &Open,
) -> io::Result<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let (stream, peer) = listener.accept().await?;
    let place = match Arc::clone(places).try_acquire_owned() {
        Ok(place) => place,
        Err(_) => {
            // A connection at work may turn idle without giving back its place, hence again and again.
            loop {
                open.make_room();
                let acquired = Arc::clone(places).acquire_owned();
                if let Ok(place) = tokio::time::timeout(Duration::from_millis(50), acquired).await {
                    break place.map_err(|_| io::Error::other("the list of places is never closed"))?;
                }
            }
        }
    };
    Ok((stream, peer, place))
}

struct Accepted {
    stream: TcpStream,
    peer: SocketAddr,
    entered: Entered,
    watcher: Watcher,
}

impl Accepted {
    async fn run(self, protocol: http1::Builder, router: Router, rate: Duration) {
        if let Err(error) = self.stream.set_nodelay(true) {
            tracing::debug!(%error, "the client left at once");
            return;
        }
        let state = Arc::clone(&self.entered.connection);
        let peer = PeerAddr(self.peer);
        let service = service_fn(move |mut request: Request<Incoming>| {
            let at_work = state.begin();
            request.extensions_mut().insert(peer);
            let answer = router.clone().oneshot(request.map(Body::new));
            async move {
                let response: Result<Response, Infallible> = answer.await;
                drop(at_work);
                response
            }
        });
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
