//! Search, filters and the count of matching keys above the table; on a small screen, the filters and the order in one
//! sheet. Links and GET forms, so that the URL holds every filter.

use super::data::KeyListData;
use crate::keys::url::{KeyQuery, PATH};
use crate::text::list as text;
use domain::key::Environment;
use domain::views::{KeySort, KeySortBy, KeyState};
use leptos::prelude::*;

/// Everything above the table.
pub(super) fn tools(list: &KeyListData) -> AnyView {
    let query = &list.query;
    let count = match query.state {
        KeyState::Deleted => Some(text::deleted_count(list.page.matching)),
        _ => query.is_filtered().then(|| text::matching(list.page.matching, list.page.total)),
    };
    view! {
        <div class="tools">
            {search_form(list)}
            {has_environments(list).then(|| environment_links(list))}
            {state_menu(query)}
            {count.map(|count| view! { <span class="count">{count}</span> })}
        </div>
    }
    .into_any()
}

/// Whether there is anything to choose between.
fn has_environments(list: &KeyListData) -> bool {
    list.policy.environments.len() > 1
}

fn search_form(list: &KeyListData) -> AnyView {
    let query = &list.query;
    let filters = hidden_fields(&KeyQuery { search: String::new(), ..query.from_start() });
    // After a search, the next key that is typed most likely refines it.
    let is_searched = !query.search.is_empty() && list.changed.is_empty();
    view! {
        <form class="search" role="search" method="get" action=PATH>
            <input
                class="input"
                id="search"
                type="search"
                name="q"
                value=query.search.clone()
                maxlength="100"
                autocomplete="off"
                placeholder=text::search_hint()
                aria-label=text::search()
                aria-keyshortcuts="/"
                autofocus=is_searched
            />
            <kbd aria-hidden="true">"/"</kbd>
            {filters}
        </form>
    }
    .into_any()
}

fn hidden_fields(query: &KeyQuery) -> Vec<impl IntoView + use<>> {
    let field = |(name, value)| view! { <input type="hidden" name=name value=value /> };
    query.parameters().into_iter().map(field).collect()
}

fn environment_links(list: &KeyListData) -> AnyView {
    let query = &list.query;
    let link = |(environment, label): (Option<Environment>, &'static str)| {
        let current = (environment == query.environment).then_some("true");
        let target = KeyQuery { environment, ..query.from_start() };
        view! { <a href=target.relative_url(None) aria-current=current>{label}</a> }
    };
    view! {
        <div class="switch desk" role="group" aria-label=text::environment()>
            {environments(list).into_iter().map(link).collect_view()}
        </div>
    }
    .into_any()
}

fn environments(list: &KeyListData) -> Vec<(Option<Environment>, &'static str)> {
    let label = |environment| match environment {
        Environment::Live => text::live(),
        Environment::Sandbox => text::sandbox(),
    };
    let each = list.policy.environments.iter().map(|environment| (Some(*environment), label(*environment)));
    std::iter::once((None, text::all())).chain(each).collect()
}

fn state_label(state: KeyState) -> &'static str {
    match state {
        KeyState::Active => text::all(),
        KeyState::Disabled => text::disabled(),
        KeyState::Expired => text::expired(),
        KeyState::Deleted => text::deleted(),
    }
}

/// A button that names the status, and a menu of links.
fn state_menu(query: &KeyQuery) -> AnyView {
    let item = |state: KeyState| {
        let current = (state == query.state).then_some("true");
        let target = KeyQuery { state, ..query.from_start() };
        view! {
            <a role="menuitem" href=target.relative_url(None) aria-current=current>{state_label(state)}</a>
        }
    };
    let class = if query.state == KeyState::default() { "button choice desk" } else { "button choice desk on" };
    view! {
        <button class=class type="button" popovertarget="states" aria-haspopup="menu">
            <span>{text::status()} ": " <b>{state_label(query.state)}</b></span>
        </button>
        <div class="menu" id="states" popover="auto" role="menu" aria-label=text::status()>
            {KeyState::ALL.map(item).collect_view()}
        </div>
    }
    .into_any()
}

/// The filters and the order on a small screen, which rise from its foot.
pub(super) fn filter_sheet(list: &KeyListData) -> AnyView {
    let query = &list.query;
    let environment = |(environment, label): (Option<Environment>, _)| {
        (environment.map_or("", Environment::as_str), label, environment == query.environment)
    };
    let environments: Vec<_> = environments(list).into_iter().map(environment).collect();
    let states = KeyState::ALL.map(|state| (state.as_str(), state_label(state), state == query.state));
    let orders = [
        (KeySortBy::Created, text::created()),
        (KeySortBy::Name, text::name()),
        (KeySortBy::Used, text::last_used()),
        (KeySortBy::Expires, text::expires()),
    ];
    let orders = orders.map(|(by, label)| {
        let is_chosen = query.sort.by == by;
        let sort = if is_chosen { query.sort } else { KeySort::first(by) };
        (sort.as_str(), label, is_chosen)
    });
    let search = KeyQuery { search: query.search.clone(), ..KeyQuery::default() };
    view! {
        <div class="sheet" id="filters" popover="auto" role="dialog" aria-labelledby="filters-title">
            <form class="stack" method="get" action=PATH>
                <div class="head">
                    <h2 id="filters-title">{text::filters()}</h2>
                    <button class="close" type="button" popovertarget="filters" aria-label=text::close()></button>
                </div>
                {has_environments(list).then(|| pills(text::environment(), "environment", environments))}
                {pills(text::status(), "state", states.to_vec())} {pills(text::sort_by(), "sort", orders.to_vec())}
                {hidden_fields(&search)}
                <div class="foot">
                    <a class="button" href=search.url()>{text::clear()}</a>
                    <button class="button primary" type="submit">{text::show_keys()}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// A group of radio buttons: value, label, and whether it is chosen.
fn pills(label: &'static str, name: &'static str, choices: Vec<(&'static str, &'static str, bool)>) -> AnyView {
    let choice = |(value, label, is_chosen)| {
        view! {
            <label>
                <input type="radio" name=name value=value checked=is_chosen />
                {label}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{label}</legend>
            <div class="pills">{choices.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
