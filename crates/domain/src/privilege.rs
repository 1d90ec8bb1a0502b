//! Privileges of keys: `module:action` pairs from the operator's catalogue. Which privilege a call needs is part of the
//! gateway's request, not decided here.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::lists::comma_list;
use crate::text::{is_identifier, is_invisible, sanitize};
use crate::texts::{fields, labels, overview};

/// How many whole modules a summary names before it counts the rest.
const NAMED: usize = 3;

/// A module of the product, such as its contacts, with its actions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// `[a-z0-9-]{1,32}`, the first half of a privilege.
    pub id: String,
    /// The label on screen.
    pub label: String,
    /// `[a-z0-9-]{1,32}` each, the second half of a privilege.
    pub actions: Vec<String>,
}

/// All modules of the product, in the order on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    /// At least one, with unique ids.
    pub modules: Vec<Module>,
}

/// Why a list of modules is not a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum CatalogueError {
    /// No module at all.
    #[error("List at least one module.")]
    Empty,
    /// A module's or action's id with other characters than `[a-z0-9-]`, or too long.
    #[error("\"{0}\" is not an id: use 1 to 32 of a-z, 0-9 and -.")]
    Id(String),
    /// Two modules with the same id.
    #[error("The module {0} is listed twice.")]
    ModuleTwice(String),
    /// Two actions with the same id in one module.
    #[error("The privilege {0} is listed twice.")]
    ActionTwice(String),
    /// A module without actions.
    #[error("The module {0} has no actions.")]
    NoActions(String),
    /// An empty, overlong or invisible label.
    #[error("The label of the module {0} must be 1 to 64 visible characters.")]
    Label(String),
}

impl Catalogue {
    /// Accepts the operator's modules if every privilege in them is unique.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn parse(modules: Vec<Module>) -> Result<Self, CatalogueError> {
        if modules.is_empty() {
            return Err(CatalogueError::Empty);
        }
        let mut ids = BTreeSet::new();
        for module in &modules {
            check_module(module)?;
            if !ids.insert(&module.id) {
                return Err(CatalogueError::ModuleTwice(module.id.clone()));
            }
        }
        Ok(Self { modules })
    }

    /// Skips the checks, for modules that [`Self::parse`] accepted on the server.
    pub fn from_validated(modules: Vec<Module>) -> Self {
        Self { modules }
    }

    /// Whether the catalogue has this privilege.
    pub fn contains(&self, privilege: &str) -> bool {
        privilege.split_once(':').is_some_and(|(id, action)| {
            self.modules.iter().any(|module| module.id == id && module.actions.iter().any(|known| known == action))
        })
    }
}

fn check_module(module: &Module) -> Result<(), CatalogueError> {
    if let Some(bad) = std::iter::once(&module.id).chain(&module.actions).find(|id| !is_identifier(id)) {
        return Err(CatalogueError::Id(sanitize(bad)));
    }
    let valid_label = !module.label.trim().is_empty()
        && module.label.chars().count() <= 64
        && !module.label.chars().any(|c| c.is_control() || is_invisible(c));
    if !valid_label {
        return Err(CatalogueError::Label(module.id.clone()));
    }
    if module.actions.is_empty() {
        return Err(CatalogueError::NoActions(module.id.clone()));
    }
    let mut actions = BTreeSet::new();
    match module.actions.iter().find(|action| !actions.insert(*action)) {
        Some(twice) => Err(CatalogueError::ActionTwice(format!("{}:{twice}", module.id))),
        None => Ok(()),
    }
}

/// The label of an action on screen. An action that only the operator knows is labelled with its id, the first letter
/// upper-cased and spaces for `-`.
pub fn action_label(action: &str) -> String {
    let mut chars = action.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    let words: String = first.into_iter().chain(chars).map(|c| if c == '-' { ' ' } else { c }).collect();
    labels::action(action, words)
}

/// A well-formed `module:action`, which may or may not be in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Privilege(String);

impl Privilege {
    /// Whether [`Self::parse`] accepts it.
    pub fn is_well_formed(text: &str) -> bool {
        is_privilege(text)
    }

    /// Parses `module:action`.
    ///
    /// # Errors
    /// [`PrivilegeError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, PrivilegeError> {
        if is_privilege(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PrivilegeError::Malformed(sanitize(&text.chars().take(80).collect::<String>())))
        }
    }

    /// The privilege as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Privilege {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_privilege(text: &str) -> bool {
    text.split_once(':').is_some_and(|(module, action)| is_identifier(module) && is_identifier(action))
}

/// Why privileges are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum PrivilegeError {
    /// Not `module:action`.
    #[error("{}", fields::privilege_malformed(.0))]
    Malformed(String),
    /// Not in the operator's catalogue.
    #[error("{}", fields::privilege_unknown(.0))]
    Unknown(String),
    /// Changed privileges, where the operator's policy fixes them.
    #[error("{}", fields::privileges_fixed())]
    Fixed,
}

/// The privileges of a key: all, or a list, which may be empty.
///
/// Kept as the stored text, `*` or sorted privileges separated by spaces: in a cache of a million keys a set of strings
/// would need ten times the memory, and a key has few privileges to scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privileges(Box<str>);

const ALL: &str = "*";

impl Privileges {
    /// All privileges, including those added to the catalogue later.
    pub fn all() -> Self {
        Self(ALL.into())
    }

    /// No privileges.
    pub fn none() -> Self {
        Self::default()
    }

    /// Parses privileges as chosen on the page or typed on the command line; each must be in the catalogue.
    ///
    /// # Errors
    /// See [`PrivilegeError`].
    pub fn from_typed<'a>(
        typed: impl IntoIterator<Item = &'a str>,
        catalogue: &Catalogue,
    ) -> Result<Self, PrivilegeError> {
        let mut chosen = BTreeSet::new();
        for text in typed {
            let privilege = Privilege::parse(text.trim())?;
            if !catalogue.contains(privilege.as_str()) {
                return Err(PrivilegeError::Unknown(privilege.0));
            }
            chosen.insert(privilege);
        }
        Ok(Self::from_set(&chosen))
    }

    /// Parses [`Self::to_stored`], regardless of the current catalogue.
    ///
    /// # Errors
    /// [`PrivilegeError::Malformed`].
    pub fn from_stored(text: &str) -> Result<Self, PrivilegeError> {
        if text == ALL {
            return Ok(Self::all());
        }
        // Inserted one by one: collecting into the set sorts a slice, which is large in wasm.
        let mut chosen = BTreeSet::new();
        for text in text.split_ascii_whitespace() {
            chosen.insert(Privilege::parse(text)?);
        }
        Ok(Self::from_set(&chosen))
    }

    /// `*`, or the privileges separated by spaces; empty for none.
    pub fn to_stored(&self) -> String {
        self.0.clone().into()
    }

    /// The stored form without a copy.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_set(chosen: &BTreeSet<Privilege>) -> Self {
        let listed: Vec<&str> = chosen.iter().map(Privilege::as_str).collect();
        Self(listed.join(" ").into())
    }

    /// Whether a call that needs the privilege `needed` is allowed. Malformed privileges never are. Does not allocate.
    pub fn allows(&self, needed: &str) -> bool {
        // Listed privileges are well-formed, so equality implies that `needed` is.
        if self.is_all() { is_privilege(needed) } else { self.iter().any(|privilege| privilege == needed) }
    }

    /// Whether it is all privileges.
    pub fn is_all(&self) -> bool {
        &*self.0 == ALL
    }

    /// Whether it is no privileges.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The listed privileges, sorted; empty for all privileges.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let listed = if self.is_all() { "" } else { &self.0 };
        listed.split_ascii_whitespace()
    }

    /// A summary for a table cell: `All privileges`, `No privileges`, `Contacts, Orders`, `Reports: Read`,
    /// `Orders: Write +1`.
    pub fn summary(&self, catalogue: &Catalogue) -> String {
        if self.is_all() {
            return overview::all_privileges().to_owned();
        }
        if self.is_none() {
            return overview::no_privileges().to_owned();
        }
        let total = self.iter().count();
        let (whole, partly): (Vec<&Module>, Vec<&Module>) = catalogue
            .modules
            .iter()
            .filter(|module| self.listed_actions(module).next().is_some())
            .partition(|module| self.listed_actions(module).count() == module.actions.len());
        let in_whole: usize = whole.iter().map(|module| module.actions.len()).sum();
        if in_whole == total && total > 1 {
            let named: Vec<&str> = whole.iter().take(NAMED).map(|module| module.label.as_str()).collect();
            return and_more(comma_list(&named), whole.len() - named.len());
        }
        let first = match (partly.first().or(whole.first()), self.iter().next()) {
            (Some(module), _) => {
                let action = self.listed_actions(module).next().unwrap_or_default();
                overview::action_of(&module.label, action_label(action))
            }
            // None of them is in the catalogue any more.
            (None, first) => first.unwrap_or_default().to_owned(),
        };
        and_more(first, total - 1)
    }

    fn listed_actions<'a>(&self, module: &'a Module) -> impl Iterator<Item = &'a str> {
        let chosen = |action: &&String| {
            self.iter().any(|privilege| privilege.split_once(':') == Some((module.id.as_str(), action.as_str())))
        };
        module.actions.iter().filter(chosen).map(String::as_str)
    }
}

fn and_more(named: String, more: usize) -> String {
    if more == 0 { named } else { overview::and_more(named, more) }
}

#[cfg(test)]
mod tests;
