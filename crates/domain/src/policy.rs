//! The operator's policy: names, limits and modules, with their defaults. Loading settings (file, flags, environment)
//! and settings of the process itself belong to the server's configuration.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::auth_header::{AuthHeader, derived_variable, is_variable};
use crate::expiry::{ExpiryError, check_lifetime, parse_expiry};
use crate::key::{Environment, KeyFormat, LAST_SHOWN};
use crate::privilege::{Catalogue, Module};
use crate::template::{Template, check_templates, standard_templates};
use crate::text::is_label;
use crate::texts::{fields, policy as texts};
use crate::time::Millis;
use crate::verdict::Channel;

/// The largest value of `lifetime_max`, in days: a century.
const LIFETIME_MAX: usize = 36_500;
/// The usual lifetimes of keys, in days.
const LIFETIMES: [usize; 3] = [30, 90, 365];

/// The operator's settings. An absent setting has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// The product's name on the pages and in the PDF.
    pub product_name: String,
    /// The prefix of every key.
    pub key_prefix: String,
    /// The URL of the product's API, for the example beside a new key.
    pub api_url: String,
    /// The most characters of a key's name.
    pub name_max: usize,
    /// The most entries of a whitelist.
    pub whitelist_max: usize,
    /// The most keys of one account.
    pub keys_per_account: usize,
    /// The most keys of one sub-account, counted separately from the account above; `None` for `keys_per_account`.
    pub keys_per_sub_account: Option<usize>,
    /// The most levels of sub-accounts; 0 for no sub-accounts.
    pub sub_account_depth: usize,
    /// How many keys the list shows before "Load more".
    pub page_size: usize,
    /// Whether a key's privileges are fixed when it is created.
    pub privileges_fixed: bool,
    /// Whether every key must have a whitelist.
    pub whitelist_required: bool,
    /// How many characters of a key stay visible after it was created.
    pub last_chars_shown: usize,
    /// The longest lifetime of a key, in days; `None` for unlimited.
    pub lifetime_max: Option<usize>,
    /// The preselected lifetime of a new key, in days; `None` for no expiry.
    pub default_expiry: Option<usize>,
    /// The channels that calls may come through.
    pub channels: Vec<Channel>,
    /// The environments that keys can be created for. The first is preselected.
    pub environments: Vec<Environment>,
    /// The modules of the product, whose actions are the privileges.
    pub modules: Vec<Module>,
    /// Whether "Read only" and "Full access" are offered as starting points.
    pub standard_templates: bool,
    /// The operator's own starting points. One with the id of a standard one replaces it.
    pub templates: Vec<Template>,
    /// How examples send a key.
    pub auth_header: AuthHeader,
    /// The environment variable that holds the key in examples; `None` to derive it from the product's name.
    pub env_variable: Option<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            product_name: "Keyhatch".to_owned(),
            key_prefix: "kh".to_owned(),
            api_url: "https://api.example.com".to_owned(),
            name_max: 32,
            whitelist_max: 50,
            keys_per_account: 100,
            keys_per_sub_account: None,
            sub_account_depth: 1,
            page_size: 50,
            privileges_fixed: false,
            whitelist_required: false,
            last_chars_shown: LAST_SHOWN,
            lifetime_max: None,
            default_expiry: None,
            channels: Channel::ALL.to_vec(),
            environments: Environment::ALL.to_vec(),
            modules: default_modules(),
            standard_templates: true,
            templates: Vec::new(),
            auth_header: AuthHeader::default(),
            env_variable: None,
        }
    }
}

fn default_modules() -> Vec<Module> {
    let module = |id: &str, label: &str, actions: &[&str]| Module {
        id: id.to_owned(),
        label: label.to_owned(),
        actions: actions.iter().map(ToString::to_string).collect(),
    };
    vec![
        module("contacts", "Contacts", &["read", "write"]),
        module("campaigns", "Campaigns", &["read", "write"]),
        module("orders", "Orders", &["read", "write"]),
        module("reports", "Reports", &["read"]),
    ]
}

/// An invalid setting, said in English: the operator reads it, in a log or on the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{field}: {message}")]
pub struct PolicyError {
    /// The setting's name in the configuration.
    pub field: String,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl Policy {
    /// Checks every setting.
    ///
    /// # Errors
    /// The first invalid setting.
    pub fn validate(&self) -> Result<(), PolicyError> {
        let error = |field: &str, message: String| Err(PolicyError { field: field.to_owned(), message });
        if !is_label(&self.product_name) {
            return error("product_name", "Write 1 to 64 visible characters.".to_owned());
        }
        if let Err(refused) = KeyFormat::new(&self.key_prefix) {
            return error("key_prefix", refused.to_string());
        }
        if !is_web_address(&self.api_url) {
            return error("api_url", "Write a whole address, such as https://api.example.com.".to_owned());
        }
        for (field, value, min, max) in self.bounds() {
            if !(min..=max).contains(&value) {
                return error(field, format!("{value} is not between {min} and {max}."));
            }
        }
        if let Some(max) = self.lifetime_max
            && self.default_expiry.is_none_or(|days| days > max)
        {
            return error("default_expiry", format!("Keys last at most {max}d (lifetime_max); write that or less."));
        }
        if let Some(message) = check_list(&self.channels, "channel") {
            return error("channels", message);
        }
        if let Some(message) = check_list(&self.environments, "environment") {
            return error("environments", message);
        }
        if self.env_variable.as_deref().is_some_and(|name| !is_variable(name)) {
            return error("env_variable", "Write 1 to 64 letters, digits and _, such as ACME_MAIL_KEY.".to_owned());
        }
        match check_templates(&self.templates, &self.catalogue()?) {
            Some((key, message)) => error(&format!("templates.{key}"), message),
            None => Ok(()),
        }
    }

    /// Each numeric setting with its value, minimum and maximum. The maxima keep one page, one form and one cached key
    /// at a size that performance was measured with.
    fn bounds(&self) -> [(&'static str, usize, usize, usize); 9] {
        [
            ("name_max", self.name_max, 1, 200),
            ("whitelist_max", self.whitelist_max, 1, 500),
            ("keys_per_account", self.keys_per_account, 1, 100_000),
            ("keys_per_sub_account", self.key_limit(true), 1, 100_000),
            ("sub_account_depth", self.sub_account_depth, 0, 5),
            ("page_size", self.page_size, 1, 500),
            ("last_chars_shown", self.last_chars_shown, 4, 8),
            ("lifetime_max", self.lifetime_max.unwrap_or(LIFETIME_MAX), 1, LIFETIME_MAX),
            ("default_expiry", self.default_expiry.unwrap_or(LIFETIME_MAX), 1, LIFETIME_MAX),
        ]
    }

    /// The starting points to offer: the standard ones or their replacements, then the operator's own.
    pub fn offered_templates(&self) -> Vec<Template> {
        let mut offered = if self.standard_templates { standard_templates(&self.modules) } else { Vec::new() };
        for template in &self.templates {
            match offered.iter_mut().find(|standard| standard.id == template.id) {
                Some(standard) => standard.clone_from(template),
                None => offered.push(template.clone()),
            }
        }
        offered
    }

    /// The environment variable that holds the key in examples.
    pub fn key_variable(&self) -> String {
        self.env_variable.clone().unwrap_or_else(|| derived_variable(&self.product_name))
    }

    /// The most keys of an account, or of a sub-account.
    pub fn key_limit(&self, is_sub_account: bool) -> usize {
        let own = self.keys_per_sub_account.filter(|_| is_sub_account);
        own.unwrap_or(self.keys_per_account)
    }

    /// Parses an expiry like [`parse_expiry`], and checks it against the longest lifetime.
    ///
    /// # Errors
    /// See [`ExpiryError`].
    pub fn parse_expiry(
        &self,
        typed: &str,
        now: Millis,
        unchanged: Option<Millis>,
    ) -> Result<Option<Millis>, ExpiryError> {
        check_lifetime(parse_expiry(typed, now, unchanged)?, now, self.lifetime_max)
    }

    /// The lifetimes to offer, in days, ascending: the usual ones that are allowed, and those that the policy names.
    pub fn offered_lifetimes(&self) -> Vec<usize> {
        let mut offered: Vec<usize> = Vec::new();
        for days in LIFETIMES.into_iter().chain(self.default_expiry).chain(self.lifetime_max) {
            // Insertion sort: a slice sort is large in wasm.
            let at = offered.iter().position(|other| *other >= days).unwrap_or(offered.len());
            if offered.get(at) != Some(&days) && self.lifetime_max.is_none_or(|max| days <= max) {
                offered.insert(at, days);
            }
        }
        offered
    }

    /// Checks that keys can be created for this environment.
    ///
    /// # Errors
    /// A message that names the other environment.
    pub fn check_environment(&self, environment: Environment) -> Result<(), &'static str> {
        match environment {
            known if self.environments.contains(&known) => Ok(()),
            // The list is never empty, so the other environment is in it.
            Environment::Live => Err(fields::no_live_environment()),
            Environment::Sandbox => Err(fields::no_sandbox_environment()),
        }
    }

    /// Checks that calls may come through this channel.
    ///
    /// # Errors
    /// A message that lists the channels.
    pub fn check_channel(&self, channel: Channel) -> Result<(), String> {
        if self.channels.contains(&channel) {
            return Ok(());
        }
        let known = self.channels.iter().map(|known| known.as_str()).collect::<Vec<_>>().join(", ");
        Err(texts::unknown_channel(channel.as_str(), known))
    }

    /// Checks that an account may be `depth` levels below a main account; 1 is directly below.
    ///
    /// # Errors
    /// A message that says what to do instead.
    pub fn check_depth(&self, depth: usize) -> Result<(), &'static str> {
        match self.sub_account_depth {
            most if depth <= most => Ok(()),
            0 => Err(texts::no_sub_accounts()),
            1 => Err(texts::sub_account_too_deep()),
            _ => Err(texts::account_too_deep()),
        }
    }

    /// The catalogue of the modules.
    ///
    /// # Errors
    /// If the modules are not a valid catalogue.
    pub fn catalogue(&self) -> Result<Catalogue, PolicyError> {
        Catalogue::parse(self.modules.clone())
            .map_err(|refused| PolicyError { field: "modules".to_owned(), message: refused.to_string() })
    }
}

/// Refuses an empty list and one with duplicates.
fn check_list<T: PartialEq>(listed: &[T], kind: &str) -> Option<String> {
    let is_duplicate = |at: usize| listed[..at].contains(&listed[at]);
    if listed.is_empty() {
        Some(format!("List at least one {kind}."))
    } else if (0..listed.len()).any(is_duplicate) {
        Some(format!("List each {kind} once."))
    } else {
        None
    }
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    !rest.is_empty() && text.len() <= 200 && rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"'`\\<>".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_valid() {
        assert_eq!(Policy::default().validate(), Ok(()));
    }

    #[test]
    fn an_invalid_setting_is_named() {
        let changed = |change: fn(&mut Policy)| {
            let mut policy = Policy::default();
            change(&mut policy);
            policy.validate().expect_err("an unusable setting").field
        };
        assert_eq!(changed(|policy| policy.product_name = " ".into()), "product_name");
        assert_eq!(changed(|policy| policy.key_prefix = "KH".into()), "key_prefix");
        assert_eq!(changed(|policy| policy.api_url = "api.example.com".into()), "api_url");
        assert_eq!(changed(|policy| policy.api_url = "https://a b".into()), "api_url");
        assert_eq!(changed(|policy| policy.name_max = 0), "name_max");
        assert_eq!(changed(|policy| policy.whitelist_max = 501), "whitelist_max");
        assert_eq!(changed(|policy| policy.keys_per_account = 0), "keys_per_account");
        assert_eq!(changed(|policy| policy.page_size = 0), "page_size");
        assert_eq!(changed(|policy| policy.modules = vec![]), "modules");
        assert_eq!(changed(|policy| policy.env_variable = Some("1_KEY".into())), "env_variable");
        assert_eq!(changed(|policy| policy.templates = vec![Template::default()]), "templates.0.id");
        assert_eq!(changed(|policy| policy.keys_per_sub_account = Some(0)), "keys_per_sub_account");
        assert_eq!(changed(|policy| policy.keys_per_sub_account = Some(100_001)), "keys_per_sub_account");
        assert_eq!(changed(|policy| policy.sub_account_depth = 6), "sub_account_depth");
        assert_eq!(changed(|policy| policy.last_chars_shown = 3), "last_chars_shown");
        assert_eq!(changed(|policy| policy.last_chars_shown = 9), "last_chars_shown");
        assert_eq!(changed(|policy| policy.lifetime_max = Some(0)), "lifetime_max");
        assert_eq!(changed(|policy| policy.lifetime_max = Some(LIFETIME_MAX + 1)), "lifetime_max");
        assert_eq!(changed(|policy| policy.default_expiry = Some(0)), "default_expiry");
        assert_eq!(changed(|policy| policy.lifetime_max = Some(30)), "default_expiry");
        assert_eq!(changed(|policy| policy.channels = vec![]), "channels");
        assert_eq!(changed(|policy| policy.channels.push(Channel::Ftp)), "channels");
        assert_eq!(changed(|policy| policy.environments = vec![]), "environments");
        assert_eq!(changed(|policy| policy.environments = vec![Environment::Live; 2]), "environments");
    }

    #[test]
    fn the_default_expiry_fits_the_longest_lifetime() {
        let with = |lifetime_max, default_expiry| {
            Policy { lifetime_max, default_expiry, ..Policy::default() }.validate().is_ok()
        };
        assert!(with(Some(90), Some(90)) && with(Some(90), Some(30)) && with(None, Some(365)) && with(None, None));
        assert!(!with(Some(90), Some(91)) && !with(Some(90), None));
    }

    #[test]
    fn lifetimes_are_offered_in_ascending_order() {
        let offered = |lifetime_max, default_expiry| {
            Policy { lifetime_max, default_expiry, ..Policy::default() }.offered_lifetimes()
        };
        assert_eq!(offered(None, None), [30, 90, 365]);
        assert_eq!(offered(None, Some(180)), [30, 90, 180, 365]);
        assert_eq!(offered(Some(7), Some(7)), [7]);
        assert_eq!(offered(Some(400), Some(14)), [14, 30, 90, 365, 400]);
        assert_eq!(offered(Some(90), Some(30)), [30, 90]);
    }

    #[test]
    fn sub_accounts_have_the_key_limit_of_accounts_by_default() {
        let policy = Policy { keys_per_account: 15, ..Policy::default() };
        assert_eq!((policy.key_limit(false), policy.key_limit(true)), (15, 15));
        let policy = Policy { keys_per_sub_account: Some(3), ..policy };
        assert_eq!((policy.key_limit(false), policy.key_limit(true)), (15, 3));
    }

    #[test]
    fn unavailable_environments_and_channels_are_refused_by_name() {
        let policy = Policy {
            environments: vec![Environment::Live],
            channels: vec![Channel::Rest, Channel::Email],
            ..Policy::default()
        };
        assert_eq!(policy.check_environment(Environment::Live), Ok(()));
        let refused = policy.check_environment(Environment::Sandbox).expect_err("no sandbox");
        assert_eq!(refused, "There is no sandbox environment here. Choose live.");
        assert_eq!(policy.check_channel(Channel::Email), Ok(()));
        let refused = policy.check_channel(Channel::Ftp).expect_err("no FTP");
        assert_eq!(refused, "There is no channel ftp here. Choose one of: rest, email.");
    }

    #[test]
    fn the_longest_whitelist_fits_the_text_limit() {
        const { assert!(500 * (crate::whitelist::ENTRY_LEN_MAX + 2) < crate::whitelist::TEXT_LEN_MAX) };
    }
}
