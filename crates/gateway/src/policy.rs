//! The policy of the gateway in front of the product's API, and where it finds the gate. Parsing it from `keyhatch.toml`
//! belongs to the server's configuration.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use domain::verdict::Channel;
use ipnet::IpNet;
use secrecy::SecretString;

/// Input of printing a configuration and of checking a gateway.
#[derive(Debug, Clone)]
pub struct GatewaySettings {
    /// The `[gateway]` table.
    pub policy: GatewayPolicy,
    /// Where the gate listens.
    pub gate_addr: SocketAddr,
    /// The token for a gate that is not on loopback.
    pub gate_token: Option<SecretString>,
    /// Proxies in front whose forwarded addresses are trusted.
    pub trusted_proxies: Vec<IpNet>,
}

/// The `[gateway]` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayPolicy {
    /// Where the gateway listens, with TLS.
    pub listen: SocketAddr,
    /// Host and port of the server behind it.
    pub upstream: String,
    /// Where the gateway finds the gate, if not at `gate_addr`.
    pub gate: Option<SocketAddr>,
    /// File of the certificate with its chain, PEM.
    pub certificate: String,
    /// File of its private key, PEM; may be the same file.
    pub certificate_key: String,
    /// Concurrent requests of one address; beyond it the response is 429.
    pub concurrent_requests_per_address: u32,
    /// Time-out of callers and the upstream, seconds.
    pub timeout_seconds: u32,
    /// Time-out of the gate, seconds; beyond it the call is refused.
    pub gate_timeout_seconds: u32,
    /// Whether the credential is passed on to the upstream.
    pub pass_credential: bool,
    /// The requirement of a call that matches no route.
    pub unlisted: Unlisted,
    /// The routes with their requirements; the first match counts.
    pub routes: Vec<Route>,
}

/// The requirement of a call that matches no route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlisted {
    /// Every call is refused.
    Refuse,
    /// Any valid key.
    Key,
    /// A key with this privilege.
    Privilege(String),
}

/// A part of the API, and the requirement of its calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// In upper case; empty for every method. `GET` always implies `HEAD`.
    pub methods: Vec<String>,
    /// The path and everything below it, case-insensitive.
    pub path: String,
    /// `module:action`; any valid key if absent.
    pub privilege: Option<String>,
    /// The channel of these calls.
    pub channel: Option<Channel>,
    /// Units of the key's limits that a call consumes; 1 if absent.
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
    /// Whether every call that matches `other` matches this one.
    pub fn covers(&self, other: &Self) -> bool {
        let methods = self.methods.is_empty()
            || !other.methods.is_empty() && other.methods.iter().all(|m| self.methods.contains(m));
        methods && is_below(&self.path, &other.path)
    }

    /// Whether a call with this method and normalized path matches.
    pub fn matches(&self, method: &str, path: &str) -> bool {
        (self.methods.is_empty() || self.methods.iter().any(|known| known == method)) && is_below(&self.path, path)
    }
}

fn is_below(above: &str, path: &str) -> bool {
    let rest = path.get(..above.len()).filter(|start| start.eq_ignore_ascii_case(above)).map(|_| &path[above.len()..]);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || above == "/")
}
