//! What the gateway in front of the product's interface does, as the operator wants it, and where it finds the gate.
//! How these are written in `keyhatch.toml` is the server's business.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use domain::verdict::Channel;
use ipnet::IpNet;
use secrecy::SecretString;

/// All that a printed configuration or a check is made of.
#[derive(Debug, Clone)]
pub struct GatewaySettings {
    /// The `[gateway]` table.
    pub policy: GatewayPolicy,
    /// Where the gate listens.
    pub gate_addr: SocketAddr,
    /// What the gateway shows to a gate that is not on loopback.
    pub gate_token: Option<SecretString>,
    /// Hops in front whose word about the caller's address is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// The gateway as the operator wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayPolicy {
    /// Where callers connect, with TLS.
    pub listen: SocketAddr,
    /// Host and port of the server behind it.
    pub upstream: String,
    /// Where the gateway finds the gate, if not at `gate_addr`.
    pub gate: Option<SocketAddr>,
    /// File of the certificate with its chain, PEM.
    pub certificate: String,
    /// File of its private key, PEM; may be the same file.
    pub certificate_key: String,
    /// Requests of one address at one time; the next is answered 429.
    pub concurrent_requests_per_address: u32,
    /// How long a caller and the upstream may take.
    pub timeout_seconds: u32,
    /// How long the gate may take; past it nobody is let in.
    pub gate_timeout_seconds: u32,
    /// Whether the upstream sees the credential.
    pub pass_credential: bool,
    /// What a call needs that no route names.
    pub unlisted: Unlisted,
    /// What the others need; the first that fits counts.
    pub routes: Vec<Route>,
}

/// What a call needs that no route names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlisted {
    /// Nobody gets there.
    Refuse,
    /// Any good key.
    Key,
    /// A key with this privilege.
    Privilege(String),
}

/// A part of the interface, and what a call to it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// In capitals; empty for every method. `HEAD` is always beside `GET`: servers answer it alike.
    pub methods: Vec<String>,
    /// The path itself and everything below it, whatever the case of its letters.
    pub path: String,
    /// `module:action`; any good key if absent.
    pub privilege: Option<String>,
    /// By which channel such calls come.
    pub channel: Option<Channel>,
    /// How much of a key's limits a call uses; 1 if absent.
    pub cost: Option<u32>,
}

impl GatewaySettings {
    /// Where the gateway finds the gate.
    pub fn gate(&self) -> SocketAddr {
        self.policy.gate(self.gate_addr)
    }
}

impl GatewayPolicy {
    /// Where the gateway finds the gate that listens on `gate_addr`.
    pub fn gate(&self, gate_addr: SocketAddr) -> SocketAddr {
        let ip = match gate_addr.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        self.gate.unwrap_or(SocketAddr::new(ip, gate_addr.port()))
    }
}

impl Route {
    /// Whether every call that fits `other` fits this one.
    pub fn covers(&self, other: &Self) -> bool {
        let methods = self.methods.is_empty()
            || !other.methods.is_empty() && other.methods.iter().all(|m| self.methods.contains(m));
        methods && is_below(&self.path, &other.path)
    }

    /// Whether a call with this method and this path, which is in its normal form, fits.
    pub fn fits(&self, method: &str, path: &str) -> bool {
        (self.methods.is_empty() || self.methods.iter().any(|known| known == method)) && is_below(&self.path, path)
    }
}

fn is_below(above: &str, path: &str) -> bool {
    let rest = path.get(..above.len()).filter(|start| start.eq_ignore_ascii_case(above)).map(|_| &path[above.len()..]);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || above == "/")
}
