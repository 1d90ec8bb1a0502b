//! What the operator decides: names, limits and modules, with the defaults. Where the settings come from (file, flags,
//! environment) and everything about the process itself belong to the server's configuration.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::key::KeyFormat;
use crate::privilege::{Catalogue, Module};
use crate::text::is_invisible;

/// The operator's settings. A setting that is not written has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// What the pages and the PDF call the product.
    pub product_name: String,
    /// What every key begins with.
    pub key_prefix: String,
    /// Where the product's interface is, for the example beside a new key.
    pub api_url: String,
    /// The most characters of a key's name.
    pub name_max: usize,
    /// The most entries of a whitelist.
    pub whitelist_max: usize,
    /// The most keys of one account.
    pub keys_per_account: usize,
    /// How many levels of sub-accounts there may be; 0 for none.
    pub sub_account_depth: usize,
    /// How many keys the list shows before "Load more".
    pub page_size: usize,
    /// What keys can be allowed to do.
    pub modules: Vec<Module>,
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
            sub_account_depth: 1,
            page_size: 50,
            modules: default_modules(),
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

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{field}: {message}")]
pub struct PolicyError {
    /// The setting's name as it is written in the configuration.
    pub field: String,
    /// What is wrong and what to write.
    pub message: String,
}

impl Policy {
    /// Finds the first setting that cannot be used.
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
        // The upper bounds keep one page, one form and one cached key of a size that the program was measured with.
        for (field, value, max) in [
            ("name_max", self.name_max, 200),
            ("whitelist_max", self.whitelist_max, 500),
            ("keys_per_account", self.keys_per_account, 100_000),
            ("page_size", self.page_size, 500),
        ] {
            if !(1..=max).contains(&value) {
                return error(field, format!("{value} is not between 1 and {max}."));
            }
        }
        self.catalogue().map(|_| ())
    }

    /// The modules, checked.
    pub fn catalogue(&self) -> Result<Catalogue, PolicyError> {
        Catalogue::parse(self.modules.clone())
            .map_err(|refused| PolicyError { field: "modules".to_owned(), message: refused.to_string() })
    }
}

fn is_label(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= 64 && !text.chars().any(|c| c.is_control() || is_invisible(c))
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    !rest.is_empty() && text.len() <= 200 && rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"'`\\<>".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_usable() {
        assert_eq!(Policy::default().validate(), Ok(()));
    }

    #[test]
    fn an_unusable_setting_is_named() {
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
    }

    #[test]
    fn the_longest_whitelist_can_be_typed() {
        const { assert!(500 * (crate::whitelist::ENTRY_LEN_MAX + 2) < crate::whitelist::TEXT_LEN_MAX) };
    }
}
