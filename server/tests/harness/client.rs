//! HTTP with a plain socket: what is sent and what comes back is seen byte by byte, and a broken answer is no answer.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

pub struct Answer {
    pub status: u16,
    /// Head and body as they came.
    pub raw: Vec<u8>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> Option<String> {
        let raw = String::from_utf8_lossy(&self.raw).into_owned();
        header(raw.split("\r\n\r\n").next()?, name).map(ToOwned::to_owned)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(own, _)| own.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// Sends a request on a connection of its own.
///
/// # Errors
/// Whatever keeps the whole answer from arriving: then nothing was acknowledged.
pub fn send(to: SocketAddr, head: &str, lines: &[(&str, &str)], body: &[u8]) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(to)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let first = format!("{head} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    let lines: Vec<String> = lines.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = [first, lines.concat(), "\r\n".to_owned()].concat();
    // A server that refuses early answers without reading all of it.
    let sent = stream.write_all(&[request.as_bytes(), body].concat());
    let mut raw = Vec::new();
    let read = stream.read_to_end(&mut raw);
    if let Some((status, body)) = parse(&raw) {
        return Ok(Answer { status, raw, body });
    }
    sent.and(read)?;
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// `None` for an answer that is not whole.
fn parse(raw: &[u8]) -> Option<(u16, Vec<u8>)> {
    let end = raw.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = str::from_utf8(&raw[..end]).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = &raw[end + 4..];
    if header(head, "transfer-encoding").is_some() {
        return Some((status, unchunk(body)?));
    }
    let length: usize = header(head, "content-length").map_or(Some(0), |length| length.parse().ok())?;
    (body.len() == length).then(|| (status, body.to_vec()))
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let length = usize::from_str_radix(str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length + 2..)?;
    }
}
