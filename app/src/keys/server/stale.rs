//! What the second of two is told who edit a key at the same time. Put into words on the server: the browser only shows
//! it.

use domain::views::KeyView;
use serde::{Deserialize, Serialize};

/// A key that was changed since its form was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stale {
    /// The key as it is now.
    pub key: KeyView,
    /// Who changed it and when, in words.
    pub said: String,
    /// Each field in which it differs from what was typed, in words.
    pub differences: Vec<String>,
}

#[cfg(feature = "ssr")]
impl Stale {
    /// Compares a key with a form.
    pub(super) fn of(key: KeyView, form: &domain::form::KeyForm, now: domain::time::Millis) -> Self {
        use domain::limits::{Limits, LimitsForm};

        let limits = Limits::from_stored(&key.limits).unwrap_or_default();
        let summary = |limits: &Limits| if limits.is_empty() { String::new() } else { limits.summary() };
        let mut unread = domain::form::FieldErrors::default();
        let typed_limits = form.limits.check(&mut unread).map_or_else(|| "others".to_owned(), |typed| summary(&typed));
        let stored_limits = summary(&limits);
        let stored_privileges =
            if key.privileges == "*" { "all".to_owned() } else { key.privileges.replace(' ', ", ") };
        let mut chosen = form.privileges.clone();
        chosen.sort();
        let typed_privileges = if form.all_privileges { "all".to_owned() } else { chosen.join(", ") };
        let end = key.expires_at.map(domain::expiry::format_expiry).unwrap_or_default();
        let is_same_limit = LimitsForm::from_limits(&limits) == form.limits;
        let fields = [
            ("Name", key.name.as_str(), form.name.as_str()),
            ("IP whitelist", &key.whitelist, &form.whitelist),
            ("Privileges", &stored_privileges, &typed_privileges),
            ("Limits", &stored_limits, if is_same_limit { &stored_limits } else { &typed_limits }),
            ("Expires", &end, &form.expires),
        ];
        let words = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.replace('\n', ", ") };
        let differences = fields
            .into_iter()
            .map(|(label, stored, typed)| (label, stored.trim(), typed.trim()))
            .filter(|(_, stored, typed)| stored != typed)
            .map(|(label, stored, typed)| format!("{label}: stored is {}, you typed {}.", words(stored), words(typed)))
            .collect();
        let when = domain::time::ago(key.updated_at, now);
        Self {
            said: format!("{} changed this key {when}. What you typed is still here.", key.updated_by),
            key,
            differences,
        }
    }
}
