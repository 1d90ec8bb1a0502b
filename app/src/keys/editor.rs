//! The slider that adds a key and edits one. What was typed stays until it is saved or the person cancels.

use super::privileges::PrivilegeTable;
use super::server::{Issued, change_key, issue_key};
use super::whitelist::WhitelistBox;
use crate::Problem;
use crate::access::SignInAgain;
use crate::parts::{Alert, Dialog, focus_soon, keep_typed};
use domain::form::{FieldErrors, KeyForm};
use domain::listing::KeyView;
use domain::name::typed_len;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// What saving led to.
pub(super) enum Saved {
    /// A new key, to be revealed.
    Issued(Box<Issued>),
    /// The key as it is now.
    Changed(Box<KeyView>),
}

/// What is typed into the slider.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    name: RwSignal<String>,
    whitelist: RwSignal<String>,
    all: RwSignal<bool>,
    chosen: RwSignal<BTreeSet<String>>,
}

impl Draft {
    pub(super) fn empty() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            whitelist: RwSignal::new(String::new()),
            all: RwSignal::new(false),
            chosen: RwSignal::new(BTreeSet::new()),
        }
    }

    pub(super) fn of(key: &KeyView) -> Self {
        let all = key.privileges == "*";
        let chosen = if all { "" } else { &key.privileges };
        Self {
            name: RwSignal::new(key.name.clone()),
            whitelist: RwSignal::new(key.whitelist.clone()),
            all: RwSignal::new(all),
            chosen: RwSignal::new(chosen.split_whitespace().map(ToOwned::to_owned).collect()),
        }
    }

    pub(super) fn clear(self) {
        self.name.set(String::new());
        self.whitelist.set(String::new());
        self.all.set(false);
        self.chosen.set(BTreeSet::new());
    }

    fn form(self) -> KeyForm {
        KeyForm {
            name: self.name.get_untracked(),
            whitelist: self.whitelist.get_untracked(),
            all_privileges: self.all.get_untracked(),
            privileges: self.chosen.get_untracked().into_iter().collect(),
        }
    }
}

/// The slider. Without `key` it adds one.
#[component]
pub(super) fn Editor(
    key: Option<KeyView>,
    draft: Draft,
    policy: StoredValue<Policy>,
    my_address: Option<String>,
    awake: Signal<bool>,
    #[prop(into)] on_saved: Callback<Saved>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    if !awake.get_untracked() {
        keep_typed("name", draft.name);
        keep_typed("whitelist", draft.whitelist);
    }
    let errors = RwSignal::new(FieldErrors::default());
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let signed_out = RwSignal::new(false);
    let id = key.as_ref().map(|key| key.id.clone());
    let title = if id.is_some() { "Edit API key" } else { "Add API key" };
    let save = move || {
        message.set(None);
        let form = draft.form();
        if let Err(found) = check(policy, &form) {
            show(errors, found);
            return;
        }
        errors.set(FieldErrors::default());
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            let outcome = send(id, form).await;
            // The slider may be gone by now; what was saved is told all the same.
            let _ = busy.try_set(false);
            match outcome {
                Ok(saved) => on_saved.run(saved),
                Err(Problem::Invalid(found)) => show(errors, found),
                Err(Problem::SignedOut) => drop(signed_out.try_set(true)),
                Err(problem) => {
                    let _ = message.try_set(Some(problem.message()));
                }
            }
        });
    };
    let save = StoredValue::new(save);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            save.with_value(|save| save());
        }
    };
    let (name_max, whitelist_max) = policy.with_value(|policy| (policy.name_max, policy.whitelist_max));
    let modules = policy.with_value(|policy| policy.modules.clone());
    view! {
        <Dialog title class="slider" on_close>
            <form class="slider-form" on:submit=submit novalidate>
                <div class="slider-body">
                    <Alert message />
                    <NameBox value=draft.name limit=name_max errors />
                    <WhitelistBox value=draft.whitelist limit=whitelist_max my_address errors />
                    <PrivilegeTable modules all=draft.all chosen=draft.chosen errors awake />
                </div>
                <footer class="slider-foot">
                    <noscript>"Saving needs JavaScript and WebAssembly."</noscript>
                    <a class="button" role="button" href="/settings/api-keys"
                        on:keydown=move |event| if event.key() == " " { event.prevent_default(); on_close.run(()); }
                        on:click=move |event| { event.prevent_default(); on_close.run(()); }>"Cancel"</a>
                    <button class="button primary" type="submit" disabled=move || !awake.get() || busy.get()>
                        {move || if busy.get() { "Saving…" } else { "Save" }}
                    </button>
                </footer>
            </form>
        </Dialog>
        {move || signed_out.get().then(|| view! {
            <SignInAgain
                on_done=move |()| { signed_out.set(false); save.with_value(|save| save()); }
                on_cancel=move |()| {
                    signed_out.set(false);
                    message.set(Some(Problem::SignedOut.message()));
                } />
        })}
    }
}

#[component]
fn NameBox(value: RwSignal<String>, limit: usize, errors: RwSignal<FieldErrors>) -> impl IntoView {
    let length = Memo::new(move |_| value.with(|name| typed_len(name)));
    let error = move || errors.with(|errors| errors.get("name").map(ToOwned::to_owned));
    view! {
        <div class="field">
            <div class="label-row">
                <label for="name">"Name"</label>
                <span class="counter" class:bad=move || { length.get() > limit }>
                    {move || format!("{} of {limit}", length.get())}
                </span>
            </div>
            <input class="input" id="name" type="text" autocomplete="off" aria-describedby="name-error name-hint"
                aria-invalid=move || error().is_some().then_some("true")
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event)) />
            <p class="error" id="name-error">{error}</p>
            <p class="hint" id="name-hint">"What uses this key. You can change it later."</p>
        </div>
    }
}

fn check(policy: StoredValue<Policy>, form: &KeyForm) -> Result<(), FieldErrors> {
    policy.with_value(|policy| match Catalogue::parse(policy.modules.clone()) {
        Ok(catalogue) => form.check(policy, &catalogue).map(drop),
        // The server would not have started with it; let it judge.
        Err(_) => Ok(()),
    })
}

async fn send(id: Option<String>, form: KeyForm) -> Result<Saved, Problem> {
    match id {
        Some(id) => change_key(id, form).await.map(|key| Saved::Changed(Box::new(key))),
        None => issue_key(form).await.map(|issued| Saved::Issued(Box::new(issued))),
    }
}

/// Shows the messages and goes to the first field that has one.
fn show(errors: RwSignal<FieldErrors>, found: FieldErrors) {
    let first = found.0.first().map(|error| error.field.clone());
    let _ = errors.try_set(found);
    if let Some(field) = first {
        focus_soon(field);
    }
}
