//! Asks the service for one key and puts it into words.

use super::{KeyDetails, code_samples, history, properties};
use crate::AppError;
use crate::context::{actor, app_state, fail, visitor};
use crate::pages::query;
use domain::member::Role;
use domain::time::{self, Millis, date_time_utc};
use domain::views::{KeyView, LastUse};
use leptos::prelude::*;
use service::keys::History;

pub(super) async fn load() -> Result<KeyDetails, AppError> {
    let id = leptos_router::hooks::use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let before = query("before").and_then(|before| before.parse().ok());
    let (keyhatch, visitor) = (app_state()?.keyhatch, visitor()?);
    let (actor, account) = actor().map_err(fail)?;
    let viewer = visitor.viewer.map_err(fail)?;
    let History { key, entries, next } = keyhatch.key_history(&actor, &account, &id, before).await.map_err(fail)?;
    let uses = match key.old_secret_until {
        Some(_) if key.deleted_at.is_none() => keyhatch.old_secret_uses(&actor, &account, &id).await.map_err(fail)?,
        _ => Vec::new(),
    };
    let (now, is_deleted) = (keyhatch.now(), key.deleted_at.is_some());
    let may_manage = viewer.role != Role::Viewer && !is_deleted;
    let end = may_manage.then(|| format!("/settings/api-keys?end-overlap={id}"));
    let old = key.old_secret_until.filter(|_| !is_deleted);
    let old = old.map(|until| (date_time_utc(until), uses.iter().map(|used| use_line(used, now)).collect(), end));
    Ok(KeyDetails {
        email: viewer.email,
        tags: properties::tags(&key, now),
        actions: actions(&key, may_manage),
        properties: properties::properties(&key, keyhatch.catalogue(), now),
        old,
        code_samples: if is_deleted { Vec::new() } else { code_samples::code_samples(&keyhatch.policy().api_url) },
        history: entries.iter().map(|entry| history::line(entry, now)).collect(),
        older: next.map(|before| format!("/settings/api-keys/{id}?before={before}")),
        name: key.name,
    })
}

fn use_line(used: &LastUse, now: Millis) -> String {
    let from = used.address.as_deref().unwrap_or("an address that is not known");
    format!("{from}, last {}", time::ago(used.at, now))
}

/// What leads to a dialog of the list.
fn actions(key: &KeyView, may_manage: bool) -> Vec<(&'static str, String, bool)> {
    let action = |label, name, is_final| (label, format!("/settings/api-keys?{name}={}", key.id), is_final);
    let test = action("Test this key", "test", false);
    if key.deleted_at.is_some() {
        return Vec::new();
    }
    if !may_manage {
        return vec![test];
    }
    let enable =
        if key.enabled { action("Disable Key", "disable", false) } else { action("Enable Key", "enable", false) };
    vec![
        action("Edit Key", "edit", false),
        action("Rotate Key", "rotate", false),
        enable,
        test,
        action("Delete Key", "delete", true),
    ]
}
