//! The privileges of a key: a table of modules and actions, and *All privileges*.

use super::draft::Draft;
use crate::dom::{Element, el};
use crate::parts::error_line;
use domain::form::FieldErrors;
use domain::policy::Policy;
use domain::privilege::{Module, action_label};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Check boxes for every module and action of the catalogue. Until `awake` a tick would be lost, and where the policy
/// fixes privileges, a key that `exists` keeps its own.
pub(super) fn privilege_table(
    policy: &Policy,
    exists: bool,
    draft: Draft,
    errors: RwSignal<FieldErrors>,
    awake: Signal<bool>,
) -> Element {
    let (modules, Draft { all, chosen, .. }) = (&policy.modules, draft);
    let is_kept = policy.privileges_fixed && exists;
    let awake = Signal::derive(move || awake.get() && !is_kept);
    let actions = all_actions(modules);
    let head = actions.iter().map(|action| el("th").attr("scope", "col").child(action_label(action)));
    let head = el("tr").child(el("th").attr("scope", "col").child("Module")).children(head);
    let rows = modules.iter().map(|module| module_row(module, &actions, all, chosen, awake));
    let table = el("table").class("privileges").child(el("thead").child(head)).child(el("tbody").children(rows));
    let has_some = move || all.get() || !chosen.with(BTreeSet::is_empty);
    el("div")
        .class("field")
        .attr("role", "group")
        .attr("id", "privileges")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "privileges-title")
        .child(
            el("div")
                .class("label-row")
                .child(el("span").class("label").attr("id", "privileges-title").child("Privileges"))
                .child(
                    el("label")
                        .class("check")
                        .child(
                            check_box()
                                .live_flag("disabled", move || !awake.get())
                                .checked(move || all.get(), move |is_on| all.set(is_on)),
                        )
                        .child("All privileges"),
                ),
        )
        .child(el("div").class("table-frame").child(table))
        .child(error_line(errors, "privileges"))
        .children(policy.privileges_fixed.then(|| {
            el("p").class("hint").child(if exists {
                "Privileges were chosen when the key was made and cannot be changed. Add another key for others."
            } else {
                "Choose with care: privileges cannot be changed later."
            })
        }))
        .child(
            el("p")
                .class("hint")
                .live_flag("hidden", move || !all.get())
                .child("Modules that are added later are included."),
        )
        .child(
            el("p")
                .class("hint")
                .live_flag("hidden", has_some)
                .child("Without a privilege, the key proves who calls and may do nothing else."),
        )
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
) -> Element {
    let cells = actions.iter().map(|action| {
        let is_known = module.actions.contains(action);
        el("td").children(is_known.then(|| {
            let name = format!("{}: {}", module.label, action_label(action));
            choice(name, format!("{}:{action}", module.id), all, chosen, awake)
        }))
    });
    el("tr").child(el("th").attr("scope", "row").child(module.label.clone())).children(cells)
}

fn choice(
    name: String,
    privilege: String,
    all: RwSignal<bool>,
    chosen: RwSignal<BTreeSet<String>>,
    awake: Signal<bool>,
) -> Element {
    let own = privilege.clone();
    let is_chosen = move || all.get() || chosen.with(|chosen| chosen.contains(&own));
    let choose = move |is_on: bool| {
        chosen.update(|chosen| {
            if is_on {
                chosen.insert(privilege.clone());
            } else {
                chosen.remove(&privilege);
            }
        });
    };
    check_box()
        .attr("aria-label", name)
        .live_flag("disabled", move || all.get() || !awake.get())
        .checked(is_chosen, choose)
}

fn check_box() -> Element {
    el("input").attr("type", "checkbox")
}
