//! A listener with a few routes on a free port, and a client that writes to its socket directly.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::routing;
use listener::{ListenerLimits, PeerAddr};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The length of `/large`, in bytes: more than the buffers between the processes hold.
pub const LARGE: usize = 64 * 1024 * 1024;

pub struct RunningListener {
    pub address: SocketAddr,
    /// Begins the shutdown.
    pub stop: oneshot::Sender<()>,
    /// Ends when the shutdown is complete.
    pub task: JoinHandle<()>,
}

pub async fn start_listener(limits: ListenerLimits) -> RunningListener {
    let routes = Router::new()
        .route("/", routing::get(async || "here"))
        .route(
            "/peer",
            routing::get(async |request: Request| format!("{:?}", request.extensions().get::<PeerAddr>().is_some())),
        )
        .route("/slow", routing::get(async || tokio::time::sleep(Duration::from_millis(400)).await))
        .route("/large", routing::get(async || vec![b'x'; LARGE]))
        .route("/length", routing::post(async |body: String| body.len().to_string()))
        .route(
            "/panic",
            routing::get(async |request: Request| assert!(request.uri().path().is_empty(), "kh_live_secret")),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(listener::serve(listener, routes, limits, async {
        let _ = stopped.await;
    }));
    RunningListener { address, stop, task }
}

/// Time-outs of 300 ms.
pub fn short_timeouts() -> ListenerLimits {
    ListenerLimits {
        head: Duration::from_millis(300),
        write_timeout: Duration::from_millis(300),
        ..ListenerLimits::default()
    }
}

pub async fn connect(listener: &RunningListener) -> TcpStream {
    TcpStream::connect(listener.address).await.expect("a connection")
}

/// Requests a path with GET and returns the response.
pub async fn get(stream: &mut TcpStream, path: &str) -> String {
    write_text(stream, &format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n")).await;
    read_response(stream).await
}

pub async fn write_text(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.expect("the request is written");
}

/// The next response; those here are small enough for one read.
pub async fn read_response(stream: &mut TcpStream) -> String {
    let mut response = vec![0; 4096];
    let length = stream.read(&mut response).await.expect("a response");
    String::from_utf8_lossy(&response[..length]).into_owned()
}

/// Whether the listener closes the connection within 3 s.
pub async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    tokio::time::timeout(Duration::from_secs(3), stream.read_to_end(&mut rest)).await.is_ok()
}
