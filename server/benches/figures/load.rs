//! Load on the gate's listener from one thread: 32 connections, each with one request at a time. Written by hand: a client
//! library would be slower than the gate and thus the bottleneck.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::serve::ServerProcess;
use crate::{CONNECTIONS, MANY_KEYS, ROUND};

const AUTH_PATH: &str = "/auth/nginx?privilege=orders:read";
const ACCEPTED: &str = "HTTP/1.1 200";
const REFUSED: &str = "HTTP/1.1 401";

/// Requests a second that `/auth/nginx` accepts, each with another key.
pub fn gate(child: &ServerProcess, keys: &Shuffled) -> f64 {
    run(child.gate, ACCEPTED, |number| gate_request(keys.get(number))).per_second()
}

/// The 99th percentile of the time to a response, microseconds, under the same load.
pub fn gate_p99(child: &ServerProcess, keys: &Shuffled) -> f64 {
    run(child.gate, ACCEPTED, |number| gate_request(keys.get(number))).p99()
}

/// As [`gate_p99`], of the plain handler.
pub fn plain_p99(child: &ServerProcess) -> f64 {
    let key = "k".repeat(68);
    run(child.gate, ACCEPTED, |_| request_at("/plain", &key)).p99()
}

/// Requests a second that `/auth/nginx` refuses because the key does not exist.
pub fn unknown(child: &ServerProcess, keys: &Shuffled) -> f64 {
    run(child.gate, REFUSED, |number| gate_request(keys.get(number))).per_second()
}

/// Requests a second that a gateway answers with 200 at a path.
pub fn at(address: SocketAddr, path: &str, keys: &Shuffled) -> f64 {
    run(address, ACCEPTED, |number| request_at(path, keys.get(number))).per_second()
}

/// Keys in an order that has nothing to do with the one in which the server first saw them. Few keys are repeated until
/// they are as long a text as many, so that the client's own reading costs the same: only the server's is compared.
pub struct Shuffled {
    text: String,
    length: usize,
}

impl Shuffled {
    pub fn of(keys: &[String]) -> Self {
        // Coprime to every power of ten, so each key comes equally often.
        let order = (0..MANY_KEYS).map(|number| number.wrapping_mul(7_919_777) % keys.len());
        Self { text: order.map(|number| keys[number].as_str()).collect(), length: keys[0].len() }
    }

    fn get(&self, number: usize) -> &str {
        let start = number % MANY_KEYS * self.length;
        &self.text[start..start + self.length]
    }
}

/// Requests a second of the plain handler, which gets the same lines except for the path.
pub fn plain(child: &ServerProcess) -> f64 {
    let key = "k".repeat(68);
    run(child.gate, ACCEPTED, |_| request_at("/plain", &key)).per_second()
}

/// Uses every key once, so that all are cached.
pub fn warm(child: &ServerProcess, keys: &[String]) {
    let runtime = one_thread();
    runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for part in keys.chunks(keys.len().div_ceil(CONNECTIONS)) {
            let requests: Vec<String> = part.iter().map(|key| gate_request(key)).collect();
            let address = child.gate;
            tasks.spawn(async move {
                let mut stream = connect(address).await;
                for request in requests {
                    exchange(&mut stream, request.as_bytes(), ACCEPTED).await;
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.expect("a client that ends well");
        }
    });
}

pub fn gate_request(key: &str) -> String {
    request_at(AUTH_PATH, key)
}

fn request_at(path: &str, key: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: gate\r\nX-Forwarded-For: 127.0.0.1\r\n\
         X-Original-URI: /orders/1\r\nAuthorization: ApiKey {key}\r\n\r\n"
    )
}

/// What came of a round.
struct Round {
    took: Duration,
    /// Microseconds from each request to its response, in no order.
    waited: Vec<u32>,
}

impl Round {
    fn per_second(&self) -> f64 {
        crate::number(self.waited.len()) / self.took.as_secs_f64()
    }

    fn p99(mut self) -> f64 {
        self.waited.sort_unstable();
        f64::from(self.waited[self.waited.len() * 99 / 100])
    }
}

fn run(address: SocketAddr, expected: &str, request: impl Fn(usize) -> String) -> Round {
    let runtime = one_thread();
    runtime.block_on(async {
        let began = Instant::now();
        let end = began + ROUND;
        let counts = (0..CONNECTIONS).map(|client| {
            let request = &request;
            async move {
                let mut stream = connect(address).await;
                let mut waited = Vec::with_capacity(20_000);
                let mut now = Instant::now();
                while now < end {
                    exchange(&mut stream, request(client + CONNECTIONS * waited.len()).as_bytes(), expected).await;
                    let answered = Instant::now();
                    waited.push(u32::try_from((answered - now).as_micros()).unwrap_or(u32::MAX));
                    now = answered;
                }
                waited
            }
        });
        let waited = futures_util::future::join_all(counts).await.concat();
        Round { took: began.elapsed(), waited }
    })
}

/// Whether an unknown key is refused at a path.
pub fn is_refused(address: SocketAddr, path: &str) -> bool {
    let response = crate::client::Client::connect(address).send(request_at(path, "no-key").as_bytes());
    assert!([200, 401].contains(&response.status), "{}", response.head);
    response.status == 401
}

fn one_thread() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

async fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    stream
}

/// Every response has an empty body.
async fn exchange(stream: &mut TcpStream, request: &[u8], expected: &str) {
    stream.write_all(request).await.expect("a request that is taken");
    let mut response = [0; 2048];
    let mut length = 0;
    loop {
        let count = stream.read(&mut response[length..]).await.expect("a response");
        assert!(count > 0, "the server closed the connection");
        length += count;
        if response[..length].ends_with(b"\r\n\r\n") {
            break;
        }
    }
    assert!(response.starts_with(expected.as_bytes()), "{}", String::from_utf8_lossy(&response[..length]));
}
