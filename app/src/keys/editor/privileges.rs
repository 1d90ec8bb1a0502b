//! The privileges of a key: a table of modules and actions, and *All privileges*.

use super::EditorFields;
use crate::keys::dialog_context::DialogContext;
use crate::keys::form_fields::PRIVILEGE;
use crate::keys::islands::FieldError;
use crate::text::editor as text;
use domain::privilege::{Module, action_label};
use leptos::prelude::*;

/// Check boxes for every module and action of the catalogue. Where the policy fixes privileges, those of a key that
/// `exists` cannot be changed.
#[component]
pub fn PrivilegesField(fields: EditorFields, context: DialogContext, exists: bool) -> impl IntoView {
    let (modules, are_fixed) = (context.policy.modules.clone(), context.policy.privileges_fixed);
    let disabled = are_fixed && exists;
    let error = fields.error("privileges");
    let all = fields.values.is_ticked("all_privileges");
    let fixed_hint = match (are_fixed, exists) {
        (true, true) => text::privileges_fixed(),
        (true, false) => text::privileges_will_be_fixed(),
        (false, _) => "",
    };
    let actions = all_actions(&modules);
    let head: Vec<_> = actions.iter().map(|action| view! { <th scope="col">{action_label(action)}</th> }).collect();
    let rows: Vec<_> = modules.iter().map(|module| module_row(module, &actions, &fields)).collect();
    view! {
        <fieldset class="field" id="privileges" tabindex="-1" disabled=disabled>
            <legend>{text::privileges()}</legend>
            <label class="check all">
                <input type="checkbox" name="all_privileges" checked=all />
                {text::all_privileges()}
            </label>
            <div class="table-frame">
                <table class="privileges">
                    <thead>
                        <tr>
                            <th scope="col">{text::module()}</th>
                            {head}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <FieldError field="privileges".to_owned() error />
            {(!fixed_hint.is_empty()).then(|| view! { <p class="hint">{fixed_hint}</p> })}
            <p class="hint if-all">{text::all_privileges_hint()}</p>
            <p class="hint if-none">{text::no_privileges()}</p>
        </fieldset>
    }
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

fn module_row(module: &Module, actions: &[String], fields: &EditorFields) -> impl IntoView + use<> {
    let cell = |action: &String| {
        let is_supported = module.actions.contains(action);
        let name = format!("{PRIVILEGE}{}:{action}", module.id);
        let label = format!("{}: {}", module.label, action_label(action));
        let checked = fields.values.is_ticked(&name);
        // The label makes the whole cell the target.
        let input = is_supported.then(|| {
            view! {
                <label class="cell">
                    <input type="checkbox" name=name aria-label=label checked=checked />
                </label>
            }
        });
        view! { <td>{input}</td> }
    };
    let cells: Vec<_> = actions.iter().map(cell).collect();
    view! {
        <tr>
            <th scope="row">{module.label.clone()}</th>
            {cells}
        </tr>
    }
}
