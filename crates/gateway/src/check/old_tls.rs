//! Whether a server still accepts TLS 1.1 or 1.0. Current libraries do not support them, so the `ClientHello` is written
//! here; the response is a `ServerHello` of that version or an alert.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::client::Client;

const TIMEOUT: Duration = Duration::from_secs(5);

/// An outdated version.
#[derive(Debug, Clone, Copy)]
pub(super) enum OldTlsVersion {
    Tls10,
    Tls11,
}

impl OldTlsVersion {
    fn minor(self) -> u8 {
        match self {
            Self::Tls10 => 1,
            Self::Tls11 => 2,
        }
    }
}

/// `None` if there is no connection.
pub(super) async fn is_accepted(client: &Client, version: OldTlsVersion) -> Option<bool> {
    let mut stream = client.tcp().await.ok()?;
    stream.write_all(&client_hello(version, client.host_name())).await.ok()?;
    let mut head = [0; 11];
    match tokio::time::timeout(TIMEOUT, stream.read_exact(&mut head)).await {
        Ok(Ok(_)) => Some(is_server_hello(head, version)),
        // Closed, or no response.
        Ok(Err(_)) | Err(_) => Some(false),
    }
}

/// A handshake record (22) with a `ServerHello` (2) that chose the version.
fn is_server_hello(head: [u8; 11], version: OldTlsVersion) -> bool {
    head[0] == 22 && head[5] == 2 && head[9] == 3 && head[10] <= version.minor()
}

/// A `ClientHello` (RFC 4346, 7.4.1.2).
fn client_hello(version: OldTlsVersion, host: Option<&str>) -> Vec<u8> {
    // AES and 3DES, with RSA and with elliptic curves: what servers of that time speak.
    const CIPHERS: [u16; 10] = [0xc014, 0xc00a, 0x0035, 0xc013, 0xc009, 0x002f, 0xc012, 0xc008, 0x000a, 0x00ff];
    let mut body = vec![3, version.minor()];
    // Nothing is encrypted in this handshake, so any 32 bytes are random enough.
    body.extend((0_u8..32).map(|byte| byte.wrapping_mul(37)));
    body.push(0);
    body.extend(length_prefixed(&CIPHERS.iter().flat_map(|cipher| cipher.to_be_bytes()).collect::<Vec<_>>()));
    body.extend([1, 0]);
    let mut extensions = Vec::new();
    if let Some(host) = host {
        let name: Vec<u8> = std::iter::once(0).chain(length_prefixed(host.as_bytes())).collect();
        extensions.extend(extension(0, &length_prefixed(&name)));
    }
    extensions.extend(extension(10, &length_prefixed(&[0, 23, 0, 24, 0, 25])));
    extensions.extend(extension(11, &[1, 0]));
    body.extend(length_prefixed(&extensions));
    let message: Vec<u8> = [1, 0].into_iter().chain(length_prefixed(&body)).collect();
    [22, 3, 1].into_iter().chain(length_prefixed(&message)).collect()
}

fn extension(kind: u16, body: &[u8]) -> Vec<u8> {
    kind.to_be_bytes().into_iter().chain(length_prefixed(body)).collect()
}

/// The bytes after their length in two bytes.
fn length_prefixed(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    length.to_be_bytes().into_iter().chain(bytes.iter().copied()).collect()
}
