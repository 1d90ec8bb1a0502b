//! What a key is, in words: its state, its rules, and who made it.

use super::Tag;
use domain::key::Environment;
use domain::limits::Limits;
use domain::privilege::{Catalogue, Privileges, action_label};
use domain::time::{self, Millis, date_time_utc};
use domain::views::KeyView;

/// What is said beside the name. A key that simply works has its environment there alone.
pub(super) fn tags(key: &KeyView, now: Millis) -> Vec<Tag> {
    let mut tags = vec![match key.environment {
        Environment::Live => ("tag", "Live".to_owned()),
        Environment::Sandbox => ("tag sandbox", "Sandbox".to_owned()),
    }];
    if let Some(at) = key.deleted_at {
        tags.push(("tag bad", format!("Deleted {}", time::date_utc(at))));
        return tags;
    }
    if !key.enabled {
        tags.push(("tag bad", "Disabled".to_owned()));
    }
    if key.needs_rotation {
        tags.push(("tag bad", "Needs Rotate Key: its secret has ended".to_owned()));
    }
    if key.expires_at.is_some_and(|end| end <= now) {
        tags.push(("tag bad", "Expired".to_owned()));
    }
    tags
}

/// Everything else, each with its name.
pub(super) fn properties(key: &KeyView, catalogue: &Catalogue, now: Millis) -> Vec<(&'static str, Vec<String>)> {
    let lines = |text: &str, none: &str| match text {
        "" => vec![none.to_owned()],
        text => text.lines().map(ToOwned::to_owned).collect(),
    };
    let limits = Limits::from_stored(&key.limits).map(|limits| limits.summary()).unwrap_or_default();
    let moment = |at: Millis| format!("{} ({})", date_time_utc(at), time::ago(at, now));
    let last_use = key.last_use.as_ref().map_or_else(
        || "Never".to_owned(),
        |used| {
            let from = used.address.as_deref().unwrap_or("an address that is not known");
            format!("{}, from {from}", moment(used.at))
        },
    );
    let mut properties = vec![
        ("Key", vec![key.masked.clone()]),
        ("Id", vec![key.id.clone()]),
        ("State", vec![state(key, now)]),
        ("IP whitelist", lines(&key.whitelist, "Any address")),
        ("Privileges", privileges(key, catalogue)),
        ("Limits", lines(&limits, "None")),
        ("Expires", vec![key.expires_at.map_or_else(|| "Never".to_owned(), date_time_utc)]),
        ("Created", vec![format!("{}, by {}", date_time_utc(key.created_at), key.created_by)]),
    ];
    if key.deleted_at.is_none() {
        properties.push(("Changed", vec![format!("{}, by {}", date_time_utc(key.updated_at), key.updated_by)]));
    }
    properties.push(("Last used", vec![last_use]));
    properties.extend(key.delete_reason.clone().map(|reason| ("Reason", vec![reason])));
    properties
}

fn state(key: &KeyView, now: Millis) -> String {
    match (key.deleted_at, key.enabled, key.expires_at) {
        (Some(at), ..) => format!("Deleted on {}, by {}", date_time_utc(at), key.updated_by),
        (None, false, _) => "Disabled: every call is refused".to_owned(),
        (None, true, Some(end)) if end <= now => "Expired: every call is refused".to_owned(),
        _ if key.needs_rotation => {
            "Its value ended with a change that this database, put back from a backup, does not know. Change the key."
                .to_owned()
        }
        _ => "Works".to_owned(),
    }
}

/// One line a module.
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
    // The catalogue may no longer know what was chosen once.
    if lines.is_empty() { privileges.iter().map(ToOwned::to_owned).collect() } else { lines }
}
