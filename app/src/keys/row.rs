//! One key in the table.

use super::place::{Navigator, Place};
use crate::parts::{Menu, close_menu};
use domain::key::Environment;
use domain::listing::KeyView;
use domain::privilege::{Catalogue, Privileges};
use domain::time;
use domain::whitelist::Whitelist;
use leptos::prelude::*;

/// A row, with its menu.
pub(super) fn key_row(
    key: KeyView,
    catalogue: &Catalogue,
    navigator: Navigator,
    may_manage: bool,
) -> impl IntoView + use<> {
    let whitelist = Whitelist::from_stored(&key.whitelist).map(|whitelist| whitelist.summary());
    let is_open = key.whitelist.is_empty();
    let privileges = Privileges::from_stored(&key.privileges).map(|privileges| privileges.summary(catalogue));
    view! {
        <tr>
            <th scope="row" class="name">
                {key.name.clone()}
                {(key.environment == Environment::Sandbox).then(|| view! { <span class="tag sandbox">"Sandbox"</span> })}
            </th>
            <td class="masked">{key.masked.clone()}</td>
            <td class="quiet privileges">{privileges.unwrap_or_default()}</td>
            <td class="addresses">
                <span class=if is_open { "tag warn" } else { "quiet" }>{whitelist.unwrap_or_default()}</span>
            </td>
            <td class="quiet created">
                <time datetime=time::iso(key.created_at)>{time::date_utc(key.created_at)}</time>
            </td>
            <td class="row-menu">{may_manage.then(|| actions(&key, navigator))}</td>
        </tr>
    }
}

fn actions(key: &KeyView, navigator: Navigator) -> impl IntoView + use<> {
    let menu = format!("menu-{}", key.id);
    let edit = Place::Edit(key.id.clone());
    let delete = Place::Delete(key.id.clone());
    let item = |label: &'static str, class: &'static str, place: Place| {
        let menu = menu.clone();
        view! {
            <a class=class role="menuitem" tabindex="-1" href=place.address()
                on:click=move |event| {
                    event.prevent_default();
                    close_menu(&menu);
                    navigator.open(place.clone());
                }>{label}</a>
        }
    };
    let items = (item("Edit Key", "menu-item", edit), item("Delete Key", "menu-item bad", delete));
    view! {
        <Menu id=menu.clone() label=format!("Actions for {}", key.name) class="icon-button" button=view! { "⋯" }.into_any()>
            {items}
        </Menu>
    }
}
