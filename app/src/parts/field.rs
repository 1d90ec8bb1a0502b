//! One line of a form: label, input, hint, and the message of the field itself.

use super::focus::focus;
use super::typed::keep_typed;
use domain::form::FieldErrors;
use leptos::prelude::*;

/// A text box. Its id is also its name in a plain form; `errors` are looked up by it.
#[component]
pub fn Field(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] errors: Option<RwSignal<FieldErrors>>,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    keep_typed(id, value);
    let error = move || errors.and_then(|errors| errors.with(|errors| errors.get(id).map(ToOwned::to_owned)));
    let name = id.strip_prefix("again-").unwrap_or(id);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = format!("{error_id} {hint_id}");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input class="input" id=id name=name type=kind autocomplete=autocomplete required
                aria-describedby=described_by
                aria-invalid=move || error().is_some().then_some("true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event)) />
            <p class="error" id=error_id>{error}</p>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// Shows the messages and goes to the first field that has one.
pub fn show_field_errors(errors: RwSignal<FieldErrors>, found: FieldErrors) {
    let first = found.0.first().map(|error| error.field.clone());
    errors.set(found);
    if let Some(field) = first {
        focus(&field);
    }
}
