//! The message about a form as a whole: why it was refused.

use crate::keys::form_state::FormState;
use leptos::prelude::*;

/// The message, announced when it appears.
#[island]
pub fn FormMessage(
    /// The message of a plain form that was refused; empty for none.
    message: String,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let shown = move || match state {
        Some(state) if state.errors.with(Option::is_some) => state.message.get().unwrap_or_default(),
        Some(state) => state.message.get().unwrap_or_else(|| message.clone()),
        None => message.clone(),
    };
    let shown = Memo::new(move |_| shown());
    view! {
        <div role="alert" class="note bad" hidden=move || shown.with(String::is_empty)>
            {shown}
        </div>
    }
}
