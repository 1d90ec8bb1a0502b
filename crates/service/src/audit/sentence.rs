//! An audit row as one sentence without its subject, because the page shows the actor in a column of its own. One
//! function per action. Loading and paging rows does not belong here.

use crate::texts::audit as texts;
use domain::lists::comma_list;
use domain::time::{date_time_utc, date_utc};
use serde_json::Value;

/// Longer names are truncated, in characters.
const LONGEST: usize = 80;

/// The sentence of an audit action with its stored details. An unknown action, written by a newer Keyhatch, is shown as the
/// words of its name.
#[must_use]
pub fn sentence(action: &str, details: &Value) -> String {
    let (named, name) = named(details, "name");
    match action {
        "account.set_up" => account_set_up(details),
        "account.create" => account_create(details),
        "account.update" => account_update(details),
        "account.delete" => account_delete(details),
        "account.require_two_factor" => account_require_two_factor(details),
        "member.create" => texts::member_added(role(details), email(details)),
        "invitation.create" => texts::member_invited(role(details), email(details)),
        "invitation.delete" => texts::invitation_deleted(email(details)),
        "member.join" => member_join(details),
        "member.update" => member_update(details),
        "member.delete" => texts::member_deleted(email(details)),
        "member.sign_in" => texts::signed_in().to_owned(),
        "password.create_reset_link" => password_create_reset_link(details),
        "password.reset" => password_reset(details),
        "two_factor.reset" => texts::codes_disabled_of(email(details)),
        "password.update" => texts::password_updated().to_owned(),
        "session.end" => texts::sessions_ended(count(details, "sessions").max(1)),
        "two_factor.enable" => texts::codes_enabled().to_owned(),
        "two_factor.disable" => texts::codes_disabled().to_owned(),
        "two_factor.create_recovery_codes" => texts::recovery_codes_created().to_owned(),
        "key.create" => key_create(details),
        "key.update" => key_update(details),
        "key.rotate" => key_rotate(details),
        "key.end_overlap" => texts::overlap_ended(named, name),
        "key.disable" => texts::key_disabled(named, name),
        "key.enable" => texts::key_enabled(named, name),
        "key.delete" => key_delete(details),
        "key.delete_again" => texts::key_deleted_again().to_owned(),
        "key.retire_again" => texts::secret_retired_again().to_owned(),
        "token.create" => texts::token_created(named, name),
        "token.delete" => texts::token_deleted(named, name),
        other => unknown(other, details),
    }
}

fn account_set_up(details: &Value) -> String {
    match text(details, "account") {
        Some(account) => texts::set_up_with(truncated(account)),
        None => texts::set_up().to_owned(),
    }
}

fn account_create(details: &Value) -> String {
    let kind = if text(details, "parent").is_some() { "sub_account" } else { "account" };
    let (named, name) = named(details, "name");
    texts::account_created(kind, named, name)
}

fn account_update(details: &Value) -> String {
    match changed(details, "name") {
        (Some(old), Some(new)) => texts::account_renamed_to(truncated(old), truncated(new)),
        _ => texts::account_renamed().to_owned(),
    }
}

fn account_delete(details: &Value) -> String {
    let (named, name) = named(details, "name");
    texts::account_deleted(count(details, "keys"), named, name)
}

fn account_require_two_factor(details: &Value) -> String {
    let day = |field: &str| details[field].as_i64().map(date_utc);
    match (details["required"].get(1).and_then(Value::as_bool), day("from"), day("before")) {
        (Some(true), Some(from), None) => texts::codes_required_from(from),
        (Some(true), Some(from), Some(before)) => texts::codes_moved(before, from),
        (Some(true), None, _) => texts::codes_required().to_owned(),
        (Some(false), _, Some(before)) => texts::codes_cancelled(before),
        (Some(false), _, None) => texts::codes_optional().to_owned(),
        (None, ..) => texts::codes_updated().to_owned(),
    }
}

fn password_create_reset_link(details: &Value) -> String {
    if details["mailed"].as_bool() == Some(true) {
        texts::reset_link_mailed(email(details))
    } else {
        texts::reset_link_created(email(details))
    }
}

fn password_reset(details: &Value) -> String {
    match text(details, "by") {
        Some(_) => texts::password_chosen().to_owned(),
        None => texts::password_reset(email(details)),
    }
}

fn email(details: &Value) -> String {
    text(details, "email").map_or_else(|| texts::a_member().to_owned(), truncated)
}

/// The role in the details, for the argument of a text that also says the sentence without a role.
fn role(details: &Value) -> String {
    text(details, "role").map_or_else(|| "none".to_owned(), |role| texts::role(truncated(role)))
}

fn member_join(details: &Value) -> String {
    match text(details, "invited_by") {
        Some(by) => texts::joined_invited_by(role(details), truncated(by)),
        None => texts::joined(role(details)),
    }
}

fn member_update(details: &Value) -> String {
    let role = |role: &str| texts::role(truncated(role));
    match changed(details, "role") {
        (Some(old), Some(new)) => texts::role_updated_to(email(details), role(old), role(new)),
        _ => texts::role_updated(email(details)),
    }
}

fn key_create(details: &Value) -> String {
    let environment = if text(details, "environment") == Some("sandbox") { "sandbox" } else { "live" };
    let mut properties = vec![privileges(text(details, "privileges").unwrap_or_default())];
    properties.push(addresses(text(details, "whitelist").unwrap_or_default()));
    properties.extend(details["expires_at"].as_i64().map(|at| texts::expires(date_time_utc(at))));
    let (named, name) = named(details, "name");
    texts::key_created(environment, named, name, comma_list(&properties))
}

fn key_update(details: &Value) -> String {
    let pair = |field: &str| details[field].as_array().filter(|pair| pair.len() == 2 && pair[0] != pair[1]);
    let mut changes = Vec::new();
    if let Some(old) = pair("name").and_then(|pair| pair[0].as_str()) {
        changes.push(texts::renamed(truncated(old)));
    }
    if let Some(new) = pair("privileges").and_then(|pair| pair[1].as_str()) {
        changes.push(privileges(new));
    }
    if let Some(new) = pair("whitelist").and_then(|pair| pair[1].as_str()) {
        changes.push(addresses(new));
    }
    if pair("limits").is_some() {
        changes.push(texts::new_limits().to_owned());
    }
    if let Some(pair) = pair("expires_at") {
        changes.push(match pair[1].as_i64() {
            Some(at) => texts::expires(date_time_utc(at)),
            None => texts::never_expires().to_owned(),
        });
    }
    let (named, name) = yes_or_no(changed(details, "name").1);
    let changes = if changes.is_empty() { texts::no_changes().to_owned() } else { comma_list(&changes) };
    texts::key_updated(named, name, changes)
}

fn key_rotate(details: &Value) -> String {
    let (named, name) = named(details, "name");
    match details["old_secret_until"].as_i64() {
        Some(until) => texts::key_rotated_until(named, name, date_time_utc(until)),
        None => texts::key_rotated(named, name),
    }
}

fn key_delete(details: &Value) -> String {
    let (named, name) = named(details, "name");
    match text(details, "reason") {
        Some(reason) => texts::key_deleted_because(named, name, truncated(reason)),
        None => texts::key_deleted(named, name),
    }
}

/// `key.move-away` as "Key move away", with the name in the details.
fn unknown(action: &str, details: &Value) -> String {
    let words = truncated(action).replace(['.', '-', '_'], " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let (named, name) = named(details, "name");
    texts::other(named, name, [&first, letters.as_str()].concat())
}

fn text<'a>(details: &'a Value, field: &str) -> Option<&'a str> {
    details[field].as_str().filter(|text| !text.is_empty())
}

/// The value before and after.
fn changed<'a>(details: &'a Value, field: &str) -> (Option<&'a str>, Option<&'a str>) {
    (details[field].get(0).and_then(Value::as_str), details[field].get(1).and_then(Value::as_str))
}

/// A count; 0 if it is missing.
fn count(details: &Value, field: &str) -> u64 {
    details[field].as_u64().unwrap_or_default()
}

/// A name, and for the texts that have it whether it is there: any word could be a name.
fn named(details: &Value, field: &str) -> (&'static str, String) {
    yes_or_no(text(details, field))
}

fn yes_or_no(name: Option<&str>) -> (&'static str, String) {
    (if name.is_some() { "yes" } else { "no" }, name.map(truncated).unwrap_or_default())
}

fn truncated(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter });
    let kept: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() { format!("{kept}…") } else { kept }
}

fn privileges(stored: &str) -> String {
    match stored.split_ascii_whitespace().collect::<Vec<_>>()[..] {
        [] => texts::no_privileges().to_owned(),
        ["*"] => texts::all_privileges().to_owned(),
        [one] => texts::one_privilege(one),
        ref some if stored.len() <= LONGEST => texts::privileges(comma_list(some)),
        ref many => texts::many_privileges(many.len()),
    }
}

fn addresses(stored: &str) -> String {
    match stored.lines().count() {
        0 => texts::any_address().to_owned(),
        1 => texts::address(stored.trim()),
        many => texts::addresses(many),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use i18n::{Locale, MessageCatalogue, with_language};
    use serde_json::json;

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn every_action_has_a_sentence() {
        let shop = "Web shop";
        let same = json!({
            "name": [shop, shop], "whitelist": ["", ""], "privileges": ["", ""], "limits": ["", ""],
            "expires_at": [null, null],
        });
        let all_new = json!({
            "name": ["Shop", shop], "whitelist": ["", "203.0.113.7"], "privileges": ["*", "orders:read orders:write"],
            "limits": ["", "second=5"], "expires_at": [null, 1_794_992_645_120_i64],
        });
        let taken_away = json!({
            "name": [shop, shop], "whitelist": ["203.0.113.7", ""], "privileges": ["*", ""], "limits": ["", ""],
            "expires_at": [1_794_992_645_120_i64, null],
        });
        for (action, details, expected) in [
            ("account.set_up", json!({ "account": "Acme" }), "Set up Keyhatch with the account “Acme”."),
            ("account.create", json!({ "name": "Acme", "parent": null }), "Created the account “Acme”."),
            ("account.create", json!({ "name": "North", "parent": "acc_1" }), "Created the sub-account “North”."),
            (
                "member.create",
                json!({ "email": "jo@acme.example", "role": "admin" }),
                "Added jo@acme.example as admin.",
            ),
            ("account.update", json!({ "name": ["Acme", "Acme Mail"] }), "Renamed the account “Acme” to “Acme Mail”."),
            ("account.delete", json!({ "name": "North", "keys": 0 }), "Deleted the account “North”."),
            ("account.delete", json!({ "name": "North", "keys": 1 }), "Deleted the account “North” and its key."),
            ("account.delete", json!({ "name": "North", "keys": 7 }), "Deleted the account “North” and its keys."),
            (
                "account.require_two_factor",
                json!({ "required": [false, true] }),
                "Required two-factor codes for every member.",
            ),
            ("account.require_two_factor", json!({ "required": [true, false] }), "Made two-factor codes optional."),
            (
                "account.require_two_factor",
                json!({ "required": [false, true], "from": 1_796_083_200_000_i64 }),
                "Required two-factor codes for every member from 1 Dec 2026.",
            ),
            (
                "account.require_two_factor",
                json!({ "required": [true, true], "from": 1_796_083_200_000_i64, "before": 1_795_046_400_000_i64 }),
                "Moved the day from which two-factor codes are required from 19 Nov 2026 to 1 Dec 2026.",
            ),
            (
                "account.require_two_factor",
                json!({ "required": [true, false], "before": 1_795_046_400_000_i64 }),
                "Cancelled that two-factor codes are required from 19 Nov 2026.",
            ),
            (
                "password.create_reset_link",
                json!({ "email": "a@b.example" }),
                "Created a link for a@b.example to choose a new password.",
            ),
            (
                "password.create_reset_link",
                json!({ "email": "a@b.example", "mailed": true }),
                "Mailed a@b.example a link to choose a new password.",
            ),
            ("password.reset", json!({ "email": "a@b.example" }), "Reset the password of a@b.example."),
            ("password.reset", json!({ "by": "link" }), "Chose a new password with a one-time link."),
            ("two_factor.reset", json!({ "email": "a@b.example" }), "Disabled the two-factor codes of a@b.example."),
            (
                "invitation.create",
                json!({ "email": "a@b.example", "role": "viewer" }),
                "Invited a@b.example as viewer.",
            ),
            ("invitation.delete", json!({ "email": "a@b.example" }), "Deleted the invitation of a@b.example."),
            (
                "member.join",
                json!({ "email": "a@b.example", "role": "viewer", "invited_by": "jo@acme.example" }),
                "Joined as viewer, invited by jo@acme.example.",
            ),
            (
                "member.update",
                json!({ "email": "a@b.example", "role": ["viewer", "admin"] }),
                "Updated the role of a@b.example from viewer to admin.",
            ),
            ("member.delete", json!({ "email": "a@b.example", "role": "admin" }), "Deleted the member a@b.example."),
            ("member.sign_in", json!({}), "Signed in."),
            ("password.update", json!({}), "Updated their own password."),
            ("session.end", json!({ "sessions": 1 }), "Ended a session."),
            ("session.end", json!({ "sessions": 3 }), "Ended 3 sessions."),
            ("two_factor.enable", json!({}), "Enabled two-factor codes."),
            ("two_factor.disable", json!({}), "Disabled two-factor codes."),
            ("two_factor.create_recovery_codes", json!({}), "Created new recovery codes."),
            (
                "key.rotate",
                json!({ "name": shop, "old_secret_until": 1_794_992_645_120_i64 }),
                "Rotated the key “Web shop”: the old secret works until 18 Nov 2026, 09:04 UTC.",
            ),
            (
                "key.rotate",
                json!({ "name": shop, "old_secret_until": null }),
                "Rotated the key “Web shop”: the old secret stopped working at once.",
            ),
            ("key.end_overlap", json!({ "name": shop }), "Ended the old secret of the key “Web shop”."),
            ("key.disable", json!({ "name": shop }), "Disabled the key “Web shop”."),
            ("key.enable", json!({ "name": shop }), "Enabled the key “Web shop”."),
            ("key.delete", json!({ "name": shop, "reason": "leaked" }), "Deleted the key “Web shop”: leaked."),
            (
                "key.create",
                json!({ "name": shop, "environment": "live", "whitelist": "", "privileges": "*", "expires_at": null }),
                "Created the key “Web shop”: all privileges, from any address.",
            ),
            (
                "key.create",
                json!({
                    "name": shop, "environment": "sandbox", "whitelist": "10.0.0.0/8\n203.0.113.7",
                    "privileges": "orders:read", "expires_at": 1_794_992_645_120_i64,
                }),
                "Created the sandbox key “Web shop”: the privilege orders:read, from 2 whitelist entries, expires 18 Nov \
                 2026, 09:04 UTC.",
            ),
            ("key.update", same, "Updated the key “Web shop”: no changes."),
            (
                "key.update",
                all_new,
                "Updated the key “Web shop”: renamed from “Shop”, the privileges orders:read, orders:write, from \
                 203.0.113.7, new limits, expires 18 Nov 2026, 09:04 UTC.",
            ),
            ("key.update", taken_away, "Updated the key “Web shop”: no privileges, from any address, never expires."),
            ("key.delete", json!({ "name": shop }), "Deleted the key “Web shop”."),
            ("key.delete_again", json!({}), "Deleted a key again after a restored backup had revived it."),
            (
                "key.retire_again",
                json!({ "until": 0 }),
                "Retired an old secret again after a restored backup had revived it.",
            ),
            ("token.create", json!({ "name": "CI" }), "Created the operator token “CI”."),
            ("token.delete", json!({ "name": "tok_1" }), "Deleted the operator token “tok_1”."),
            ("key.move-away", json!({ "name": shop }), "Key move away “Web shop”."),
            ("", json!(null), "."),
        ] {
            assert_eq!(sentence(action, &details), expected, "{action}");
        }
    }

    #[test]
    fn sentences_are_in_the_language_of_the_reader() {
        let shop = "Web shop";
        let at = 1_794_992_645_120_i64;
        for (action, details, expected) in [
            ("key.disable", json!({ "name": shop }), "Schlüssel „Web shop“ deaktiviert."),
            ("key.disable", json!({}), "Schlüssel deaktiviert."),
            ("key.delete", json!({ "name": "none", "reason": "leaked" }), "Schlüssel „none“ gelöscht: leaked."),
            (
                "key.create",
                json!({
                    "name": shop, "environment": "sandbox", "whitelist": "10.0.0.0/8\n::1", "privileges": "*", "expires_at": at,
                }),
                "Sandbox-Schlüssel „Web shop“ hinzugefügt: alle Berechtigungen, von 2 Einträgen der Whitelist, läuft am 18. \
                 Nov. 2026, 09:04 UTC ab.",
            ),
            (
                "key.update",
                json!({ "name": ["Shop", shop], "whitelist": ["::1", ""], "expires_at": [at, null] }),
                "Schlüssel „Web shop“ geändert: umbenannt von „Shop“, von jeder Adresse, läuft nie ab.",
            ),
            (
                "invitation.create",
                json!({ "email": "a@b.example", "role": "admin" }),
                "a@b.example als Administrator eingeladen.",
            ),
            (
                "member.update",
                json!({ "email": "a@b.example", "role": ["viewer", "owner"] }),
                "Rolle von a@b.example von Betrachter in Inhaber geändert.",
            ),
            ("account.delete", json!({ "name": "Nord", "keys": 3 }), "Konto „Nord“ und seine Schlüssel gelöscht."),
            ("session.end", json!({ "sessions": 2 }), "2 Sitzungen beendet."),
            ("key.sing", json!({ "name": shop }), "Key sing „Web shop“."),
        ] {
            let german = MessageCatalogue::default().translations(Locale::parse("de").expect("German"));
            assert_eq!(with_language(german, || sentence(action, &details)), expected, "{action}");
        }
    }

    /// Fails for a new action without a sentence.
    #[test]
    fn no_action_of_this_crate_is_unknown() {
        fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() { files(&path, found) } else { found.push(path) }
            }
        }
        let mut sources = Vec::new();
        files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
        let mut actions = std::collections::BTreeSet::new();
        for path in sources.iter().filter(|path| !path.ends_with("audit/sentence.rs")) {
            let text = std::fs::read_to_string(path).expect("a source");
            for line in text
                .lines()
                .filter(|line| ["action: ", "self.record(", "event(&"].iter().any(|mark| line.contains(mark)))
            {
                let words = line.split('"').skip(1).step_by(2).map(ToOwned::to_owned);
                actions.extend(words.filter(|word| word.contains('.') && !word.contains(' ')));
            }
        }
        assert!(actions.len() > 15, "{actions:?}");
        let details = json!({ "name": "x" });
        for action in actions {
            assert_ne!(sentence(&action, &details), unknown(&action, &details), "{action}");
        }
    }

    #[test]
    fn malformed_details_still_give_a_sentence() {
        let odd = [json!(null), json!([]), json!("x"), json!({ "name": 1 }), json!({ "name": ["a"], "whitelist": {} })];
        let known = [
            "account.set_up",
            "account.create",
            "account.update",
            "account.delete",
            "account.require_two_factor",
            "member.create",
            "member.join",
            "member.update",
            "session.end",
            "key.create",
            "key.update",
            "key.rotate",
            "key.delete",
        ];
        for details in odd {
            for action in known {
                assert!(sentence(action, &details).ends_with('.'), "{action} {details}");
            }
        }
    }

    #[test]
    fn long_names_are_truncated_and_control_characters_replaced() {
        let name = "x".repeat(200);
        let long = sentence("key.delete", &json!({ "name": name }));
        assert_eq!(long.chars().filter(|letter| *letter == 'x').count(), LONGEST);
        assert_eq!(sentence("key.delete", &json!({ "name": "a\nb" })), "Deleted the key “a\u{fffd}b”.");
        let many = (0..40).map(|number| format!("module-{number}:read")).collect::<Vec<_>>().join(" ");
        let long = sentence("key.create", &json!({ "name": "a", "privileges": many }));
        assert_eq!(long, "Created the key “a”: 40 privileges, from any address.");
    }
}
