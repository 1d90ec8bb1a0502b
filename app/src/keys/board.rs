//! The island of the API Keys page: the list, and whatever is open above it.

use super::delete::delete_dialog;
use super::editor::{Draft, Saved, editor};
use super::place::{Navigator, Place};
use super::reveal::reveal;
use super::row::{key_row, menu_button_id};
use super::server::{Issued, list_keys};
use crate::dom::{Element, el};
use crate::parts::{alert, button, focus_soon, link_button};
use domain::listing::{Cursor, KeyPage, KeyView};
use domain::policy::Policy;
use domain::privilege::Catalogue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// What the server knew when it rendered the page. Nothing secret: it stands in the page.
#[derive(Clone, Serialize, Deserialize)]
pub struct Start {
    /// The first page of keys.
    pub page: KeyPage,
    /// What was searched for.
    pub search: String,
    /// What the person may choose and how much of it.
    pub policy: Policy,
    /// Where the person's browser calls from.
    pub my_address: Option<String>,
    /// Whether the person may add, change and delete keys.
    pub may_manage: bool,
    /// What is open.
    pub place: Place,
    /// The key that it is about, if it is not on the page.
    pub about: Option<KeyView>,
    /// A message about what could not be opened.
    pub message: Option<String>,
}

/// The state of the list.
#[derive(Clone, Copy)]
struct List {
    keys: RwSignal<Vec<KeyView>>,
    next: RwSignal<Option<Cursor>>,
    total: RwSignal<usize>,
    search: RwSignal<String>,
    shown_search: RwSignal<String>,
    asked: StoredValue<u64>,
    busy: RwSignal<bool>,
    status: RwSignal<String>,
    message: RwSignal<Option<String>>,
}

impl List {
    fn new(page: KeyPage, search: String, message: Option<String>) -> Self {
        Self {
            keys: RwSignal::new(page.keys),
            next: RwSignal::new(page.next),
            total: RwSignal::new(page.total),
            shown_search: RwSignal::new(search.clone()),
            search: RwSignal::new(search),
            asked: StoredValue::new(0),
            busy: RwSignal::new(false),
            status: RwSignal::new(String::new()),
            message: RwSignal::new(message),
        }
    }

    fn find(self, id: &str) -> Option<KeyView> {
        self.keys.with(|keys| keys.iter().find(|key| key.id == id).cloned())
    }

    fn added(self, key: KeyView) {
        self.status.set(format!("{} was added.", key.name));
        self.total.update(|total| *total += 1);
        self.keys.update(|keys| keys.insert(0, key));
    }

    fn changed(self, key: &KeyView) {
        self.status.set(format!("{} was saved.", key.name));
        self.keys.update(|keys| {
            if let Some(old) = keys.iter_mut().find(|old| old.id == key.id) {
                *old = key.clone();
            }
        });
    }

    fn deleted(self, key: &KeyView) {
        self.status.set(format!("{} was deleted.", key.name));
        self.total.update(|total| *total = total.saturating_sub(1));
        self.keys.update(|keys| keys.retain(|old| old.id != key.id));
    }

    /// Asks for what the search box says. An answer that a later question overtook is dropped.
    fn ask(self, after: Option<Cursor>) {
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        self.busy.set(true);
        let search = self.search.get_untracked();
        spawn_local(async move {
            let outcome = list_keys(Some(search.clone()), after.clone()).await;
            if self.asked.get_value() != number {
                return;
            }
            self.busy.set(false);
            match outcome {
                Ok(page) => self.show(page, search, after.is_some()),
                Err(problem) => self.message.set(Some(problem.message())),
            }
        });
    }

    fn show(self, page: KeyPage, search: String, is_more: bool) {
        self.message.set(None);
        self.next.set(page.next);
        self.total.set(page.total);
        self.status.set(match (is_more, page.keys.len()) {
            (true, count) => format!("{count} more keys."),
            (false, 1) => "1 key found.".to_owned(),
            (false, count) => format!("{count} keys found."),
        });
        self.shown_search.set(search);
        if is_more {
            let first = page.keys.first().map(|key| key.id.clone());
            self.keys.update(|keys| keys.extend(page.keys));
            if let Some(id) = first {
                focus_soon(menu_button_id(&id));
            }
        } else {
            self.keys.set(page.keys);
        }
    }
}

/// The whole page below its frame.
#[island]
pub fn KeyBoard(start: Start) -> impl IntoView {
    let navigator = Navigator::new(start.place);
    let list = List::new(start.page, start.search, start.message);
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let limit = start.policy.keys_per_account;
    let catalogue = StoredValue::new(Catalogue::parse(start.policy.modules.clone()).ok());
    let may_manage = start.may_manage;
    let is_empty = Memo::new(move |_| list.total.get() == 0);
    let api_url = start.policy.api_url.clone();
    let revealed = RwSignal::new(None::<Issued>);
    let above = Above {
        navigator,
        list,
        revealed,
        awake: awake.into(),
        draft: Draft::empty(),
        policy: StoredValue::new(start.policy),
        my_address: StoredValue::new(start.my_address),
        about: StoredValue::new(start.about),
        may_manage,
    };
    let on_revealed = Callback::new(move |()| {
        revealed.set(None);
        focus_soon("add-key".to_owned());
    });
    let head = el("div")
        .class("page-head")
        .child(el("div").child(el("h1").child("API Keys")).child(el("p").child(
            "A key lets a program act for this account. Give each program its own key, only the privileges it needs, \
            and only the addresses it calls from.",
        )))
        .live_if(move || (may_manage && !is_empty.get()).then(|| add_button(navigator)));
    el("div")
        .child(head)
        .child(alert(list.message))
        .child(el("p").class("hidden").attr("role", "status").live_text(move || list.status.get()))
        .live(move || {
            if is_empty.get() {
                vec![empty_state(navigator, may_manage)]
            } else {
                table(list, navigator, catalogue, limit, may_manage)
            }
        })
        .live_if(move || open_place(&above))
        .live_if(move || revealed.with(|issued| issued.as_ref().map(|issued| reveal(issued, &api_url, on_revealed))))
}

fn add_button(navigator: Navigator) -> Element {
    link_button("button primary", Place::Add.address(), move || navigator.open(Place::Add))
        .attr("id", "add-key")
        .child("Add Key")
}

fn empty_state(navigator: Navigator, may_manage: bool) -> Element {
    el("div")
        .class("card empty")
        .child(el("h2").child("No keys yet"))
        .child(el("p").child(
            "A program that calls the API shows a key to say on whose behalf it calls. You choose what the key may do \
            and from which addresses, see it once, and can change or delete it here at any time.",
        ))
        .children(may_manage.then(|| add_button(navigator)))
}

const COLUMNS: [&str; 5] = ["Name", "Key", "Privileges", "Whitelist", "Created"];

fn table(
    list: List,
    navigator: Navigator,
    catalogue: StoredValue<Option<Catalogue>>,
    limit: usize,
    may_manage: bool,
) -> Vec<Element> {
    let rows = move || {
        catalogue.with_value(|catalogue| {
            let Some(catalogue) = catalogue else { return Vec::new() };
            list.keys.with(|keys| keys.iter().map(|key| key_row(key, catalogue, navigator, may_manage)).collect())
        })
    };
    let column = || el("th").attr("scope", "col");
    let head = el("tr")
        .children(COLUMNS.map(|name| column().child(name)))
        .child(column().child(el("span").class("hidden").child("Actions")));
    let table = el("table")
        .class("keys")
        .attr("aria-label", "API keys")
        .live_true("aria-busy", move || list.busy.get())
        .child(el("thead").child(head))
        .child(el("tbody").live(rows));
    let nothing = el("div")
        .class("nothing")
        .live_flag("hidden", move || list.keys.with(|keys| !keys.is_empty()))
        .child(
            el("p").live_text(move || format!("No key has “{}” in its name or at its end.", list.shown_search.get())),
        )
        .child(
            button("button")
                .on_click(move || {
                    list.search.set(String::new());
                    list.ask(None);
                })
                .child("Show all keys"),
        );
    let tools = el("div")
        .class("tools")
        .child(search_box(list))
        .child(el("span").class("space"))
        .child(el("span").class("quiet").live_text(move || format!("{} of {limit} keys", list.total.get())));
    let more = el("div").class("contents").live_if(move || list.next.get().map(|next| load_more(list, &next)));
    vec![tools, el("div").class("card").child(table).child(nothing), more]
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
        .attr("type", "search")
        .attr("name", "q")
        .attr("aria-label", "Search keys")
        .attr("maxlength", "100")
        .attr("placeholder", "Search by name or last characters")
        .typed(list.search)
        .on("input", ask_soon);
    el("form")
        .attr("role", "search")
        .attr("method", "get")
        .attr("action", "/settings/api-keys")
        .on("submit", move |event| {
            event.prevent_default();
            list.ask(None);
        })
        .child(input)
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
    let link = link_button("button", format!("/settings/api-keys?after={next}"), ask)
        .live_true("aria-disabled", move || list.busy.get())
        .live_text(move || if list.busy.get() { "Loading…" } else { "Load more" });
    el("div").class("more").child(link)
}

/// What the sliders and dialogs above the list need.
#[derive(Clone, Copy)]
struct Above {
    navigator: Navigator,
    list: List,
    revealed: RwSignal<Option<Issued>>,
    awake: Signal<bool>,
    draft: Draft,
    policy: StoredValue<Policy>,
    my_address: StoredValue<Option<String>>,
    about: StoredValue<Option<KeyView>>,
    may_manage: bool,
}

impl Above {
    fn key(self, id: &str) -> Option<KeyView> {
        let listed = untrack(|| self.list.find(id));
        listed.or_else(|| self.about.get_value().filter(|key| key.id == id))
    }

    fn saved(self, saved: Saved) {
        match saved {
            Saved::Issued(issued) => {
                self.draft.clear();
                self.navigator.close();
                self.list.added(issued.key.clone());
                self.revealed.set(Some(*issued));
            }
            Saved::Changed(key) => {
                self.navigator.close();
                self.list.changed(&key);
            }
        }
    }
}

fn open_place(above: &Above) -> Option<Element> {
    let above = *above;
    let place = above.navigator.place();
    // Forward must not put a slider over a key that nobody has saved yet.
    if !above.may_manage || above.revealed.with(Option::is_some) {
        return None;
    }
    let on_close = Callback::new(move |()| above.navigator.close());
    let key = place.key().and_then(|id| above.key(id));
    let edit = |key: Option<&KeyView>, draft: Draft| {
        let on_saved = Callback::new(move |saved| above.saved(saved));
        editor(key, draft, above.policy, above.my_address.get_value(), above.awake, on_saved, on_close)
    };
    match (place, key) {
        (Place::Add, _) => Some(edit(None, above.draft)),
        (Place::Edit(_), Some(key)) => Some(edit(Some(&key), Draft::of(&key))),
        (Place::Delete(_), Some(key)) => {
            let on_deleted = Callback::new(move |key: KeyView| {
                above.navigator.close();
                above.list.deleted(&key);
            });
            Some(delete_dialog(key, above.awake, on_deleted, on_close))
        }
        _ => None,
    }
}
