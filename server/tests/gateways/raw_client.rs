//! A TLS client that connects from a chosen loopback address. Raw bytes on a socket: a client library would normalize the
//! paths, header names and line folds that these tests are about.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Longer than any response takes, and shorter than a gateway's 600 s.
const TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct RawClient {
    gateway: SocketAddr,
    tls: TlsConnector,
}

/// A response; its status is 0 if the connection ended without one.
#[derive(Debug)]
pub struct RawResponse {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl RawClient {
    pub fn new(gateway: SocketAddr, certificate: &Path) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(certificate).expect("a certificate")).expect("a usable certificate");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { gateway, tls: TlsConnector::from(Arc::new(config)) }
    }

    /// A TLS connection from `address`.
    pub async fn connect(&self, address: &str) -> std::io::Result<TlsStream<TcpStream>> {
        let socket = TcpSocket::new_v4()?;
        let address: IpAddr = address.parse().expect("an address");
        socket.bind(SocketAddr::new(address, 0))?;
        let stream = socket.connect(self.gateway).await?;
        self.tls.connect("localhost".try_into().expect("a name"), stream).await
    }

    /// Sends a request; `line` is its method and path, such as `GET /contacts`, and `headers` are whole lines.
    pub async fn call(&self, address: &str, line: &str, headers: &[&str]) -> RawResponse {
        let lines = headers.iter().flat_map(|header| [header, "\r\n"]).collect::<String>();
        let text = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n");
        self.send(address, text.as_bytes()).await
    }

    /// Sends bytes unchanged and reads until the peer closes.
    pub async fn send(&self, address: &str, text: &[u8]) -> RawResponse {
        let exchange = async {
            let mut stream = self.connect(address).await?;
            stream.write_all(text).await?;
            // TLS may have buffered a part.
            stream.flush().await?;
            let mut got = Vec::new();
            // Some servers close without a TLS close_notify.
            let _ = stream.read_to_end(&mut got).await;
            std::io::Result::Ok(got)
        };
        let got = tokio::time::timeout(TIMEOUT, exchange).await.expect("a response in time").unwrap_or_default();
        RawResponse::parse(&String::from_utf8_lossy(&got))
    }
}

impl RawResponse {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        if matches!(status, 100..200) {
            // An interim response.
            return Self::parse(body);
        }
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        values(&self.head, name).next()
    }

    /// The values of a header that reached the upstream, whose response body is the request head.
    pub fn upstream_header(&self, name: &str) -> Vec<&str> {
        values(&self.body, name).collect()
    }
}

fn values<'a>(head: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    head.split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}
