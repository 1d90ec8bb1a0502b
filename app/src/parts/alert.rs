//! A message above a form, read out when it appears.

use leptos::prelude::*;

/// Shows `message` while there is one.
#[component]
pub fn Alert(#[prop(into)] message: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div role="alert">
            {move || message.get().map(|message| view! { <p class="note bad">{message}</p> })}
        </div>
    }
}
