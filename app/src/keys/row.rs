//! One key in the table.

use super::environment::mark;
use super::place::{Navigator, Place};
use super::used::last_used;
use crate::dom::{Element, el};
use crate::parts::{close_menu, menu};
use domain::key::Environment;
use domain::limits::Limits;
use domain::listing::KeyView;
use domain::privilege::{Catalogue, Privileges};
use domain::time::{self, Millis};
use domain::whitelist::Whitelist;

/// From how many milliseconds before its end a key says that it will end.
const NEAR: Millis = 14 * 86_400_000;

/// A row, with its menu. `now` is for what is written into it, once.
pub(super) fn key_row(
    key: &KeyView,
    catalogue: &Catalogue,
    navigator: Navigator,
    now: Millis,
    may_manage: bool,
) -> Element {
    let whitelist = Whitelist::from_stored(&key.whitelist).map(|whitelist| whitelist.summary());
    let addresses = if key.whitelist.is_empty() { "tag warn" } else { "quiet" };
    let privileges = Privileges::from_stored(&key.privileges).map(|privileges| privileges.summary(catalogue));
    let created = el("time").attr("datetime", time::iso(key.created_at)).child(time::date_utc(key.created_at));
    let is_expired = key.expires_at.is_some_and(|end| end <= now);
    let row = match (key.environment, is_expired) {
        (Environment::Live, false) => el("tr"),
        (Environment::Live, true) => el("tr").class("expired"),
        (Environment::Sandbox, false) => el("tr").class("of-sandbox"),
        (Environment::Sandbox, true) => el("tr").class("of-sandbox expired"),
    };
    let name = el("div")
        .class("named")
        .child(el("span").child(key.name.clone()))
        .children(mark(key.environment))
        .children(expiry(key, now))
        .children(limits(key));
    row.child(el("th").attr("scope", "row").class("name").child(name))
        .child(el("td").class("masked").child(key.masked.clone()))
        .child(el("td").class("quiet privileges").child(privileges.unwrap_or_default()))
        .child(el("td").class("addresses").child(el("span").class(addresses).child(whitelist.unwrap_or_default())))
        .child(last_used(key.last_use.as_ref(), now))
        .child(el("td").class("quiet created").child(created))
        .child(el("td").class("row-menu").children(actions(key, navigator, may_manage)))
}

/// What is to be said about the end of a key: that it has come, or that it is near.
fn expiry(key: &KeyView, now: Millis) -> Option<Element> {
    let end = key.expires_at?;
    let (class, text) = match end - now {
        ..=0 => ("tag bad", format!("Expired {}", time::date_utc(end))),
        left @ ..=NEAR => ("tag warn", format!("Expires in {}", time::span(left))),
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

fn actions(key: &KeyView, navigator: Navigator, may_manage: bool) -> [Element; 2] {
    let id = format!("menu-{}", key.id);
    let item = |label: &'static str, class: &'static str, place: Place| {
        let menu = id.clone();
        el("a")
            .class(class)
            .attr("role", "menuitem")
            .attr("tabindex", "-1")
            .attr("href", navigator.address(&place))
            .on_click(move || {
                close_menu(&menu);
                navigator.open(place.clone());
            })
            .child(label)
    };
    let test = item("Test this key", "menu-item", Place::Test(key.id.clone()));
    let items = if may_manage {
        let edit = item("Edit Key", "menu-item", Place::Edit(key.id.clone()));
        vec![edit, test, item("Delete Key", "menu-item bad", Place::Delete(key.id.clone()))]
    } else {
        vec![test]
    };
    let dots = el("span").attr("aria-hidden", "true").child("⋯");
    menu(&id, &format!("Actions for {}", key.name), "icon-button", vec![dots], items)
}
