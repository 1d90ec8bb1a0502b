//! What a row of the audit says to people, in one sentence without its subject: who did it stands beside it. One
//! function an action. Reading rows and the order of a page do not belong here.

use domain::time::date_time_utc;
use serde_json::Value;

/// Names that are longer than this are cut: a row stays a row.
const LONGEST: usize = 80;

/// The sentence for an action and its details, as the row holds them. An action that is not known here, because a newer
/// Keyhatch wrote it, is shown as the words of its name.
#[must_use]
pub fn sentence(action: &str, details: &Value) -> String {
    match action {
        "account.set_up" => account_set_up(details),
        "account.create" => account_create(details),
        "account.update" => account_rename(details),
        "account.delete" => account_close(details),
        "account.require_two_factor" => account_two_factor(details),
        "member.create" => member_create(details),
        "invitation.create" => member("Invited", details),
        "invitation.delete" => member("Withdrew the invitation of", details),
        "member.join" => member_join(details),
        "member.update" => member_role(details),
        "member.delete" => member("Removed", details),
        "member.sign_in" => "Signed in.".to_owned(),
        "password.update" => "Changed the own password.".to_owned(),
        "session.end" => session_end(details),
        "two_factor.enable" => "Turned two-factor codes on.".to_owned(),
        "two_factor.disable" => "Turned two-factor codes off.".to_owned(),
        "two_factor.create_recovery_codes" => "Made new recovery codes.".to_owned(),
        "key.create" => key_issue(details),
        "key.update" => key_change(details),
        "key.rotate" => key_rotate(details),
        "key.end_overlap" => format!("Ended the old secret of the key{}.", named(details, "name")),
        "key.disable" => format!("Disabled the key{}.", named(details, "name")),
        "key.enable" => format!("Enabled the key{}.", named(details, "name")),
        "key.delete" => key_delete(details),
        "key.delete_again" => key_revoke_again(),
        "key.retire_again" => "Ended an old secret again that a restored backup had brought back.".to_owned(),
        "token.create" => format!("Made the operator token{}.", named(details, "name")),
        "token.delete" => format!("Revoked the operator token{}.", named(details, "name")),
        other => unknown(other, details),
    }
}

fn account_set_up(details: &Value) -> String {
    match text(details, "account") {
        Some(account) => format!("Set up Keyhatch with the account {}.", quoted(account)),
        None => "Set up Keyhatch.".to_owned(),
    }
}

fn account_create(details: &Value) -> String {
    let kind = if text(details, "parent").is_some() { "sub-account" } else { "account" };
    format!("Made the {kind}{}.", named(details, "name"))
}

fn account_rename(details: &Value) -> String {
    match (details["name"].get(0).and_then(Value::as_str), details["name"].get(1).and_then(Value::as_str)) {
        (Some(old), Some(new)) => format!("Renamed the account {} to {}.", quoted(old), quoted(new)),
        _ => "Renamed the account.".to_owned(),
    }
}

fn account_close(details: &Value) -> String {
    let keys = match details["keys"].as_i64() {
        Some(1) => " and deleted its key",
        Some(2..) => " and deleted its keys",
        _ => "",
    };
    format!("Closed the account{}{keys}.", named(details, "name"))
}

fn account_two_factor(details: &Value) -> String {
    match details["required"].get(1).and_then(Value::as_bool) {
        Some(true) => "Made two-factor codes required for every member.".to_owned(),
        Some(false) => "Left two-factor codes to each member.".to_owned(),
        None => "Changed whether two-factor codes are required.".to_owned(),
    }
}

fn member_create(details: &Value) -> String {
    member("Added", details)
}

/// `Invited jo@acme.example as admin.`
fn member(did: &str, details: &Value) -> String {
    let role = text(details, "role").map(|role| format!(" as {}", cut(role))).unwrap_or_default();
    format!("{did} {}{role}.", email(details))
}

fn email(details: &Value) -> String {
    text(details, "email").map_or_else(|| "a member".to_owned(), cut)
}

fn member_join(details: &Value) -> String {
    let role = text(details, "role").map(|role| format!(" as {}", cut(role))).unwrap_or_default();
    let by = text(details, "invited_by").map(|by| format!(", invited by {}", cut(by))).unwrap_or_default();
    format!("Joined{role}{by}.")
}

fn member_role(details: &Value) -> String {
    match (details["role"].get(0).and_then(Value::as_str), details["role"].get(1).and_then(Value::as_str)) {
        (Some(old), Some(new)) => format!("Made {} {}, who was {}.", email(details), cut(new), cut(old)),
        _ => format!("Changed the role of {}.", email(details)),
    }
}

fn session_end(details: &Value) -> String {
    match details["sessions"].as_i64() {
        Some(count @ 2..) => format!("Ended {count} sessions."),
        _ => "Ended a session.".to_owned(),
    }
}

fn key_issue(details: &Value) -> String {
    let kind = if text(details, "environment") == Some("sandbox") { "sandbox key" } else { "key" };
    let mut has = vec![privileges(text(details, "privileges").unwrap_or_default())];
    has.push(addresses(text(details, "whitelist").unwrap_or_default()));
    has.extend(details["expires_at"].as_i64().map(|at| format!("until {}", date_time_utc(at))));
    format!("Added the {kind}{}: {}.", named(details, "name"), has.join(", "))
}

fn key_change(details: &Value) -> String {
    let pair = |field: &str| details[field].as_array().filter(|pair| pair.len() == 2 && pair[0] != pair[1]);
    let name = details["name"].get(1).and_then(Value::as_str).map(|name| format!(" {}", quoted(name)));
    let mut changes = Vec::new();
    if let Some(old) = pair("name").and_then(|pair| pair[0].as_str()) {
        changes.push(format!("renamed from {}", quoted(old)));
    }
    if let Some(new) = pair("privileges").and_then(|pair| pair[1].as_str()) {
        changes.push(privileges(new));
    }
    if let Some(new) = pair("whitelist").and_then(|pair| pair[1].as_str()) {
        changes.push(addresses(new));
    }
    if pair("limits").is_some() {
        changes.push("other limits".to_owned());
    }
    if let Some(pair) = pair("expires_at") {
        changes.push(match pair[1].as_i64() {
            Some(at) => format!("until {}", date_time_utc(at)),
            None => "without an end".to_owned(),
        });
    }
    let changes = if changes.is_empty() { "nothing else than before".to_owned() } else { changes.join(", ") };
    format!("Changed the key{}: {changes}.", name.unwrap_or_default())
}

fn key_rotate(details: &Value) -> String {
    let old = match details["old_secret_until"].as_i64() {
        Some(until) => format!("the old one works until {}", date_time_utc(until)),
        None => "the old one has ended".to_owned(),
    };
    format!("Changed the secret of the key{}: {old}.", named(details, "name"))
}

fn key_delete(details: &Value) -> String {
    let reason = text(details, "reason").map(|reason| format!(": {}", cut(reason))).unwrap_or_default();
    format!("Deleted the key{}{reason}.", named(details, "name"))
}

fn key_revoke_again() -> String {
    "Deleted a key again that a restored backup had brought back.".to_owned()
}

/// `key.move-away` as "Key move away", with the name that the row gives.
fn unknown(action: &str, details: &Value) -> String {
    let words = cut(action).replace(['.', '-', '_'], " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}{}.", letters.as_str(), named(details, "name"))
}

fn text<'a>(details: &'a Value, field: &str) -> Option<&'a str> {
    details[field].as_str().filter(|text| !text.is_empty())
}

fn named(details: &Value, field: &str) -> String {
    text(details, field).map(|name| format!(" {}", quoted(name))).unwrap_or_default()
}

fn quoted(name: &str) -> String {
    format!("“{}”", cut(name))
}

fn cut(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter });
    let kept: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() { format!("{kept}…") } else { kept }
}

fn privileges(stored: &str) -> String {
    match stored.split_ascii_whitespace().collect::<Vec<_>>()[..] {
        [] => "no privileges".to_owned(),
        ["*"] => "all privileges".to_owned(),
        [one] => format!("the privilege {one}"),
        ref some if stored.len() <= LONGEST => format!("the privileges {}", some.join(", ")),
        ref many => format!("{} privileges", many.len()),
    }
}

fn addresses(stored: &str) -> String {
    match stored.lines().count() {
        0 => "from any address".to_owned(),
        1 => format!("from {}", stored.trim()),
        many => format!("from {many} whitelist entries"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            ("account.create", json!({ "name": "Acme", "parent": null }), "Made the account “Acme”."),
            ("account.create", json!({ "name": "North", "parent": "acc_1" }), "Made the sub-account “North”."),
            (
                "member.create",
                json!({ "email": "jo@acme.example", "role": "admin" }),
                "Added jo@acme.example as admin.",
            ),
            ("account.update", json!({ "name": ["Acme", "Acme Mail"] }), "Renamed the account “Acme” to “Acme Mail”."),
            ("account.delete", json!({ "name": "North", "keys": 0 }), "Closed the account “North”."),
            (
                "account.delete",
                json!({ "name": "North", "keys": 1 }),
                "Closed the account “North” and deleted its key.",
            ),
            (
                "account.delete",
                json!({ "name": "North", "keys": 7 }),
                "Closed the account “North” and deleted its keys.",
            ),
            (
                "account.require_two_factor",
                json!({ "required": [false, true] }),
                "Made two-factor codes required for every member.",
            ),
            (
                "account.require_two_factor",
                json!({ "required": [true, false] }),
                "Left two-factor codes to each member.",
            ),
            (
                "invitation.create",
                json!({ "email": "a@b.example", "role": "viewer" }),
                "Invited a@b.example as viewer.",
            ),
            ("invitation.delete", json!({ "email": "a@b.example" }), "Withdrew the invitation of a@b.example."),
            (
                "member.join",
                json!({ "email": "a@b.example", "role": "viewer", "invited_by": "jo@acme.example" }),
                "Joined as viewer, invited by jo@acme.example.",
            ),
            (
                "member.update",
                json!({ "email": "a@b.example", "role": ["viewer", "admin"] }),
                "Made a@b.example admin, who was viewer.",
            ),
            ("member.delete", json!({ "email": "a@b.example", "role": "admin" }), "Removed a@b.example as admin."),
            ("member.sign_in", json!({}), "Signed in."),
            ("password.update", json!({}), "Changed the own password."),
            ("session.end", json!({ "sessions": 1 }), "Ended a session."),
            ("session.end", json!({ "sessions": 3 }), "Ended 3 sessions."),
            ("two_factor.enable", json!({}), "Turned two-factor codes on."),
            ("two_factor.disable", json!({}), "Turned two-factor codes off."),
            ("two_factor.create_recovery_codes", json!({}), "Made new recovery codes."),
            (
                "key.rotate",
                json!({ "name": shop, "old_secret_until": 1_794_992_645_120_i64 }),
                "Changed the secret of the key “Web shop”: the old one works until 18 Nov 2026, 09:04 UTC.",
            ),
            (
                "key.rotate",
                json!({ "name": shop, "old_secret_until": null }),
                "Changed the secret of the key “Web shop”: the old one has ended.",
            ),
            ("key.end_overlap", json!({ "name": shop }), "Ended the old secret of the key “Web shop”."),
            ("key.disable", json!({ "name": shop }), "Disabled the key “Web shop”."),
            ("key.enable", json!({ "name": shop }), "Enabled the key “Web shop”."),
            ("key.delete", json!({ "name": shop, "reason": "leaked" }), "Deleted the key “Web shop”: leaked."),
            (
                "key.create",
                json!({ "name": shop, "environment": "live", "whitelist": "", "privileges": "*", "expires_at": null }),
                "Added the key “Web shop”: all privileges, from any address.",
            ),
            (
                "key.create",
                json!({
                    "name": shop, "environment": "sandbox", "whitelist": "10.0.0.0/8\n203.0.113.7",
                    "privileges": "orders:read", "expires_at": 1_794_992_645_120_i64,
                }),
                "Added the sandbox key “Web shop”: the privilege orders:read, from 2 whitelist entries, until 18 Nov \
                 2026, 09:04 UTC.",
            ),
            ("key.update", same, "Changed the key “Web shop”: nothing else than before."),
            (
                "key.update",
                all_new,
                "Changed the key “Web shop”: renamed from “Shop”, the privileges orders:read, orders:write, from \
                 203.0.113.7, other limits, until 18 Nov 2026, 09:04 UTC.",
            ),
            ("key.update", taken_away, "Changed the key “Web shop”: no privileges, from any address, without an end."),
            ("key.delete", json!({ "name": shop }), "Deleted the key “Web shop”."),
            ("key.delete_again", json!({}), "Deleted a key again that a restored backup had brought back."),
            (
                "key.retire_again",
                json!({ "until": 0 }),
                "Ended an old secret again that a restored backup had brought back.",
            ),
            ("token.create", json!({ "name": "CI" }), "Made the operator token “CI”."),
            ("token.delete", json!({ "name": "tok_1" }), "Revoked the operator token “tok_1”."),
            ("key.move-away", json!({ "name": shop }), "Key move away “Web shop”."),
            ("", json!(null), "."),
        ] {
            assert_eq!(sentence(action, &details), expected, "{action}");
        }
    }

    /// Whoever adds an action finds out here that it needs words.
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
    fn details_of_another_shape_break_nothing() {
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
    fn what_is_long_is_cut_and_what_is_invisible_is_seen() {
        let name = "x".repeat(200);
        let told = sentence("key.delete", &json!({ "name": name }));
        assert_eq!(told.chars().filter(|letter| *letter == 'x').count(), LONGEST);
        assert_eq!(sentence("key.delete", &json!({ "name": "a\nb" })), "Deleted the key “a\u{fffd}b”.");
        let many = (0..40).map(|number| format!("module-{number}:read")).collect::<Vec<_>>().join(" ");
        let told = sentence("key.create", &json!({ "name": "a", "privileges": many }));
        assert_eq!(told, "Added the key “a”: 40 privileges, from any address.");
    }
}
