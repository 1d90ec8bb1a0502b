//! Many clients that send or read too slowly: each connection is closed within ten seconds, and other clients are served
//! meanwhile. Slow clients are raw sockets, because each controls when it writes and reads a byte.

use crate::program::program_folder_with_owner;
use crate::requests::{Browser, Connector};
use socket2::{Domain, Socket, Type};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use test_support::{ProgramFolder, RunningProgram, repetitions, wait_until_blocking};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, Interest};
use tokio::net::{TcpSocket, TcpStream};

/// How many slow clients there are at one time.
const SLOW_CONNECTIONS: &str = "KEYHATCH_SLOW_CONNECTIONS";
const DRIP: Duration = Duration::from_secs(1);

/// What clients request of a listener.
struct Target {
    address: SocketAddr,
    good_path: &'static str,
    unfinished_body: &'static str,
    /// Requests whose responses exceed the socket buffers of both sides.
    large_requests: String,
}

#[test]
fn gate_serves_others_despite_slow_clients() {
    let (_folder, server) = start();
    let address = server.gate;
    let unfinished_body = "POST /v1/verify HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
                           content-length: 9000\r\n\r\n{";
    let large_requests = get_request("/metrics").repeat(120);
    attack(&server, &Target { address, good_path: "/readyz", unfinished_body, large_requests });
}

#[test]
fn console_serves_others_despite_slow_clients() {
    let (_folder, server) = start();
    let address = server.console;
    let unfinished_body = "POST /sign-in HTTP/1.1\r\nhost: a\r\nsec-fetch-site: same-origin\r\n\
                           content-type: application/x-www-form-urlencoded\r\ncontent-length: 9000\r\n\r\ne";
    let large_requests = get_request(&largest_file(&server));
    attack(&server, &Target { address, good_path: "/favicon.svg", unfinished_body, large_requests });
}

fn get_request(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n")
}

/// The path of the wasm file, or of the page itself if the frontend was not built.
fn largest_file(server: &RunningProgram) -> String {
    let response = Browser::of_owner(server).get("/settings/security").unwrap();
    let page = response.text();
    let (name, _) = page.split_once(".wasm").unwrap_or_default();
    name.rsplit(['"', '\''])
        .next()
        .filter(|name| !name.is_empty())
        .map_or("/sign-in".to_owned(), |name| format!("{name}.wasm"))
}

fn start() -> (ProgramFolder, RunningProgram) {
    let (folder, _) = program_folder_with_owner();
    let server = folder.serve();
    (folder, server)
}

fn attack(server: &RunningProgram, target: &Target) {
    let slow_clients = repetitions(SLOW_CONNECTIONS, 1_000);
    let descriptors = rlimit::increase_nofile_limit(65_536).unwrap();
    assert!(descriptors > slow_clients as u64 + 100, "only {descriptors} files may be open");
    let before = open_files(server);
    let is_over = AtomicBool::new(false);
    let (lifetimes, (requests, slowest)) = std::thread::scope(|scope| {
        let good = [
            scope.spawn(|| request_on_one_connection(target, &is_over)),
            scope.spawn(|| request_on_new_connections(target, &is_over)),
        ];
        let lifetimes = std::panic::catch_unwind(|| run_slow_clients(slow_clients, target));
        is_over.store(true, Ordering::SeqCst);
        let lifetimes = lifetimes.expect("every slow client could connect");
        let good = good.map(|good| good.join().expect("the good client saw no error"));
        (lifetimes, (good[0].0 + good[1].0, good[0].1.max(good[1].1)))
    });
    let longest = lifetimes.values().map(|(_, longest)| *longest).max().unwrap();
    println!("{lifetimes:?}; {requests} good responses meanwhile, the slowest after {slowest:?}");
    assert_eq!(lifetimes.values().map(|(count, _)| count).sum::<usize>(), slow_clients);
    // Ten seconds are promised, and shown by `make soak` on a machine that does nothing else.
    let promise = if std::env::var_os(SLOW_CONNECTIONS).is_some() { 10 } else { 30 };
    assert!(longest < Duration::from_secs(promise), "{longest:?}");
    assert!(requests > 20, "{requests}");
    wait_until_blocking("every descriptor is closed", || open_files(server) <= before + 4);
}

fn open_files(server: &RunningProgram) -> usize {
    fs::read_dir(server.proc_path("fd")).unwrap().count()
}

/// A well-behaved client with one connection, a raw socket because a client library might silently open another.
fn request_on_one_connection(target: &Target, is_over: &AtomicBool) -> (usize, Duration) {
    use std::io::{Read as _, Write as _};
    let request = get_request(target.good_path);
    let mut stream = std::net::TcpStream::connect(target.address).unwrap();
    repeat_until(is_over, || {
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = [0; 16 * 1024];
        let length = stream.read(&mut response).unwrap();
        let response = &response[..length];
        assert!(response.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(response));
    })
}

/// A well-behaved client with a new connection for each request.
fn request_on_new_connections(target: &Target, is_over: &AtomicBool) -> (usize, Duration) {
    let connector = Connector::new(target.address);
    repeat_until(is_over, || {
        let response = connector.get(target.good_path).unwrap();
        assert_eq!(response.status, 200, "{}", response.text());
    })
}

/// How many requests were made, and how long the slowest took.
fn repeat_until(is_over: &AtomicBool, mut request: impl FnMut()) -> (usize, Duration) {
    let (mut served, mut slowest) = (0, Duration::ZERO);
    while !is_over.load(Ordering::SeqCst) {
        let began = Instant::now();
        request();
        served += 1;
        slowest = slowest.max(began.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    }
    (served, slowest)
}

/// How many connections of each kind there were, and how long the last of them stayed open.
type Lifetimes = BTreeMap<&'static str, (usize, Duration)>;

#[tokio::main(flavor = "current_thread")]
async fn run_slow_clients(count: usize, target: &Target) -> Lifetimes {
    let lifetimes = Arc::new(Mutex::new(Lifetimes::new()));
    let mut all = tokio::task::JoinSet::new();
    for number in 0..count {
        let (address, lifetimes) = (target.address, Arc::clone(&lifetimes));
        let (body, large) = (target.unfinished_body, target.large_requests.clone());
        // No faster than connections are accepted: the kernel drops what exceeds the backlog, not the program.
        if number % 50 == 0 {
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        all.spawn(async move {
            let stream = connect(address).await;
            let began = Instant::now();
            let kind = match number % 4 {
                0 => send_nothing(stream).await,
                1 => drip_bytes(stream, "head", "GET / HTTP/1.1\r\nhost: a\r\nx-a: ").await,
                2 => drip_bytes(stream, "body", body).await,
                _ => read_slowly(stream, &large).await,
            };
            let lifetime = began.elapsed();
            let mut lifetimes = lifetimes.lock().unwrap();
            let entry = lifetimes.entry(kind).or_default();
            *entry = (entry.0 + 1, entry.1.max(lifetime));
        });
    }
    // Far longer than any connection may stay open; the caller's count shows what is left.
    let _ = tokio::time::timeout(Duration::from_secs(30), async { while all.join_next().await.is_some() {} }).await;
    all.shutdown().await;
    Arc::into_inner(lifetimes).unwrap().into_inner().unwrap()
}

/// With a small receive buffer and small packets, which keep the peer's send buffer small too: the server notices early
/// that its response is not read.
async fn connect(address: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.set_tcp_mss(536).unwrap();
    socket.set_nonblocking(true).unwrap();
    TcpSocket::from_std_stream(socket.into()).connect(address).await.unwrap()
}

async fn send_nothing(mut stream: TcpStream) -> &'static str {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    "silent"
}

/// Sends a byte a second and never completes the request.
async fn drip_bytes(mut stream: TcpStream, kind: &'static str, beginning: &str) -> &'static str {
    if stream.write_all(beginning.as_bytes()).await.is_ok() {
        let (mut reading, mut writing) = stream.into_split();
        let drip = async {
            while writing.write_all(b"a").await.is_ok() {
                tokio::time::sleep(DRIP).await;
            }
        };
        let mut rest = Vec::new();
        tokio::select! {
            () = drip => {}
            _ = reading.read_to_end(&mut rest) => {}
        }
    }
    kind
}

/// Requests more than the socket buffers hold, and reads a byte a second. The end of the connection is noticed by writing:
/// reading would return the buffered bytes first.
async fn read_slowly(mut stream: TcpStream, requests: &str) -> &'static str {
    if stream.write_all(requests.as_bytes()).await.is_ok() {
        let mut byte = [0];
        while stream.read_exact(&mut byte).await.is_ok() && stream.write_all(b"\r\n").await.is_ok() {
            tokio::select! {
                _ = stream.ready(Interest::ERROR) => break,
                () = tokio::time::sleep(DRIP) => {}
            }
        }
    }
    "reader"
}
