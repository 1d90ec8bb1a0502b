//! The island of the API Keys page: the list, and whatever is open above it.

use super::around::Around;
use super::deed::deed_dialog;
use super::draft::Draft;
use super::editor::{Saved, editor};
use super::list::List;
use super::place::{Narrowed, Navigator, Place};
use super::reveal::{Revealed, reveal};
use super::rotate::rotate_dialog;
use super::row::menu_button_id;
use super::server::{Deed, Issued};
use super::table::table;
use super::tester::{TestDraft, tester};
use crate::dom::{Element, el};
use crate::parts::{alert, focus_soon, link_button};
use crate::wire::start;
use domain::key::Environment;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::time::Millis;
use domain::views::{KeyPage, KeyState, KeyView};
use leptos::prelude::*;
use serde::Serialize;

/// What the server knew when it rendered the page. Nothing secret: it stands in the page.
#[derive(Clone, Serialize)]
pub struct Start {
    /// The first page of keys.
    pub page: KeyPage,
    /// What was searched for.
    pub search: String,
    /// The environment that the list is narrowed to.
    pub environment: Option<Environment>,
    /// The state that the list is narrowed to.
    pub state: KeyState,
    /// When the page was rendered.
    pub now: Millis,
    /// What the person may choose and how much of it.
    pub policy: Policy,
    /// Where the person's browser calls from.
    pub my_address: Option<String>,
    /// Whether the person may add, change and delete keys.
    pub may_manage: bool,
    /// What is open, as the query of the address says it.
    pub place: String,
    /// The key that it is about, if it is not on the page.
    pub about: Option<KeyView>,
    /// A message about what could not be opened.
    pub message: Option<String>,
}

/// The whole page below its frame.
#[island]
pub fn KeyBoard() -> impl IntoView {
    let (start, text): (Start, _) = start("key-board");
    let navigator = Navigator::new(
        Place::of_query(&start.place),
        start.search,
        Narrowed { environment: start.environment, state: start.state },
    );
    let list = List::new(start.page, navigator, start.now, start.message);
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let catalogue = StoredValue::new(Catalogue::from_validated(start.policy.modules.clone()));
    let may_manage = start.may_manage;
    let is_empty = Memo::new(move |_| list.total.get() == 0 && navigator.narrowed.get().state == KeyState::Active);
    let api_url = start.policy.api_url.clone();
    let revealed = RwSignal::new(None::<Revealed>);
    let tested = TestDraft::new(start.my_address.as_deref());
    let draft = Draft::new(&start.policy);
    let environments = start.policy.environments.clone();
    let around = Around {
        policy: StoredValue::new(start.policy),
        my_address: StoredValue::new(start.my_address),
        now: list.now,
        may_manage,
        awake: awake.into(),
        navigator,
    };
    let about = StoredValue::new(start.about);
    let above = Above { around, list, revealed, draft, tested, about };
    let on_revealed = Callback::new(move |()| {
        let changed = revealed.with_untracked(|shown| {
            shown.as_ref().filter(|shown| shown.is_changed).map(|shown| menu_button_id(&shown.issued.key.id))
        });
        revealed.set(None);
        focus_soon(changed.unwrap_or_else(|| "add-key".to_owned()));
    });
    let head = el("div")
        .class("page-head")
        .child(el("div").child(el("h1").child("API Keys")).child(el("p").child(
            "A key lets a program act for this account. Give each program its own key, only the privileges it needs, \
            and only the addresses it calls from.",
        )))
        .live_if(move || (may_manage && !is_empty.get()).then(|| add_button(navigator)));
    el("div")
        .attr("id", "key-board")
        .attr("data-start", text)
        .child(head)
        .child(alert(list.message))
        .child(el("p").class("hidden").attr("role", "status").live_text(move || list.status.get()))
        .live(move || {
            if is_empty.get() {
                vec![empty_state(navigator, may_manage)]
            } else {
                table(list, catalogue, &environments, may_manage)
            }
        })
        .live_if(move || open_place(&above))
        .live_if(move || revealed.with(|issued| issued.as_ref().map(|issued| reveal(issued, &api_url, on_revealed))))
}

fn add_button(navigator: Navigator) -> Element {
    link_button("button primary", navigator.address(&Place::Add), move || navigator.open(Place::Add))
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

/// What the sliders and dialogs above the list need.
#[derive(Clone, Copy)]
struct Above {
    around: Around,
    list: List,
    revealed: RwSignal<Option<Revealed>>,
    draft: Draft,
    tested: TestDraft,
    about: StoredValue<Option<KeyView>>,
}

impl Above {
    fn key(self, id: &str) -> Option<KeyView> {
        let listed = untrack(|| self.list.find(id));
        listed.or_else(|| self.about.get_value().filter(|key| key.id == id))
    }

    fn saved(self, saved: Saved) {
        match saved {
            Saved::Issued(issued) => {
                self.around.policy.with_value(|policy| self.draft.clear(policy));
                self.around.navigator.close();
                self.list.added(issued.key.clone());
                self.revealed.set(Some(Revealed { issued: *issued, is_changed: false }));
            }
            Saved::Changed(key) => {
                self.around.navigator.close();
                self.list.changed(*key, "saved.");
            }
        }
    }
}

fn open_place(above: &Above) -> Option<Element> {
    let above = *above;
    let place = above.around.navigator.place();
    // Forward must not put a slider over a key that nobody has saved yet.
    let is_allowed = above.around.may_manage || matches!(place, Place::Test(_));
    if !is_allowed || above.revealed.with(Option::is_some) {
        return None;
    }
    let key = place.key().and_then(|id| above.key(id));
    let edit = |key: Option<&KeyView>, draft: Draft| {
        let on_saved = Callback::new(move |saved| above.saved(saved));
        editor(key, draft, above.around, on_saved)
    };
    let done = |deed: Deed, key: KeyView| deed_dialog(deed, &[key], above.around, above.list);
    match (place, key) {
        (Place::Add, _) => Some(edit(None, above.draft)),
        (Place::Edit(_), Some(key)) => {
            let draft = above.around.policy.with_value(|policy| Draft::of(&key, policy));
            Some(edit(Some(&key), draft))
        }
        (Place::Change(_), Some(key)) => {
            let on_changed = Callback::new(move |issued: Issued| {
                above.around.navigator.close();
                above.list.changed(issued.key.clone(), "changed.");
                above.revealed.set(Some(Revealed { issued, is_changed: true }));
            });
            Some(rotate_dialog(&key, above.around, on_changed))
        }
        (Place::EndOld(_), Some(key)) => Some(done(Deed::EndOld, key)),
        (Place::Disable(_), Some(key)) => Some(done(Deed::Disable, key)),
        (Place::Enable(_), Some(key)) => Some(done(Deed::Enable, key)),
        (Place::Delete(_), Some(key)) => Some(done(Deed::Delete, key)),
        (Place::Selected(deed), _) => {
            let selected = untrack(|| above.list.selected.get());
            let keys: Vec<KeyView> = selected.iter().filter_map(|id| above.key(id)).collect();
            Some(deed_dialog(deed, &keys, above.around, above.list))
        }
        (Place::Test(_), Some(key)) => Some(tester(&key, above.tested, above.around)),
        _ => None,
    }
}
