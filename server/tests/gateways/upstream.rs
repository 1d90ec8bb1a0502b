//! The server behind the gateway. Its response body is the request head that reached it, byte for byte. It counts the
//! requests, and holds those to `/hold` until they are released. Written on raw sockets to see those bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub struct Upstream {
    pub port: u16,
    reached: Arc<AtomicUsize>,
    held: Arc<AtomicUsize>,
    release: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Upstream {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (release, waiting) = watch::channel(false);
        let (reached, held): (Arc<AtomicUsize>, Arc<AtomicUsize>) = <_>::default();
        let counters = (Arc::clone(&reached), Arc::clone(&held));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reached, held, waiting) = (Arc::clone(&counters.0), Arc::clone(&counters.1), waiting.clone());
                tokio::spawn(async move { respond(stream, &reached, &held, waiting).await });
            }
        });
        Self { port, reached, held, release, task }
    }

    /// How many requests reached it.
    pub fn reached(&self) -> usize {
        self.reached.load(Ordering::SeqCst)
    }

    /// How many requests to `/hold` were held.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::SeqCst)
    }

    /// Stops it and frees its port.
    pub async fn stop(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    pub fn release(&self) {
        self.release.send_replace(true);
    }
}

async fn respond(
    mut stream: TcpStream,
    reached: &AtomicUsize,
    held: &AtomicUsize,
    mut waiting: watch::Receiver<bool>,
) -> Option<()> {
    let mut bytes = Vec::new();
    let end = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let arrived = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let lower = arrived.to_ascii_lowercase();
    let length = lower.split("\r\ncontent-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()?.parse().ok());
    let mut rest = length.unwrap_or(0_usize).saturating_sub(bytes.len() - end);
    while rest > 0 {
        rest = rest.saturating_sub(stream.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?);
    }
    reached.fetch_add(1, Ordering::SeqCst);
    if arrived.split(' ').nth(1).is_some_and(|path| path.starts_with("/hold")) {
        held.fetch_add(1, Ordering::SeqCst);
        waiting.wait_for(|is_released| *is_released).await.ok()?;
    }
    let body = if arrived.starts_with("HEAD ") { "" } else { &arrived };
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Keyhatch-Reason: VALID\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        arrived.len()
    );
    stream.write_all(response.as_bytes()).await.ok()?;
    stream.shutdown().await.ok()
}
