//! The raw settings before validation. The names here are the keys of `keyhatch.toml`; the variable of a top-level text key
//! is `KEYHATCH_` and the same name in upper case. The tables `[limits]`, `[keys]` and `[api]` are in
//! `policy`, beside their conversion.

use domain::privilege::Module;
use domain::template::Template;
use serde::Deserialize;

use super::policy::{RawApi, RawKeys, RawLimits, RawPolicy};
use super::text::RawTexts;

/// Keys that a `KEYHATCH_*` variable may set. The policy is in the file only: it belongs under version control.
pub(super) const VARIABLES: [&str; 10] = [
    "data_dir",
    "database_url",
    "console_addr",
    "gate_addr",
    "gate_token",
    "public_url",
    "trusted_proxies",
    "log",
    "pepper",
    "mail_password",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub data_dir: Option<String>,
    pub database_url: Option<String>,
    pub console_addr: Option<String>,
    pub gate_addr: Option<String>,
    pub gate_token: Option<String>,
    pub public_url: Option<String>,
    pub trusted_proxies: Option<Listed>,
    pub log: Option<String>,
    pub pepper: Option<String>,
    pub mail_password: Option<String>,
    pub product_name: Option<String>,
    pub key_prefix: Option<String>,
    pub api_url: Option<String>,
    pub modules: Option<Vec<Module>>,
    #[serde(default)]
    pub templates: Vec<Template>,
    #[serde(default)]
    pub limits: RawLimits,
    #[serde(default)]
    pub keys: RawKeys,
    #[serde(default)]
    pub api: RawApi,
    #[serde(default)]
    pub gateway: RawGateway,
    pub mail: Option<RawMail>,
    #[serde(default)]
    pub text: RawTexts,
}

impl Raw {
    pub fn into_policy(self) -> RawPolicy {
        let Self { product_name, key_prefix, api_url, modules, templates, limits, keys, api, .. } = self;
        RawPolicy { product_name, key_prefix, api_url, modules, templates, limits, keys, api }
    }
}

/// The `[mail]` table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMail {
    pub smtp: String,
    pub from: String,
}

/// The `[gateway]` table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGateway {
    pub listen: Option<String>,
    pub upstream: Option<String>,
    pub gate: Option<String>,
    pub certificate: Option<String>,
    pub certificate_key: Option<String>,
    pub concurrent_requests_per_address: Option<u32>,
    pub timeout_seconds: Option<u32>,
    pub gate_timeout_seconds: Option<u32>,
    pub pass_credential: Option<bool>,
    pub unlisted: Option<String>,
    #[serde(default)]
    pub routes: Vec<RawRoute>,
}

/// One `[[gateway.routes]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoute {
    pub method: Option<Listed>,
    pub path: String,
    pub privilege: Option<String>,
    pub channel: Option<String>,
    pub cost: Option<u32>,
}

/// `"10.0.0.1, 10.0.0.2"` or `["10.0.0.1", "10.0.0.2"]`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Listed {
    Text(String),
    List(Vec<String>),
}

impl Listed {
    pub fn joined(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(list) => list.join(","),
        }
    }
}
