//! A key's history as sentences. The audit rows themselves are written by the services.

use super::HistoryItem;
use domain::limits::Limits;
use domain::time::{self, Millis, date_time_utc};
use leptos::serde_json::Value;
use service::keys::HistoryEntry;

/// One audit row as the page shows it.
pub(super) fn item(entry: &HistoryEntry, now: Millis) -> HistoryItem {
    let at = match time::ago(entry.at, now) {
        ago if ago.starts_with("on ") => date_time_utc(entry.at),
        ago => format!("{} ({ago})", date_time_utc(entry.at)),
    };
    HistoryItem { datetime: time::iso(entry.at), at, sentence: sentence(entry), address: entry.address.clone() }
}

fn sentence(entry: &HistoryEntry) -> String {
    let (who, details) = (&entry.actor, &entry.details);
    match entry.action.as_str() {
        "key.create" => format!("{who} created this key as “{}”.", details["name"].as_str().unwrap_or_default()),
        "key.update" => match changes(details) {
            changes if changes.is_empty() => format!("{who} saved this key without changes."),
            changes => format!("{who} updated {}.", changes.join("; ")),
        },
        "key.rotate" => match details["old_secret_until"].as_i64() {
            Some(until) if until > entry.at => {
                format!("{who} rotated this key; the old key works until {}.", date_time_utc(until))
            }
            _ => format!("{who} rotated this key; the old key stopped working at once."),
        },
        "key.end_overlap" => format!("{who} ended the old key."),
        "key.disable" => format!("{who} disabled this key."),
        "key.enable" => format!("{who} enabled this key."),
        "key.delete" => match details["reason"].as_str() {
            Some(reason) => format!("{who} deleted this key: {reason}"),
            None => format!("{who} deleted this key."),
        },
        "key.delete_again" => "An older database was restored; this key was deleted again.".to_owned(),
        "key.retire_again" => "An older database was restored; this key’s old secret was retired again.".to_owned(),
        other => format!("{who}: {other}"),
    }
}

/// Each updated field, such as "the IP whitelist from any address to 203.0.113.7".
fn changes(details: &Value) -> Vec<String> {
    type Format = fn(&Value) -> String;
    let fields: [(&str, &str, Format); 5] = [
        ("name", "the name", |value| format!("“{}”", as_text(value))),
        ("whitelist", "the IP whitelist", |value| non_empty_or(&as_text(value).replace('\n', ", "), "any address")),
        ("privileges", "the privileges", |value| match as_text(value) {
            "*" => "all".to_owned(),
            listed => non_empty_or(&listed.replace(' ', ", "), "none"),
        }),
        ("limits", "the limits", |value| {
            let summary = Limits::from_stored(as_text(value)).map(|limits| limits.summary());
            non_empty_or(&summary.unwrap_or_default(), "none")
        }),
        ("expires_at", "the expiry", |value| value.as_i64().map_or_else(|| "never".to_owned(), date_time_utc)),
    ];
    let changed = |(field, name, format_value): (&str, &str, Format)| {
        let (before, after) = (details[field].get(0)?, details[field].get(1)?);
        (before != after).then(|| format!("{name} from {} to {}", format_value(before), format_value(after)))
    };
    fields.into_iter().filter_map(changed).collect()
}

fn as_text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn non_empty_or(text: &str, none: &str) -> String {
    if text.is_empty() { none.to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::serde_json::json;

    fn sentence_of(action: &str, details: Value) -> String {
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
    fn each_action_has_its_sentence() {
        let unchanged = json!(["Shop", "Shop"]);
        for (action, details, expected) in [
            ("key.create", json!({ "name": "Shop" }), "jo@acme.example created this key as “Shop”."),
            (
                "key.update",
                json!({ "name": unchanged, "whitelist": ["", "203.0.113.7\n10.0.0.0/8"] }),
                "jo@acme.example updated the IP whitelist from any address to 203.0.113.7, 10.0.0.0/8.",
            ),
            (
                "key.update",
                json!({ "name": ["Shop", "Store"], "privileges": ["*", "a:b c:d"], "expires_at": [null, 1_794_992_645_120_i64] }),
                "jo@acme.example updated the name from “Shop” to “Store”; the privileges from all to a:b, c:d; \
                 the expiry from never to 18 Nov 2026, 09:04 UTC.",
            ),
            ("key.update", json!({ "name": unchanged }), "jo@acme.example saved this key without changes."),
            (
                "key.rotate",
                json!({ "old_secret_until": 1_794_996_245_120_i64 }),
                "jo@acme.example rotated this key; the old key works until 18 Nov 2026, 10:04 UTC.",
            ),
            (
                "key.rotate",
                json!({ "old_secret_until": 1_794_992_645_120_i64 }),
                "jo@acme.example rotated this key; the old key stopped working at once.",
            ),
            ("key.delete", json!({ "reason": "It leaked" }), "jo@acme.example deleted this key: It leaked"),
            ("key.sing", json!({}), "jo@acme.example: key.sing"),
        ] {
            assert_eq!(sentence_of(action, details), expected);
        }
    }
}
