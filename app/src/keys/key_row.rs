//! One row of the list: a key with its tags and its menu.

use super::action_dialog::run_action;
use super::bulk_selection::select_checkbox;
use super::element_ids::menu_button_id;
use super::environment_field::environment_badge;
use super::key_list::KeyList;
use super::last_used_cell::last_used_cell;
use super::overlay::Overlay;
use super::server::KeyAction;
use crate::components::{close_menu, focus_soon, menu};
use crate::dom::{Element, el};
use domain::key::Environment;
use domain::limits::Limits;
use domain::privilege::{Catalogue, Privileges};
use domain::time::{self, Millis};
use domain::views::KeyView;
use domain::whitelist::Whitelist;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long before its expiry a key shows a warning, in milliseconds.
const EXPIRY_WARNING: Millis = 14 * 86_400_000;

/// The row. Ages and expiry are relative to `now`.
pub(super) fn key_row(key: &KeyView, catalogue: &Catalogue, list: KeyList, now: Millis, may_manage: bool) -> Element {
    let whitelist = Whitelist::from_stored(&key.whitelist).map(|whitelist| whitelist.summary());
    let addresses = if key.whitelist.is_empty() { "tag warn" } else { "quiet" };
    let privileges = Privileges::from_stored(&key.privileges).map(|privileges| privileges.summary(catalogue));
    let created = el("time").attr("datetime", time::iso(key.created_at)).child(time::date_utc(key.created_at));
    let is_inactive = key.expires_at.is_some_and(|end| end <= now) || !key.enabled || key.deleted_at.is_some();
    let row = match (key.environment, is_inactive) {
        (Environment::Live, false) => el("tr"),
        (Environment::Live, true) => el("tr").class("expired"),
        (Environment::Sandbox, false) => el("tr").class("of-sandbox"),
        (Environment::Sandbox, true) => el("tr").class("of-sandbox expired"),
    };
    let name = el("div")
        .class("named")
        .child(el("a").attr("href", format!("/settings/api-keys/{}", key.id)).child(key.name.clone()))
        .children(environment_badge(key.environment))
        .children(state_tags(key))
        .children(expiry_tag(key, now))
        .children(limits_text(key))
        .children(key.delete_reason.clone().map(|reason| el("span").class("limits").child(reason)));
    let exists = key.deleted_at.is_none();
    let pick =
        may_manage.then(|| el("td").class("pick").children(exists.then(|| select_checkbox(list, &key.id, &key.name))));
    let menu = exists.then(|| action_menu(key, list, may_manage));
    row.children(pick)
        .child(el("th").attr("scope", "row").class("name").child(name))
        .child(el("td").class("masked").child(key.masked.clone()))
        .child(el("td").class("quiet privileges").child(privileges.unwrap_or_default()))
        .child(el("td").class("addresses").child(el("span").class(addresses).child(whitelist.unwrap_or_default())))
        .child(last_used_cell(key.last_use.as_ref(), now))
        .child(el("td").class("quiet created").child(created))
        .child(el("td").class("row-menu").children(menu.into_iter().flatten()))
}

/// Tags for a key that is deleted, disabled or rotated.
fn state_tags(key: &KeyView) -> Vec<Element> {
    let mut tags = Vec::new();
    let mut push = |class: &'static str, text: String| tags.push(el("span").class(class).child(text));
    if let Some(at) = key.deleted_at {
        push("tag bad", format!("Deleted {}", time::date_utc(at)));
        return tags;
    }
    if !key.enabled {
        push("tag bad", "Disabled".to_owned());
    }
    if key.needs_rotation {
        push("tag bad", "Needs Rotate Key: its secret was retired".to_owned());
    }
    if let Some(until) = key.old_secret_until {
        push("tag warn", format!("Old key works until {}", time::date_time_utc(until)));
    }
    tags
}

/// A tag for a key that has expired or will expire soon.
fn expiry_tag(key: &KeyView, now: Millis) -> Option<Element> {
    let expires_at = key.expires_at?;
    let (class, text) = match expires_at - now {
        ..=0 => ("tag bad", format!("Expired {}", time::date_utc(expires_at))),
        left @ ..=EXPIRY_WARNING => ("tag warn", format!("Expires in {}", time::format_duration(left))),
        _ => return None,
    };
    Some(el("span").class(class).child(el("time").attr("datetime", time::iso(expires_at)).child(text)))
}

fn limits_text(key: &KeyView) -> Option<Element> {
    let limits = Limits::from_stored(&key.limits).ok().filter(|limits| !limits.is_empty())?;
    Some(el("span").class("limits").child(limits.summary()))
}

fn action_menu(key: &KeyView, list: KeyList, may_manage: bool) -> [Element; 2] {
    let id = format!("menu-{}", key.id);
    let item = |label: &'static str, overlay: fn(String) -> Overlay| {
        let (menu, overlay) = (id.clone(), overlay(key.id.clone()));
        // Both are easily undone, so they need no confirmation.
        let action = match overlay {
            Overlay::Disable(_) => Some(KeyAction::Disable),
            Overlay::Enable(_) => Some(KeyAction::Enable),
            _ => None,
        };
        let class = if matches!(overlay, Overlay::Delete(_)) { "menu-item bad" } else { "menu-item" };
        el("a")
            .class(class)
            .attr("role", "menuitem")
            .attr("tabindex", "-1")
            .attr("href", list.navigator.overlay_url(&overlay))
            .on_click(move || {
                close_menu(&menu);
                match (action, overlay.key_id()) {
                    (Some(action), Some(id)) => run_immediately(list, id.to_owned(), action),
                    _ => list.navigator.open(overlay.clone()),
                }
            })
            .child(label)
    };
    let test = item("Test this key", Overlay::Test);
    let items = if may_manage {
        let enable =
            if key.enabled { item("Disable Key", Overlay::Disable) } else { item("Enable Key", Overlay::Enable) };
        let mut items = vec![item("Edit Key", Overlay::Edit), item("Rotate Key", Overlay::Rotate), enable, test];
        items.extend(key.old_secret_until.map(|_| item("End old key now", Overlay::EndOverlap)));
        items.push(item("Delete Key", Overlay::Delete));
        items
    } else {
        vec![test]
    };
    let dots = el("span").attr("aria-hidden", "true").child("⋯");
    menu(&id, &format!("Actions for {}", key.name), "icon-button", vec![dots], items)
}

/// Disables or enables without confirmation; the updated row shows the result.
fn run_immediately(list: KeyList, id: String, action: KeyAction) {
    spawn_local(async move {
        list.message.set(None);
        match run_action(action, vec![id.clone()], String::new(), list).await {
            Ok(()) => focus_soon(menu_button_id(&id)),
            Err(problem) => list.message.set(Some(problem.message())),
        }
    });
}
