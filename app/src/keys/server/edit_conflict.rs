//! The answer to an update of a key that another member updated meanwhile (optimistic locking). The texts are composed
//! on the server; the browser only shows them.

use domain::views::KeyView;
use serde::{Deserialize, Serialize};

/// A key that was updated since its form was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditConflict {
    /// The stored key.
    pub key: KeyView,
    /// One sentence: who updated it and when.
    pub summary: String,
    /// One sentence for each field that differs from the form.
    pub differences: Vec<String>,
}

#[cfg(feature = "ssr")]
impl EditConflict {
    /// Compares the stored key with the form.
    pub(super) fn compare(key: KeyView, form: &domain::form::KeyForm, now: domain::time::Millis) -> Self {
        use domain::limits::{Limits, LimitsForm};

        let limits = Limits::from_stored(&key.limits).unwrap_or_default();
        let describe = |limits: &Limits| if limits.is_empty() { String::new() } else { limits.summary() };
        let mut ignored = domain::form::FieldErrors::default();
        let typed_limits =
            form.limits.check(&mut ignored).map_or_else(|| "invalid limits".to_owned(), |typed| describe(&typed));
        let stored_limits = describe(&limits);
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
        let phrase = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.replace('\n', ", ") };
        let differences = fields
            .into_iter()
            .map(|(label, stored, typed)| (label, stored.trim(), typed.trim()))
            .filter(|(_, stored, typed)| stored != typed)
            .map(|(label, stored, typed)| {
                format!("{label}: saved as {}, you entered {}.", phrase(stored), phrase(typed))
            })
            .collect();
        let when = domain::time::ago(key.updated_at, now);
        Self {
            summary: format!("{} changed this key {when}. Your changes are not saved yet.", key.updated_by),
            key,
            differences,
        }
    }
}
