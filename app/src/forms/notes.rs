//! Messages about a posted form: success after a redirect, or the reason why it was refused.

use super::FormOutcome;
use crate::pages::query;
use crate::text::Text;
use crate::text::access as text;
use leptos::prelude::*;

/// The success message after a form redirected to `?done=<code>`. Unknown codes show nothing, so that a link cannot
/// inject text into the page.
#[component]
pub fn SuccessNote(
    /// Code and message.
    messages: &'static [(&'static str, Text)],
) -> impl IntoView {
    let code = query("done").unwrap_or_default();
    let message = messages.iter().find(|(known, _)| *known == code).map(|(_, message)| message());
    view! { <div role="status">{message.map(|message| view! { <p class="note ok">{message}</p> })}</div> }
}

/// Why a form was refused, or that it was restored after signing in again. Screen readers announce it when the page opens.
#[component]
pub fn FormAlert(
    /// The name of the form.
    form: &'static str,
) -> impl IntoView {
    let outcome = FormOutcome::for_form(form);
    let (class, message) = match outcome.problem {
        Some(problem) => ("note bad", Some(problem)),
        None => ("note warn", outcome.is_restored.then(|| text::form_restored().to_owned())),
    };
    message.map(|message| view! { <p class=class role="alert">{message}</p> })
}
