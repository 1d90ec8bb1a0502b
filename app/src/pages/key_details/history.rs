//! A key's history as sentences. The audit rows themselves are written by the services.

use super::HistoryItem;
use crate::text::history as text;
use domain::limits::Limits;
use domain::time::{self, DAY, Millis, date_time_utc};
use leptos::serde_json::Value;
use service::keys::HistoryEntry;

/// How long ago an entry may be for its time to be followed by how long ago it was.
const RECENT: Millis = 30 * DAY;

/// One audit row as the page shows it.
pub(super) fn item(entry: &HistoryEntry, now: Millis) -> HistoryItem {
    let at = date_time_utc(entry.at);
    let is_recent = now.saturating_sub(entry.at) <= RECENT;
    let at = if is_recent { format!("{at} ({})", time::ago(entry.at, now)) } else { at };
    HistoryItem { datetime: time::iso(entry.at), at, sentence: sentence(entry), address: entry.address.clone() }
}

fn sentence(entry: &HistoryEntry) -> String {
    let (who, details) = (entry.actor.as_str(), &entry.details);
    match entry.action.as_str() {
        "key.create" => text::created(who, as_text(&details["name"])),
        "key.update" => match changes(details) {
            changes if changes.is_empty() => text::saved(who),
            changes => text::updated(who, changes.join("; ")),
        },
        "key.rotate" => match details["old_secret_until"].as_i64() {
            Some(until) if until > entry.at => text::rotated_until(who, date_time_utc(until)),
            _ => text::rotated(who),
        },
        "key.end_overlap" => text::overlap_ended(who),
        "key.disable" => text::disabled(who),
        "key.enable" => text::enabled(who),
        "key.delete" => match details["reason"].as_str() {
            Some(reason) => text::deleted_because(who, reason),
            None => text::deleted(who),
        },
        "key.delete_again" => text::deleted_again().to_owned(),
        "key.retire_again" => text::retired_again().to_owned(),
        other => text::other(who, other),
    }
}

/// Each updated field, such as "the IP whitelist from any address to 203.0.113.7".
fn changes(details: &Value) -> Vec<String> {
    type Format = fn(&Value) -> String;
    let fields: [(&str, Format); 5] = [
        ("name", |value| as_text(value).to_owned()),
        ("whitelist", |value| non_empty_or(&as_text(value).replace('\n', ", "), text::any_address())),
        ("privileges", |value| match as_text(value) {
            "*" => text::all().to_owned(),
            listed => non_empty_or(&listed.replace(' ', ", "), text::none()),
        }),
        ("limits", |value| {
            let summary = Limits::from_stored(as_text(value)).map(|limits| limits.summary());
            non_empty_or(&summary.unwrap_or_default(), text::none())
        }),
        ("expires_at", |value| value.as_i64().map_or_else(|| text::never().to_owned(), date_time_utc)),
    ];
    let changed = |(field, format_value): (&str, Format)| {
        let (before, after) = (details[field].get(0)?, details[field].get(1)?);
        (before != after).then(|| text::change(field, format_value(before), format_value(after)))
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

    fn entry(action: &str, details: Value) -> HistoryEntry {
        HistoryEntry {
            seq: 1,
            at: 1_794_992_645_120,
            actor: "jo@acme.example".into(),
            address: None,
            action: action.into(),
            details,
        }
    }

    #[test]
    fn how_long_ago_an_entry_was_is_shown_for_thirty_days_in_every_language() {
        let german = i18n::Locale::parse("de").map(|german| i18n::MessageCatalogue::default().translations(german));
        for language in [i18n::MessageCatalogue::english(), german.expect("German")] {
            let entry = entry("key.disable", json!({}));
            let after = |days: i64| i18n::with_language(language, || item(&entry, entry.at + days * DAY).at);
            assert!(after(30).ends_with(')') && !after(31).ends_with(')'), "{}: {}", language.language(), after(31));
        }
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
            assert_eq!(sentence(&entry(action, details)), expected);
        }
    }
}
