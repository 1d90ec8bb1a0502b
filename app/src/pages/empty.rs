//! Placeholder in the wasm build for pages that only the server renders.

use leptos::prelude::*;

/// Renders nothing: in the browser only islands run.
#[component]
pub fn Empty() -> impl IntoView {}
