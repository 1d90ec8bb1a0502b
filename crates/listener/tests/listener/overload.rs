//! More connections than allowed: which are evicted first, and the 503 when none can be. Also panics, which must not
//! affect other requests.

use std::time::Duration;

use listener::ListenerLimits;
use tokio::io::AsyncReadExt as _;

use crate::support::{
    LARGE, RunningListener, connect, get, is_closed, read_response, short_timeouts, start_listener, write_text,
};

const UNFINISHED: &str = "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n12345";

fn at_most(connections: usize) -> ListenerLimits {
    ListenerLimits {
        connections,
        head: Duration::from_secs(30),
        write_timeout: Duration::from_secs(30),
        ..short_timeouts()
    }
}

/// The response to a new connection within two seconds.
async fn get_anew(listener: &RunningListener) -> String {
    let response = async { get(&mut connect(listener).await, "/").await };
    tokio::time::timeout(Duration::from_secs(2), response).await.expect("a response in time")
}

#[tokio::test]
async fn oldest_silent_connection_is_evicted() {
    let listener = start_listener(at_most(8)).await;
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(connect(&listener).await);
    }
    assert!(get_anew(&listener).await.ends_with("here"));
    assert!(is_closed(&mut silent[0]).await, "the oldest was evicted");
}

#[tokio::test]
async fn connections_without_a_request_are_evicted_first() {
    let listener = start_listener(at_most(8)).await;
    let mut used = connect(&listener).await;
    assert!(get(&mut used, "/").await.ends_with("here"));
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(connect(&listener).await);
    }
    assert!(get_anew(&listener).await.ends_with("here"));
    assert!(get(&mut used, "/").await.ends_with("here"), "it is still connected");
}

#[tokio::test]
async fn connections_with_unfinished_bodies_are_evicted() {
    let listener = start_listener(at_most(4)).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        slow.push(connect(&listener).await);
    }
    for stream in &mut slow {
        write_text(stream, UNFINISHED).await;
    }
    assert!(get_anew(&listener).await.ends_with("here"));
    assert!(is_closed(&mut slow[0]).await);
    // Connections that were not evicted go on.
    write_text(&mut slow[3], "67890").await;
    assert!(read_response(&mut slow[3]).await.ends_with("10"));
}

#[tokio::test]
async fn connections_with_unread_responses_are_evicted() {
    let listener = start_listener(at_most(4)).await;
    let mut stalled = Vec::new();
    for _ in 0..4 {
        let mut stream = connect(&listener).await;
        write_text(&mut stream, "GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
        stream.readable().await.expect("the response has begun");
        stalled.push(stream);
    }
    assert!(get_anew(&listener).await.ends_with("here"));
    assert!(is_closed(&mut stalled[0]).await);
}

#[tokio::test]
async fn full_listener_answers_503_with_retry_after() {
    let listener = start_listener(at_most(2)).await;
    let mut busy = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(&listener).await;
        write_text(&mut stream, "GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        busy.push(stream);
    }
    let refused = until_refused(&listener).await;
    assert!(refused.contains("\r\nretry-after: 1\r\n") && refused.contains("\r\nconnection: close\r\n"), "{refused}");
    let (head, body) = refused.split_once("\r\n\r\n").expect("a head");
    assert!(head.contains(&format!("content-length: {}", body.len())), "{refused}");
    assert!(body.contains("\"code\":\"overloaded\""), "{refused}");
    for mut stream in busy {
        assert!(read_response(&mut stream).await.starts_with("HTTP/1.1 200"), "running requests are not evicted");
        assert!(is_closed(&mut stream).await);
    }
    assert!(get_anew(&listener).await.ends_with("here"), "new connections are accepted again");
}

/// The whole response to a refused connection. Tries again until both requests are running, since connections are
/// accepted until then.
async fn until_refused(listener: &RunningListener) -> String {
    for _ in 0..100 {
        let mut stream = connect(listener).await;
        write_text(&mut stream, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        let mut response = String::new();
        // An evicted connection is closed without a response.
        if stream.read_to_string(&mut response).await.is_ok() && response.starts_with("HTTP/1.1 503") {
            return response;
        }
    }
    panic!("no connection was refused");
}

#[tokio::test]
async fn panic_is_a_500_and_the_connection_goes_on() {
    // Printing a backtrace takes long: connections that wait meanwhile must not time out.
    let listener = start_listener(ListenerLimits { head: Duration::from_secs(10), ..short_timeouts() }).await;
    let mut other = connect(&listener).await;
    for _ in 0..3 {
        let mut stream = connect(&listener).await;
        let response = get(&mut stream, "/panic").await;
        assert!(response.starts_with("HTTP/1.1 500") && response.contains("\"code\":\"internal\""), "{response}");
        assert!(!response.contains("secret"), "{response}");
        assert!(get(&mut stream, "/").await.ends_with("here"), "even on the same connection");
    }
    assert!(get(&mut other, "/").await.ends_with("here"));
}

#[tokio::test]
async fn client_that_reads_too_slowly_is_cut_off() {
    let listener = start_listener(ListenerLimits { connections: 4, ..short_timeouts() }).await;
    let mut slow = connect(&listener).await;
    write_text(&mut slow, "GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
    // Two bytes in each twentieth of the time that 4096 bytes may take.
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_millis(15)).await;
        let mut two = [0; 2];
        slow.read_exact(&mut two).await.expect("bytes that the system has buffered");
    }
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(5), slow.read_to_end(&mut rest)).await;
    assert!(ended.is_ok() && rest.len() < LARGE, "{}", rest.len());
}
