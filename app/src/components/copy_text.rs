//! A button that copies a text of the page. It appears with wasm: without, it could do nothing.

use crate::browser;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button.
#[island]
pub fn CopyText(
    /// What it copies.
    text: String,
    /// Its text.
    label: String,
    /// Its accessible name, which says what is copied.
    name: String,
) -> impl IntoView {
    let (hydrated, copied) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| hydrated.set(true));
    let text = StoredValue::new(text);
    let copy = move |_| {
        spawn_local(async move {
            let is_copied = browser::copy(&text.get_value(), "").await;
            let _ = copied.try_set(is_copied);
        });
    };
    view! {
        <button
            class="button copy"
            type="button"
            aria-label=name
            class:done=move || copied.get()
            hidden=move || !hydrated.get()
            on:click=copy
        >
            {label}
        </button>
    }
}
