//! When the gate is down, slow or not itself, nobody is let in, and nobody waits long to hear it.

use std::time::{Duration, Instant};

use secrecy::ExposeSecret as _;
use service::gate::Probe;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::for_each_gateway;
use crate::place::{Gateway, Place};

/// `gate_timeout_seconds` is 1 in these tests; the rest is for a machine with other work.
const IN_TIME: Duration = Duration::from_secs(4);

/// How a gate that is not itself answers each connection.
const STRANGE: [&str; 10] = [
    "",
    "nonsense\r\n\r\n",
    "HTTP/1.1 200",
    "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 200 OK\r\nX-Keyhatch-Key-Id: a",
    "HTTP/0.9 200 OK\r\n",
];

async fn nobody_is_let_in_by_a_gate_that_is_down_slow_or_strange(gateway: Gateway) {
    let mut place = Place::new(gateway).await;
    let key = format!("X-Api-Key: {}", place.key("Good", "", &["*"]).await);
    assert_eq!(place.caller.call("127.0.0.2", "GET /contacts", &[&key]).await.status, 200);
    let silent = format!("X-Api-Key: {}", place.keyhatch.gate().sign_probe(Probe::Silent).expose_secret());
    turned_away(&place, &silent, "a silent gate").await;

    place.stop_gate().await;
    for _ in 0..3 {
        turned_away(&place, &key, "a stopped gate").await;
    }

    let listener = TcpListener::bind(("127.0.0.1", place.gate_port)).await.expect("the gate's port");
    let mut held = Vec::new();
    for _ in 0..2 {
        // Accepts and never answers.
        let (answered, accepted) = tokio::join!(turned_away(&place, &key, "a slow gate"), listener.accept());
        held.push((answered, accepted));
    }
    drop(held);
    for strange in STRANGE {
        let answer = async {
            let until_quiet = Duration::from_millis(700);
            while let Ok(Ok((mut stream, _))) = tokio::time::timeout(until_quiet, listener.accept()).await {
                let mut question = [0; 4096];
                let _ = stream.read(&mut question).await;
                let _ = stream.write_all(strange.as_bytes()).await;
            }
        };
        tokio::join!(turned_away(&place, &key, strange), answer);
    }
    assert_eq!(place.upstream.reached(), 1, "the first call alone");
    assert!(place.gateway_runs());
}

async fn turned_away(place: &Place, key: &str, by: &str) {
    let began = Instant::now();
    let answer = place.caller.call("127.0.0.2", "GET /contacts", &[key]).await;
    assert!(answer.status >= 300, "{by:?} {answer:?}");
    assert!(began.elapsed() < IN_TIME, "{by:?} took {:?}", began.elapsed());
    if matches!(by, "a stopped gate" | "a slow gate" | "a silent gate") {
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{by:?} {answer:?}");
    }
}

for_each_gateway!(nobody_is_let_in_by_a_gate_that_is_down_slow_or_strange);
