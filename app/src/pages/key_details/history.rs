//! What was done to a key, in sentences. What the audit holds is decided by the use cases.

use domain::limits::Limits;
use domain::time::{self, Millis, date_time_utc};
use leptos::serde_json::Value;
use service::keys::HistoryEntry;

/// When, exactly and in words; what; and from where.
pub(super) fn line(entry: &HistoryEntry, now: Millis) -> (String, String, String, Option<String>) {
    let at = match time::ago(entry.at, now) {
        ago if ago.starts_with("on ") => date_time_utc(entry.at),
        ago => format!("{} ({ago})", date_time_utc(entry.at)),
    };
    (time::iso(entry.at), at, sentence(entry), entry.address.clone())
}

fn sentence(entry: &HistoryEntry) -> String {
    let (who, details) = (&entry.actor, &entry.details);
    match entry.action.as_str() {
        "key.issue" => format!("{who} created this key as “{}”.", details["name"].as_str().unwrap_or_default()),
        "key.change" => match changes(details) {
            changes if changes.is_empty() => format!("{who} saved this key without a change."),
            changes => format!("{who} changed {}.", changes.join("; ")),
        },
        "key.rotate" => match details["old_secret_until"].as_i64() {
            Some(until) if until > entry.at => {
                format!("{who} changed the key’s value; the old one works until {}.", date_time_utc(until))
            }
            _ => format!("{who} changed the key’s value; the old one ended at once."),
        },
        "key.end-old-secret" => format!("{who} ended the old key."),
        "key.disable" => format!("{who} disabled this key."),
        "key.enable" => format!("{who} enabled this key."),
        "key.delete" => match details["reason"].as_str() {
            Some(reason) => format!("{who} deleted this key: {reason}"),
            None => format!("{who} deleted this key."),
        },
        "key.revoke-again" => "An older database was put back; this key was deleted again.".to_owned(),
        "key.retire-again" => "An older database was put back; this key’s old value was ended again.".to_owned(),
        other => format!("{who}: {other}"),
    }
}

/// Each field that is not as it was: "the IP whitelist from any address to 203.0.113.7".
fn changes(details: &Value) -> Vec<String> {
    type Words = fn(&Value) -> String;
    let fields: [(&str, &str, Words); 5] = [
        ("name", "the name", |value| format!("“{}”", text(value))),
        ("whitelist", "the IP whitelist", |value| or(&text(value).replace('\n', ", "), "any address")),
        ("privileges", "the privileges", |value| match text(value) {
            "*" => "all".to_owned(),
            listed => or(&listed.replace(' ', ", "), "none"),
        }),
        ("limits", "the limits", |value| {
            let summary = Limits::from_stored(text(value)).map(|limits| limits.summary());
            or(&summary.unwrap_or_default(), "none")
        }),
        ("expires_at", "the expiry", |value| value.as_i64().map_or_else(|| "never".to_owned(), date_time_utc)),
    ];
    let changed = |(field, name, words): (&str, &str, Words)| {
        let (before, after) = (details[field].get(0)?, details[field].get(1)?);
        (before != after).then(|| format!("{name} from {} to {}", words(before), words(after)))
    };
    fields.into_iter().filter_map(changed).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn or(text: &str, none: &str) -> String {
    if text.is_empty() { none.to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::serde_json::json;

    fn history_section(action: &str, details: Value) -> String {
        let entry = HistoryEntry {
            seq: 1,
            at: 1_794_992_645_120,
            actor: "jo@acme.example".into(),
            address: None,
            action: action.into(),
            details,
        };
        sentence(&entry)
    }

    #[test]
    fn what_was_done_is_a_sentence() {
        let unchanged = json!(["Shop", "Shop"]);
        for (action, details, expected) in [
            ("key.issue", json!({ "name": "Shop" }), "jo@acme.example created this key as “Shop”."),
            (
                "key.change",
                json!({ "name": unchanged, "whitelist": ["", "203.0.113.7\n10.0.0.0/8"] }),
                "jo@acme.example changed the IP whitelist from any address to 203.0.113.7, 10.0.0.0/8.",
            ),
            (
                "key.change",
                json!({ "name": ["Shop", "Store"], "privileges": ["*", "a:b c:d"], "expires_at": [null, 1_794_992_645_120_i64] }),
                "jo@acme.example changed the name from “Shop” to “Store”; the privileges from all to a:b, c:d; \
                 the expiry from never to 18 Nov 2026, 09:04 UTC.",
            ),
            ("key.change", json!({ "name": unchanged }), "jo@acme.example saved this key without a change."),
            (
                "key.rotate",
                json!({ "old_secret_until": 1_794_996_245_120_i64 }),
                "jo@acme.example changed the key’s value; the old one works until 18 Nov 2026, 10:04 UTC.",
            ),
            (
                "key.rotate",
                json!({ "old_secret_until": 1_794_992_645_120_i64 }),
                "jo@acme.example changed the key’s value; the old one ended at once.",
            ),
            ("key.delete", json!({ "reason": "It leaked" }), "jo@acme.example deleted this key: It leaked"),
            ("key.sing", json!({}), "jo@acme.example: key.sing"),
        ] {
            assert_eq!(history_section(action, details), expected);
        }
    }
}
