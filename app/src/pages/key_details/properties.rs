//! A key's properties as text: its state, its rules, and who created it.

use super::{Property, Tag};
use crate::text::key_properties as text;
use domain::explain::LimitStatus;
use domain::key::Environment;
use domain::privilege::{Catalogue, Privileges, action_label};
use domain::time::{Millis, date_time_utc, date_utc};
use domain::views::KeyView;

/// The badges beside the name: the environment, and whatever keeps the key from working.
pub(super) fn tags(key: &KeyView, now: Millis) -> Vec<Tag> {
    let mut tags = vec![match key.environment {
        Environment::Live => Tag { class: "tag", text: text::live().to_owned() },
        Environment::Sandbox => Tag { class: "tag sandbox", text: text::sandbox().to_owned() },
    }];
    let bad = |text: String| Tag { class: "tag bad", text };
    if let Some(at) = key.deleted_at {
        tags.push(bad(text::deleted_on(date_utc(at))));
        return tags;
    }
    if !key.enabled {
        tags.push(bad(text::disabled().to_owned()));
    }
    if key.needs_rotation {
        tags.push(bad(text::needs_rotation().to_owned()));
    }
    if key.expires_at.is_some_and(|end| end <= now) {
        tags.push(bad(text::expired().to_owned()));
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
        [] => vec![text::none().to_owned()],
        limits => limits.iter().map(crate::text::key_details::limit).collect(),
    };
    let mut properties = vec![
        (text::key(), vec![key.masked.clone()]),
        (text::id(), vec![key.id.clone()]),
        (text::state(), vec![state(key, now)]),
        (text::whitelist(), lines(&key.whitelist, text::any_address())),
        (text::privileges(), privileges(key, catalogue)),
        (text::limits(), limits),
        (text::expires(), vec![key.expires_at.map_or_else(|| text::never().to_owned(), date_time_utc)]),
        (text::created(), vec![text::at_by(date_time_utc(key.created_at), &key.created_by)]),
    ];
    if key.deleted_at.is_none() {
        properties.push((text::updated(), vec![text::at_by(date_time_utc(key.updated_at), &key.updated_by)]));
    }
    properties.push((text::last_used(), vec![text::last_use(key.last_use.as_ref(), now)]));
    properties.extend(key.delete_reason.clone().map(|reason| (text::reason(), vec![reason])));
    let property = |(label, lines)| Property { label, lines, is_copied: label == text::id() };
    properties.into_iter().map(property).collect()
}

fn state(key: &KeyView, now: Millis) -> String {
    match (key.deleted_at, key.enabled, key.expires_at) {
        (Some(at), ..) => text::state_deleted(date_time_utc(at), &key.updated_by),
        (None, false, _) => text::state_disabled().to_owned(),
        (None, true, Some(end)) if end <= now => text::state_expired().to_owned(),
        _ if key.needs_rotation => text::state_retired().to_owned(),
        _ => text::state_active().to_owned(),
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
