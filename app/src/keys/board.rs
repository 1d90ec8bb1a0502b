//! The island of the API Keys page: the list, and whatever is open above it.

use super::delete::DeleteDialog;
use super::editor::{Draft, Editor, Saved};
use super::place::{Navigator, Place};
use super::reveal::Reveal;
use super::row::key_row;
use super::server::{Issued, list_keys};
use crate::parts::focus_soon;
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
                focus_soon(format!("menu-{id}-button"));
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
    let api_url = StoredValue::new(start.policy.api_url.clone());
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
    view! {
        <div class="page-head">
            <div>
                <h1>"API Keys"</h1>
                <p>"A key lets a program act for this account. Give each program its own key, only the privileges it \
                    needs, and only the addresses it calls from."</p>
            </div>
            {move || (may_manage && !is_empty.get()).then(|| add_button(navigator))}
        </div>
        <div role="alert">
            {move || list.message.get().map(|message| view! { <p class="note bad">{message}</p> })}
        </div>
        <p class="hidden" role="status">{move || list.status.get()}</p>
        {move || if is_empty.get() {
            empty_state(navigator, may_manage).into_any()
        } else {
            table(list, navigator, catalogue, limit, may_manage).into_any()
        }}
        {move || open_place(above)}
        {move || revealed.get().map(|issued| view! {
            <Reveal issued api_url=api_url.get_value() on_done=move |()| {
                revealed.set(None);
                focus_soon("add-key".to_owned());
            } />
        })}
    }
}

fn add_button(navigator: Navigator) -> impl IntoView {
    view! {
        <a class="button primary" role="button" id="add-key" href=Place::Add.address()
            on:keydown=move |event| if event.key() == " " { event.prevent_default(); navigator.open(Place::Add); }
            on:click=move |event| { event.prevent_default(); navigator.open(Place::Add); }>"Add Key"</a>
    }
}

fn empty_state(navigator: Navigator, may_manage: bool) -> impl IntoView {
    view! {
        <div class="card empty">
            <h2>"No keys yet"</h2>
            <p>"A program that calls the API shows a key to say on whose behalf it calls. You choose what the key may \
                do and from which addresses, see it once, and can change or delete it here at any time."</p>
            {may_manage.then(|| add_button(navigator))}
        </div>
    }
}

fn table(
    list: List,
    navigator: Navigator,
    catalogue: StoredValue<Option<Catalogue>>,
    limit: usize,
    may_manage: bool,
) -> impl IntoView {
    let rows = move |key: KeyView| {
        catalogue.with_value(|catalogue| {
            catalogue.as_ref().map(|catalogue| key_row(key.clone(), catalogue, navigator, may_manage))
        })
    };
    let is_nothing_found = move || list.keys.with(Vec::is_empty);
    view! {
        <div class="tools">
            <SearchBox list />
            <span class="space"></span>
            <span class="quiet">{move || format!("{} of {limit} keys", list.total.get())}</span>
        </div>
        <div class="card">
            <table class="keys" aria-label="API keys" aria-busy=move || list.busy.get().then_some("true")>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th><th scope="col">"Key"</th><th scope="col">"Privileges"</th>
                        <th scope="col">"Whitelist"</th><th scope="col">"Created"</th>
                        <th scope="col"><span class="hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || list.keys.get() key=|key| (key.id.clone(), key.updated_at, key.name.clone()) children=rows />
                </tbody>
            </table>
            <div class="nothing" hidden=move || !is_nothing_found()>
                <p>{move || format!("No key has “{}” in its name or at its end.", list.shown_search.get())}</p>
                <button class="button" type="button" on:click=move |_| { list.search.set(String::new()); list.ask(None); }>
                    "Show all keys"
                </button>
            </div>
        </div>
        {move || list.next.get().map(|next| load_more(list, next))}
    }
}

#[component]
fn SearchBox(list: List) -> impl IntoView {
    let first = list.search.get_untracked();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let typed = move |event| {
        list.search.set(event_target_value(&event));
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        let pause = std::time::Duration::from_millis(150);
        waiting.set_value(set_timeout_with_handle(move || list.ask(None), pause).ok());
    };
    view! {
        <form role="search" method="get" action="/settings/api-keys"
            on:submit=move |event| { event.prevent_default(); list.ask(None); }>
            <input class="input search" type="search" name="q" aria-label="Search keys" maxlength="100"
                placeholder="Search by name or last characters" value=first
                prop:value=move || list.search.get() on:input=typed />
        </form>
    }
}

fn load_more(list: List, next: Cursor) -> impl IntoView {
    let address = format!("/settings/api-keys?after={next}");
    view! {
        <div class="more">
            <a class="button" role="button" href=address
                aria-disabled=move || list.busy.get().then_some("true")
                on:click=move |event| {
                    event.prevent_default();
                    if !list.busy.get_untracked() {
                        list.ask(Some(next.clone()));
                    }
                }>
                {move || if list.busy.get() { "Loading…" } else { "Load more" }}
            </a>
        </div>
    }
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

fn open_place(above: Above) -> Option<AnyView> {
    let place = above.navigator.place();
    // Forward must not put a slider over a key that nobody has saved yet.
    if !above.may_manage || above.revealed.with(Option::is_some) {
        return None;
    }
    let close = move |()| above.navigator.close();
    let key = place.key().and_then(|id| above.key(id));
    match (place, key) {
        (Place::Add, _) => Some(editor(above, None, above.draft, close)),
        (Place::Edit(_), Some(key)) => {
            let draft = Draft::of(&key);
            Some(editor(above, Some(key), draft, close))
        }
        (Place::Delete(_), Some(key)) => {
            let on_deleted = move |key: KeyView| {
                above.navigator.close();
                above.list.deleted(&key);
            };
            Some(view! { <DeleteDialog key awake=above.awake on_deleted on_close=close /> }.into_any())
        }
        _ => None,
    }
}

fn editor(above: Above, key: Option<KeyView>, draft: Draft, on_close: impl Fn(()) + Send + Sync + 'static) -> AnyView {
    view! {
        <Editor key draft policy=above.policy my_address=above.my_address.get_value() awake=above.awake
            on_saved=move |saved| above.saved(saved) on_close=on_close />
    }
    .into_any()
}
