//! The privileges of a key: a table of modules and actions, and *All privileges*.

use super::key_form_state::KeyFormState;
use crate::components::error_line;
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use domain::policy::Policy;
use domain::privilege::{Module, action_label};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Check boxes for every module and action of the catalogue, disabled until `hydrated`. Where the policy fixes
/// privileges, those of a key that `exists` cannot be changed.
pub(super) fn privileges_field(
    policy: &Policy,
    exists: bool,
    draft: KeyFormState,
    errors: RwSignal<FieldErrors>,
    hydrated: Signal<bool>,
) -> Element {
    let (modules, KeyFormState { all_privileges, privileges, .. }) = (&policy.modules, draft);
    let is_fixed = policy.privileges_fixed && exists;
    let has_some = move || all_privileges.get() || !privileges.with(BTreeSet::is_empty);
    let title = el("div")
        .class("label-row")
        .child(el("span").class("label").attr("id", "privileges-title").child("Privileges"));
    let all_box = check_box()
        .bind_flag("disabled", move || is_fixed || !hydrated.get())
        .bind_checked(move || all_privileges.get(), move |is_on| all_privileges.set(is_on));
    el("div")
        .class("field")
        .attr("role", "group")
        .attr("id", "privileges")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "privileges-title")
        .child(title.child(el("label").class("check").child(all_box).child("All privileges")))
        .child(el("div").class("table-frame").child(privileges_table(modules, draft, is_fixed, hydrated)))
        .child(error_line(errors, "privileges"))
        .children(policy.privileges_fixed.then(|| {
            el("p").class("hint").child(if exists {
                "Privileges were set when the key was created and cannot be changed. Add another key for other privileges."
            } else {
                "Choose with care: privileges cannot be changed later."
            })
        }))
        .child(
            el("p")
                .class("hint")
                .bind_flag("hidden", move || !all_privileges.get())
                .child("Includes modules that are added later."),
        )
        .child(
            el("p")
                .class("hint")
                .bind_flag("hidden", has_some)
                .child("Without privileges, the key identifies its caller but allows nothing else."),
        )
}

fn privileges_table(modules: &[Module], draft: KeyFormState, is_fixed: bool, hydrated: Signal<bool>) -> Element {
    let actions = all_actions(modules);
    let head = actions.iter().map(|action| el("th").attr("scope", "col").child(action_label(action)));
    let head = el("tr").child(el("th").attr("scope", "col").child("Module")).children(head);
    let rows = modules.iter().map(|module| module_row(module, &actions, draft, is_fixed, hydrated));
    el("table").class("privileges").child(el("thead").child(head)).child(el("tbody").children(rows))
}

/// The actions of all modules, in order of first appearance.
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
    draft: KeyFormState,
    is_fixed: bool,
    hydrated: Signal<bool>,
) -> Element {
    let cells = actions.iter().map(|action| {
        let is_supported = module.actions.contains(action);
        el("td").children(is_supported.then(|| {
            let name = format!("{}: {}", module.label, action_label(action));
            privilege_checkbox(name, format!("{}:{action}", module.id), draft, is_fixed, hydrated)
        }))
    });
    el("tr").child(el("th").attr("scope", "row").child(module.label.clone())).children(cells)
}

fn privilege_checkbox(
    name: String,
    privilege: String,
    draft: KeyFormState,
    is_fixed: bool,
    hydrated: Signal<bool>,
) -> Element {
    let KeyFormState { all_privileges, privileges, .. } = draft;
    let own = privilege.clone();
    let is_chosen = move || all_privileges.get() || privileges.with(|chosen| chosen.contains(&own));
    let choose = move |is_on: bool| {
        privileges.update(|chosen| {
            if is_on {
                chosen.insert(privilege.clone());
            } else {
                chosen.remove(&privilege);
            }
        });
    };
    check_box()
        .attr("aria-label", name)
        .bind_flag("disabled", move || is_fixed || all_privileges.get() || !hydrated.get())
        .bind_checked(is_chosen, choose)
}

fn check_box() -> Element {
    el("input").attr("type", "checkbox")
}
