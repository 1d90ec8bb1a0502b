//! A small HTTP client with one kept connection. Written by hand: a library's own work would be part of the measured
//! milliseconds, and it does not tell the bytes on the wire.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A response and its size on the wire.
pub struct Response {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
    pub wire_bytes: usize,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self { stream, buffer: Vec::with_capacity(64 * 1024) }
    }

    pub fn send(&mut self, request: &[u8]) -> Response {
        self.stream.write_all(request).expect("a request that is taken");
        self.buffer.clear();
        let head_end = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.fill();
        };
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).into_owned();
        let lower = head.to_ascii_lowercase();
        let end = if lower.contains("transfer-encoding: chunked") {
            self.until_last_chunk(head_end)
        } else {
            let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
            let end = head_end + length.unwrap_or(0_usize);
            while self.buffer.len() < end {
                self.fill();
            }
            end
        };
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Response { status, body: self.buffer[head_end..end].to_vec(), wire_bytes: end, head }
    }

    fn until_last_chunk(&mut self, head_end: usize) -> usize {
        loop {
            if self.buffer[head_end..].ends_with(b"0\r\n\r\n") {
                return self.buffer.len();
            }
            self.fill();
        }
    }

    fn fill(&mut self) {
        let mut part = vec![0; 64 * 1024];
        let count = self.stream.read(&mut part).expect("a response");
        assert!(count > 0, "the server closed the connection");
        self.buffer.extend_from_slice(&part[..count]);
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}
