//! The island of `/settings/api-keys`: heading, list, the overlay that the address opens, and the dialog that shows a
//! new secret. Loading the first page of keys belongs in `pages::key_list`.

use super::dialog_context::DialogContext;
use super::dialog_state::DialogState;
use super::element_ids::menu_button_id;
use super::explain_panel::ExplainDraft;
use super::key_form_state::KeyFormState;
use super::key_list::KeyList;
use super::key_table::key_table;
use super::list_filter::ListFilter;
use super::navigator::Navigator;
use super::overlay::Overlay;
use super::reveal_dialog::reveal_dialog;
use crate::components::{alert, focus_soon, link_button};
use crate::dom::{Element, el};
use crate::wire::initial_state;
use domain::key::Environment;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::time::Millis;
use domain::views::{KeyPage, KeyState, KeyView};
use leptos::prelude::*;
use serde::Serialize;

/// What the server rendered the page with. It is readable in the page's HTML, so it holds no secret.
#[derive(Clone, Serialize)]
pub struct KeysInitialState {
    /// The first page of keys.
    pub page: KeyPage,
    /// The search text; empty for none.
    pub search: String,
    /// The environment that the list is filtered by.
    pub environment: Option<Environment>,
    /// The state that the list is filtered by.
    pub state: KeyState,
    /// When the page was rendered.
    pub now: Millis,
    /// The operator's policy: what may be chosen, and the limits.
    pub policy: Policy,
    /// The address that the member's browser calls from.
    pub my_address: Option<String>,
    /// Whether the member may create, update and delete keys.
    pub may_manage: bool,
    /// The query parameter of the open overlay; empty for none.
    pub overlay: String,
    /// The key that the overlay is about, if it is not on this page of the list.
    pub overlay_key: Option<KeyView>,
    /// Why the requested overlay could not be opened.
    pub message: Option<String>,
}

/// Everything inside the settings frame.
#[island]
pub fn KeysPage() -> impl IntoView {
    let (initial, text): (KeysInitialState, _) = initial_state("keys-page");
    let filter = ListFilter { environment: initial.environment, state: initial.state };
    let navigator = Navigator::new(Overlay::from_query(&initial.overlay), initial.search, filter);
    let list = KeyList::new(initial.page, navigator, initial.now, initial.message);
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    let catalogue = StoredValue::new(Catalogue::from_validated(initial.policy.modules.clone()));
    let may_manage = initial.may_manage;
    let is_empty = Memo::new(move |_| list.total.get() == 0 && navigator.filter.get().state == KeyState::Active);
    let api_url = initial.policy.api_url.clone();
    let environments = initial.policy.environments.clone();
    let dialogs = DialogState {
        revealed: RwSignal::new(None),
        explain_draft: ExplainDraft::new(initial.my_address.as_deref()),
        new_key: KeyFormState::new(&initial.policy),
        overlay_key: StoredValue::new(initial.overlay_key),
        context: DialogContext {
            policy: StoredValue::new(initial.policy),
            my_address: StoredValue::new(initial.my_address),
            now: list.now,
            may_manage,
            hydrated: hydrated.into(),
            navigator,
        },
        list,
    };
    let revealed = dialogs.revealed;
    let on_reveal_closed = Callback::new(move |()| {
        let rotated = revealed.with_untracked(|shown| {
            shown.as_ref().filter(|shown| shown.is_rotation).map(|shown| menu_button_id(&shown.key.key.id))
        });
        revealed.set(None);
        focus_soon(rotated.unwrap_or_else(|| "add-key".to_owned()));
    });
    el("div")
        .attr("id", "keys-page")
        .attr("data-initial-state", text)
        .child(page_head().bind_child(move || (may_manage && !is_empty.get()).then(|| add_button(navigator))))
        .child(alert(list.message))
        .child(el("p").class("hidden").attr("role", "status").bind_text(move || list.status.get()))
        .bind_children(move || {
            if is_empty.get() {
                vec![empty_state(navigator, may_manage)]
            } else {
                key_table(list, catalogue, &environments, may_manage)
            }
        })
        .bind_child(move || dialogs.open_overlay())
        .bind_child(move || revealed.with(|shown| Some(reveal_dialog(shown.as_ref()?, &api_url, on_reveal_closed))))
}

fn page_head() -> Element {
    let text = "A key lets a program act for this account. Give each program its own key, only the privileges it needs, \
                and only the addresses it calls from.";
    el("div").class("page-head").child(el("div").child(el("h1").child("API Keys")).child(el("p").child(text)))
}

fn add_button(navigator: Navigator) -> Element {
    link_button("button primary", navigator.overlay_url(&Overlay::Add), move || navigator.open(Overlay::Add))
        .attr("id", "add-key")
        .child("Add Key")
}

fn empty_state(navigator: Navigator, may_manage: bool) -> Element {
    el("div")
        .class("card empty")
        .child(el("h2").child("No keys yet"))
        .child(el("p").child(
            "A program sends a key with each API call to show which account it acts for. You choose what the key may \
            do and from which addresses. It is shown once, and you can edit or delete it here at any time.",
        ))
        .children(may_manage.then(|| add_button(navigator)))
}
