//! The menu of one key: links to its dialogs, and buttons for what needs no confirmation.

use super::section::KeyListData;
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
        <button
            class="dots"
            id=button_id
            popovertarget=menu.clone()
            aria-haspopup="menu"
            aria-label=name.clone()
            autofocus=is_focused
        ></button>
        <div class="menu" id=menu popover="auto" role="menu" aria-label=name>
            {items(list, key)}
        </div>
    }
    .into_any()
}

fn items(list: &KeyListData, key: &KeyView) -> AnyView {
    let link = |label: &'static str, class: Option<&'static str>, dialog: fn(String) -> KeyDialog| {
        let href = list.query.relative_url(Some(&dialog(key.id.clone())));
        view! { <a role="menuitem" class=class href=href>{label}</a> }
    };
    // A button of the form that all rows share.
    let submit = |label: &'static str, action: &str| {
        let value = format!("{action}:{}", key.id);
        view! { <button role="menuitem" form="row-action" name="do" value=value>{label}</button> }
    };
    let test = link(text::TEST_KEY, None, KeyDialog::Test);
    if !list.may_manage {
        return test.into_any();
    }
    let is_in_use = key.last_use.as_ref().is_some_and(|last_use| list.now - last_use.at < IN_USE);
    let enable = match (key.enabled, is_in_use) {
        (true, true) => link(text::DISABLE_KEY, None, KeyDialog::Disable).into_any(),
        (true, false) => submit(text::DISABLE_KEY, "disable").into_any(),
        (false, _) => submit(text::ENABLE_KEY, "enable").into_any(),
    };
    view! {
        {link(text::EDIT_KEY, None, KeyDialog::Edit)}
        {link(text::ROTATE_KEY, None, KeyDialog::Rotate)}
        {enable}
        {test}
        {key.old_secret_until.map(|_| link(text::END_OLD_KEY, None, KeyDialog::EndOverlap))}
        {link(text::DELETE_KEY, Some("bad"), KeyDialog::Delete)}
    }
    .into_any()
}
