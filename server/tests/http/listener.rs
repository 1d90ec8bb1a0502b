//! The accept loop over real sockets: clients that are slow or rude, and stopping. Too many of them: `overload`.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Request;
use axum::routing::{get, post};
use listener::{self, ListenerLimits, PeerAddr};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const LARGE: usize = 64 * 1024 * 1024;

pub struct Running {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

pub async fn start(limits: ListenerLimits) -> Running {
    let routes = Router::new()
        .route("/", get(async || "here"))
        .route("/peer", get(async |request: Request| format!("{:?}", request.extensions().get::<PeerAddr>().is_some())))
        .route("/slow", get(async || tokio::time::sleep(Duration::from_millis(400)).await))
        .route("/large", get(async || vec![b'x'; LARGE]))
        .route("/length", post(async |body: String| body.len().to_string()))
        .route("/panic", get(async |request: Request| assert!(request.uri().path().is_empty(), "kh_live_secret")));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(listener::serve(listener, routes, limits, async {
        let _ = stopped.await;
    }));
    Running { address, stop, task }
}

pub fn limits() -> ListenerLimits {
    ListenerLimits {
        head: Duration::from_millis(300),
        write_timeout: Duration::from_millis(300),
        ..ListenerLimits::default()
    }
}

pub async fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(running.address).await.expect("a connection")
}

pub async fn ask(stream: &mut TcpStream, path: &str) -> String {
    send(stream, &format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n")).await;
    receive(stream).await
}

pub async fn send(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.expect("a request is taken");
}

/// What comes next; the answers here are small enough to come at once.
pub async fn receive(stream: &mut TcpStream) -> String {
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

/// Until the other side closes, at most 3 s.
pub async fn closes(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    tokio::time::timeout(Duration::from_secs(3), stream.read_to_end(&mut rest)).await.is_ok()
}

#[tokio::test]
async fn requests_know_their_peer() {
    let running = start(limits()).await;
    assert!(ask(&mut connect(&running).await, "/peer").await.ends_with("true"));
}

#[tokio::test]
async fn a_slow_head_is_cut_off() {
    let running = start(limits()).await;
    let began = Instant::now();
    let mut drip = connect(&running).await;
    let mut silent = connect(&running).await;
    drip.write_all(b"GET / HTTP/1.1\r\n").await.expect("the first line is taken");
    let dripping = async {
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            if drip.write_all(b"a: b\r\n").await.is_err() {
                break;
            }
        }
        closes(&mut drip).await
    };
    let (dripped, was_silent) = tokio::join!(dripping, closes(&mut silent));
    assert!(dripped && was_silent);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let running = start(limits()).await;
    let mut idle = connect(&running).await;
    assert!(ask(&mut idle, "/").await.ends_with("here"));
    assert!(closes(&mut idle).await);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_off() {
    let running = start(limits()).await;
    let mut rude = connect(&running).await;
    rude.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("a request is taken");
    tokio::time::sleep(Duration::from_millis(900)).await;
    let mut all = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(5), rude.read_to_end(&mut all)).await;
    assert!(ended.is_ok(), "the connection has an end");
    assert!(all.len() < LARGE, "the answer was cut off");

    let mut polite = connect(&running).await;
    polite.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.expect("a request is taken");
    let mut all = Vec::new();
    polite.read_to_end(&mut all).await.expect("an answer");
    assert!(all.len() > LARGE, "who reads gets everything");
}

#[tokio::test]
async fn stopping_lets_work_finish() {
    let running = start(limits()).await;
    let mut working = connect(&running).await;
    let mut idle = connect(&running).await;
    assert!(ask(&mut idle, "/").await.ends_with("here"));
    let asked = tokio::spawn(async move { ask(&mut working, "/slow").await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.stop.send(()).expect("somebody listens");
    assert!(asked.await.expect("no panic").starts_with("HTTP/1.1 200"));
    assert!(closes(&mut idle).await);
    running.task.await.expect("no panic");
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let running = start(ListenerLimits { drain: Duration::from_millis(100), ..limits() }).await;
    let mut working = connect(&running).await;
    let asked = tokio::spawn(async move { ask(&mut working, "/slow").await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    running.stop.send(()).expect("somebody listens");
    let began = Instant::now();
    running.task.await.expect("no panic");
    assert!(began.elapsed() < Duration::from_millis(300), "{:?}", began.elapsed());
    asked.abort();
}

#[tokio::test]
async fn too_large_a_head_is_refused() {
    let running = start(limits()).await;
    let mut stream = connect(&running).await;
    let head = format!("GET /?{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(40 * 1024));
    let mut answer = Vec::new();
    // The refusal itself may be lost: what was sent after it was decided resets the connection.
    if stream.write_all(head.as_bytes()).await.is_ok() {
        let _ = stream.read_to_end(&mut answer).await;
    }
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"));
}
