//! The foot of the table: more keys, or why there are none.

use super::data::KeyListData;
use crate::keys::url::{KeyQuery, SHOW_MAX};
use crate::text::list as text;
use leptos::prelude::*;

/// Links to more keys: first on the same page, then on further ones.
pub(super) fn paging(list: &KeyListData) -> AnyView {
    let (page, query) = (&list.page, &list.query);
    let shown = query.show.unwrap_or(list.policy.page_size);
    let more = shown.saturating_add(list.policy.page_size);
    let next = page.next.as_ref().map(|next| {
        if more <= SHOW_MAX {
            // The fragment moves the focus to the first row that is added.
            let url = KeyQuery { show: Some(more), ..query.clone() }.url();
            view! { <a class="button" href=format!("{url}#row-{}", shown + 1)>{text::load_more()}</a> }
        } else {
            let query = KeyQuery { after: Some(next.clone()), ..query.clone() };
            view! { <a class="button" href=query.url()>{text::next_page()}</a> }
        }
    });
    let first = query.after.as_ref().map(|_| {
        view! { <a class="button" href=query.from_start().url()>{text::first_page()}</a> }
    });
    let count = (next.is_some() && first.is_none()).then(|| text::shown(page.keys.len(), page.matching));
    view! {
        <div class="more">
            {first}
            {next}
            {count.map(|count| view! { <span class="count">{count}</span> })}
            <button class="link desk" type="button" popovertarget="shortcuts">{text::shortcuts()}</button>
        </div>
    }
    .into_any()
}

/// Instead of the table if no key matches.
pub(super) fn nothing(list: &KeyListData) -> Option<AnyView> {
    if !list.page.keys.is_empty() {
        return None;
    }
    let message = match &*list.query.search {
        "" => text::no_match().to_owned(),
        search => text::no_match_for(search),
    };
    let all = KeyQuery { sort: list.query.sort, ..KeyQuery::default() };
    let view = view! {
        <div class="nothing">
            <p>{message}</p>
            <a class="button" href=all.url()>{text::show_all()}</a>
        </div>
    };
    Some(view.into_any())
}
