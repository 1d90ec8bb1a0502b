//! The fields of a submitted form, and the typed forms that they contain. The browser reads them from the form element,
//! the server from the request; both parse them here, so that a check in the browser sees what the server will see.

use super::server::ExplainForm;
use domain::form::KeyForm;
use domain::key::Environment;
use domain::lifecycle::RotateForm;
use domain::limits::{LimitsForm, Refill};
use domain::template::Template;
use serde::{Deserialize, Serialize};

/// The expiry choice that asks for a date.
pub const ON_A_DATE: &str = "date";
/// Begins the value of a button that fills in a template; the template's id follows.
pub const START: &str = "start:";
/// Begins the name of a check box for a privilege; the privilege follows.
pub const PRIVILEGE: &str = "privilege.";
/// Begins the name of a check box for a key; the key's id follows.
pub const KEY: &str = "key.";
/// The value of a ticked check box.
const ON: &str = "on";

/// Names and values in the order of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFields(pub Vec<(String, String)>);

impl FormFields {
    /// The value of a field; empty if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Whether a name occurs twice, so that programs could disagree on which of its values counts.
    #[must_use]
    pub fn has_duplicate(&self) -> bool {
        let names: std::collections::BTreeSet<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.len() < self.0.len()
    }

    /// Whether a check box is ticked.
    #[must_use]
    pub fn is_ticked(&self, name: &str) -> bool {
        self.get(name) == ON
    }

    /// What follows `prefix` in the name of each ticked check box.
    pub fn ticked<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(|(_, value)| value == ON).filter_map(move |(name, _)| name.strip_prefix(prefix))
    }

    /// The key editor.
    #[must_use]
    pub fn key_form(&self) -> KeyForm {
        KeyForm {
            name: self.get("name").to_owned(),
            // Browsers submit text areas with CRLF.
            whitelist: self.get("whitelist").replace("\r\n", "\n"),
            all_privileges: self.is_ticked("all_privileges"),
            privileges: self.ticked(PRIVILEGE).map(ToOwned::to_owned).collect(),
            environment: Environment::parse(self.get("environment")).unwrap_or_default(),
            expires: self.choice_or_date("expires"),
            limits: LimitsForm {
                second: self.get("second").to_owned(),
                minute: self.get("minute").to_owned(),
                hour: self.get("hour").to_owned(),
                day: self.get("day").to_owned(),
                uses: self.get("uses").to_owned(),
                refill: Refill::parse(self.get("refill")).unwrap_or_default(),
            },
        }
    }

    /// The same fields with the privileges of a template.
    #[must_use]
    pub fn with_template(&self, template: &Template) -> Self {
        let is_privilege = |name: &str| name == "all_privileges" || name.starts_with(PRIVILEGE);
        let mut fields: Vec<_> = self.0.iter().filter(|(name, _)| !is_privilege(name)).cloned().collect();
        if template.is_all() {
            fields.push(("all_privileges".to_owned(), ON.to_owned()));
        } else {
            let ticked = template.privileges.iter().map(|privilege| (format!("{PRIVILEGE}{privilege}"), ON.to_owned()));
            fields.extend(ticked);
        }
        Self(fields)
    }

    /// Whether exactly the privileges of a template are chosen.
    #[must_use]
    pub fn matches_template(&self, template: &Template) -> bool {
        let is_all = self.is_ticked("all_privileges");
        let has = |privilege: &String| self.is_ticked(&format!("{PRIVILEGE}{privilege}"));
        is_all == template.is_all()
            && (is_all
                || template.privileges.iter().all(has) && self.ticked(PRIVILEGE).count() == template.privileges.len())
    }

    /// The dialog that rotates a key.
    #[must_use]
    pub fn rotate_form(&self) -> RotateForm {
        RotateForm { overlap: self.choice_or_date("overlap") }
    }

    /// The call to test.
    #[must_use]
    pub fn explain_form(&self) -> ExplainForm {
        ExplainForm {
            address: self.get("address").to_owned(),
            privilege: self.get("privilege").to_owned(),
            channel: self.get("channel").to_owned(),
            cost: self.get("cost").to_owned(),
        }
    }

    /// The keys that the form is about: the ticked ones, or the one in the field `id`.
    #[must_use]
    pub fn key_ids(&self) -> Vec<String> {
        match self.get("id") {
            "" => self.ticked(KEY).map(ToOwned::to_owned).collect(),
            id => vec![id.to_owned()],
        }
    }

    /// The chosen value, or the date beside it. An empty date would mean "never", so the name of the choice is returned,
    /// which is refused with the message about dates.
    fn choice_or_date(&self, name: &str) -> String {
        let date = self.0.iter().find(|(own, _)| own.strip_prefix(name) == Some("_at")).map(|(_, value)| value.trim());
        match (self.get(name), date) {
            (ON_A_DATE, Some(date)) if !date.is_empty() => date.to_owned(),
            (choice, _) => choice.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> FormFields {
        FormFields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_key_form_is_read_from_its_fields() {
        let form = fields(&[
            ("name", "Shop"),
            ("whitelist", "203.0.113.7\r\n10.0.0.0/8"),
            ("privilege.contacts:read", "on"),
            ("privilege.orders:write", "on"),
            ("environment", "sandbox"),
            ("expires", "30d"),
            ("minute", "600"),
            ("refill", "month"),
        ])
        .key_form();
        assert_eq!(form.whitelist, "203.0.113.7\n10.0.0.0/8");
        assert_eq!(form.privileges, ["contacts:read", "orders:write"]);
        assert_eq!((form.environment, form.all_privileges), (Environment::Sandbox, false));
        assert_eq!((&*form.expires, &*form.limits.minute, form.limits.refill), ("30d", "600", Refill::Month));
    }

    #[test]
    fn a_date_counts_only_if_it_is_chosen() {
        for (choice, date, expected) in [
            ("date", "2027-01-01T00:00", "2027-01-01T00:00"),
            ("date", " ", "date"),
            ("7d", "2027-01-01T00:00", "7d"),
            ("", "x", ""),
        ] {
            assert_eq!(fields(&[("expires", choice), ("expires_at", date)]).key_form().expires, expected);
            assert_eq!(fields(&[("overlap", choice), ("overlap_at", date)]).rotate_form().overlap, expected);
        }
    }

    #[test]
    fn a_template_replaces_the_privileges_and_nothing_else() {
        let template = |privileges: &[&str]| Template {
            privileges: privileges.iter().map(ToString::to_string).collect(),
            ..Template::default()
        };
        let typed = fields(&[("name", "Shop"), ("privilege.orders:write", "on"), ("expires", "30d")]);
        let (all, read) = (template(&["*"]), template(&["contacts:read", "orders:read"]));
        let started = typed.with_template(&read);
        assert_eq!(started.key_form().privileges, ["contacts:read", "orders:read"]);
        assert_eq!((started.get("name"), started.get("expires")), ("Shop", "30d"));
        assert!(started.matches_template(&read) && !typed.matches_template(&read));
        let started = started.with_template(&all);
        assert!(started.matches_template(&all) && started.key_form().privileges.is_empty());
    }

    #[test]
    fn keys_are_one_id_or_the_ticked_ones() {
        assert_eq!(fields(&[("id", "key_1"), ("key.key_2", "on")]).key_ids(), ["key_1"]);
        assert_eq!(
            fields(&[("key.key_1", "on"), ("key.key_2", "on"), ("key.key_3", "")]).key_ids(),
            ["key_1", "key_2"]
        );
    }
}
