//! The environment of a key: choosing live or sandbox, and the badge of a sandbox key, which has text so that it does
//! not depend on colour.

use crate::dom::{Element, el};
use domain::key::Environment;
use leptos::prelude::*;

/// The name on screen.
pub(super) fn environment_label(environment: Environment) -> &'static str {
    match environment {
        Environment::Live => "Live",
        Environment::Sandbox => "Sandbox",
    }
}

/// Whether the policy offers more than one environment.
pub(super) fn has_choice(environments: &[Environment]) -> bool {
    environments.len() > 1
}

/// The badge of a sandbox key; a live key has none.
pub(super) fn environment_badge(environment: Environment) -> Option<Element> {
    (environment == Environment::Sandbox).then(|| el("span").class("tag sandbox").child("Sandbox"))
}

/// The badge of the environment that is chosen now.
pub(super) fn bound_environment_badge(environment: RwSignal<Environment>) -> Element {
    el("span").class("contents").bind_child(move || environment_badge(environment.get()))
}

/// The radio buttons for a new key, disabled until `hydrated`.
pub(super) fn environment_choice(
    environments: &[Environment],
    chosen: RwSignal<Environment>,
    hydrated: Signal<bool>,
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
            .bind_flag("disabled", move || !hydrated.get())
            .bind_checked(move || chosen.get() == environment, choose);
        el("label").class("check").child(radio).child(environment_label(environment))
    };
    group("radiogroup").child(el("div").class("choices").children(environments.iter().map(choice))).child(
        el("p").class("hint").child(
            "Sandbox keys are for testing and are marked as such in the key itself. This cannot be changed later.",
        ),
    )
}

/// The environment of an existing key, as text.
pub(super) fn environment_text(environment: Environment) -> Element {
    group("group").child(el("p").child(environment_label(environment)).child(", set when the key was created."))
}

fn group(role: &'static str) -> Element {
    el("div")
        .class("field")
        .attr("role", role)
        .attr("aria-labelledby", "environment-title")
        .child(el("span").class("label").attr("id", "environment-title").child("Environment"))
}
