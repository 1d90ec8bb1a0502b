//! How many whitelist entries count, of how many allowed.

use crate::keys::form_state::FormState;
use crate::text::editor::count_of;
use domain::whitelist::count_entries;
use leptos::prelude::*;

/// The counter, red above the limit.
#[island]
pub fn WhitelistCounter(
    /// The most entries.
    limit: usize,
    /// The whitelist that the server rendered.
    whitelist: String,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let count = Memo::new(move |_| match state {
        Some(state) if state.fields.with(|fields| !fields.0.is_empty()) => {
            state.fields.with(|fields| count_entries(fields.get("whitelist")))
        }
        _ => count_entries(&whitelist),
    });
    view! { <span class="counter" class:bad=move || { count.get() > limit }>{move || count_of(count.get(), limit)}</span> }
}
