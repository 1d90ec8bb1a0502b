//! What the operator may set, read once at the start: flags, then `KEYHATCH_*` variables, then `keyhatch.toml`, then
//! defaults. Whatever is unknown, unreadable or unusable stops the start; nothing else in this crate reads settings.

mod check;
mod error;
mod flags;
mod gateway;
mod line;
mod policy;
mod raw;
mod sources;

use std::net::SocketAddr;
use std::path::PathBuf;

use ::gateway::{GatewayPolicy, GatewaySettings};
use console::PublicUrl;
use domain::policy::Policy;
use ipnet::IpNet;
use mail::Mailer;
use secrecy::SecretString;

pub use error::ConfigError;
pub use flags::{ListenFlags, StoreFlags};
pub use sources::Sources;

/// Everything a command needs to know, already checked.
#[derive(Debug)]
pub struct Config {
    /// Folder of the database, the pepper and the revocation ledger; absolute.
    pub data_dir: PathBuf,
    /// `None`: a SQLite file in `data_dir`. It may hold a password, so it never shows itself.
    pub database_url: Option<SecretString>,
    /// Where browsers and the product's backend connect.
    pub console_addr: SocketAddr,
    /// Where gateways and servers ask.
    pub gate_addr: SocketAddr,
    /// What an asker that is not on loopback has to show.
    pub gate_token: Option<SecretString>,
    /// The console's address as a browser types it.
    pub public_url: PublicUrl,
    /// Proxies whose word about the client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The pepper, if it does not come from its file in `data_dir`.
    pub pepper: Option<SecretString>,
    /// Filter of the log, in the syntax of `tracing_subscriber::EnvFilter`.
    pub log: String,
    /// Product name, modules and limits.
    pub policy: Policy,
    /// What sends mail, if a mail server is named.
    pub mailer: Option<Mailer>,
    /// What the gateway in front of the product's interface does.
    pub gateway: GatewayPolicy,
}

impl Config {
    /// Merges the sources and checks each value.
    ///
    /// # Errors
    /// Names the key and where it was set.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        sources.figment().and_then(|figment| check::config(&figment)).map_err(ConfigError::with_line)
    }

    /// What the gateway's configuration is printed from, and what a running gateway is checked against.
    pub fn gateway_settings(&self) -> GatewaySettings {
        GatewaySettings {
            policy: self.gateway.clone(),
            gate_addr: self.gate_addr,
            gate_token: self.gate_token.clone(),
            trusted_proxies: self.trusted_proxies.clone(),
        }
    }
}
