//! The line for an `.env` file, and the first call in several languages.

use super::copy_button::CopyButton;
use crate::text::reveal as text;
use leptos::prelude::*;

/// The line that sets the environment variable.
#[component]
pub fn EnvLine(
    /// The variable's name.
    variable: String,
    /// The whole key.
    secret: StoredValue<String>,
    /// Whether the last copy worked.
    copied: RwSignal<Option<bool>>,
    /// Whether the key is saved.
    saved: RwSignal<bool>,
) -> impl IntoView {
    let line = secret.with_value(|secret| format!("{variable}={secret}"));
    let stored = StoredValue::new(line.clone());
    view! {
        <section class="env" aria-labelledby="env-title">
            <h3 id="env-title">{text::env()}</h3>
            <div class="code-line">
                <code class="mono">{line}</code>
                <CopyButton label=text::copy_env() class="button" text=stored fallback="api-key" copied saved />
            </div>
        </section>
    }
}

/// The call in each language, one at a time. The choice is a group of radio buttons, so it needs no wasm.
#[component]
pub fn Samples(samples: Vec<(String, String)>) -> impl IntoView {
    let tab = |(index, (language, _)): (usize, &(String, String))| {
        view! {
            <label class="tab">
                <input type="radio" name="language" value=index checked=index == 0 />
                {language.clone()}
            </label>
        }
    };
    let tabs: Vec<_> = samples.iter().enumerate().map(tab).collect();
    let panels: Vec<_> = samples
        .iter()
        .map(|(language, code)| {
            view! { <pre tabindex="0" aria-label=text::example_in(language)>{code.clone()}</pre> }
        })
        .collect();
    view! {
        <section class="samples" aria-labelledby="first-call-title">
            <h3 id="first-call-title">{text::first_call()}</h3>
            <div class="tabs" role="radiogroup" aria-label=text::language()>{tabs}</div>
            {panels}
        </section>
    }
}
