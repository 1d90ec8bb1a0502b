//! The gate's latency while the console is flooded with wrong passwords. Each attempt has another address and another
//! email, so that no throttle spares the server the work.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

use crate::client::Client;
use crate::data::Dataset;
use crate::load;
use crate::report;
use crate::serve::ServerProcess;

const KEYS: usize = 1_000;
/// Tries under way at one time.
const ATTACKERS: usize = 64;
const REQUESTS: usize = 10_000;
const PAUSE: Duration = Duration::from_millis(1);

pub fn measure() {
    let dataset = Dataset::with_keys(KEYS);
    let child = ServerProcess::start(&dataset);
    load::warm(&child, &dataset.keys);
    report("gate_p99_ms", p99(&child, &dataset), "ms");
    let (is_over, tries) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let flood = {
        let (is_over, tries, console) = (Arc::clone(&is_over), Arc::clone(&tries), child.console);
        std::thread::spawn(move || flood(console, &is_over, &tries))
    };
    // Until the queue for passwords is full.
    std::thread::sleep(Duration::from_secs(2));
    let (began, before) = (Instant::now(), tries.load(Ordering::Relaxed));
    let under_flood = p99(&child, &dataset);
    let made = tries.load(Ordering::Relaxed) - before;
    report("login_flood_per_s", f64::from(made) / began.elapsed().as_secs_f64(), "1/s");
    report("gate_p99_under_login_flood_ms", under_flood, "ms");
    is_over.store(true, Ordering::Relaxed);
    flood.join().expect("the flood ends");
}

/// Of questions of one gateway, a thousand a second at most, each with another key, all let in.
fn p99(child: &ServerProcess, dataset: &Dataset) -> f64 {
    let mut client = Client::connect(child.gate);
    let mut times: Vec<f64> = (0..REQUESTS)
        .map(|at| {
            let request = load::gate_request(&dataset.keys[at % dataset.keys.len()]);
            let began = Instant::now();
            let response = client.send(request.as_bytes());
            let time = began.elapsed().as_secs_f64() * 1e3;
            assert_eq!(response.status, 200, "{}", response.head);
            std::thread::sleep(PAUSE);
            time
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() * 99 / 100]
}

#[tokio::main(flavor = "current_thread")]
async fn flood(console: std::net::SocketAddr, is_over: &AtomicBool, tries: &AtomicU32) {
    let attackers = (0..ATTACKERS).map(|_| async {
        while !is_over.load(Ordering::Relaxed) {
            let try_number = tries.fetch_add(1, Ordering::Relaxed);
            // 127.1.0.0 and on: sixteen million addresses, all of them this machine's.
            let from = Ipv4Addr::from_bits(0x7f01_0000 + try_number);
            let status = wrong_password(console, from, try_number).await;
            assert!([401, 429, 503].contains(&status), "{status}");
        }
    });
    futures_util::future::join_all(attackers).await;
}

async fn wrong_password(console: std::net::SocketAddr, from: Ipv4Addr, try_number: u32) -> u16 {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind((from, 0).into()).expect("a loopback address");
    let mut stream = socket.connect(console).await.expect("a connection");
    let body = format!("do=sign-in&email=nobody{try_number}%40example.com&password=wrong");
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {console}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("a request that is taken");
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await.expect("a response");
    let response = String::from_utf8_lossy(&response);
    response.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
}
