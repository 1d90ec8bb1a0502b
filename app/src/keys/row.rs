//! One key in the table.

use super::deed::perform;
use super::environment::mark;
use super::list::List;
use super::place::Place;
use super::server::Deed;
use super::together::select_one;
use super::used::last_used;
use crate::dom::{Element, el};
use crate::parts::{close_menu, focus_soon, menu};
use domain::key::Environment;
use domain::limits::Limits;
use domain::privilege::{Catalogue, Privileges};
use domain::time::{self, Millis};
use domain::views::KeyView;
use domain::whitelist::Whitelist;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// From how many milliseconds before its end a key says that it will end.
const NEAR: Millis = 14 * 86_400_000;

/// A row, with its menu. `now` is for what is written into it, once.
pub(super) fn key_row(key: &KeyView, catalogue: &Catalogue, list: List, now: Millis, may_manage: bool) -> Element {
    let whitelist = Whitelist::from_stored(&key.whitelist).map(|whitelist| whitelist.summary());
    let addresses = if key.whitelist.is_empty() { "tag warn" } else { "quiet" };
    let privileges = Privileges::from_stored(&key.privileges).map(|privileges| privileges.summary(catalogue));
    let created = el("time").attr("datetime", time::iso(key.created_at)).child(time::date_utc(key.created_at));
    let is_expired = key.expires_at.is_some_and(|end| end <= now) || !key.enabled || key.deleted_at.is_some();
    let row = match (key.environment, is_expired) {
        (Environment::Live, false) => el("tr"),
        (Environment::Live, true) => el("tr").class("expired"),
        (Environment::Sandbox, false) => el("tr").class("of-sandbox"),
        (Environment::Sandbox, true) => el("tr").class("of-sandbox expired"),
    };
    let name = el("div")
        .class("named")
        .child(el("a").attr("href", format!("/settings/api-keys/{}", key.id)).child(key.name.clone()))
        .children(mark(key.environment))
        .children(states(key))
        .children(expiry(key, now))
        .children(limits(key))
        .children(key.delete_reason.clone().map(|reason| el("span").class("limits").child(reason)));
    let is_kept = key.deleted_at.is_none();
    let pick =
        may_manage.then(|| el("td").class("pick").children(is_kept.then(|| select_one(list, &key.id, &key.name))));
    let menu = is_kept.then(|| actions(key, list, may_manage));
    row.children(pick)
        .child(el("th").attr("scope", "row").class("name").child(name))
        .child(el("td").class("masked").child(key.masked.clone()))
        .child(el("td").class("quiet privileges").child(privileges.unwrap_or_default()))
        .child(el("td").class("addresses").child(el("span").class(addresses).child(whitelist.unwrap_or_default())))
        .child(last_used(key.last_use.as_ref(), now))
        .child(el("td").class("quiet created").child(created))
        .child(el("td").class("row-menu").children(menu.into_iter().flatten()))
}

/// What is to be said about a key that does not simply work.
fn states(key: &KeyView) -> Vec<Element> {
    let mut states = Vec::new();
    let mut say = |class: &'static str, text: String| states.push(el("span").class(class).child(text));
    if let Some(at) = key.deleted_at {
        say("tag bad", format!("Deleted {}", time::date_utc(at)));
        return states;
    }
    if !key.enabled {
        say("tag bad", "Disabled".to_owned());
    }
    if key.needs_rotation {
        say("tag bad", "Needs Change Key: its value ended".to_owned());
    }
    if let Some(until) = key.old_secret_until {
        say("tag warn", format!("Old key works until {}", time::date_time_utc(until)));
    }
    states
}

/// What is to be said about the end of a key: that it has come, or that it is near.
fn expiry(key: &KeyView, now: Millis) -> Option<Element> {
    let end = key.expires_at?;
    let (class, text) = match end - now {
        ..=0 => ("tag bad", format!("Expired {}", time::date_utc(end))),
        left @ ..=NEAR => ("tag warn", format!("Expires in {}", time::format_duration(left))),
        _ => return None,
    };
    Some(el("span").class(class).child(el("time").attr("datetime", time::iso(end)).child(text)))
}

fn limits(key: &KeyView) -> Option<Element> {
    let limits = Limits::from_stored(&key.limits).ok().filter(|limits| !limits.is_empty())?;
    Some(el("span").class("limits").child(limits.summary()))
}

/// The id of the button that opens a key's menu.
pub(super) fn menu_button_id(key_id: &str) -> String {
    format!("menu-{key_id}-button")
}

fn actions(key: &KeyView, list: List, may_manage: bool) -> [Element; 2] {
    let id = format!("menu-{}", key.id);
    let item = |label: &'static str, place: fn(String) -> Place| {
        let (menu, place) = (id.clone(), place(key.id.clone()));
        // These can be undone at once, so nobody is asked.
        let deed = match place {
            Place::Disable(_) => Some(Deed::Disable),
            Place::Enable(_) => Some(Deed::Enable),
            _ => None,
        };
        let class = if matches!(place, Place::Delete(_)) { "menu-item bad" } else { "menu-item" };
        el("a")
            .class(class)
            .attr("role", "menuitem")
            .attr("tabindex", "-1")
            .attr("href", list.navigator.address(&place))
            .on_click(move || {
                close_menu(&menu);
                match (deed, place.key()) {
                    (Some(deed), Some(id)) => enable(list, id.to_owned(), deed),
                    _ => list.navigator.open(place.clone()),
                }
            })
            .child(label)
    };
    let test = item("Test this key", Place::Test);
    let items = if may_manage {
        let enable = if key.enabled { item("Disable Key", Place::Disable) } else { item("Enable Key", Place::Enable) };
        let mut items = vec![item("Edit Key", Place::Edit), item("Change Key", Place::Change), enable, test];
        items.extend(key.old_secret_until.map(|_| item("End old key now", Place::EndOld)));
        items.push(item("Delete Key", Place::Delete));
        items
    } else {
        vec![test]
    };
    let dots = el("span").attr("aria-hidden", "true").child("⋯");
    menu(&id, &format!("Actions for {}", key.name), "icon-button", vec![dots], items)
}

/// Disables or enables at once; the row, drawn anew, says so.
fn enable(list: List, id: String, deed: Deed) {
    spawn_local(async move {
        list.message.set(None);
        match perform(deed, vec![id.clone()], String::new(), list).await {
            Ok(()) => focus_soon(menu_button_id(&id)),
            Err(problem) => list.message.set(Some(problem.message())),
        }
    });
}
