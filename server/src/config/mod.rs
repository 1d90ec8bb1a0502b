//! The configuration, loaded once at the start: flags, then `KEYHATCH_*` variables, then `keyhatch.toml`, then defaults.
//! Anything unknown, unreadable or invalid stops the start. Nothing else reads settings.

mod error;
mod flags;
mod gateway;
mod line_number;
mod policy;
mod raw;
mod sources;
mod text;
mod validate;

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

/// The validated configuration.
#[derive(Debug)]
pub struct Config {
    /// Folder of the database, the pepper and the revocation ledger; absolute.
    pub data_dir: PathBuf,
    /// `None`: a SQLite file in `data_dir`. A secret, because it may contain a password.
    pub database_url: Option<SecretString>,
    /// Listening address of the console and the management interface.
    pub console_addr: SocketAddr,
    /// Listening address of the gate.
    pub gate_addr: SocketAddr,
    /// The token that a gateway outside loopback must send.
    pub gate_token: Option<SecretString>,
    /// The console's URL as a browser sees it.
    pub public_url: PublicUrl,
    /// Proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// The pepper, if it is not in its file in `data_dir`.
    pub pepper: Option<SecretString>,
    /// Filter of the log, in the syntax of `tracing_subscriber::EnvFilter`.
    pub log: String,
    /// Product name, modules and limits.
    pub policy: Policy,
    /// Sends mail, if a mail server is configured.
    pub mailer: Option<Mailer>,
    /// The texts of every language, with the operator's own words.
    pub texts: i18n::MessageCatalogue,
    /// The policy of the gateway in front of the product's API.
    pub gateway: GatewayPolicy,
}

impl Config {
    /// Merges the sources and validates each value.
    ///
    /// # Errors
    /// Names the key and its origin.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        sources.figment().and_then(|figment| validate::validate_config(&figment)).map_err(ConfigError::with_line)
    }

    /// The input of `keyhatch gateway` and `keyhatch check`.
    pub fn gateway_settings(&self) -> GatewaySettings {
        GatewaySettings {
            policy: self.gateway.clone(),
            gate_addr: self.gate_addr,
            gate_token: self.gate_token.clone(),
            trusted_proxies: self.trusted_proxies.clone(),
        }
    }
}
