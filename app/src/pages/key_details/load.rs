//! Loads one key from the service and formats it for the page.

use super::{ActionLink, KeyDetails, RetiredSecret, history, properties};
use crate::AppError;
use crate::context::{actor, app_state, fail, visitor};
use crate::pages::query;
use domain::code_samples::code_samples;
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
    let History { key, entries, next } = keyhatch.keys().history(&actor, &account, &id, before).await.map_err(fail)?;
    let uses = match key.old_secret_until {
        Some(_) if key.deleted_at.is_none() => {
            keyhatch.keys().list_old_secret_uses(&actor, &account, &id).await.map_err(fail)?
        }
        _ => Vec::new(),
    };
    let (now, is_deleted) = (keyhatch.now(), key.deleted_at.is_some());
    let may_manage = viewer.role != Role::Viewer && !is_deleted;
    let retired_secret = key.old_secret_until.filter(|_| !is_deleted).map(|until| RetiredSecret {
        works_until: date_time_utc(until),
        uses: uses.iter().map(|last_use| last_use_line(last_use, now)).collect(),
        end_href: may_manage.then(|| format!("/settings/api-keys?end-overlap={id}")),
    });
    Ok(KeyDetails {
        email: viewer.email,
        tags: properties::tags(&key, now),
        actions: actions(&key, may_manage),
        properties: properties::properties(&key, keyhatch.catalogue(), now),
        retired_secret,
        code_samples: if is_deleted { Vec::new() } else { code_samples(keyhatch.policy(), &key.name) },
        key_variable: keyhatch.policy().key_variable(),
        history: entries.iter().map(|entry| history::item(entry, now)).collect(),
        older: next.map(|before| format!("/settings/api-keys/{id}?before={before}")),
        name: key.name,
    })
}

fn last_use_line(last_use: &LastUse, now: Millis) -> String {
    let from = last_use.address.as_deref().unwrap_or("an unknown address");
    format!("{from}, last {}", time::ago(last_use.at, now))
}

/// Links to the dialogs of the key list, as far as this member may use them.
fn actions(key: &KeyView, may_manage: bool) -> Vec<ActionLink> {
    let link = |label, overlay| ActionLink {
        label,
        href: format!("/settings/api-keys?{overlay}={}", key.id),
        is_destructive: overlay == "delete",
    };
    let test = link("Test this key", "test");
    if key.deleted_at.is_some() {
        return Vec::new();
    }
    if !may_manage {
        return vec![test];
    }
    let enable = if key.enabled { link("Disable Key", "disable") } else { link("Enable Key", "enable") };
    vec![link("Edit Key", "edit"), link("Rotate Key", "rotate"), enable, test, link("Delete Key", "delete")]
}
