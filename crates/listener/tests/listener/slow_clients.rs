//! Clients that send or read slowly or not at all.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{LARGE, connect, get, is_closed, short_timeouts, start_listener};

#[tokio::test]
async fn requests_carry_their_peer_address() {
    let listener = start_listener(short_timeouts()).await;
    assert!(get(&mut connect(&listener).await, "/peer").await.ends_with("true"));
}

#[tokio::test]
async fn slow_request_head_is_cut_off() {
    let listener = start_listener(short_timeouts()).await;
    let began = Instant::now();
    let mut drip = connect(&listener).await;
    let mut silent = connect(&listener).await;
    drip.write_all(b"GET / HTTP/1.1\r\n").await.expect("the first line is written");
    let dripping = async {
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            if drip.write_all(b"a: b\r\n").await.is_err() {
                break;
            }
        }
        is_closed(&mut drip).await
    };
    let (dripped, was_silent) = tokio::join!(dripping, is_closed(&mut silent));
    assert!(dripped && was_silent);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn idle_connection_is_closed() {
    let listener = start_listener(short_timeouts()).await;
    let mut idle = connect(&listener).await;
    assert!(get(&mut idle, "/").await.ends_with("here"));
    assert!(is_closed(&mut idle).await);
}

#[tokio::test]
async fn client_that_does_not_read_is_cut_off() {
    let listener = start_listener(short_timeouts()).await;
    let mut stalled = connect(&listener).await;
    stalled.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("the request is written");
    tokio::time::sleep(Duration::from_millis(900)).await;
    let mut all = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(5), stalled.read_to_end(&mut all)).await;
    assert!(ended.is_ok(), "the connection ends");
    assert!(all.len() < LARGE, "the response was cut off");

    let mut reading = connect(&listener).await;
    reading
        .write_all(b"GET /large HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await
        .expect("the request is written");
    let mut all = Vec::new();
    reading.read_to_end(&mut all).await.expect("a response");
    assert!(all.len() > LARGE, "a client that reads gets everything");
}

#[tokio::test]
async fn oversized_request_head_is_refused() {
    let listener = start_listener(short_timeouts()).await;
    let mut stream = connect(&listener).await;
    let head = format!("GET /?{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(40 * 1024));
    let mut response = Vec::new();
    // The refusal may be lost: bytes that arrive after it reset the connection.
    if stream.write_all(head.as_bytes()).await.is_ok() {
        let _ = stream.read_to_end(&mut response).await;
    }
    assert!(response.is_empty() || response.starts_with(b"HTTP/1.1 4"));
}
