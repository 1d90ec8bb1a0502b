//! Forms as the browser posts them, and the drafts that valid forms become. The same checks run in the browser while a
//! form is edited and on the server when it arrives. How many keys there may be is checked by `service`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::expiry::format_expiry;
pub use crate::field_error::{FieldError, FieldErrors};
use crate::key::Environment;
use crate::limits::{Limits, LimitsForm};
use crate::member::{Email, check_password};
use crate::name::{AccountName, KeyName};
use crate::policy::Policy;
use crate::privilege::{Catalogue, PrivilegeError, Privileges};
use crate::time::Millis;
use crate::views::KeyView;
use crate::whitelist::{Whitelist, WhitelistError};

/// The fields of the key editor, to create or update a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyForm {
    /// The name as typed.
    pub name: String,
    /// The whitelist as typed.
    pub whitelist: String,
    /// Whether `All privileges` is ticked; the list is then ignored.
    pub all_privileges: bool,
    /// The ticked privileges, `module:action`.
    pub privileges: Vec<String>,
    /// Live or sandbox; ignored when a key is updated.
    pub environment: Environment,
    /// The key's expiry, as [`parse_expiry`](crate::expiry::parse_expiry) parses it.
    pub expires: String,
    /// The key's limits, as typed.
    pub limits: LimitsForm,
}

/// The key that a valid [`KeyForm`] describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDraft {
    /// The key's name.
    pub name: KeyName,
    /// The addresses from which it may be used.
    pub whitelist: Whitelist,
    /// What it may do.
    pub privileges: Privileges,
    /// Live or sandbox.
    pub environment: Environment,
    /// The time from which it no longer works.
    pub expires_at: Option<Millis>,
    /// Its limits.
    pub limits: Limits,
}

/// What a form is checked against besides the policy: the time, and the edited key.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext {
    /// The current time.
    pub now: Millis,
    /// The edited key's expiry, which may be kept even if it has passed.
    pub expires_at: Option<Millis>,
}

impl KeyForm {
    /// The form filled with a stored key.
    pub fn from_view(key: &KeyView) -> Self {
        let all_privileges = key.privileges == "*";
        let listed = if all_privileges { "" } else { &key.privileges };
        Self {
            name: key.name.clone(),
            whitelist: key.whitelist.clone(),
            all_privileges,
            privileges: listed.split_ascii_whitespace().map(ToOwned::to_owned).collect(),
            environment: key.environment,
            expires: key.expires_at.map(format_expiry).unwrap_or_default(),
            limits: LimitsForm::from_limits(&Limits::from_stored(&key.limits).unwrap_or_default()),
        }
    }

    /// Checks every field of a new key, so that all messages appear at once.
    ///
    /// # Errors
    /// One message per invalid field.
    pub fn check(
        &self,
        policy: &Policy,
        catalogue: &Catalogue,
        context: CheckContext,
    ) -> Result<KeyDraft, FieldErrors> {
        let environment = policy.check_environment(self.environment);
        self.check_fields(policy, environment, self.privileges(catalogue), context)
    }

    /// Like [`Self::check`], for an existing key. Its environment is kept; if the policy fixes privileges, so are its
    /// `stored_privileges`.
    ///
    /// # Errors
    /// One message per invalid field.
    pub fn check_update(
        &self,
        policy: &Policy,
        catalogue: &Catalogue,
        context: CheckContext,
        stored_privileges: &str,
    ) -> Result<KeyDraft, FieldErrors> {
        let privileges =
            if policy.privileges_fixed { self.fixed_privileges(stored_privileges) } else { self.privileges(catalogue) };
        self.check_fields(policy, Ok(()), privileges, context)
    }

    fn check_fields(
        &self,
        policy: &Policy,
        environment: Result<(), &'static str>,
        privileges: Result<Privileges, PrivilegeError>,
        context: CheckContext,
    ) -> Result<KeyDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.collect("name", KeyName::parse(&self.name, policy.name_max));
        let environment = errors.collect("environment", environment);
        let whitelist = errors.collect("whitelist", self.whitelist(policy));
        let privileges = errors.collect("privileges", privileges);
        let expires_at = errors.collect("expires", policy.parse_expiry(&self.expires, context.now, context.expires_at));
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

    /// The stored privileges, if the form omits or repeats them. Not checked against the catalogue, which may have
    /// changed.
    fn fixed_privileges(&self, stored: &str) -> Result<Privileges, PrivilegeError> {
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

/// The form of the set-up page: the first account and its owner.
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

/// The account and owner that a valid [`SetupForm`] describes; the password stays in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupDraft {
    /// The account's name.
    pub account_name: AccountName,
    /// The owner's email address.
    pub email: Email,
}

impl SetupForm {
    /// Only the messages, for the browser.
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.collect("account_name", AccountName::parse(&self.account_name));
        errors.collect("email", Email::check(&self.email));
        errors.collect("password", check_password(&self.password));
        errors
    }

    /// Checks every field, so that all messages appear at once.
    ///
    /// # Errors
    /// One message per invalid field.
    pub fn check(&self) -> Result<SetupDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let account_name = errors.collect("account_name", AccountName::parse(&self.account_name));
        let email = errors.collect("email", Email::parse(&self.email));
        let password = errors.collect("password", check_password(&self.password));
        match (account_name, email, password) {
            (Some(account_name), Some(email), Some(())) => Ok(SetupDraft { account_name, email }),
            _ => Err(errors),
        }
    }
}

/// The form of the sign-in page. Not checked field by field: every failure must look the same.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// The email address as typed.
    pub email: String,
    /// The password as typed.
    pub password: String,
}

/// Written by hand: the derived implementation would print the password.
impl fmt::Debug for SetupForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetupForm")
            .field("account_name", &self.account_name)
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

/// Written by hand: the derived implementation would print the password.
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
        let context = CheckContext { now: NOW, expires_at: None };
        form.check(&policy, &policy.catalogue().expect("the default catalogue"), context)
    }

    #[test]
    fn a_valid_form_becomes_a_draft() {
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
    fn the_form_of_a_stored_key_describes_the_same_key() {
        for (privileges, all) in [("contacts:read orders:write", false), ("*", true), ("", false)] {
            let key: KeyView = serde_json::from_value(serde_json::json!({
                "id": "key_1", "name": "Web shop", "masked": "kh_test_…9xQ2f", "environment": "sandbox",
                "whitelist": "203.0.113.7\n10.4.0.0/22", "privileges": privileges,
                "limits": "minute=600 uses-month=50000", "expires_at": NOW + 60_000_i64 - NOW % 60_000, "enabled": true,
                "created_at": 0, "created_by": "jo", "updated_at": 0, "updated_by": "jo", "revision": 1,
                "needs_rotation": false,
            }))
            .expect("a key");
            let form = KeyForm::from_view(&key);
            let draft = check(&form).expect("a valid form");
            assert_eq!((draft.name.as_str(), draft.environment), ("Web shop", Environment::Sandbox));
            assert_eq!((form.all_privileges, draft.privileges.as_str()), (all, privileges));
            assert_eq!((draft.whitelist.to_stored(), draft.limits.to_stored()), (key.whitelist, key.limits));
            assert_eq!(draft.expires_at, key.expires_at);
        }
    }

    #[test]
    fn ticked_privileges_are_kept() {
        let form = KeyForm { name: "x".into(), ..KeyForm::default() };
        assert!(check(&form).expect("a good form").privileges.is_none());
        let form = KeyForm { all_privileges: true, privileges: vec!["gone:since".into()], ..form };
        assert!(check(&form).expect("a good form").privileges.is_all());
    }

    #[test]
    fn every_invalid_field_has_its_own_message() {
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
        assert_eq!(errors.get("whitelist"), Some("Line 1: 10.0.0.* is not written in full. Use 10.0.0.0/24 instead."));
        assert_eq!(
            errors.get("privileges"),
            Some("There is no privilege reports:write (any more). Choose from the list.")
        );
        assert_eq!(errors.get("email"), None);
    }

    fn check_by(policy: &Policy, form: &KeyForm, privileges: Option<&str>) -> Result<KeyDraft, FieldErrors> {
        let (catalogue, context) = (policy.catalogue().expect("modules"), CheckContext { now: NOW, expires_at: None });
        match privileges {
            Some(stored) => form.check_update(policy, &catalogue, context, stored),
            None => form.check(policy, &catalogue, context),
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
        // An existing key keeps its environment, whatever the policy allows today.
        let errors = check_by(&policy, &form, Some("")).expect_err("two bad fields");
        assert_eq!(errors.0.len(), 2);
        let good =
            KeyForm { environment: Environment::Live, whitelist: "10.0.0.1".into(), expires: "90d".into(), ..form };
        assert!(check_by(&policy, &good, None).is_ok());
        let late = KeyForm { expires: "91d".into(), ..good };
        let errors = check_by(&policy, &late, Some("")).expect_err("too late");
        assert!(errors.get("expires").is_some_and(|message| message.contains("up to 16 Feb 2027, 09:05 UTC")));
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
        // They can be chosen when the key is created, and updated where the policy does not fix them.
        assert!(check_by(&policy, &form(false, &["orders:write"]), None).is_ok());
        assert!(check_by(&Policy::default(), &form(false, &["orders:write"]), Some("*")).is_ok());
    }

    #[test]
    fn set_up_reports_each_invalid_field() {
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
    fn debug_output_omits_passwords() {
        let set_up = SetupForm { password: "canary-canary".into(), ..SetupForm::default() };
        let sign_in = SignInForm { password: "canary-canary".into(), ..SignInForm::default() };
        assert!(!format!("{set_up:?}{sign_in:?}").contains("canary"));
    }
}
