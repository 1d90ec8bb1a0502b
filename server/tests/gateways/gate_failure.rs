//! While the gate is down, slow or sends invalid responses, every call is refused, and soon. The fake gates are raw sockets:
//! they send what no HTTP library would.

use std::time::{Duration, Instant};

use secrecy::ExposeSecret as _;
use service::gate::Probe;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;

/// `gate_timeout_seconds` is 1 in these tests; the rest is tolerance for a busy machine.
const RESPONSE_TIME_MAX: Duration = Duration::from_secs(4);

/// Responses of an invalid gate.
const INVALID_RESPONSES: [&str; 10] = [
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

async fn every_call_is_refused_while_the_gate_is_down_slow_or_invalid(gateway: Gateway) {
    let mut deployment = Deployment::new(gateway).await;
    let key = format!("X-Api-Key: {}", deployment.create_key("Good", "", &["*"]).await);
    assert_eq!(deployment.client.call("127.0.0.2", "GET /contacts", &[&key]).await.status, 200);
    let silent = format!("X-Api-Key: {}", deployment.app.keyhatch.gate().sign_probe(Probe::Silent).expose_secret());
    assert_refused(&deployment, &silent, "a silent gate").await;

    deployment.stop_gate().await;
    for _ in 0..3 {
        assert_refused(&deployment, &key, "a stopped gate").await;
    }

    let listener = TcpListener::bind(("127.0.0.1", deployment.gate_port)).await.expect("the gate's port");
    let mut held = Vec::new();
    for _ in 0..2 {
        // Accepts and never answers.
        let (answered, accepted) = tokio::join!(assert_refused(&deployment, &key, "a slow gate"), listener.accept());
        held.push((answered, accepted));
    }
    drop(held);
    for invalid in INVALID_RESPONSES {
        // Every connection until the client has its response: a gateway may retry.
        let invalid_gate = async {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(invalid.as_bytes()).await;
            }
        };
        tokio::select! {
            () = assert_refused(&deployment, &key, invalid) => {}
            () = invalid_gate => panic!("the listener failed"),
        }
    }
    assert_eq!(deployment.upstream.reached(), 1, "only the first call may reach the upstream");
    assert!(deployment.is_gateway_running());
}

async fn assert_refused(deployment: &Deployment, key: &str, by: &str) {
    let began = Instant::now();
    let response = deployment.client.call("127.0.0.2", "GET /contacts", &[key]).await;
    assert!(response.status >= 300, "{by:?} {response:?}");
    assert!(began.elapsed() < RESPONSE_TIME_MAX, "{by:?} took {:?}", began.elapsed());
    if matches!(by, "a stopped gate" | "a slow gate" | "a silent gate") {
        assert_eq!((response.status, response.header("retry-after")), (503, Some("1")), "{by:?} {response:?}");
    }
}

for_each_gateway!(every_call_is_refused_while_the_gate_is_down_slow_or_invalid);
