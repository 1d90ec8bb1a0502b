//! Loads one key from the service and formats it for the page.

use super::{ActionLink, KeyDetails, RetiredSecret, history, properties};
use crate::AppError;
use crate::context::{actor, app_state, fail, visitor};
use crate::pages::query;
use crate::text::key_details as text;
use domain::code_samples::code_samples;
use domain::member::Role;
use domain::time::Millis;
use domain::views::KeyView;
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
            keyhatch.key_secrets().list_old_secret_uses(&actor, &account, &id).await.map_err(fail)?
        }
        _ => Vec::new(),
    };
    let (now, is_deleted) = (keyhatch.now(), key.deleted_at.is_some());
    let limits = if is_deleted {
        Vec::new()
    } else {
        keyhatch.key_calls().limit_status(&actor, &account, &id).await.map_err(fail)?
    };
    let may_manage = viewer.role != Role::Viewer && !is_deleted;
    let retired_secret = key.old_secret_until.filter(|_| !is_deleted).map(|until| RetiredSecret {
        works_until: text::old_key_until(until),
        uses: uses.iter().map(|last_use| text::old_key_use(last_use, now)).collect(),
        end_href: may_manage.then(|| format!("/settings/api-keys?end-overlap={id}")),
    });
    Ok(KeyDetails {
        email: viewer.email,
        tags: properties::tags(&key, now),
        last_use: last_use(&key, now),
        actions: actions(&key, may_manage),
        dangers: dangers(&key, may_manage),
        properties: properties::properties(&key, &limits, keyhatch.catalogue(), now),
        retired_secret,
        code_samples: if is_deleted { Vec::new() } else { code_samples(keyhatch.policy(), &key.name) },
        key_variable: keyhatch.policy().key_variable(),
        history: entries.iter().map(|entry| history::item(entry, now)).collect(),
        older: next.map(|before| format!("/settings/api-keys/{id}?before={before}")),
        name: key.name,
    })
}

/// The sentence about the last use.
fn last_use(key: &KeyView, now: Millis) -> String {
    key.last_use.as_ref().map_or_else(|| text::never_used().to_owned(), |last_use| text::last_used(last_use, now))
}

/// A link to a dialog of the key list.
fn link(key: &KeyView, label: &'static str, dialog: &str) -> ActionLink {
    let href = format!("/settings/api-keys?{dialog}={}", key.id);
    ActionLink { label, href, class: "button", hint: "" }
}

/// The common acts, as far as this member may use them.
fn actions(key: &KeyView, may_manage: bool) -> Vec<ActionLink> {
    if key.deleted_at.is_some() {
        return Vec::new();
    }
    let test = link(key, text::test(), "test");
    if may_manage {
        vec![link(key, text::edit(), "edit"), link(key, text::rotate(), "rotate"), test]
    } else {
        vec![test]
    }
}

/// The acts that stop the key, and the one that lets it work again.
fn dangers(key: &KeyView, may_manage: bool) -> Vec<ActionLink> {
    if !may_manage {
        return Vec::new();
    }
    let enable = if key.enabled {
        ActionLink { hint: text::disable_hint(), ..link(key, text::disable(), "disable") }
    } else {
        ActionLink { hint: text::enable_hint(), ..link(key, text::enable(), "enable") }
    };
    let delete =
        ActionLink { class: "button danger", hint: text::delete_hint(), ..link(key, text::delete(), "delete") };
    vec![enable, delete]
}
