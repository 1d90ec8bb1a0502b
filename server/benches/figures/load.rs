//! Load on the gate's listener from one thread: 32 connections, each with one request at a time.

use std::net::SocketAddr;
use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::serve::Child;
use crate::{CONNECTIONS, ROUND};

/// Requests a second that `/auth/nginx` lets in, each with another key.
pub fn gate(child: &Child, keys: &Shuffled) -> f64 {
    run(child.gate, |number| gate_request(keys.get(number)))
}

/// Keys in an order that has nothing to do with the one in which the server first saw them, side by side, so that
/// reading them costs the client nothing that grows with their number.
pub struct Shuffled {
    text: String,
    length: usize,
    count: usize,
}

impl Shuffled {
    pub fn of(keys: &[String]) -> Self {
        // Coprime to every power of ten, so each key comes once.
        let order = (0..keys.len()).map(|number| number.wrapping_mul(7_919_777) % keys.len());
        Self { text: order.map(|number| keys[number].as_str()).collect(), length: keys[0].len(), count: keys.len() }
    }

    fn get(&self, number: usize) -> &str {
        let start = number % self.count * self.length;
        &self.text[start..start + self.length]
    }
}

/// Requests a second of the handler that only says 200, sent the very same bytes but for the path.
pub fn plain(child: &Child) -> f64 {
    let request = gate_request(&"k".repeat(68)).replacen("/auth/nginx?privilege=orders:read", "/plain", 1);
    run(child.gate, |_| request.clone())
}

/// Asks for every key once, so that all are in memory.
pub fn warm(child: &Child, keys: &[String]) {
    let runtime = one_thread();
    runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for part in keys.chunks(keys.len().div_ceil(CONNECTIONS)) {
            let requests: Vec<String> = part.iter().map(|key| gate_request(key)).collect();
            let address = child.gate;
            tasks.spawn(async move {
                let mut stream = connect(address).await;
                for request in requests {
                    exchange(&mut stream, request.as_bytes()).await;
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.expect("a client that ends well");
        }
    });
}

fn gate_request(key: &str) -> String {
    format!(
        "GET /auth/nginx?privilege=orders:read HTTP/1.1\r\nHost: gate\r\nX-Forwarded-For: 127.0.0.1\r\n\
         X-Original-URI: /orders/1\r\nAuthorization: ApiKey {key}\r\n\r\n"
    )
}

fn run(address: SocketAddr, request: impl Fn(usize) -> String) -> f64 {
    let runtime = one_thread();
    runtime.block_on(async {
        let began = Instant::now();
        let end = began + ROUND;
        let counts = (0..CONNECTIONS).map(|client| {
            let request = &request;
            async move {
                let mut stream = connect(address).await;
                let mut count = 0;
                while Instant::now() < end {
                    exchange(&mut stream, request(client + CONNECTIONS * count).as_bytes()).await;
                    count += 1;
                }
                count
            }
        });
        let counts = futures_util::future::join_all(counts).await;
        let total: usize = counts.into_iter().sum();
        crate::number(total) / began.elapsed().as_secs_f64()
    })
}

fn one_thread() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

async fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    stream
}

/// Both handlers answer 200 with an empty body, in one piece.
async fn exchange(stream: &mut TcpStream, request: &[u8]) {
    stream.write_all(request).await.expect("a request that is taken");
    let mut answer = [0; 2048];
    let mut length = 0;
    loop {
        let count = stream.read(&mut answer[length..]).await.expect("an answer");
        assert!(count > 0, "the server closed the connection");
        length += count;
        if answer[..length].ends_with(b"\r\n\r\n") {
            break;
        }
    }
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..length]));
}
