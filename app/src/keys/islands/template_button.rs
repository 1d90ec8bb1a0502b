//! A starting point for the privileges of a new key. Without wasm the server fills the form and sends it back.

use crate::keys::form_state::FormState;
use domain::template::Template;
use leptos::prelude::*;

/// The button, pressed while its privileges are exactly the chosen ones.
#[island]
pub fn TemplateButton(
    /// The starting point.
    template: Template,
    /// Whether the server rendered its privileges.
    chosen: bool,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let (label, description) = (template.label.clone(), template.description.clone());
    let value = format!("{}{}", crate::keys::form_fields::START, template.id);
    let is_pressed = move || match state {
        Some(state) => {
            state.fields.with(|fields| if fields.0.is_empty() { chosen } else { fields.matches_template(&template) })
        }
        None => chosen,
    };
    view! {
        <button
            class="start"
            type="submit"
            name="do"
            value=value
            aria-pressed=move || if is_pressed() { "true" } else { "false" }
        >
            <b>{label}</b>
            <span>{description}</span>
        </button>
    }
}
