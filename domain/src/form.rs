//! Forms as the browser posts them, and what they become once every field is good. The same checks run in the browser
//! while somebody types and on the server when the form arrives. Limits on how many keys there are belong to `service`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::member::{Email, check_password};
use crate::name::{AccountName, KeyName};
use crate::policy::Policy;
use crate::privilege::{Catalogue, Privileges};
use crate::whitelist::Whitelist;

/// One message for one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// `name`, `whitelist`, `privileges`, `email`, `password` or `account_name`.
    pub field: String,
    /// What the page shows beside it.
    pub message: String,
}

/// What is wrong with a form, at most one message a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// One error, for a form that only the server can judge.
    pub fn one(field: &str, message: impl fmt::Display) -> Self {
        Self(vec![FieldError { field: field.to_owned(), message: message.to_string() }])
    }

    /// The message for a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the value of a good field; notes the message of a bad one.
    fn take<T, E: fmt::Display>(&mut self, field: &str, parsed: Result<T, E>) -> Option<T> {
        parsed.map_err(|error| self.0.extend(Self::one(field, error).0)).ok()
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", error.field, error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for FieldErrors {}

/// The slider's fields, to add a key or to edit one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyForm {
    /// The name as typed.
    pub name: String,
    /// The whitelist as typed.
    pub whitelist: String,
    /// Whether the box `All privileges` is ticked; the list then counts for nothing.
    pub all_privileges: bool,
    /// The ticked privileges, `module:action`.
    pub privileges: Vec<String>,
}

/// What a good [`KeyForm`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDraft {
    /// The key's name.
    pub name: KeyName,
    /// From where it may be used.
    pub whitelist: Whitelist,
    /// What it may do.
    pub privileges: Privileges,
}

impl KeyForm {
    /// Checks every field, so that all messages appear at once.
    pub fn check(&self, policy: &Policy, catalogue: &Catalogue) -> Result<KeyDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", KeyName::parse(&self.name, policy.name_max));
        let whitelist = errors.take("whitelist", Whitelist::parse(&self.whitelist, policy.whitelist_max));
        let privileges = errors.take("privileges", self.privileges(catalogue));
        match (name, whitelist, privileges) {
            (Some(name), Some(whitelist), Some(privileges)) => Ok(KeyDraft { name, whitelist, privileges }),
            _ => Err(errors),
        }
    }

    fn privileges(&self, catalogue: &Catalogue) -> Result<Privileges, crate::privilege::PrivilegeError> {
        if self.all_privileges {
            return Ok(Privileges::all());
        }
        Privileges::from_typed(self.privileges.iter().map(String::as_str), catalogue)
    }
}

/// The first account and its owner.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetupForm {
    /// The account's name as typed.
    pub account_name: String,
    /// The owner's email address as typed.
    pub email: String,
    /// The owner's password as typed.
    pub password: String,
}

/// What a good [`SetupForm`] says; the password stays in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupDraft {
    /// The account's name.
    pub account_name: AccountName,
    /// The owner's email address.
    pub email: Email,
}

impl SetupForm {
    /// The messages alone, for the browser.
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.take("account_name", AccountName::parse(&self.account_name));
        errors.take("email", Email::check(&self.email));
        errors.take("password", check_password(&self.password));
        errors
    }

    /// Checks every field, so that all messages appear at once.
    pub fn check(&self) -> Result<SetupDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let account_name = errors.take("account_name", AccountName::parse(&self.account_name));
        let email = errors.take("email", Email::parse(&self.email));
        let password = errors.take("password", check_password(&self.password));
        match (account_name, email, password) {
            (Some(account_name), Some(email), Some(())) => Ok(SetupDraft { account_name, email }),
            _ => Err(errors),
        }
    }
}

/// Who wants to sign in. Not checked field by field: every failure must look the same.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// The email address as typed.
    pub email: String,
    /// The password as typed.
    pub password: String,
}

/// Written by hand, as a derived one would put the password into a log.
impl fmt::Debug for SetupForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetupForm")
            .field("account_name", &self.account_name)
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

/// Written by hand, as a derived one would put the password into a log.
impl fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInForm").field("email", &self.email).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &KeyForm) -> Result<KeyDraft, FieldErrors> {
        let policy = Policy::default();
        form.check(&policy, &policy.catalogue().expect("the default catalogue"))
    }

    #[test]
    fn a_good_form_becomes_a_draft() {
        let form = KeyForm {
            name: " Warehouse sync ".into(),
            whitelist: "203.0.113.7, 10.4.0.0/22".into(),
            privileges: vec!["orders:write".into(), "contacts:read".into()],
            ..KeyForm::default()
        };
        let draft = check(&form).expect("a good form");
        assert_eq!(draft.name.as_str(), "Warehouse sync");
        assert_eq!(draft.whitelist.len(), 2);
        assert_eq!(draft.privileges.to_stored(), "contacts:read orders:write");
    }

    #[test]
    fn no_privilege_and_all_privileges_are_what_was_ticked() {
        let form = KeyForm { name: "x".into(), ..KeyForm::default() };
        assert!(check(&form).expect("a good form").privileges.is_none());
        let form = KeyForm { all_privileges: true, privileges: vec!["gone:since".into()], ..form };
        assert!(check(&form).expect("a good form").privileges.is_all());
    }

    #[test]
    fn every_bad_field_has_its_own_message() {
        let form = KeyForm {
            name: "a".repeat(33),
            whitelist: "10.0.0.*".into(),
            privileges: vec!["reports:write".into()],
            ..KeyForm::default()
        };
        let errors = check(&form).expect_err("three bad fields");
        assert_eq!(errors.get("name"), Some("The name has 33 characters; shorten it to 32."));
        assert_eq!(errors.get("whitelist"), Some("Line 1: Write 10.0.0.0/24 instead of 10.0.0.*"));
        assert_eq!(
            errors.get("privileges"),
            Some("There is no privilege reports:write (any more). Choose from the list.")
        );
        assert_eq!(errors.get("email"), None);
    }

    #[test]
    fn set_up_names_its_fields() {
        let errors = SetupForm::default().check().expect_err("an empty form");
        let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["account_name", "email", "password"]);
        let form = SetupForm {
            account_name: "Acme".into(),
            email: "Jo@Acme.example".into(),
            password: "correct horse battery".into(),
        };
        assert_eq!(form.check().map(|draft| draft.email.to_string()), Ok("jo@acme.example".to_owned()));
    }

    #[test]
    fn a_password_is_in_no_debug_output() {
        let set_up = SetupForm { password: "canary-canary".into(), ..SetupForm::default() };
        let sign_in = SignInForm { password: "canary-canary".into(), ..SignInForm::default() };
        assert!(!format!("{set_up:?}{sign_in:?}").contains("canary"));
    }
}
