//! From merged text to validated values, and invalid combinations. The precedence of sources is in `sources`.

use std::net::SocketAddr;
use std::path::Path;

use console::PublicUrl;
use domain::address::TrustedProxies;
use figment::Figment;
use ipnet::IpNet;
use mail::Mailer;
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

use super::error::{ConfigError, origin_of};
use super::raw::{Raw, RawMail};
use super::{Config, policy};

/// Shorter tokens could be guessed.
const TOKEN_MIN: usize = 16;

pub(super) fn validate_config(figment: &Figment) -> Result<Config, ConfigError> {
    let mut raw: Raw = figment.extract().map_err(|error| ConfigError::from_figment(None, &error))?;
    let at = Origins(figment);
    let console_addr = listener(&at, "console_addr", raw.console_addr.as_deref(), "127.0.0.1:3000")?;
    let gate_addr = listener(&at, "gate_addr", raw.gate_addr.as_deref(), "127.0.0.1:3100")?;
    let gate_token = raw.gate_token.as_deref().map(|token| gate_token(&at, token)).transpose()?;
    let gateway = std::mem::take(&mut raw.gateway);
    let config = Config {
        mailer: mailer(&at, raw.mail.take(), raw.mail_password.take(), raw.public_url.is_some())?,
        gateway: super::gateway::build_gateway_policy(gateway).map_err(|(key, message)| at.error(&key, message))?,
        data_dir: data_dir(&at, raw.data_dir.as_deref().unwrap_or("data"))?,
        database_url: raw.database_url.as_deref().map(|url| database_url(&at, url)).transpose()?,
        console_addr,
        gate_addr,
        gate_token,
        public_url: match raw.public_url.as_deref() {
            Some(typed) => PublicUrl::parse(typed).map_err(|message| at.error("public_url", message))?,
            None => PublicUrl::of_listener(console_addr),
        },
        trusted_proxies: match &raw.trusted_proxies {
            Some(listed) => trusted_proxies(&at, &listed.joined())?,
            None => Vec::new(),
        },
        pepper: raw.pepper.as_deref().map(|pepper| self::pepper(&at, pepper)).transpose()?,
        texts: super::text::build_catalogue(std::mem::take(&mut raw.text))
            .map_err(|(key, message)| at.error(&key, message))?,
        log: log(&at, raw.log.as_deref().unwrap_or("info"))?,
        policy: policy::build_policy(raw.into_policy()).map_err(|(key, message)| at.error(&key, message))?,
    };
    check_combinations(&at, &config)?;
    let catalogue = config.policy.catalogue().map_err(|error| at.error("modules", error.message))?;
    super::gateway::check_routes(&config.gateway, &catalogue, &config.policy)
        .map_err(|(key, message)| at.error(&key, message))?;
    Ok(config)
}

/// The origin of each key.
struct Origins<'a>(&'a Figment);

impl Origins<'_> {
    fn error(&self, key: &str, message: impl Into<String>) -> ConfigError {
        // The element of an array, such as `templates.0.id`, has the origin of the array.
        let prefixes = std::iter::successors(Some(key), |key| key.rsplit_once('.').map(|(prefix, _)| prefix));
        let metadata = prefixes.into_iter().find_map(|key| self.0.find_metadata(key));
        let origin = metadata.map_or_else(|| "default".to_owned(), origin_of);
        ConfigError::new(origin, key, message)
    }
}

fn data_dir(at: &Origins<'_>, typed: &str) -> Result<std::path::PathBuf, ConfigError> {
    if typed.trim().is_empty() {
        return Err(at.error("data_dir", "must not be empty"));
    }
    std::path::absolute(Path::new(typed)).map_err(|error| at.error("data_dir", error.to_string()))
}

fn database_url(at: &Origins<'_>, typed: &str) -> Result<SecretString, ConfigError> {
    if ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| typed.starts_with(scheme)) {
        return Ok(SecretString::from(typed));
    }
    Err(at.error("database_url", "must begin with sqlite: or postgres://"))
}

fn listener(at: &Origins<'_>, key: &str, typed: Option<&str>, default: &str) -> Result<SocketAddr, ConfigError> {
    let typed = typed.unwrap_or(default);
    typed.parse().map_err(|_| at.error(key, "must be an address and a port, such as 127.0.0.1:3000 or [::1]:3000"))
}

fn gate_token(at: &Origins<'_>, typed: &str) -> Result<SecretString, ConfigError> {
    if typed.len() < TOKEN_MIN {
        return Err(at.error("gate_token", format!("must have at least {TOKEN_MIN} characters")));
    }
    if !typed.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(at.error("gate_token", "must be visible ASCII without spaces, since it is sent in a header"));
    }
    Ok(SecretString::from(typed))
}

fn pepper(at: &Origins<'_>, typed: &str) -> Result<SecretString, ConfigError> {
    if typed.len() != 64 || !typed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(at.error("pepper", "must be 64 hexadecimal digits (32 bytes)"));
    }
    Ok(SecretString::from(typed))
}

fn trusted_proxies(at: &Origins<'_>, typed: &str) -> Result<Vec<IpNet>, ConfigError> {
    let trusted = TrustedProxies::parse(typed).map_err(|error| at.error("trusted_proxies", error.to_string()))?;
    Ok(trusted.to_vec())
}

fn mailer(
    at: &Origins<'_>,
    mail: Option<RawMail>,
    password: Option<String>,
    is_url_known: bool,
) -> Result<Option<Mailer>, ConfigError> {
    let Some(RawMail { smtp, from }) = mail else {
        return match password {
            Some(_) => Err(at.error("mail_password", "requires mail.smtp")),
            None => Ok(None),
        };
    };
    if !is_url_known {
        let message = "public_url must be set as well: the links in mails lead there";
        return Err(at.error("mail.smtp", message));
    }
    let made = Mailer::new(&SecretString::from(smtp), password.map(SecretString::from).as_ref(), &from);
    made.map(Some).map_err(|(key, message)| at.error(key, message))
}

fn log(at: &Origins<'_>, typed: &str) -> Result<String, ConfigError> {
    EnvFilter::try_new(typed).map_err(|_| at.error("log", "must be a filter such as info or info,adapters=debug"))?;
    Ok(typed.to_owned())
}

/// Refuses values that are valid on their own but not together.
fn check_combinations(at: &Origins<'_>, config: &Config) -> Result<(), ConfigError> {
    if !config.gate_addr.ip().to_canonical().is_loopback() && config.gate_token.is_none() {
        let message = format!(
            "{} can be reached from outside this machine, so gate_token (KEYHATCH_GATE_TOKEN) must be set",
            config.gate_addr
        );
        return Err(at.error("gate_addr", message));
    }
    if config.gate_addr == config.console_addr && config.gate_addr.port() != 0 {
        return Err(at.error("gate_addr", "must differ from console_addr"));
    }
    Ok(())
}
