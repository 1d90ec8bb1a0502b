//! A button that copies a text. It appears with wasm: without, it could do nothing.

use crate::browser;
use crate::text::reveal as text;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button. A text that was copied counts as saved.
#[component]
pub fn CopyButton(
    /// Its text before the copy.
    label: &'static str,
    /// Its CSS class.
    class: &'static str,
    /// What it copies.
    text: StoredValue<String>,
    /// The id of the text area to select where the browser does not copy.
    fallback: &'static str,
    /// Whether the last copy worked.
    copied: RwSignal<Option<bool>>,
    /// Whether the key is saved.
    saved: RwSignal<bool>,
    /// Whether it gets the focus.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let hydrated = RwSignal::new(false);
    let is_done = RwSignal::new(false);
    let button = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |_| {
        hydrated.set(true);
        if let Some(button) = button.get().filter(|_| first) {
            request_animation_frame(move || drop(button.focus()));
        }
    });
    let copy = move |_| {
        spawn_local(async move {
            let is_copied = browser::copy(&text.get_value(), fallback).await;
            let _ = copied.try_set(Some(is_copied));
            if is_copied {
                let _ = is_done.try_set(true);
                let _ = saved.try_set(true);
            }
        });
    };
    view! {
        <button class=class type="button" node_ref=button hidden=move || !hydrated.get() on:click=copy>
            {move || if is_done.get() { text::copied() } else { label }}
        </button>
    }
}
