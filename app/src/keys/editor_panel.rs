//! The panel that creates a key or updates one. The form keeps what was typed until it is saved or cancelled.

use super::clock;
use super::dialog_context::DialogContext;
use super::edit_conflict::{EditedVersion, edit_conflict_note};
use super::element_ids::menu_button_id;
use super::environment_field::{bound_environment_badge, environment_choice, environment_text, has_choice};
use super::form_state::FormState;
use super::key_form_state::KeyFormState;
use super::limits_section::{limits_section, open_on_errors};
use super::overlay::Overlay;
use super::privileges_field::privileges_field;
use super::server::{KeyWithSecret, create_key, update_key};
use super::whitelist_field::whitelist_field;
use crate::AppError;
use crate::components::{Dialog, alert, counter, field, link_button, show_field_errors, submit};
use crate::dom::{Element, el};
use domain::form::{CheckContext, FieldErrors, KeyForm};
use domain::name::name_len;
use domain::privilege::Catalogue;
use domain::views::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What saving produced.
pub(super) enum SaveOutcome {
    /// A new key, whose secret is to be shown.
    Created(Box<KeyWithSecret>),
    /// The updated key.
    Updated(Box<KeyView>),
}

/// The panel. Without `key` it creates one.
pub(super) fn editor_panel(
    key: Option<&KeyView>,
    draft: KeyFormState,
    context: DialogContext,
    on_saved: Callback<SaveOutcome>,
) -> Element {
    let DialogContext { navigator, .. } = context;
    let editor = Editor::new(key, draft, context, on_saved);
    let (title, title_id) =
        if key.is_some() { ("Edit API key", "edit-api-key") } else { ("Add API key", "add-api-key") };
    let on_submit = move |event: web_sys::Event| {
        event.prevent_default();
        if !editor.form.busy.get_untracked() {
            editor.save();
        }
    };
    let form = el("form").class("slider-form").attr("novalidate", "").on("submit", on_submit);
    let dialog = Dialog {
        title,
        title_id,
        badge: Some(bound_environment_badge(draft.environment)),
        return_focus: key.map(|key| menu_button_id(&key.id)).unwrap_or_default(),
        class: "slider",
        close_on_backdrop: false,
        locked: Signal::stored(false),
        on_close: Callback::new(move |()| navigator.close()),
    };
    let on_cancel = Callback::new(move |()| editor.form.message.set(Some(AppError::SignedOut.message())));
    el("div")
        .child(dialog.view().child(form.child(editor.body(key)).child(editor.footer())))
        .child(editor.form.sign_in_again(move || editor.save(), on_cancel))
}

/// The state of the open panel.
#[derive(Clone, Copy)]
struct Editor {
    draft: KeyFormState,
    context: DialogContext,
    on_saved: Callback<SaveOutcome>,
    /// The key that is updated; none for a new one.
    key: StoredValue<Option<KeyView>>,
    version: StoredValue<EditedVersion>,
    has_conflict: RwSignal<bool>,
    form: FormState,
}

impl Editor {
    fn new(
        key: Option<&KeyView>,
        draft: KeyFormState,
        context: DialogContext,
        on_saved: Callback<SaveOutcome>,
    ) -> Self {
        Self {
            draft,
            context,
            on_saved,
            key: StoredValue::new(key.cloned()),
            version: StoredValue::new(EditedVersion { revision: key.map(|key| key.revision), conflict: None }),
            has_conflict: RwSignal::new(false),
            form: FormState::new(),
        }
    }

    fn body(self, key: Option<&KeyView>) -> Element {
        let Self { draft, context, form: FormState { errors, message, .. }, .. } = self;
        let DialogContext { policy, hydrated, .. } = context;
        let environment = policy.with_value(|policy| {
            has_choice(&policy.environments).then(|| match key {
                Some(key) => environment_text(key.environment),
                None => environment_choice(&policy.environments, draft.environment, hydrated),
            })
        });
        let overwrite = Callback::new(move |()| self.save());
        let name_max = policy.with_value(|policy| policy.name_max);
        let privileges = policy.with_value(|policy| privileges_field(policy, key.is_some(), draft, errors, hydrated));
        el("div")
            .class("slider-body")
            .child(alert(message))
            .child(edit_conflict_note(self.version, self.has_conflict, draft, policy, overwrite))
            .child(name_field(draft.name, name_max, errors))
            .children(environment)
            .child(whitelist_field(draft.whitelist, key, context, errors))
            .child(privileges)
            .child(limits_section(draft.limits, policy, key.and_then(|key| key.expires_at), errors))
    }

    fn footer(self) -> Element {
        let DialogContext { hydrated, navigator, .. } = self.context;
        let busy = self.form.busy;
        let cancel = link_button("button", navigator.overlay_url(&Overlay::Closed), move || navigator.close());
        let save = submit("button primary")
            .bind_flag("disabled", move || !hydrated.get() || busy.get())
            .bind_text(move || if busy.get() { "Saving…" } else { "Save" });
        el("footer")
            .class("slider-foot")
            .child(el("noscript").child("Saving needs JavaScript and WebAssembly."))
            .child(cancel.child("Cancel"))
            .child(save)
    }

    /// Validates the form with the server's own rules, then sends it.
    fn save(self) {
        self.form.message.set(None);
        let form = self.draft.form();
        if let Err(found) = self.check(&form) {
            open_on_errors(&found);
            return show_field_errors(self.form.errors, found);
        }
        self.form.begin();
        let id = self.key.with_value(|key| key.as_ref().map(|key| key.id.clone()));
        let revision = self.version.with_value(|version| version.revision);
        spawn_local(async move {
            let problem = match send(id, form, revision).await {
                Ok(saved) => {
                    self.on_saved.run(saved);
                    None
                }
                Err(AppError::EditConflict(found)) => {
                    let _ = self.version.try_update_value(|version| version.conflict = Some(*found));
                    let _ = self.has_conflict.try_set(true);
                    None
                }
                Err(problem) => Some(problem),
            };
            if let Some(AppError::Invalid(found)) = &problem {
                open_on_errors(found);
            }
            self.form.end(problem);
        });
    }

    fn check(self, form: &KeyForm) -> Result<(), FieldErrors> {
        let (policy, key) = (self.context.policy.read_value(), self.key.read_value());
        let catalogue = Catalogue::from_validated(policy.modules.clone());
        let moment = CheckContext { now: clock::now(), expires_at: key.as_ref().and_then(|key| key.expires_at) };
        let checked = match &*key {
            Some(key) => form.check_update(&policy, &catalogue, moment, &key.privileges),
            None => form.check(&policy, &catalogue, moment),
        };
        checked.map(drop)
    }
}

fn name_field(value: RwSignal<String>, limit: usize, errors: RwSignal<FieldErrors>) -> Element {
    let label = el("div")
        .class("label-row")
        .child(el("label").attr("for", "name").child("Name"))
        .child(counter(move || value.with(|name| name_len(name)), limit));
    let input = el("input")
        .class("input")
        .attr("id", "name")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .bind_value(value);
    field(label, input, "name", "The program that uses this key. You can change it later.", errors)
}

async fn send(id: Option<String>, form: KeyForm, revision: Option<i64>) -> Result<SaveOutcome, AppError> {
    match id {
        Some(id) => update_key(id, form, revision).await.map(|key| SaveOutcome::Updated(Box::new(key))),
        None => create_key(form).await.map(|created| SaveOutcome::Created(Box::new(created))),
    }
}
