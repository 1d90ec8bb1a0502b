//! The error message below a field.

use crate::keys::form_state::FormState;
use leptos::prelude::*;

/// The message, with the id `<field>-error`.
#[island]
pub fn FieldError(
    /// The name of the field.
    field: String,
    /// The message of a plain form that was refused; empty for none.
    error: String,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let (id, initial) = (format!("{field}-error"), error);
    let message = move || {
        let message = match state.map(|state| state.errors.get()) {
            Some(Some(errors)) => errors.get(&field).unwrap_or_default().to_owned(),
            _ => initial.clone(),
        };
        // An empty text would be rendered as a space, and take the place of a line.
        Some(message).filter(|message| !message.is_empty())
    };
    view! { <p class="error" id=id>{message}</p> }
}
