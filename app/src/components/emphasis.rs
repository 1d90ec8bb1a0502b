//! A text with its arguments emphasized, such as the name in "Delete jo@example.com?".

use i18n::TextPart;
use leptos::prelude::*;

/// The parts, those of arguments in bold.
#[component]
pub fn Emphasis(parts: Vec<TextPart>) -> impl IntoView {
    parts
        .into_iter()
        .map(
            |TextPart { text, is_argument }| {
                if is_argument { view! { <strong>{text}</strong> }.into_any() } else { text.into_any() }
            },
        )
        .collect_view()
}
