//! What a page says about a form that was sent: that it is done, or why it was refused.

use super::FormOutcome;
use crate::pages::query;
use leptos::prelude::*;

/// What was done, once, after a form led back to its page: `?done=<code>`. A code that is not in the list says nothing,
/// so that no link can put words on the page.
#[component]
pub fn DoneNote(
    /// Each code and what it says.
    says: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let code = query("done").unwrap_or_default();
    let message = says.iter().find(|(known, _)| *known == code).map(|(_, message)| *message);
    view! { <div role="status">{message.map(|message| view! { <p class="note ok">{message}</p> })}</div> }
}

/// Why a form was refused, above it. Read out when the page opens.
#[component]
pub fn FormAlert(
    /// The form.
    form: &'static str,
) -> impl IntoView {
    let outcome = FormOutcome::of(form);
    outcome.problem.map(|problem| view! { <p class="note bad" role="alert">{problem}</p> })
}
