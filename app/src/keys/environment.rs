//! Live and sandbox: how one is chosen, and the mark of a sandbox key, which says it in words and not by colour alone.

use crate::dom::{Element, el};
use domain::key::Environment;
use leptos::prelude::*;

/// What the page calls it.
pub(super) fn label(environment: Environment) -> &'static str {
    match environment {
        Environment::Live => "Live",
        Environment::Sandbox => "Sandbox",
    }
}

/// Whether there is anything to choose.
pub(super) fn is_choice(environments: &[Environment]) -> bool {
    environments.len() > 1
}

/// The mark of a sandbox key; a live one has none.
pub(super) fn mark(environment: Environment) -> Option<Element> {
    (environment == Environment::Sandbox).then(|| el("span").class("tag sandbox").child("Sandbox"))
}

/// The same for a key whose environment is being chosen.
pub(super) fn live_mark(environment: RwSignal<Environment>) -> Element {
    el("span").class("contents").live_if(move || mark(environment.get()))
}

/// The choice for a new key. Until `awake` a click would be lost.
pub(super) fn environment_choice(
    environments: &[Environment],
    chosen: RwSignal<Environment>,
    awake: Signal<bool>,
) -> Element {
    let choice = |environment: &Environment| {
        let environment = *environment;
        let choose = move |is_on: bool| {
            if is_on {
                chosen.set(environment);
            }
        };
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", "environment")
            .attr("value", environment.as_str())
            .live_flag("disabled", move || !awake.get())
            .checked(move || chosen.get() == environment, choose);
        el("label").class("check").child(radio).child(label(environment))
    };
    group("radiogroup").child(el("div").class("choices").children(environments.iter().map(choice))).child(
        el("p")
            .class("hint")
            .child("A sandbox key is for trying things out, and its text says so. This cannot be changed later."),
    )
}

/// The environment of a key that exists.
pub(super) fn environment_of(key: Environment) -> Element {
    group("group").child(el("p").child(label(key)).child(", chosen when the key was made."))
}

fn group(role: &'static str) -> Element {
    el("div")
        .class("field")
        .attr("role", role)
        .attr("aria-labelledby", "environment-title")
        .child(el("span").class("label").attr("id", "environment-title").child("Environment"))
}
