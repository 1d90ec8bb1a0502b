//! Live or sandbox: a choice for a new key, a text for an existing one. Nothing where there is no choice.

use super::EditorFields;
use crate::keys::badge::environment_label;
use crate::keys::dialog_context::DialogContext;
use crate::keys::islands::FieldError;
use crate::text::editor as text;
use domain::key::Environment;
use domain::views::KeyView;
use leptos::prelude::*;

/// The field.
#[component]
pub fn EnvironmentField(key: Option<KeyView>, fields: EditorFields, context: DialogContext) -> impl IntoView {
    let environments = context.policy.environments.clone();
    if let [only] = *environments {
        return view! { <input type="hidden" name="environment" value=only.as_str() /> }.into_any();
    }
    if let Some(key) = key {
        return view! {
            <div class="field" role="group" aria-labelledby="environment-title">
                <span class="label" id="environment-title">{text::environment()}</span>
                <p>{text::environment_fixed(environment_label(key.environment))}</p>
            </div>
        }
        .into_any();
    }
    let chosen = fields.values.get("environment").to_owned();
    let choice = |environment: &Environment| {
        let is_chosen = environment.as_str() == chosen;
        view! {
            <label>
                <input type="radio" name="environment" value=environment.as_str() checked=is_chosen />
                {environment_label(*environment)}
            </label>
        }
    };
    let choices: Vec<_> = environments.iter().map(choice).collect();
    let hint = text::environment_hint(format!("{}_test_", context.policy.key_prefix));
    view! {
        <div class="field" role="radiogroup" aria-labelledby="environment-title" aria-describedby="environment-hint">
            <span class="label" id="environment-title">{text::environment()}</span>
            <div class="switch">{choices}</div>
            <FieldError field="environment".to_owned() error=fields.error("environment") />
            <p class="hint" id="environment-hint">{hint}</p>
        </div>
    }
    .into_any()
}
