//! Graceful shutdown.

use std::time::{Duration, Instant};

use listener::ListenerLimits;
use tokio::net::TcpStream;

use crate::support::{connect, get, is_closed, short_timeouts, start_listener};

#[tokio::test]
async fn shutdown_lets_running_requests_finish() {
    let listener = start_listener(short_timeouts()).await;
    let mut working = connect(&listener).await;
    let mut idle = connect(&listener).await;
    assert!(get(&mut idle, "/").await.ends_with("here"));
    let response = tokio::spawn(async move { get(&mut working, "/slow").await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    listener.stop.send(()).expect("the listener runs");
    assert!(response.await.expect("no panic").starts_with("HTTP/1.1 200"));
    assert!(is_closed(&mut idle).await);
    listener.task.await.expect("no panic");
    assert!(TcpStream::connect(listener.address).await.is_err());
}

#[tokio::test]
async fn shutdown_is_bounded() {
    let listener = start_listener(ListenerLimits { drain: Duration::from_millis(100), ..short_timeouts() }).await;
    let mut working = connect(&listener).await;
    let response = tokio::spawn(async move { get(&mut working, "/slow").await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    listener.stop.send(()).expect("the listener runs");
    let began = Instant::now();
    listener.task.await.expect("no panic");
    assert!(began.elapsed() < Duration::from_millis(300), "{:?}", began.elapsed());
    response.abort();
}
