//! The slider that adds a key and edits one. What was typed stays until it is saved or the person cancels.

use super::around::Around;
use super::clock;
use super::draft::Draft;
use super::environment::{environment_choice, environment_of, is_choice, live_mark};
use super::limits::{limits_part, open_for};
use super::place::Place;
use super::privileges::privilege_table;
use super::row::menu_button_id;
use super::server::{Issued, change_key, issue_key};
use super::stale::{Version, stale_part};
use super::whitelist::whitelist_box;
use crate::AppError;
use crate::access::reauthentication_dialog;
use crate::dom::{Element, el};
use crate::parts::{Dialog, alert, counter, field, link_button, show_field_errors, submit};
use domain::form::{CheckContext, FieldErrors, KeyForm};
use domain::name::name_len;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::views::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What saving led to.
pub(super) enum Saved {
    /// A new key, to be revealed.
    Issued(Box<Issued>),
    /// The key as it is now.
    Changed(Box<KeyView>),
}

/// The slider. Without `key` it adds one.
pub(super) fn editor(key: Option<&KeyView>, draft: Draft, around: Around, on_saved: Callback<Saved>) -> Element {
    let Around { policy, awake, navigator, .. } = around;
    let on_close = Callback::new(move |()| navigator.close());
    let expires_at = key.and_then(|key| key.expires_at);
    let stored = key.map(|key| key.privileges.clone());
    let errors = RwSignal::new(FieldErrors::default());
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let signed_out = RwSignal::new(false);
    let id = key.map(|key| key.id.clone());
    let version = StoredValue::new(Version { revision: key.map(|key| key.revision), stale: None });
    let is_stale = RwSignal::new(false);
    let (title, title_id) =
        if id.is_some() { ("Edit API key", "edit-api-key") } else { ("Add API key", "add-api-key") };
    let save = move || {
        message.set(None);
        let form = draft.form();
        if let Err(found) = check(policy, &form, CheckContext { now: clock::now(), expires_at }, stored.as_deref()) {
            open_for(&found);
            show_field_errors(errors, found);
            return;
        }
        errors.set(FieldErrors::default());
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            let outcome = send(id, form, version.try_with_value(|version| version.revision).flatten()).await;
            // The slider may be gone by now; what was saved is told all the same.
            let _ = busy.try_set(false);
            match outcome {
                Ok(saved) => on_saved.run(saved),
                Err(AppError::Invalid(found)) => {
                    open_for(&found);
                    show_field_errors(errors, found);
                }
                Err(AppError::SignedOut) => drop(signed_out.try_set(true)),
                Err(AppError::Stale(found)) => {
                    let _ = version.try_update_value(|version| version.stale = Some(*found));
                    let _ = is_stale.try_set(true);
                }
                Err(problem) => {
                    let _ = message.try_set(Some(problem.message()));
                }
            }
        });
    };
    let save = StoredValue::new(save);
    let send_form = move |event: web_sys::Event| {
        event.prevent_default();
        if !busy.get_untracked() {
            save.with_value(|save| save());
        }
    };
    let name_max = policy.with_value(|policy| policy.name_max);
    let privileges = policy.with_value(|policy| privilege_table(policy, key.is_some(), draft, errors, awake));
    let environment = policy.with_value(|policy| {
        is_choice(&policy.environments).then(|| match key {
            Some(key) => environment_of(key.environment),
            None => environment_choice(&policy.environments, draft.environment, awake),
        })
    });
    let save_over = Callback::new(move |()| save.with_value(|save| save()));
    let body = el("div")
        .class("slider-body")
        .child(alert(message))
        .child(stale_part(version, is_stale, draft, policy, save_over))
        .child(name_box(draft.name, name_max, errors))
        .children(environment)
        .child(whitelist_box(draft.whitelist, key, around, errors))
        .child(privileges)
        .child(limits_part(draft.limits, policy, expires_at, errors));
    let foot = el("footer")
        .class("slider-foot")
        .child(el("noscript").child("Saving needs JavaScript and WebAssembly."))
        .child(link_button("button", navigator.address(&Place::List), move || on_close.run(())).child("Cancel"))
        .child(
            submit("button primary")
                .live_flag("disabled", move || !awake.get() || busy.get())
                .live_text(move || if busy.get() { "Saving…" } else { "Save" }),
        );
    let form = el("form").class("slider-form").attr("novalidate", "").on("submit", send_form).child(body).child(foot);
    let mark = Some(live_mark(draft.environment));
    let home = key.map(|key| menu_button_id(&key.id)).unwrap_or_default();
    let dialog = Dialog {
        title,
        title_id,
        mark,
        home,
        class: "slider",
        veil_closes: false,
        locked: Signal::stored(false),
        on_close,
    };
    let on_signed_in = Callback::new(move |()| {
        signed_out.set(false);
        save.with_value(|save| save());
    });
    let on_cancel = Callback::new(move |()| {
        signed_out.set(false);
        message.set(Some(AppError::SignedOut.message()));
    });
    el("div").child(dialog.view().child(form)).child(reauthentication_dialog(signed_out, on_signed_in, on_cancel))
}

fn name_box(value: RwSignal<String>, limit: usize, errors: RwSignal<FieldErrors>) -> Element {
    let label = el("div")
        .class("label-row")
        .child(el("label").attr("for", "name").child("Name"))
        .child(counter(move || value.with(|name| name_len(name)), limit));
    let input =
        el("input").class("input").attr("id", "name").attr("type", "text").attr("autocomplete", "off").typed(value);
    field(label, input, "name", "What uses this key. You can change it later.", errors)
}

fn check(
    policy: StoredValue<Policy>,
    form: &KeyForm,
    moment: CheckContext,
    stored: Option<&str>,
) -> Result<(), FieldErrors> {
    policy.with_value(|policy| {
        let catalogue = Catalogue::from_validated(policy.modules.clone());
        let checked = match stored {
            Some(privileges) => form.check_update(policy, &catalogue, moment, privileges),
            None => form.check(policy, &catalogue, moment),
        };
        checked.map(drop)
    })
}

async fn send(id: Option<String>, form: KeyForm, revision: Option<i64>) -> Result<Saved, AppError> {
    match id {
        Some(id) => change_key(id, form, revision).await.map(|key| Saved::Changed(Box::new(key))),
        None => issue_key(form).await.map(|issued| Saved::Issued(Box::new(issued))),
    }
}
