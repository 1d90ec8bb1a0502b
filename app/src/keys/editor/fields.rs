//! The text fields of the editor.

use super::EditorFields;
use crate::keys::islands::{FieldError, NameCounter};
use crate::text::editor as text;
use domain::name::name_len;
use leptos::prelude::*;

/// The name, with its counter.
#[component]
pub fn NameField(fields: EditorFields, limit: usize) -> impl IntoView {
    let (value, error) = (fields.values.get("name").to_owned(), fields.error("name"));
    let is_invalid = (!error.is_empty()).then_some("true");
    view! {
        <div class="field">
            <div class="label-row">
                <label for="name">{text::name()}</label>
                <NameCounter limit count=name_len(&value) />
            </div>
            <input
                class="input"
                id="name"
                name="name"
                type="text"
                autocomplete="off"
                autofocus
                aria-describedby="name-error name-hint"
                aria-invalid=is_invalid
                value=value
            />
            <FieldError field="name".to_owned() error />
            <p class="hint" id="name-hint">{text::name_hint()}</p>
        </div>
    }
}

/// A whole number. It is a text input: "10,000" is accepted, and invalid text gets a message instead of being swallowed
/// by `type="number"`.
#[component]
pub fn NumberField(name: &'static str, label: &'static str, fields: EditorFields) -> impl IntoView {
    let error = fields.error(name);
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                class="input"
                id=name
                name=name
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=format!("{name}-error")
                aria-invalid=(!error.is_empty()).then_some("true")
                value=fields.values.get(name).to_owned()
            />
            <FieldError field=name.to_owned() error />
        </div>
    }
}
