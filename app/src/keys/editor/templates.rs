//! The starting points above the privileges of a new key: read only, full access, and the operator's own.

use super::EditorFields;
use crate::keys::FormFields;
use crate::keys::islands::TemplateButton;
use crate::text::editor as text;
use domain::policy::Policy;
use leptos::prelude::*;

/// One button for each.
#[component]
pub fn Templates(fields: EditorFields, policy: Policy) -> impl IntoView {
    let buttons: Vec<_> = policy
        .offered_templates()
        .into_iter()
        .map(|template| {
            let chosen = fields.values.matches_template(&template);
            view! { <TemplateButton template chosen /> }
        })
        .collect();
    (!buttons.is_empty()).then(|| {
        view! {
            <div class="field" role="group" aria-labelledby="start-title">
                <span class="label" id="start-title">{text::start_from()}</span>
                <div class="starts">{buttons}</div>
            </div>
        }
    })
}

/// The fields with the template that a plain form chose. Its id is in the field `id`, which a new key does not have.
pub(super) fn filled(values: &FormFields, policy: &Policy) -> FormFields {
    let chosen = values.get("id");
    match policy.offered_templates().iter().find(|template| template.id == chosen) {
        Some(template) => values.with_template(template),
        None => values.clone(),
    }
}
