//! The page's heading with the count of keys and *Add Key*, and what an account without keys sees instead of the table.

use super::data::KeyListData;
use crate::keys::url::KeyDialog;
use crate::text::list as text;
use domain::views::KeyState;
use leptos::prelude::*;

pub(super) fn page_head(list: &KeyListData) -> AnyView {
    let page = &list.page;
    let is_empty = page.total == 0 && !list.query.is_filtered();
    let count = (!is_empty).then(|| {
        view! { <span class="counter">{text::keys_of_limit(page.total, page.limit)}</span> }
    });
    // On a small screen, *Add Key* stands at the foot of the screen instead.
    let add = (list.may_manage && !is_empty).then(|| add_link(list, "button primary desk", Some("add-key")));
    let set = [list.query.environment.is_some(), list.query.state != KeyState::default()];
    let set = set.into_iter().filter(|is_set| *is_set).count();
    let filters = (!is_empty).then(|| {
        view! {
            <button class="button phone" type="button" popovertarget="filters">
                {text::filters()}
                {(set > 0).then(|| view! { <span class="tag">{set}</span> })}
            </button>
        }
    });
    view! {
        <div class="page-head">
            <div class="space">
                <h1>{text::title()}</h1>
                {count}
                <p>{text::introduction()}</p>
            </div>
            {add}
            {filters}
        </div>
    }
    .into_any()
}

/// The link that opens the form of a new key.
pub(super) fn add_link(list: &KeyListData, class: &'static str, id: Option<&'static str>) -> AnyView {
    let shortcut = id.map(|_| view! { <kbd aria-hidden="true">"C"</kbd> });
    view! {
        <a class=class id=id href=list.query.relative_url(Some(&KeyDialog::Add)) aria-keyshortcuts=id.map(|_| "c")>
            {text::add_key()}
            {shortcut}
        </a>
    }
    .into_any()
}

pub(super) fn empty_state(list: &KeyListData) -> AnyView {
    view! {
        <div class="card empty">
            <h2>{text::no_keys_yet()}</h2>
            <p>{text::what_a_key_is()}</p>
            {list.may_manage.then(|| add_link(list, "button primary", Some("add-key")))}
        </div>
    }
    .into_any()
}
