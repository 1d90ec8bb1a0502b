//! One key in the table.

use super::place::{Navigator, Place};
use crate::dom::{Element, el};
use crate::parts::{close_menu, menu};
use domain::key::Environment;
use domain::listing::KeyView;
use domain::privilege::{Catalogue, Privileges};
use domain::time;
use domain::whitelist::Whitelist;

/// A row, with its menu.
pub(super) fn key_row(key: &KeyView, catalogue: &Catalogue, navigator: Navigator, may_manage: bool) -> Element {
    let whitelist = Whitelist::from_stored(&key.whitelist).map(|whitelist| whitelist.summary());
    let addresses = if key.whitelist.is_empty() { "tag warn" } else { "quiet" };
    let privileges = Privileges::from_stored(&key.privileges).map(|privileges| privileges.summary(catalogue));
    let tag = (key.environment == Environment::Sandbox).then(|| el("span").class("tag sandbox").child("Sandbox"));
    let created = el("time").attr("datetime", time::iso(key.created_at)).child(time::date_utc(key.created_at));
    el("tr")
        .child(el("th").attr("scope", "row").class("name").child(key.name.clone()).children(tag))
        .child(el("td").class("masked").child(key.masked.clone()))
        .child(el("td").class("quiet privileges").child(privileges.unwrap_or_default()))
        .child(el("td").class("addresses").child(el("span").class(addresses).child(whitelist.unwrap_or_default())))
        .child(el("td").class("quiet created").child(created))
        .child(el("td").class("row-menu").children(may_manage.then(|| actions(key, navigator)).into_iter().flatten()))
}

/// The id of the button that opens a key's menu.
pub(super) fn menu_button_id(key_id: &str) -> String {
    format!("menu-{key_id}-button")
}

fn actions(key: &KeyView, navigator: Navigator) -> [Element; 2] {
    let id = format!("menu-{}", key.id);
    let item = |label: &'static str, class: &'static str, place: Place| {
        let menu = id.clone();
        el("a")
            .class(class)
            .attr("role", "menuitem")
            .attr("tabindex", "-1")
            .attr("href", place.address())
            .on_click(move || {
                close_menu(&menu);
                navigator.open(place.clone());
            })
            .child(label)
    };
    let items = vec![
        item("Edit Key", "menu-item", Place::Edit(key.id.clone())),
        item("Delete Key", "menu-item bad", Place::Delete(key.id.clone())),
    ];
    let dots = el("span").attr("aria-hidden", "true").child("⋯");
    menu(&id, &format!("Actions for {}", key.name), "icon-button", vec![dots], items)
}
