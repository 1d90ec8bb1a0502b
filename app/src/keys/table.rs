//! The table of keys, and what narrows and continues it.

use super::environment::{is_choice, label};
use super::list::List;
use super::place::Narrowed;
use super::row::key_row;
use super::together::{bar, select_all};
use crate::dom::{Element, el};
use crate::parts::{button, link_button};
use domain::key::Environment;
use domain::privilege::Catalogue;
use domain::views::{Cursor, KeyState, KeyView};
use leptos::prelude::*;

const COLUMNS: [&str; 6] = ["Name", "Key", "Privileges", "Whitelist", "Last used", "Created"];

/// The tools above the table, the table, and the way to the next page.
pub(super) fn table(
    list: List,
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
        .children(may_manage.then(|| column().class("pick").child(select_all(list))))
        .children(COLUMNS.map(|name| column().child(name)))
        .child(column().child(el("span").class("hidden").child("Actions")));
    let table = el("table")
        .class("keys")
        .attr("aria-label", "API keys")
        .live_true("aria-busy", move || list.busy.get())
        .child(el("thead").child(head))
        .child(el("tbody").live(rows));
    let tools = el("div")
        .class("tools")
        .child(search_box(list))
        .children(is_choice(environments).then(|| environment_switch(list, environments)))
        .child(states(list))
        .child(el("span").class("space"))
        .child(
            el("span").class("quiet").live_text(move || format!("{} of {} keys", list.total.get(), list.limit.get())),
        );
    let more = el("div").class("contents").live_if(move || list.next.get().map(|next| load_more(list, &next)));
    vec![tools, bar(list), el("div").class("card").child(table).child(nothing(list)), more]
}

fn nothing(list: List) -> Element {
    let message = move || {
        let kind = match list.navigator.narrowed.get().environment {
            Some(Environment::Live) => "live key",
            Some(Environment::Sandbox) => "sandbox key",
            None => "key",
        };
        let kind = match list.navigator.narrowed.get().state {
            KeyState::Active => kind.to_owned(),
            state => format!("{} {kind}", state.as_str()),
        };
        match list.shown_search.get().as_str() {
            "" => format!("There is no {kind}."),
            search => format!("No {kind} has “{search}” in its name or at its end."),
        }
    };
    let show_all = move || {
        let navigator = list.navigator;
        let is_narrowed = navigator.narrowed.get_untracked() != Narrowed::default();
        navigator.search.set(String::new());
        if is_narrowed {
            // The list asks for other keys by itself.
            navigator.choose(Narrowed::default());
        } else {
            list.ask(None);
        }
    };
    el("div")
        .class("nothing")
        .live_flag("hidden", move || list.keys.with(|keys| !keys.is_empty()))
        .child(el("p").live_text(message))
        .child(button("button").on_click(show_all).child("Show all keys"))
}

fn environment_switch(list: List, environments: &[Environment]) -> Element {
    let all = [(None, "All")].into_iter();
    let choices = all.chain(environments.iter().map(|environment| (Some(*environment), label(*environment))));
    switch("Environment")
        .children(choices.map(|(environment, name)| narrowing(list, name, By::Environment(environment))))
}

fn states(list: List) -> Element {
    switch("State").children(KeyState::ALL.map(|state| {
        let name = match state {
            KeyState::Active => "All",
            KeyState::Disabled => "Disabled",
            KeyState::Expired => "Expired",
            KeyState::Deleted => "Deleted",
        };
        narrowing(list, name, By::State(state))
    }))
}

fn switch(name: &'static str) -> Element {
    el("div").class("switch").attr("role", "group").attr("aria-label", name)
}

/// What a link narrows the list by.
#[derive(Clone, Copy)]
enum By {
    Environment(Option<Environment>),
    State(KeyState),
}

/// A link to the list with another environment or another state, and the rest as it is.
fn narrowing(list: List, name: &'static str, by: By) -> Element {
    let navigator = list.navigator;
    let other = move |now: Narrowed| match by {
        By::Environment(environment) => Narrowed { environment, ..now },
        By::State(state) => Narrowed { state, ..now },
    };
    el("a")
        .live_attr("href", move || Some(navigator.address_of(other(navigator.narrowed.get())).into()))
        .live_true("aria-current", move || other(navigator.narrowed.get()) == navigator.narrowed.get())
        .on_click(move || navigator.choose(other(navigator.narrowed.get_untracked())))
        .child(name)
}

fn search_box(list: List) -> Element {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let ask_soon = move |_| {
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        let pause = std::time::Duration::from_millis(150);
        waiting.set_value(set_timeout_with_handle(move || list.ask(None), pause).ok());
    };
    let input = el("input")
        .class("input search")
        .attr("id", "search")
        .attr("type", "search")
        .attr("name", "q")
        .attr("aria-label", "Search keys")
        .attr("maxlength", "100")
        .attr("placeholder", "Search by name or last characters")
        .typed(list.navigator.search)
        .on("input", ask_soon);
    // For a search that is sent before wasm has arrived.
    let hidden = |(name, value): (&'static str, &'static str)| {
        el("input").attr("type", "hidden").attr("name", name).attr("value", value)
    };
    let narrowed = list.navigator.narrowed.get_untracked().parts().map(hidden);
    el("form")
        .attr("role", "search")
        .attr("method", "get")
        .attr("action", "/settings/api-keys")
        .on("submit", move |event| {
            event.prevent_default();
            list.ask(None);
        })
        .child(input)
        .children(narrowed)
}

fn load_more(list: List, next: &Cursor) -> Element {
    let ask = {
        let next = next.clone();
        move || {
            if !list.busy.get_untracked() {
                list.ask(Some(next.clone()));
            }
        }
    };
    let link = link_button("button", list.navigator.address_after(next), ask)
        .live_true("aria-disabled", move || list.busy.get())
        .live_text(move || if list.busy.get() { "Loading…" } else { "Load more" });
    el("div").class("more").child(link)
}
