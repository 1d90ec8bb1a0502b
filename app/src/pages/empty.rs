//! What stands in the browser's half for pages that only the server renders.

use leptos::prelude::*;

/// Nothing: in the browser only islands are awake.
#[component]
pub fn Empty() -> impl IntoView {}
