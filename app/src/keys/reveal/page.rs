//! The reveal in the answer to a plain form.

use super::Reveal;
use crate::keys::server::KeyWithSecret;
use leptos::prelude::*;

/// The dialog, rendered by the server. Its properties hold the secret, so only that one response contains it.
#[island]
pub fn RevealPage(
    /// The key and its secret.
    revealed: KeyWithSecret,
    /// The page that opens afterwards.
    next: String,
) -> impl IntoView {
    view! { <Reveal revealed next /> }
}
