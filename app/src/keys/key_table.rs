//! The table of keys with its search box, filters and paging.

use super::bulk_selection::{bulk_action_bar, select_all_checkbox};
use super::environment_field::{environment_label, has_choice};
use super::key_list::KeyList;
use super::key_row::key_row;
use super::list_filter::ListFilter;
use crate::components::{button, link_button};
use crate::dom::{Element, el};
use domain::key::Environment;
use domain::privilege::Catalogue;
use domain::views::{KeyCursor, KeyState, KeyView};
use leptos::prelude::*;

const COLUMNS: [&str; 6] = ["Name", "Key", "Privileges", "Whitelist", "Last used", "Created"];

/// The search and filters, the table, and the link to the next page.
pub(super) fn key_table(
    list: KeyList,
    catalogue: StoredValue<Catalogue>,
    environments: &[Environment],
    may_manage: bool,
) -> Vec<Element> {
    let rows = move || {
        catalogue.with_value(|catalogue| {
            let now = list.now.get_value();
            let row = |key: &KeyView| key_row(key, catalogue, list, now, may_manage);
            list.keys.with(|keys| keys.iter().map(row).collect())
        })
    };
    let column = || el("th").attr("scope", "col");
    let head = el("tr")
        .children(may_manage.then(|| column().class("pick").child(select_all_checkbox(list))))
        .children(COLUMNS.map(|name| column().child(name)))
        .child(column().child(el("span").class("hidden").child("Actions")));
    let table = el("table")
        .class("keys")
        .attr("aria-label", "API keys")
        .bind_true("aria-busy", move || list.busy.get())
        .child(el("thead").child(head))
        .child(el("tbody").bind_children(rows));
    let tools = el("div")
        .class("tools")
        .child(search_box(list))
        .children(has_choice(environments).then(|| environment_filter(list, environments)))
        .child(state_filter(list))
        .child(el("span").class("space"))
        .child(
            el("span").class("quiet").bind_text(move || format!("{} of {} keys", list.total.get(), list.limit.get())),
        );
    let more = el("div").class("contents").bind_child(move || list.next.get().map(|next| load_more(list, &next)));
    vec![tools, bulk_action_bar(list), el("div").class("card").child(table).child(no_matches(list)), more]
}

fn no_matches(list: KeyList) -> Element {
    let message = move || {
        let kind = match list.navigator.filter.get().environment {
            Some(Environment::Live) => "live key",
            Some(Environment::Sandbox) => "sandbox key",
            None => "key",
        };
        let kind = match list.navigator.filter.get().state {
            KeyState::Active => kind.to_owned(),
            state => format!("{} {kind}", state.as_str()),
        };
        match list.shown_search.get().as_str() {
            "" => format!("There are no {kind}s."),
            search => format!("No {kind} matches “{search}”."),
        }
    };
    let show_all = move || {
        let navigator = list.navigator;
        let is_filtered = navigator.filter.get_untracked() != ListFilter::default();
        navigator.search.set(String::new());
        if is_filtered {
            // The list reloads when its filter changes.
            navigator.set_filter(ListFilter::default());
        } else {
            list.load(None);
        }
    };
    el("div")
        .class("nothing")
        .bind_flag("hidden", move || list.keys.with(|keys| !keys.is_empty()))
        .child(el("p").bind_text(message))
        .child(button("button").on_click(show_all).child("Show all keys"))
}

fn environment_filter(list: KeyList, environments: &[Environment]) -> Element {
    let all = [(None, "All")].into_iter();
    let choices =
        all.chain(environments.iter().map(|environment| (Some(*environment), environment_label(*environment))));
    filter_group("Environment")
        .children(choices.map(|(environment, name)| filter_link(list, name, FilterChange::Environment(environment))))
}

fn state_filter(list: KeyList) -> Element {
    filter_group("State").children(KeyState::ALL.map(|state| {
        let name = match state {
            KeyState::Active => "All",
            KeyState::Disabled => "Disabled",
            KeyState::Expired => "Expired",
            KeyState::Deleted => "Deleted",
        };
        filter_link(list, name, FilterChange::State(state))
    }))
}

fn filter_group(name: &'static str) -> Element {
    el("div").class("switch").attr("role", "group").attr("aria-label", name)
}

/// The filter that a link changes.
#[derive(Clone, Copy)]
enum FilterChange {
    Environment(Option<Environment>),
    State(KeyState),
}

/// A link to the list with one filter changed.
fn filter_link(list: KeyList, name: &'static str, change: FilterChange) -> Element {
    let navigator = list.navigator;
    let changed = move |now: ListFilter| match change {
        FilterChange::Environment(environment) => ListFilter { environment, ..now },
        FilterChange::State(state) => ListFilter { state, ..now },
    };
    el("a")
        .bind_attr("href", move || Some(navigator.filter_url(changed(navigator.filter.get())).into()))
        .bind_true("aria-current", move || changed(navigator.filter.get()) == navigator.filter.get())
        .on_click(move || navigator.set_filter(changed(navigator.filter.get_untracked())))
        .child(name)
}

fn search_box(list: KeyList) -> Element {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let load_soon = move |_| {
        if let Some(handle) = pending.get_value() {
            handle.clear();
        }
        let debounce = std::time::Duration::from_millis(150);
        pending.set_value(set_timeout_with_handle(move || list.load(None), debounce).ok());
    };
    let input = el("input")
        .class("input search")
        .attr("id", "search")
        .attr("type", "search")
        .attr("name", "q")
        .attr("aria-label", "Search keys")
        .attr("maxlength", "100")
        .attr("placeholder", "Search by name or last characters")
        .bind_value(list.navigator.search)
        .on("input", load_soon);
    // For a search that is submitted before the page is hydrated.
    let hidden = |(name, value): (&'static str, &'static str)| {
        el("input").attr("type", "hidden").attr("name", name).attr("value", value)
    };
    let filters = list.navigator.filter.get_untracked().parameters().map(hidden);
    el("form")
        .attr("role", "search")
        .attr("method", "get")
        .attr("action", "/settings/api-keys")
        .on("submit", move |event| {
            event.prevent_default();
            list.load(None);
        })
        .child(input)
        .children(filters)
}

fn load_more(list: KeyList, next: &KeyCursor) -> Element {
    let load = {
        let next = next.clone();
        move || {
            if !list.busy.get_untracked() {
                list.load(Some(next.clone()));
            }
        }
    };
    let link = link_button("button", list.navigator.next_page_url(next), load)
        .bind_true("aria-disabled", move || list.busy.get())
        .bind_text(move || if list.busy.get() { "Loading…" } else { "Load more" });
    el("div").class("more").child(link)
}
