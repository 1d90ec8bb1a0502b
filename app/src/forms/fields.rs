//! The fields and buttons of a form. Element ids are `<form>-<field>`, so that a page can hold several forms.

use super::FormOutcome;
use leptos::prelude::*;

/// A text input with label, hint and error message. It keeps the submitted value, unless it is a password or a code.
#[component]
pub fn TextField(
    /// The name of the form.
    form: &'static str,
    /// The name of the field.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// The `type` attribute.
    #[prop(default = "text")]
    kind: &'static str,
    /// The `autocomplete` attribute.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The hint below the field.
    #[prop(optional, into)]
    hint: String,
    /// The initial value.
    #[prop(optional, into)]
    value: String,
    /// The smallest value, of a date.
    #[prop(optional, into)]
    min: Option<String>,
    /// The largest value, of a date.
    #[prop(optional, into)]
    max: Option<String>,
    /// Whether it is a one-time code, whose submitted value is not kept.
    #[prop(default = false)]
    is_code: bool,
    /// Whether it gets the focus when the page opens, unless another field has an error.
    #[prop(default = false)]
    first: bool,
) -> impl IntoView {
    let outcome = FormOutcome::for_form(form);
    let (id, error) = (format!("{form}-{name}"), outcome.errors.get(name).map(ToOwned::to_owned));
    let is_first_error = outcome.errors.0.first().is_some_and(|error| error.field == name);
    let shown = if kind == "password" || is_code { None } else { Some(outcome.typed(name)) };
    // Empty if nothing was submitted.
    let shown = shown.map(|typed| if typed.is_empty() { value } else { typed });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                class="input"
                id=id.clone()
                name=name
                type=kind
                min=min
                max=max
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=is_first_error || (first && outcome.errors.is_empty())
                aria-describedby=format!("{id}-error {id}-hint")
                aria-invalid=error.is_some().then_some("true")
                value=shown.filter(|shown| !shown.is_empty())
            />
            {field_notes(&id, error, hint)}
        </div>
    }
}

/// The error and the hint below a field, which describe it.
fn field_notes(id: &str, error: Option<String>, hint: impl Into<String>) -> AnyView {
    view! {
        <p class="error" id=format!("{id}-error")>{error}</p>
        <p class="hint" id=format!("{id}-hint")>{hint.into()}</p>
    }
    .into_any()
}

/// A select box with label, hint and error message.
#[component]
pub fn SelectField(
    /// The name of the form.
    form: &'static str,
    /// The name of the field.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// Value and label of each option.
    options: Vec<(&'static str, &'static str)>,
    /// The initial value.
    #[prop(optional, into)]
    value: String,
    /// The hint below the field.
    #[prop(default = "")]
    hint: &'static str,
) -> impl IntoView {
    let outcome = FormOutcome::for_form(form);
    let (id, error) = (format!("{form}-{name}"), outcome.errors.get(name).map(ToOwned::to_owned));
    let typed = outcome.typed(name);
    let chosen = if typed.is_empty() { value } else { typed };
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, label)| view! { <option value=value selected=value == chosen>{label}</option> })
        .collect();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                class="input"
                id=id.clone()
                name=name
                aria-describedby=format!("{id}-error {id}-hint")
                aria-invalid=error.is_some().then_some("true")
            >
                {options}
            </select>
            {field_notes(&id, error, hint)}
        </div>
    }
}

/// The submit button, which carries the name of the form.
#[component]
pub fn SubmitButton(
    /// The name of the form: the value of the field `do`.
    form: &'static str,
    /// The text of the button.
    label: &'static str,
    /// The CSS class.
    #[prop(default = "button primary")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <AccountInput />
        <button class=class type="submit" name="do" value=form>{label}</button>
    }
}

/// A hidden input with the account that the page shows. The server refuses the form if another account is open by then.
#[component]
pub fn AccountInput() -> impl IntoView {
    let viewer = crate::context::visitor().ok().and_then(|visitor| visitor.viewer.ok());
    viewer.map(|viewer| view! { <input type="hidden" name="account" value=viewer.shown_account().to_owned() /> })
}
