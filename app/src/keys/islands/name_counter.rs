//! How many characters of a name are typed, of how many allowed.

use crate::keys::form_state::FormState;
use crate::text::editor::count_of;
use domain::name::name_len;
use leptos::prelude::*;

/// The counter, red above the limit.
#[island]
pub fn NameCounter(
    /// The most characters.
    limit: usize,
    /// How many the server rendered.
    count: usize,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let count = move || match state {
        Some(state) => {
            state.fields.with(|fields| if fields.0.is_empty() { count } else { name_len(fields.get("name")) })
        }
        None => count,
    };
    view! { <span class="counter" class:bad=move || { count() > limit }>{move || count_of(count(), limit)}</span> }
}
