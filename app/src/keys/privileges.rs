//! The privileges of a key: a table of modules and actions, and *All privileges*.

use domain::form::FieldErrors;
use domain::privilege::{Module, action_label};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Check boxes for every module and action of the catalogue.
#[component]
pub fn PrivilegeTable(
    modules: Vec<Module>,
    all: RwSignal<bool>,
    chosen: RwSignal<BTreeSet<String>>,
    errors: RwSignal<FieldErrors>,
    /// Until then a tick would be lost.
    awake: Signal<bool>,
) -> impl IntoView {
    let actions = all_actions(&modules);
    let head = actions.iter().map(|action| view! { <th scope="col">{action_label(action)}</th> }).collect_view();
    let rows = modules.iter().map(|module| module_row(module, &actions, all, chosen, awake)).collect_view();
    let error = move || errors.with(|errors| errors.get("privileges").map(ToOwned::to_owned));
    let has_none = move || !all.get() && chosen.with(BTreeSet::is_empty);
    view! {
        <div class="field" role="group" id="privileges" tabindex="-1" aria-labelledby="privileges-title">
            <div class="label-row">
                <span class="label" id="privileges-title">"Privileges"</span>
                <label class="check">
                    <input type="checkbox" checked=all.get_untracked() prop:checked=move || all.get()
                        disabled=move || !awake.get()
                        on:change=move |event| all.set(event_target_checked(&event)) />
                    "All privileges"
                </label>
            </div>
            <div class="table-frame">
                <table class="privileges">
                    <thead><tr><th scope="col">"Module"</th>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="error">{error}</p>
            <p class="hint" hidden=move || !all.get()>"Modules that are added later are included."</p>
            <p class="hint" hidden=move || !has_none()>
                "Without a privilege, the key proves who calls and may do nothing else."
            </p>
        </div>
    }
}

/// Every action that some module has, in the order in which they first appear.
fn all_actions(modules: &[Module]) -> Vec<String> {
    let mut actions: Vec<String> = Vec::new();
    for action in modules.iter().flat_map(|module| &module.actions) {
        if !actions.contains(action) {
            actions.push(action.clone());
        }
    }
    actions
}

fn module_row(
    module: &Module,
    actions: &[String],
    all: RwSignal<bool>,
    chosen: RwSignal<BTreeSet<String>>,
    awake: Signal<bool>,
) -> impl IntoView + use<> {
    let cells = actions
        .iter()
        .map(|action| {
            let cell = module.actions.contains(action).then(|| {
                let name = format!("{}: {}", module.label, action_label(action));
                check(name, format!("{}:{action}", module.id), all, chosen, awake)
            });
            view! { <td>{cell}</td> }
        })
        .collect_view();
    view! { <tr><th scope="row">{module.label.clone()}</th>{cells}</tr> }
}

fn check(
    name: String,
    privilege: String,
    all: RwSignal<bool>,
    chosen: RwSignal<BTreeSet<String>>,
    awake: Signal<bool>,
) -> impl IntoView {
    let own = privilege.clone();
    let is_ticked = all.get_untracked() || chosen.with_untracked(|chosen| chosen.contains(&own));
    view! {
        <input type="checkbox" aria-label=name checked=is_ticked
            prop:checked=move || all.get() || chosen.with(|chosen| chosen.contains(&own))
            disabled=move || all.get() || !awake.get()
            on:change=move |event| chosen.update(|chosen| {
                if event_target_checked(&event) {
                    chosen.insert(privilege.clone());
                } else {
                    chosen.remove(&privilege);
                }
            }) />
    }
}
