//! The slider that adds or edits a key. Its fields are plain HTML, so the form works without wasm; the islands in it check
//! what is typed. Server only.

mod environment;
mod fields;
mod limits;
mod privileges;
mod stored;
mod templates;
mod whitelist;

use super::FormFields;
use super::dialog_context::{DialogContext, refused_form};
use super::element_ids::menu_button_id;
use super::enhanced_form::{EditorCheck, EnhancedForm};
use super::frame::{DialogFrame, HiddenFields};
use super::islands::{ConflictNote, FormMessage, Sentence, SubmitButton};
use crate::forms::FormOutcome;
use crate::text::editor as text;
use domain::form::KeyForm;
use domain::key::Environment;
use domain::views::KeyView;
use environment::EnvironmentField;
use fields::NameField;
use leptos::prelude::*;
use limits::LimitsSection;
use privileges::PrivilegesField;
use stored::new_fields;
pub use stored::stored_fields;
use templates::{Templates, filled};
use whitelist::WhitelistField;

/// The names of the forms of this slider.
const FORMS: [&str; 5] = ["create", "update", "update-mine", "update-theirs", "start"];

/// The values and messages that the fields are rendered with.
#[derive(Clone)]
struct EditorFields {
    values: FormFields,
    outcome: FormOutcome,
}

impl EditorFields {
    fn error(&self, field: &str) -> String {
        self.outcome.errors.get(field).unwrap_or_default().to_owned()
    }
}

/// The slider. Without `key` it adds one.
#[component]
pub fn EditorPanel(key: Option<KeyView>, context: DialogContext) -> impl IntoView {
    let refused = refused_form(&FORMS);
    let stored = || key.as_ref().map_or_else(|| new_fields(&context.policy), |key| stored_fields(key, &context.policy));
    let (values, outcome) = refused.unwrap_or_else(|| (stored(), FormOutcome::default()));
    let values = if outcome.form == "start" { filled(&values, &context.policy) } else { values };
    let fields = EditorFields { values, outcome };
    let (title, form, save) = match &key {
        Some(_) => (text::edit_title(), "update", text::save()),
        None => (text::add_title(), "create", text::save_new()),
    };
    let check = editor_check(key.as_ref(), &context);
    let (draft, opener) = match &key {
        Some(key) => (format!("draft {} {}", key.id, key.revision), menu_button_id(&key.id)),
        None => (format!("draft {}", context.account), "add-key".to_owned()),
    };
    let (close, url, email) = (context.close.clone(), context.url.clone(), context.email.clone());
    let next = context.close.clone();
    // Of a new key, style hides the badge while the live environment is chosen.
    let has_sandbox = context.policy.environments.contains(&Environment::Sandbox);
    let environment = key.as_ref().map(|key| key.environment).or(has_sandbox.then_some(Environment::Sandbox));
    let fields_form = fields.values.key_form();
    view! {
        <EnhancedForm check=Some(check) draft opener email next=next.clone()>
            <DialogFrame class="slider" title=title.to_owned() environment close=close.clone()>
                <form class="slider-form" method="post" action=url novalidate>
                    <EditorHidden key=key.clone() context=context.clone() fields=fields.clone() />
                    <div class="slider-body">
                        <FormMessage message=fields.outcome.problem.clone().unwrap_or_default() />
                        <ConflictNote conflict=fields.outcome.conflict.clone() />
                        <div class="columns named">
                            <NameField fields=fields.clone() limit=context.policy.name_max />
                            <EnvironmentField key=key.clone() fields=fields.clone() context=context.clone() />
                        </div>
                        {key.is_none().then(|| view! { <Templates fields=fields.clone() policy=context.policy.clone() /> })}
                        <PrivilegesField fields=fields.clone() context=context.clone() exists=key.is_some() />
                        <WhitelistField fields=fields.clone() context=context.clone() key=key.clone() />
                        <LimitsSection fields context=context.clone() key />
                    </div>
                    <footer class="slider-foot">
                        <Sentence modules=context.policy.modules.clone() form=fields_form now=context.now />
                        <a class="button" role="button" href=close data-cancel>{text::cancel()}</a>
                        <SubmitButton
                            form=form.to_owned()
                            label=save.to_owned()
                            busy_label=text::saving().to_owned()
                            class="button primary".to_owned()
                        />
                    </footer>
                </form>
            </DialogFrame>
        </EnhancedForm>
    }
}

fn editor_check(key: Option<&KeyView>, context: &DialogContext) -> EditorCheck {
    let stored = key.map(|key| (key.expires_at, key.privileges.clone()));
    EditorCheck { policy: context.policy.clone(), stored }
}

/// The hidden fields. A refused form keeps its own id, revision and base, so that sending it again is still recognized and
/// still merged with what was opened.
#[component]
fn EditorHidden(key: Option<KeyView>, context: DialogContext, fields: EditorFields) -> impl IntoView {
    let typed_id = fields.values.get("form_id").to_owned();
    let form_id = if typed_id.is_empty() { context.form_id.clone() } else { typed_id };
    let typed_revision = fields.values.get("revision").parse().ok();
    let base = match fields.values.get("base") {
        "" => key.as_ref().map(|key| stored_fields(key, &context.policy).key_form()).map(|form| to_json(&form)),
        base => Some(base.to_owned()),
    };
    let (id, revision) = key.map(|key| (key.id, key.revision)).unzip();
    let is_new = id.is_none();
    view! {
        // A press of Enter submits the form with its first button.
        <button class="hidden" type="submit" name="do" value=if is_new { "create" } else { "update" } tabindex="-1" aria-hidden="true"></button>
        <HiddenFields
            account=context.account
            next=context.close
            id=id.unwrap_or_default()
            revision=typed_revision.or(revision)
        />
        {is_new.then(|| view! { <input type="hidden" name="form_id" value=form_id /> })}
        {base.map(|base| view! { <input type="hidden" name="base" value=base /> })}
    }
}

/// The form as it was opened, for merging it with what another member changed meanwhile.
fn to_json(form: &KeyForm) -> String {
    leptos::serde_json::to_string(form).unwrap_or_default()
}
