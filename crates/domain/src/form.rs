//! Forms as the browser posts them, and what they become once every field is good. The same checks run in the browser
//! while somebody types and on the server when the form arrives. Limits on how many keys there are belong to `service`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::key::Environment;
use crate::limits::{Limits, LimitsForm};
use crate::member::{Email, check_password};
use crate::name::{AccountName, KeyName};
use crate::policy::Policy;
use crate::privilege::{Catalogue, PrivilegeError, Privileges};
use crate::time::Millis;
use crate::whitelist::{Whitelist, WhitelistError};

/// One message for one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in its form: `name`, `whitelist`, `expires`, `second`, `email` …
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
    pub(crate) fn take<T, E: fmt::Display>(&mut self, field: &str, parsed: Result<T, E>) -> Option<T> {
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
    /// Live or sandbox; only a new key's form can choose.
    pub environment: Environment,
    /// When the key ends, as [`parse_expiry`](crate::expiry::parse_expiry) reads it.
    pub expires: String,
    /// How often it may be used, as typed.
    pub limits: LimitsForm,
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
    /// Live or sandbox.
    pub environment: Environment,
    /// The first moment at which it no longer works.
    pub expires_at: Option<Millis>,
    /// How often it may be used.
    pub limits: Limits,
}

/// What a form is judged by besides the policy: the time, and what the key has already.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext {
    /// Now.
    pub now: Millis,
    /// The end that the edited key has; it may stay although it has passed.
    pub expires_at: Option<Millis>,
}

impl KeyForm {
    /// Checks every field of a new key, so that all messages appear at once.
    pub fn check(&self, policy: &Policy, catalogue: &Catalogue, moment: CheckContext) -> Result<KeyDraft, FieldErrors> {
        let environment = policy.check_environment(self.environment);
        self.judge(policy, environment, self.privileges(catalogue), moment)
    }

    /// As [`Self::check`], for a key that exists: its environment stays, and where the policy fixes privileges, so do
    /// these, given as they are stored.
    pub fn check_update(
        &self,
        policy: &Policy,
        catalogue: &Catalogue,
        moment: CheckContext,
        privileges: &str,
    ) -> Result<KeyDraft, FieldErrors> {
        let kept = if policy.privileges_fixed { self.kept(privileges) } else { self.privileges(catalogue) };
        self.judge(policy, Ok(()), kept, moment)
    }

    fn judge(
        &self,
        policy: &Policy,
        environment: Result<(), &'static str>,
        privileges: Result<Privileges, PrivilegeError>,
        moment: CheckContext,
    ) -> Result<KeyDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", KeyName::parse(&self.name, policy.name_max));
        let environment = errors.take("environment", environment);
        let whitelist = errors.take("whitelist", self.whitelist(policy));
        let privileges = errors.take("privileges", privileges);
        let expires_at = errors.take("expires", policy.parse_expiry(&self.expires, moment.now, moment.expires_at));
        let limits = self.limits.check(&mut errors);
        match (name, environment, whitelist, privileges, expires_at, limits) {
            (Some(name), Some(()), Some(whitelist), Some(privileges), Some(expires_at), Some(limits)) => {
                Ok(KeyDraft { name, whitelist, privileges, environment: self.environment, expires_at, limits })
            }
            _ => Err(errors),
        }
    }

    fn whitelist(&self, policy: &Policy) -> Result<Whitelist, WhitelistError> {
        let whitelist = Whitelist::parse(&self.whitelist, policy.whitelist_max)?;
        if policy.whitelist_required && whitelist.is_empty() { Err(WhitelistError::Missing) } else { Ok(whitelist) }
    }

    fn privileges(&self, catalogue: &Catalogue) -> Result<Privileges, PrivilegeError> {
        if self.all_privileges {
            return Ok(Privileges::all());
        }
        Privileges::from_typed(self.privileges.iter().map(String::as_str), catalogue)
    }

    /// The stored privileges, if the form leaves them out or says the same; the catalogue may have changed since.
    fn kept(&self, stored: &str) -> Result<Privileges, PrivilegeError> {
        let privileges = Privileges::from_stored(stored)?;
        let is_same = if self.all_privileges {
            privileges.is_all()
        } else {
            let typed = self.privileges.join(" ");
            typed.trim().is_empty() || Privileges::from_stored(&typed)? == privileges && !privileges.is_all()
        };
        if is_same { Ok(privileges) } else { Err(PrivilegeError::Fixed) }
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

    /// 18 November 2026, 09:04:05.120 UTC.
    const NOW: Millis = 1_794_992_645_120;

    fn check(form: &KeyForm) -> Result<KeyDraft, FieldErrors> {
        let policy = Policy::default();
        let moment = CheckContext { now: NOW, expires_at: None };
        form.check(&policy, &policy.catalogue().expect("the default catalogue"), moment)
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
            expires: "1999-12-31T23:59".into(),
            limits: LimitsForm { minute: "0".into(), ..LimitsForm::default() },
            ..KeyForm::default()
        };
        let errors = check(&form).expect_err("five bad fields");
        assert_eq!(errors.0.len(), 5);
        assert!(errors.get("expires").is_some_and(|message| message.starts_with("This moment has passed.")));
        assert!(errors.get("minute").is_some_and(|message| message.starts_with("0 would let nothing in.")));
        assert_eq!(errors.get("name"), Some("The name has 33 characters; shorten it to 32."));
        assert_eq!(errors.get("whitelist"), Some("Line 1: Write 10.0.0.0/24 instead of 10.0.0.*"));
        assert_eq!(
            errors.get("privileges"),
            Some("There is no privilege reports:write (any more). Choose from the list.")
        );
        assert_eq!(errors.get("email"), None);
    }

    fn check_by(policy: &Policy, form: &KeyForm, privileges: Option<&str>) -> Result<KeyDraft, FieldErrors> {
        let (catalogue, moment) = (policy.catalogue().expect("modules"), CheckContext { now: NOW, expires_at: None });
        match privileges {
            Some(stored) => form.check_update(policy, &catalogue, moment, stored),
            None => form.check(policy, &catalogue, moment),
        }
    }

    #[test]
    fn the_policy_refuses_field_by_field() {
        let policy = Policy {
            whitelist_required: true,
            environments: vec![Environment::Live],
            lifetime_max: Some(90),
            default_expiry: Some(30),
            ..Policy::default()
        };
        let form = KeyForm { name: "x".into(), environment: Environment::Sandbox, ..KeyForm::default() };
        let errors = check_by(&policy, &form, None).expect_err("three bad fields");
        let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["environment", "whitelist", "expires"]);
        // A key that exists keeps its environment, whatever exists today.
        let errors = check_by(&policy, &form, Some("")).expect_err("two bad fields");
        assert_eq!(errors.0.len(), 2);
        let good =
            KeyForm { environment: Environment::Live, whitelist: "10.0.0.1".into(), expires: "90d".into(), ..form };
        assert!(check_by(&policy, &good, None).is_ok());
        let late = KeyForm { expires: "91d".into(), ..good };
        let told = check_by(&policy, &late, Some("")).expect_err("too late");
        assert!(told.get("expires").is_some_and(|message| message.contains("up to 16 Feb 2027, 09:05 UTC")));
    }

    #[test]
    fn fixed_privileges_stay_as_they_are() {
        let policy = Policy { privileges_fixed: true, ..Policy::default() };
        let form = |all: bool, privileges: &[&str]| KeyForm {
            name: "x".into(),
            all_privileges: all,
            privileges: privileges.iter().map(ToString::to_string).collect(),
            ..KeyForm::default()
        };
        for (stored, all, typed, is_kept) in [
            ("orders:write", false, &[][..], true),
            ("orders:write", false, &["orders:write"], true),
            ("contacts:read orders:write", false, &["orders:write", "contacts:read"], true),
            ("gone:since", false, &["gone:since"], true),
            ("*", true, &[], true),
            ("*", false, &[], true),
            ("", false, &[], true),
            ("orders:write", true, &[], false),
            ("orders:write", false, &["orders:read"], false),
            ("orders:write", false, &["orders:write", "orders:read"], false),
            ("", false, &["orders:write"], false),
            ("", true, &[], false),
            ("*", false, &["orders:write"], false),
            ("*", false, &["*"], false),
        ] {
            let form = form(all, typed);
            match check_by(&policy, &form, Some(stored)) {
                Ok(draft) => assert!(is_kept && draft.privileges.as_str() == stored, "{stored} {form:?}"),
                Err(errors) => assert!(!is_kept && errors.get("privileges").is_some(), "{stored} {form:?}"),
            }
        }
        // When the key is made they are chosen, and without the policy they can be changed.
        assert!(check_by(&policy, &form(false, &["orders:write"]), None).is_ok());
        assert!(check_by(&Policy::default(), &form(false, &["orders:write"]), Some("*")).is_ok());
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
