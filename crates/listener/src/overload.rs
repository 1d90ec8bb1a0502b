//! The response beyond the limit of connections: 503 at once, so that a client or load balancer can go elsewhere.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// Responses in flight at one time; beyond it a connection is closed without a response.
const MAX_IN_FLIGHT: usize = 256;
/// Time-out of one response.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Written by hand, because nothing of the request is parsed.
static RESPONSE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let body = r#"{"title":"There are too many connections right now","status":503,"code":"overloaded"}"#;
    let head = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 1\r\ncache-control: no-store\r\n\
                content-type: application/problem+json\r\ncontent-length: ";
    format!("{head}{}\r\n\r\n{body}", body.len()).into_bytes()
});

pub(super) struct OverloadResponder(Arc<Semaphore>);

impl Default for OverloadResponder {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MAX_IN_FLIGHT)))
    }
}

impl OverloadResponder {
    /// Responds in a task of its own: the accept loop never waits for a client.
    pub fn respond(&self, stream: TcpStream) {
        let Ok(permit) = Arc::clone(&self.0).try_acquire_owned() else { return };
        tokio::spawn(async move {
            let _ = tokio::time::timeout(TIMEOUT, send_response(stream)).await;
            drop(permit);
        });
    }
}

/// Responds, then reads until the client closes: closing with an unread request would reset the connection and discard
/// the response.
async fn send_response(mut stream: TcpStream) -> std::io::Result<()> {
    stream.write_all(&RESPONSE).await?;
    stream.shutdown().await?;
    let mut unread = [0; 4096];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}
