//! One sentence that says what the key will be, above *Save*.

use crate::browser;
use crate::components::Emphasis;
use crate::keys::form_state::FormState;
use domain::form::KeyForm;
use domain::privilege::Module;
use domain::summary::{sentence, summarize};
use domain::time::Millis;
use domain::whitelist::feedback;
use leptos::prelude::*;

/// The sentence, of what is typed.
#[island]
pub fn Sentence(
    /// The modules that privileges name.
    modules: Vec<Module>,
    /// What the server rendered.
    form: KeyForm,
    /// When it was rendered.
    now: Millis,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let parts = Memo::new(move |_| {
        let typed =
            state.and_then(|state| state.fields.with(|fields| (!fields.0.is_empty()).then(|| fields.key_form())));
        let now = if typed.is_some() { browser::now() } else { now };
        let form = typed.as_ref().unwrap_or(&form);
        sentence(&summarize(form, &feedback(&form.whitelist), &modules, now))
    });
    view! { <p class="sentence">{move || view! { <Emphasis parts=parts.get() /> }}</p> }
}
