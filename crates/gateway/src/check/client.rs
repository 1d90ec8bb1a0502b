//! The client of a check: one call for each connection, sent exactly as given. Paths are not normalized, headers neither
//! merged nor dropped.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, Request, Uri};
use http_body_util::{BodyExt as _, Collected, Empty, Limited};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::echo::{self, EchoedRequest};
use super::evaluate::Observation;

/// How long a gateway may take to respond, which includes its wait for the gate.
pub(super) const TIMEOUT: Duration = Duration::from_secs(20);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const BODY_MAX: usize = 1 << 20;

/// A call to send.
#[derive(Debug, Clone, Default)]
pub(super) struct Call {
    pub method: String,
    /// Path and query, as it goes into the request line.
    pub target: String,
    pub headers: Vec<(String, String)>,
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    #[error("there is no connection: {0}")]
    None(std::io::Error),
    #[error("{0}")]
    Untrusted(std::io::Error),
}

pub(super) struct Client {
    host: String,
    port: u16,
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

impl Client {
    /// `Err` is a message for the operator.
    pub fn new(url: &Uri, ca: Option<&Path>) -> Result<Self, String> {
        let host = url.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let (tls, port) = match url.scheme_str() {
            Some("https") => (true, 443),
            Some("http") => (false, 80),
            _ => return Err("the address must begin with https:// or http://".to_owned()),
        };
        if host.is_empty() || !matches!(url.path(), "" | "/") || url.query().is_some() {
            return Err("the address must be an origin such as https://api.example.com; name a path with --path".into());
        }
        let tls = if tls {
            let name = ServerName::try_from(host.clone()).map_err(|_| format!("{host} is no host name"))?;
            Some((TlsConnector::from(Arc::new(tls_config(ca)?)), name))
        } else {
            None
        };
        Ok(Self { host, port: url.port_u16().unwrap_or(port), tls })
    }

    pub fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// The host as a name for TLS; `None` for an address.
    pub fn host_name(&self) -> Option<&str> {
        self.host.parse::<std::net::IpAddr>().is_err().then_some(&self.host)
    }

    pub async fn tcp(&self) -> std::io::Result<TcpStream> {
        let connecting = TcpStream::connect((self.host.as_str(), self.port));
        tokio::time::timeout(CONNECT_TIMEOUT, connecting)
            .await
            .unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
    }

    /// Connects, and describes the TLS version.
    pub async fn probe_connection(&self) -> Result<String, ConnectError> {
        let tcp = self.tcp().await.map_err(ConnectError::None)?;
        let Some((connector, name)) = &self.tls else { return Ok(String::new()) };
        let connecting = connector.connect(name.clone(), tcp);
        match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
            Ok(Ok(stream)) => {
                let version = stream.get_ref().1.protocol_version();
                Ok(version.map_or_else(String::new, |version| format!("{version:?} with a trusted certificate")))
            }
            Ok(Err(error)) if error.to_string().contains("certificate") => Err(ConnectError::Untrusted(error)),
            Ok(Err(error)) => Err(ConnectError::None(error)),
            Err(_) => Err(ConnectError::None(std::io::ErrorKind::TimedOut.into())),
        }
    }

    async fn connect(&self) -> std::io::Result<Box<dyn Stream>> {
        let tcp = self.tcp().await?;
        match &self.tls {
            Some((connector, name)) => Ok(Box::new(connector.connect(name.clone(), tcp).await?)),
            None => Ok(Box::new(tcp)),
        }
    }

    /// Sends a call.
    pub async fn send(&self, call: &Call) -> Observation {
        let Ok(request) = self.request(call) else { return Observation::NoResponse };
        match tokio::time::timeout(TIMEOUT, self.exchange(request)).await {
            Ok(observation) => observation.unwrap_or(Observation::NoResponse),
            Err(_) => Observation::TimedOut,
        }
    }

    fn request(&self, call: &Call) -> Result<Request<Empty<Bytes>>, http::Error> {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        let mut request = Request::builder().method(call.method.as_str()).uri(call.target.as_str());
        request = request.header(HOST, format!("{host}:{}", self.port)).header("connection", "close");
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        request.body(Empty::new())
    }

    async fn exchange(&self, request: Request<Empty<Bytes>>) -> Option<Observation> {
        let stream = TokioIo::new(self.connect().await.ok()?);
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.ok()?;
        let driving = tokio::spawn(connection);
        let response = sender.send_request(request).await.ok();
        let observation = match response {
            Some(response) => {
                let (parts, body) = response.into_parts();
                let body = Limited::new(body, BODY_MAX).collect().await.map(Collected::to_bytes).unwrap_or_default();
                Some(observe(parts.status.as_u16(), &parts.headers, &body))
            }
            None => None,
        };
        driving.abort();
        observation
    }
}

fn observe(status: u16, headers: &HeaderMap, body: &[u8]) -> Observation {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Observation::Response {
        status,
        reason: text("x-keyhatch-reason"),
        has_retry_after: headers.contains_key(RETRY_AFTER),
        has_challenge: headers.contains_key(WWW_AUTHENTICATE),
        upstream: text(echo::MARK).and_then(|mark| EchoedRequest::parse(mark, body)),
    }
}

fn tls_config(ca: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    let (_, _) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca {
        let to_message = |error: String| format!("--ca: {}: {error}", path.display());
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| to_message(error.to_string()))? {
            let certificate = certificate.map_err(|error| to_message(error.to_string()))?;
            roots.add(certificate).map_err(|error| to_message(error.to_string()))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
