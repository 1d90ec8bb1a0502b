//! The policy's tables in the file, and from there to the policy. What is allowed is decided in `domain`; here are only the
//! names and the notation of the file.

use domain::auth_header::AuthHeader;
use domain::expiry::parse_lifetime;
use domain::key::Environment;
use domain::policy::Policy;
use domain::privilege::Module;
use domain::template::Template;
use domain::verdict::Channel;
use serde::Deserialize;

/// A key of the file, and the error of its value.
type Fault = (String, String);

/// What the file says about the policy: its top-level keys and four of its tables.
pub(super) struct RawPolicy {
    pub product_name: Option<String>,
    pub key_prefix: Option<String>,
    pub api_url: Option<String>,
    pub modules: Option<Vec<Module>>,
    pub templates: Vec<Template>,
    pub limits: RawLimits,
    pub keys: RawKeys,
    pub api: RawApi,
}

/// The `[api]` table: how examples call the operator's API.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawApi {
    pub auth_header: Option<String>,
    pub env_variable: Option<String>,
}

/// The `[limits]` table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimits {
    pub name_length: Option<usize>,
    pub whitelist_entries: Option<usize>,
    pub keys_per_account: Option<usize>,
    pub keys_per_sub_account: Option<usize>,
    pub sub_account_depth: Option<usize>,
    pub page_size: Option<usize>,
}

/// The `[keys]` table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawKeys {
    pub privileges_fixed: Option<bool>,
    pub whitelist_required: Option<bool>,
    pub last_chars_shown: Option<usize>,
    pub lifetime_max: Option<String>,
    pub default_expiry: Option<String>,
    pub channels: Option<Vec<String>>,
    pub environments: Option<Vec<String>>,
    pub standard_templates: Option<bool>,
}

pub(super) fn build_policy(raw: RawPolicy) -> Result<Policy, Fault> {
    let default = Policy::default();
    let RawKeys { lifetime_max, default_expiry, channels, environments, .. } = raw.keys;
    let lifetime_max = lifetime_max.map(|typed| lifetime("keys.lifetime_max", &typed)).transpose()?;
    let policy = Policy {
        product_name: raw.product_name.unwrap_or(default.product_name),
        key_prefix: raw.key_prefix.unwrap_or(default.key_prefix),
        api_url: raw.api_url.unwrap_or(default.api_url),
        name_max: raw.limits.name_length.unwrap_or(default.name_max),
        whitelist_max: raw.limits.whitelist_entries.unwrap_or(default.whitelist_max),
        keys_per_account: raw.limits.keys_per_account.unwrap_or(default.keys_per_account),
        keys_per_sub_account: raw.limits.keys_per_sub_account,
        sub_account_depth: raw.limits.sub_account_depth.unwrap_or(default.sub_account_depth),
        page_size: raw.limits.page_size.unwrap_or(default.page_size),
        privileges_fixed: raw.keys.privileges_fixed.unwrap_or(default.privileges_fixed),
        whitelist_required: raw.keys.whitelist_required.unwrap_or(default.whitelist_required),
        last_chars_shown: raw.keys.last_chars_shown.unwrap_or(default.last_chars_shown),
        lifetime_max,
        default_expiry: match default_expiry.as_deref() {
            // If keys must expire, an empty default would always be refused.
            None => lifetime_max,
            Some("never") => None,
            Some(typed) => Some(lifetime("keys.default_expiry", typed)?),
        },
        channels: match channels {
            Some(typed) => listed("keys.channels", &typed, Channel::parse, &Channel::ALL.map(Channel::as_str))?,
            None => default.channels,
        },
        environments: match environments {
            Some(typed) => listed("keys.environments", &typed, Environment::parse, &["live", "sandbox"])?,
            None => default.environments,
        },
        modules: raw.modules.unwrap_or(default.modules),
        standard_templates: raw.keys.standard_templates.unwrap_or(default.standard_templates),
        templates: raw.templates,
        auth_header: raw.api.auth_header.map_or(Ok(default.auth_header), |typed| auth_header(&typed))?,
        env_variable: raw.api.env_variable,
    };
    policy.validate().map_err(|error| (written_key(&error.field), error.message))?;
    Ok(policy)
}

/// The key of a policy's field in the file.
fn written_key(field: &str) -> String {
    match field {
        "name_max" => "limits.name_length".to_owned(),
        "whitelist_max" => "limits.whitelist_entries".to_owned(),
        "keys_per_account" | "keys_per_sub_account" | "sub_account_depth" | "page_size" => format!("limits.{field}"),
        "product_name" | "key_prefix" | "api_url" | "modules" => field.to_owned(),
        "auth_header" | "env_variable" => format!("api.{field}"),
        _ if field.starts_with("templates.") => field.to_owned(),
        _ => format!("keys.{field}"),
    }
}

fn auth_header(typed: &str) -> Result<AuthHeader, Fault> {
    let known = AuthHeader::ALL.map(AuthHeader::as_str).join(", ");
    AuthHeader::parse(typed).ok_or_else(|| ("api.auth_header".to_owned(), format!("must be one of: {known}")))
}

fn lifetime(key: &str, typed: &str) -> Result<usize, Fault> {
    let wanted = match key {
        "keys.default_expiry" => "must be never, or days or years, such as 90d or 1y",
        _ => "must be days or years, such as 90d or 1y",
    };
    parse_lifetime(typed).ok_or_else(|| (key.to_owned(), wanted.to_owned()))
}

fn listed<T>(key: &str, typed: &[String], parse: fn(&str) -> Option<T>, known: &[&str]) -> Result<Vec<T>, Fault> {
    let wanted = || (key.to_owned(), format!("must be a list of some of: {}", known.join(", ")));
    typed.iter().map(|word| parse(word).ok_or_else(wanted)).collect()
}
