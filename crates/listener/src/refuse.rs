//! Turning away who finds no place: 503 at once, so that a client or its balancer goes elsewhere instead of waiting.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// Refusals that are told at one time; beyond it a connection is closed without a word.
const AT_ONCE: usize = 256;
/// How long one refusal may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Written by hand, since nothing of the request is read before it.
static ANSWER: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let body = r#"{"title":"There are too many connections right now","status":503,"code":"overloaded"}"#;
    let head = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 1\r\ncache-control: no-store\r\n\
                content-type: application/problem+json\r\ncontent-length: ";
    format!("{head}{}\r\n\r\n{body}", body.len()).into_bytes()
});

pub(super) struct Refusals(Arc<Semaphore>);

impl Default for Refusals {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Refusals {
    /// Refuses beside the accept loop, which never waits for a client.
    pub fn send(&self, stream: TcpStream) {
        let Ok(place) = Arc::clone(&self.0).try_acquire_owned() else { return };
        tokio::spawn(async move {
            // Whether it arrives is the client's matter.
            let _ = tokio::time::timeout(PATIENCE, tell(stream)).await;
            drop(place);
        });
    }
}

/// Reads what the client sends until it closes: closing first, with its request unread, would reset the connection and
/// take the answer with it.
async fn tell(mut stream: TcpStream) -> std::io::Result<()> {
    stream.write_all(&ANSWER).await?;
    stream.shutdown().await?;
    let mut unread = [0; 4096];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}
