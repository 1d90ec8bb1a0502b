//! The forms of the list: acts on one row, and on the selected keys. The bars stand in the dock at the foot of the screen;
//! style shows the bulk bar while a key is selected, and only those of its buttons that would change something.

use super::data::KeyListData;
use super::head::add_link;
use super::selection::Selection;
use crate::text::list as text;
use crate::text::list_islands::selected_keys;
use leptos::prelude::*;

/// The form that the buttons of all row menus submit.
pub(super) fn row_action_form(list: &KeyListData) -> AnyView {
    view! {
        <form id="row-action" method="post" action=list.query.url()>
            {account_field(list)}
            <input type="hidden" name="next" value=list.query.url() />
        </form>
    }
    .into_any()
}

fn account_field(list: &KeyListData) -> impl IntoView + use<> {
    view! { <input type="hidden" name="account" value=list.account.clone() /> }
}

/// The acts on the selected keys. The check boxes in the rows are fields of this form.
pub(super) fn bulk_bar(list: &KeyListData) -> AnyView {
    let button = |class: &'static str, act: &'static str, label: &'static str| {
        view! { <button class=class name="do" value=act>{label}</button> }
    };
    view! {
        <form class="contents" id="bulk" method="post" action=list.query.url()>
            {account_field(list)}
            <div class="bar" role="group" aria-label=selected_keys()>
                <p aria-live="polite"><Selection /></p>
                {button("button", "review-disable", text::disable())}
                {button("button", "review-enable", text::enable())}
                {button("button grave", "review-delete", text::delete())}
                <button class="close" type="reset" aria-label=text::clear_selection()></button>
            </div>
        </form>
    }
    .into_any()
}

/// On a small screen, the page's own acts. *Select* shows the check boxes.
pub(super) fn phone_bar(list: &KeyListData) -> AnyView {
    view! {
        <div class="acts phone">
            <label class="button">
                <input class="hidden" type="checkbox" id="selecting" autocomplete="off" />
                {text::select()}
            </label>
            {add_link(list, "button primary", None)}
        </div>
    }
    .into_any()
}
