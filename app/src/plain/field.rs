//! The boxes and buttons of a plain form. The ids are `<form>-<field>`, so that a page may hold several forms.

use super::FormOutcome;
use leptos::prelude::*;

/// A text box with its label, hint and message. It shows what was typed, unless it is for a password or a code.
#[component]
pub fn TextField(
    /// The form that it is part of.
    form: &'static str,
    /// Its name.
    name: &'static str,
    /// What a person reads before it.
    label: &'static str,
    /// Its type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What stands below it.
    #[prop(default = "")]
    hint: &'static str,
    /// What stands in it before anything is typed.
    #[prop(optional, into)]
    value: String,
    /// Whether it holds a code, which is typed as digits on a phone and never filled in again.
    #[prop(default = false)]
    is_code: bool,
    /// Whether it has the focus when the page opens; one with a message has in any case.
    #[prop(default = false)]
    first: bool,
) -> impl IntoView {
    let outcome = FormOutcome::of(form);
    let (id, error) = (format!("{form}-{name}"), outcome.errors.get(name).map(ToOwned::to_owned));
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let is_first_error = outcome.errors.0.first().is_some_and(|error| error.field == name);
    let typed = outcome.typed(name);
    let shown = if kind == "password" || is_code {
        String::new()
    } else if typed.is_empty() {
        value
    } else {
        typed
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                class="input"
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=is_first_error || (first && outcome.errors.is_empty())
                aria-describedby=format!("{error_id} {hint_id}")
                aria-invalid=error.is_some().then_some("true")
                value=(!shown.is_empty()).then_some(shown)
            />
            <p class="error" id=error_id>{error}</p>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// A box to choose one of a few from, with its label and message.
#[component]
pub fn Choice(
    /// The form that it is part of.
    form: &'static str,
    /// Its name.
    name: &'static str,
    /// What a person reads before it.
    label: &'static str,
    /// Each value, and what a person reads.
    options: Vec<(&'static str, &'static str)>,
    /// What is chosen before anybody does.
    #[prop(optional, into)]
    value: String,
    /// What stands below it.
    #[prop(default = "")]
    hint: &'static str,
) -> impl IntoView {
    let outcome = FormOutcome::of(form);
    let (id, error) = (format!("{form}-{name}"), outcome.errors.get(name).map(ToOwned::to_owned));
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
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
                id=id
                name=name
                aria-describedby=format!("{error_id} {hint_id}")
                aria-invalid=error.is_some().then_some("true")
            >
                {options}
            </select>
            <p class="error" id=error_id>{error}</p>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// The button that sends a form, with the form's name.
#[component]
pub fn Submit(
    /// Which form it is: the value of the field `do`.
    form: &'static str,
    /// What a person reads on it.
    label: &'static str,
    /// Its class.
    #[prop(default = "button primary")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <OfAccount />
        <button class=class type="submit" name="do" value=form>{label}</button>
    }
}

/// Which account the form's page shows; another may be open by the time it is sent.
#[component]
pub fn OfAccount() -> impl IntoView {
    let viewer = crate::context::visitor().ok().and_then(|visitor| visitor.viewer.ok());
    viewer.map(|viewer| view! { <input type="hidden" name="account" value=viewer.shown_account().to_owned() /> })
}
