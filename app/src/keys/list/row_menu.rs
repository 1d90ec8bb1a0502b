//! The menu of one key: links to its dialogs, and buttons for what needs no confirmation.

use super::data::KeyListData;
use crate::keys::url::KeyDialog;
use crate::text::list as text;
use domain::time::Millis;
use domain::views::KeyView;
use leptos::prelude::*;

/// A key that was used less than this before is in use, in milliseconds: disabling it asks first.
const IN_USE: Millis = 24 * 3_600_000;

/// The button and its menu. `index` counts from 0; `button_id` is the fragment that moves the focus to the button.
pub(super) fn row_menu(list: &KeyListData, key: &KeyView, index: usize, button_id: String) -> AnyView {
    let name = text::actions_for(&key.name);
    let menu = format!("m{index}");
    let is_focused = list.changed.first() == Some(&key.id);
    view! {
        <button id=button_id popovertarget=menu.clone() aria-haspopup="menu" aria-label=name.clone() autofocus=is_focused>
        </button>
        <div id=menu popover role="menu" aria-label=name>
            {items(list, key)}
        </div>
    }
    .into_any()
}

fn items(list: &KeyListData, key: &KeyView) -> Vec<AnyView> {
    let href = |dialog: fn(String) -> KeyDialog| list.query.relative_url(Some(&dialog(key.id.clone())));
    let link = |label: &'static str, dialog: fn(String) -> KeyDialog| {
        view! { <a role="menuitem" href=href(dialog)>{label}</a> }.into_any()
    };
    // A button of the form that all rows share.
    let submit = |label: &'static str, action: &str| {
        let value = format!("{action}:{}", key.id);
        view! { <button role="menuitem" form="row-action" name="do" value=value>{label}</button> }.into_any()
    };
    let test = link(text::test_key(), KeyDialog::Test);
    if !list.may_manage {
        return vec![test];
    }
    let is_in_use = key.last_use.as_ref().is_some_and(|last_use| list.now - last_use.at < IN_USE);
    let enable = match (key.enabled, is_in_use) {
        (true, true) => link(text::disable_key(), KeyDialog::Disable),
        (true, false) => submit(text::disable_key(), "disable"),
        (false, _) => submit(text::enable_key(), "enable"),
    };
    let mut items =
        vec![link(text::edit_key(), KeyDialog::Edit), link(text::rotate_key(), KeyDialog::Rotate), enable, test];
    items.extend(key.old_secret_until.map(|_| link(text::end_old_key(), KeyDialog::EndOverlap)));
    let delete = view! { <a role="menuitem" class="bad" href=href(KeyDialog::Delete)>{text::delete_key()}</a> };
    items.push(delete.into_any());
    items
}
