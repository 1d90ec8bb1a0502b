//! The accept loop when there are more clients than places, and when a request does harm: who has to go, who is told to
//! come back, and that everybody else notices nothing.

use std::time::Duration;

use listener::ListenerLimits;
use tokio::io::AsyncReadExt as _;

use crate::listener::{LARGE, Running, ask, closes, connect, limits, receive, send, start};

const UNFINISHED: &str = "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n12345";

fn few(connections: usize) -> ListenerLimits {
    ListenerLimits { connections, head: Duration::from_secs(30), write_timeout: Duration::from_secs(30), ..limits() }
}

/// An answer within two seconds, on a connection of its own.
async fn good(running: &Running) -> String {
    let asked = async { ask(&mut connect(running).await, "/").await };
    tokio::time::timeout(Duration::from_secs(2), asked).await.expect("an answer in time")
}

#[tokio::test]
async fn silent_connections_make_room() {
    let running = start(few(8)).await;
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(connect(&running).await);
    }
    assert!(good(&running).await.ends_with("here"));
    assert!(closes(&mut silent[0]).await, "the oldest had to go");
}

#[tokio::test]
async fn who_never_asked_goes_before_who_did() {
    let running = start(few(8)).await;
    let mut regular = connect(&running).await;
    assert!(ask(&mut regular, "/").await.ends_with("here"));
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(connect(&running).await);
    }
    assert!(good(&running).await.ends_with("here"));
    assert!(ask(&mut regular, "/").await.ends_with("here"), "it has kept its place");
}

#[tokio::test]
async fn bodies_that_never_end_make_room() {
    let running = start(few(4)).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        slow.push(connect(&running).await);
    }
    for stream in &mut slow {
        send(stream, UNFINISHED).await;
    }
    assert!(good(&running).await.ends_with("here"));
    assert!(closes(&mut slow[0]).await);
    // Those that still have a place may go on.
    send(&mut slow[3], "67890").await;
    assert!(receive(&mut slow[3]).await.ends_with("10"));
}

#[tokio::test]
async fn answers_that_nobody_reads_make_room() {
    let running = start(few(4)).await;
    let mut rude = Vec::new();
    for _ in 0..4 {
        let mut stream = connect(&running).await;
        send(&mut stream, "GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
        stream.readable().await.expect("the answer has begun");
        rude.push(stream);
    }
    assert!(good(&running).await.ends_with("here"));
    assert!(closes(&mut rude[0]).await);
}

#[tokio::test]
async fn without_a_place_one_is_told_at_once() {
    let running = start(few(2)).await;
    let mut at_work = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(&running).await;
        send(&mut stream, "GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        at_work.push(stream);
    }
    let refused = until_refused(&running).await;
    assert!(refused.contains("\r\nretry-after: 1\r\n") && refused.contains("\r\nconnection: close\r\n"), "{refused}");
    let (head, body) = refused.split_once("\r\n\r\n").expect("a head");
    assert!(head.contains(&format!("content-length: {}", body.len())), "{refused}");
    assert!(body.contains("\"code\":\"overloaded\""), "{refused}");
    for mut stream in at_work {
        assert!(receive(&mut stream).await.starts_with("HTTP/1.1 200"), "work is not given up for newcomers");
        assert!(closes(&mut stream).await);
    }
    assert!(good(&running).await.ends_with("here"), "and there is room again");
}

/// Everything that a client without a place gets, up to the end of its connection. Until both requests are under way
/// there still is one.
async fn until_refused(running: &Running) -> String {
    for _ in 0..100 {
        let mut stream = connect(running).await;
        send(&mut stream, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        let mut answer = String::new();
        // One that made room for the next is closed without a word.
        if stream.read_to_string(&mut answer).await.is_ok() && answer.starts_with("HTTP/1.1 503") {
            return answer;
        }
    }
    panic!("nobody was refused");
}

#[tokio::test]
async fn a_panic_is_a_500_and_the_rest_goes_on() {
    // Telling of a panic may take long: whoever waits beside it must not be cut off meanwhile.
    let running = start(ListenerLimits { head: Duration::from_secs(10), ..limits() }).await;
    let mut beside = connect(&running).await;
    for _ in 0..3 {
        let mut stream = connect(&running).await;
        let answer = ask(&mut stream, "/panic").await;
        assert!(answer.starts_with("HTTP/1.1 500") && answer.contains("\"code\":\"internal\""), "{answer}");
        assert!(!answer.contains("secret"), "{answer}");
        assert!(ask(&mut stream, "/").await.ends_with("here"), "even on the same connection");
    }
    assert!(ask(&mut beside, "/").await.ends_with("here"));
}

#[tokio::test]
async fn who_reads_a_byte_at_a_time_is_cut_off() {
    let running = start(ListenerLimits { connections: 4, ..limits() }).await;
    let mut slow = connect(&running).await;
    send(&mut slow, "GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
    // Two bytes in each twentieth of the time that is given for 4096.
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_millis(15)).await;
        let mut two = [0; 2];
        slow.read_exact(&mut two).await.expect("what the system holds already");
    }
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(5), slow.read_to_end(&mut rest)).await;
    assert!(ended.is_ok() && rest.len() < LARGE, "{}", rest.len());
}
