//! Starting points of the key editor: named sets of privileges that a person begins with. They fill checkboxes and leave
//! no trace in the key.

use serde::{Deserialize, Serialize};

use crate::privilege::{Catalogue, Module};
use crate::text::{is_identifier, is_invisible, is_label, sanitize};
use crate::texts::templates as texts;

/// The most templates that an operator can define.
pub const TEMPLATES_MAX: usize = 12;
/// The most characters of a description.
const DESCRIPTION_MAX: usize = 120;
/// The id of the standard template for reading.
pub const READ_ONLY: &str = "read-only";
/// The id of the standard template for everything.
pub const FULL_ACCESS: &str = "full-access";
/// Ids of actions that change nothing.
const READING: [&str; 4] = ["read", "view", "list", "get"];

/// A starting point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// `[a-z0-9-]{1,32}`, unique.
    pub id: String,
    /// The label on screen.
    pub label: String,
    /// What it is for, in at most 120 characters; may be empty.
    #[serde(default)]
    pub description: String,
    /// `*` alone, or privileges of the catalogue.
    pub privileges: Vec<String>,
}

impl Template {
    /// Whether it gives all privileges.
    pub fn is_all(&self) -> bool {
        self.privileges.iter().any(|privilege| privilege == "*")
    }
}

/// "Read only" and "Full access". The former only if the product has both actions that read and others.
pub(crate) fn standard_templates(modules: &[Module]) -> Vec<Template> {
    let template = |id: &str, label: &str, description: &str, privileges| Template {
        id: id.to_owned(),
        label: label.to_owned(),
        description: description.to_owned(),
        privileges,
    };
    let mut reading = Vec::new();
    let mut has_other = false;
    for module in modules {
        for action in &module.actions {
            if READING.contains(&action.as_str()) {
                reading.push(format!("{}:{action}", module.id));
            } else {
                has_other = true;
            }
        }
    }
    let full = template(FULL_ACCESS, texts::full_access(), texts::full_access_description(), vec!["*".to_owned()]);
    if reading.is_empty() || !has_other {
        return vec![full];
    }
    vec![template(READ_ONLY, texts::read_only(), texts::read_only_description(), reading), full]
}

/// Finds the first fault: its key below `templates`, such as `0.privileges`, and a message for the operator, in English.
pub(crate) fn check_templates(templates: &[Template], catalogue: &Catalogue) -> Option<(String, String)> {
    if templates.len() > TEMPLATES_MAX {
        return Some((TEMPLATES_MAX.to_string(), format!("List at most {TEMPLATES_MAX} templates.")));
    }
    let mut checked = templates.iter().enumerate().map(|(at, template)| {
        let is_duplicate = templates[..at].iter().any(|other| other.id == template.id);
        let (key, message) = check_template(template, is_duplicate, catalogue)?;
        Some((format!("{at}.{key}"), message))
    });
    checked.find_map(|fault| fault)
}

fn check_template(template: &Template, is_duplicate: bool, catalogue: &Catalogue) -> Option<(&'static str, String)> {
    let Template { id, label, description, privileges } = template;
    if !is_identifier(id) {
        return Some(("id", format!("\"{}\" is not an id: use 1 to 32 of a-z, 0-9 and -.", sanitize(id))));
    }
    if is_duplicate {
        return Some(("id", format!("The template {id} is listed twice.")));
    }
    if !is_label(label) {
        return Some(("label", "Write 1 to 64 visible characters.".to_owned()));
    }
    if description.chars().count() > DESCRIPTION_MAX || description.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Some(("description", format!("Write at most {DESCRIPTION_MAX} visible characters.")));
    }
    if privileges.is_empty() {
        return Some(("privileges", "List at least one privilege, or \"*\" for all.".to_owned()));
    }
    if template.is_all() {
        let message = "\"*\" is all privileges; list it alone.".to_owned();
        return (privileges.len() > 1).then_some(("privileges", message));
    }
    let message = privileges.iter().find_map(|privilege| unknown(privilege, catalogue))?;
    Some(("privileges", message))
}

/// Says which half of a privilege is not in the catalogue.
fn unknown(privilege: &str, catalogue: &Catalogue) -> Option<String> {
    let names = |names: &mut dyn Iterator<Item = &str>| names.collect::<Vec<_>>().join(", ");
    let shown = sanitize(privilege);
    let Some((id, action)) = privilege.split_once(':') else {
        return Some(format!("\"{shown}\" is not a privilege; write module:action."));
    };
    let Some(module) = catalogue.modules.iter().find(|module| module.id == id) else {
        let known = names(&mut catalogue.modules.iter().map(|module| module.id.as_str()));
        return Some(format!("{shown}: there is no module {}. Modules: {known}.", sanitize(id)));
    };
    let is_known = module.actions.iter().any(|known| known == action);
    let known = names(&mut module.actions.iter().map(String::as_str));
    (!is_known).then(|| format!("{shown}: the module {id} has no action {}. Its actions: {known}.", sanitize(action)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    fn template(id: &str, privileges: &[&str]) -> Template {
        Template {
            id: id.to_owned(),
            label: "Shop plugin".to_owned(),
            description: "Set up by Acme Mail for shops".to_owned(),
            privileges: privileges.iter().map(ToString::to_string).collect(),
        }
    }

    fn offered(policy: &Policy) -> Vec<String> {
        policy.offered_templates().iter().map(|it| format!("{}: {}", it.id, it.privileges.join(" "))).collect()
    }

    #[test]
    fn standard_templates_follow_the_modules() {
        let policy = Policy::default();
        let read = "read-only: contacts:read campaigns:read orders:read reports:read";
        assert_eq!(offered(&policy), [read, "full-access: *"]);
        let module = |actions: &[&str]| Module {
            id: "api".into(),
            label: "API".into(),
            actions: actions.iter().map(ToString::to_string).collect(),
        };
        for (actions, expected) in [
            (&["use"][..], &["full-access: *"][..]),
            (&["read"], &["full-access: *"]),
            (&["view", "modify"], &["read-only: api:view", "full-access: *"]),
        ] {
            assert_eq!(offered(&Policy { modules: vec![module(actions)], ..Policy::default() }), expected);
        }
    }

    #[test]
    fn the_operator_adds_replaces_and_turns_off_templates() {
        let templates = vec![template("shop", &["orders:read"]), template("full-access", &["orders:write"])];
        let policy = Policy { templates, ..Policy::default() };
        assert_eq!(policy.validate(), Ok(()));
        assert_eq!(offered(&policy)[1..], ["full-access: orders:write", "shop: orders:read"]);
        let policy = Policy { standard_templates: false, ..policy };
        assert_eq!(offered(&policy), ["shop: orders:read", "full-access: orders:write"]);
        assert!(offered(&Policy { templates: vec![], ..policy }).is_empty());
    }

    #[test]
    fn an_invalid_template_is_named() {
        let long = "x".repeat(121);
        for (change, field, message) in [
            (template("Shop", &["*"]), "id", "\"Shop\" is not an id: use 1 to 32 of a-z, 0-9 and -."),
            (template("first", &["*"]), "id", "The template first is listed twice."),
            (Template { label: " ".into(), ..template("a", &["*"]) }, "label", "Write 1 to 64 visible characters."),
            (
                Template { description: long, ..template("a", &["*"]) },
                "description",
                "Write at most 120 visible characters.",
            ),
            (template("a", &[]), "privileges", "List at least one privilege, or \"*\" for all."),
            (template("a", &["*", "orders:read"]), "privileges", "\"*\" is all privileges; list it alone."),
            (template("a", &["orders"]), "privileges", "\"orders\" is not a privilege; write module:action."),
            (
                template("a", &["orders:read", "stock:read"]),
                "privileges",
                "stock:read: there is no module stock. Modules: contacts, campaigns, orders, reports.",
            ),
            (
                template("a", &["reports:write"]),
                "privileges",
                "reports:write: the module reports has no action write. Its actions: read.",
            ),
        ] {
            let policy = Policy { templates: vec![template("first", &["*"]), change], ..Policy::default() };
            let error = policy.validate().expect_err(message);
            assert_eq!((error.field, error.message.as_str()), (format!("templates.1.{field}"), message));
        }
        let templates = (0..=TEMPLATES_MAX).map(|at| template(&format!("t{at}"), &["*"])).collect();
        let error = Policy { templates, ..Policy::default() }.validate().expect_err("too many");
        assert_eq!(error.message, "List at most 12 templates.");
    }
}
