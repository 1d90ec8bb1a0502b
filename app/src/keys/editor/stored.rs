//! The fields of a key as the editor shows them: of a stored key, and of a new one.

use crate::keys::FormFields;
use crate::keys::form_fields::{ON_A_DATE, PRIVILEGE};
use domain::form::KeyForm;
use domain::policy::Policy;
use domain::views::KeyView;

/// The fields of a new key.
pub(super) fn new_fields(policy: &Policy) -> FormFields {
    let environment = policy.environments.first().copied().unwrap_or_default();
    let mut fields = Vec::new();
    push(&mut fields, "environment", environment.as_str());
    push(&mut fields, "expires", &default_expiry(policy));
    FormFields(fields)
}

/// The fields of a key that exists.
pub fn stored_fields(key: &KeyView, policy: &Policy) -> FormFields {
    let KeyForm { name, whitelist, all_privileges, privileges, environment, expires, limits } = KeyForm::from_view(key);
    let mut fields = Vec::new();
    push(&mut fields, "name", &name);
    push(&mut fields, "whitelist", &whitelist);
    if all_privileges {
        push(&mut fields, "all_privileges", "on");
    }
    for privilege in privileges {
        push(&mut fields, &format!("{PRIVILEGE}{privilege}"), "on");
    }
    push(&mut fields, "environment", environment.as_str());
    if !expires.is_empty() {
        push(&mut fields, "expires", ON_A_DATE);
        push(&mut fields, "expires_at", &expires);
    } else if policy.lifetime_max.is_some() {
        // The policy now requires an expiry, so a key without one gets the default.
        push(&mut fields, "expires", &default_expiry(policy));
    }
    let typed = [
        ("second", &*limits.second),
        ("minute", &*limits.minute),
        ("hour", &*limits.hour),
        ("day", &*limits.day),
        ("uses", &*limits.uses),
        ("refill", limits.refill.as_str()),
    ];
    for (name, value) in typed {
        push(&mut fields, name, value);
    }
    FormFields(fields)
}

fn push(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.push((name.to_owned(), value.to_owned()));
}

/// The expiry choice of a new key.
fn default_expiry(policy: &Policy) -> String {
    policy.default_expiry.map(|days| format!("{days}d")).unwrap_or_default()
}
