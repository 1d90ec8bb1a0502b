//! A key's properties as text: its state, its rules, and who created it.

use super::{Property, Tag};
use domain::explain::LimitStatus;
use domain::key::Environment;
use domain::privilege::{Catalogue, Privileges, action_label};
use domain::time::{self, Millis, date_time_utc};
use domain::views::KeyView;

/// The badges beside the name: the environment, and whatever keeps the key from working.
pub(super) fn tags(key: &KeyView, now: Millis) -> Vec<Tag> {
    let mut tags = vec![match key.environment {
        Environment::Live => Tag { class: "tag", text: "Live".to_owned() },
        Environment::Sandbox => Tag { class: "tag sandbox", text: "Sandbox".to_owned() },
    }];
    let bad = |text: String| Tag { class: "tag bad", text };
    if let Some(at) = key.deleted_at {
        tags.push(bad(format!("Deleted {}", time::date_utc(at))));
        return tags;
    }
    if !key.enabled {
        tags.push(bad("Disabled".to_owned()));
    }
    if key.needs_rotation {
        tags.push(bad("Needs Rotate Key: its secret was retired".to_owned()));
    }
    if key.expires_at.is_some_and(|end| end <= now) {
        tags.push(bad("Expired".to_owned()));
    }
    tags
}

/// Label and lines of each property below the heading.
pub(super) fn properties(key: &KeyView, limits: &[LimitStatus], catalogue: &Catalogue, now: Millis) -> Vec<Property> {
    let lines = |text: &str, none: &str| match text {
        "" => vec![none.to_owned()],
        text => text.lines().map(ToOwned::to_owned).collect(),
    };
    let limits: Vec<String> = match limits {
        [] => vec!["None".to_owned()],
        limits => limits.iter().map(crate::text::key_details::limit).collect(),
    };
    let moment = |at: Millis| format!("{} ({})", date_time_utc(at), time::ago(at, now));
    let last_use = key.last_use.as_ref().map_or_else(
        || "Never".to_owned(),
        |last_use| {
            let from = last_use.address.as_deref().unwrap_or("an unknown address");
            format!("{}, from {from}", moment(last_use.at))
        },
    );
    let mut properties = vec![
        ("Key", vec![key.masked.clone()]),
        ("Id", vec![key.id.clone()]),
        ("State", vec![state(key, now)]),
        ("IP whitelist", lines(&key.whitelist, "Any address")),
        ("Privileges", privileges(key, catalogue)),
        ("Limits", limits),
        ("Expires", vec![key.expires_at.map_or_else(|| "Never".to_owned(), date_time_utc)]),
        ("Created", vec![format!("{}, by {}", date_time_utc(key.created_at), key.created_by)]),
    ];
    if key.deleted_at.is_none() {
        properties.push(("Updated", vec![format!("{}, by {}", date_time_utc(key.updated_at), key.updated_by)]));
    }
    properties.push(("Last used", vec![last_use]));
    properties.extend(key.delete_reason.clone().map(|reason| ("Reason", vec![reason])));
    let property = |(label, lines)| Property { label, lines, is_copied: label == "Id" };
    properties.into_iter().map(property).collect()
}

fn state(key: &KeyView, now: Millis) -> String {
    match (key.deleted_at, key.enabled, key.expires_at) {
        (Some(at), ..) => format!("Deleted on {}, by {}", date_time_utc(at), key.updated_by),
        (None, false, _) => "Disabled: every call is refused".to_owned(),
        (None, true, Some(end)) if end <= now => "Expired: every call is refused".to_owned(),
        _ if key.needs_rotation => {
            "Its secret was retired by a rotation that this database, restored from a backup, does not contain. Rotate the key."
                .to_owned()
        }
        _ => "Active".to_owned(),
    }
}

/// One line per module.
fn privileges(key: &KeyView, catalogue: &Catalogue) -> Vec<String> {
    let Ok(privileges) = Privileges::from_stored(&key.privileges) else { return vec![key.privileges.clone()] };
    if privileges.is_all() || privileges.is_none() {
        return vec![privileges.summary(catalogue)];
    }
    let line = |module: &domain::privilege::Module| {
        let chosen: Vec<String> = module
            .actions
            .iter()
            .filter(|action| privileges.allows(&format!("{}:{action}", module.id)))
            .map(|action| action_label(action))
            .collect();
        (!chosen.is_empty()).then(|| format!("{}: {}", module.label, chosen.join(", ")))
    };
    let lines: Vec<String> = catalogue.modules.iter().filter_map(line).collect();
    // The operator may have removed the modules from the catalogue since.
    if lines.is_empty() { privileges.iter().map(ToOwned::to_owned).collect() } else { lines }
}
