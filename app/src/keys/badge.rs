//! The badge of a sandbox key. It has text, so that it does not depend on colour.

use crate::text::editor as text;
use domain::key::Environment;
use leptos::prelude::*;

/// The badge; a live key has none.
#[component]
pub fn EnvironmentBadge(environment: Environment) -> impl IntoView {
    (environment == Environment::Sandbox).then(|| view! { <span class="tag sandbox">{text::sandbox()}</span> })
}

/// The name of an environment on screen.
#[cfg(feature = "ssr")]
pub fn environment_label(environment: Environment) -> &'static str {
    match environment {
        Environment::Live => text::live(),
        Environment::Sandbox => text::sandbox(),
    }
}
