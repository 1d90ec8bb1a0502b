//! The filter of the activity page: the form as typed (and kept in the page's address), and the parsed filter. Rows and
//! their wording belong to `store` and `service`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::field_error::FieldErrors;
use crate::texts::{activity_filter as texts, labels};
use crate::time::{DAY, Millis, parse_day};
use crate::words::impl_words;

/// The most characters of a search text.
const TEXT_MAX: usize = 300;

/// The subject of an audited action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityGroup {
    /// API keys.
    Keys,
    /// Members, their passwords, sessions and second factors.
    Members,
    /// Accounts, and everything else.
    Account,
}

impl_words!(ActivityGroup { Keys => "keys", Members => "members", Account => "account" });

impl ActivityGroup {
    /// The label on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Keys => labels::activity_keys(),
            Self::Members => labels::activity_members(),
            Self::Account => labels::activity_account(),
        }
    }
}

/// The form, as typed. An empty field does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityForm {
    /// The actor, exactly as the audit names them.
    pub member: String,
    /// The subject, a word of [`ActivityGroup`].
    pub group: String,
    /// A key's id, or part of its name, or its last characters.
    pub key: String,
    /// The first day, UTC.
    pub from: String,
    /// The last day, UTC.
    pub to: String,
}

/// The filter that a valid [`ActivityForm`] describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// The actor, exactly as the audit names them.
    pub actor: Option<String>,
    /// The subject.
    pub group: Option<ActivityGroup>,
    /// A key's id, or part of its name, or its last characters.
    pub key: Option<String>,
    /// The start of the period, inclusive.
    pub from: Option<Millis>,
    /// The end of the period, exclusive.
    pub before: Option<Millis>,
}

/// Why a field is refused.
enum ActivityFormError {
    Group,
    Day,
    Order,
}

impl fmt::Display for ActivityFormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Group => texts::group(),
            Self::Day => texts::day(),
            Self::Order => texts::order(),
        })
    }
}

impl ActivityForm {
    /// The fields with their names in the page's address.
    pub fn fields(&self) -> [(&'static str, &str); 5] {
        [("member", &self.member), ("group", &self.group), ("key", &self.key), ("from", &self.from), ("to", &self.to)]
    }

    /// Whether it filters nothing.
    pub fn is_empty(&self) -> bool {
        self.fields().iter().all(|(_, typed)| typed.trim().is_empty())
    }

    /// Checks every field, so that all messages appear at once.
    ///
    /// # Errors
    /// One message per invalid field.
    pub fn check(&self) -> Result<ActivityFilter, FieldErrors> {
        let mut errors = FieldErrors::default();
        let group = errors.collect("group", typed(&self.group).map(parse_group).transpose());
        let from = errors.collect("from", typed(&self.from).map(parse_filter_day).transpose());
        let to = errors.collect("to", typed(&self.to).map(parse_filter_day).transpose());
        let ordered = match (from.flatten(), to.flatten()) {
            (Some(from), Some(to)) if to < from => Err(ActivityFormError::Order),
            _ => Ok(()),
        };
        errors.collect("to", ordered);
        match (group, from, to) {
            (Some(group), Some(from), Some(to)) if errors.is_empty() => Ok(ActivityFilter {
                actor: typed(&self.member).map(search_text),
                group,
                key: typed(&self.key).map(search_text),
                from,
                before: to.map(|day| day + DAY),
            }),
            _ => Err(errors),
        }
    }
}

fn typed(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn parse_group(typed: &str) -> Result<ActivityGroup, ActivityFormError> {
    ActivityGroup::parse(typed).ok_or(ActivityFormError::Group)
}

fn parse_filter_day(typed: &str) -> Result<Millis, ActivityFormError> {
    parse_day(typed).ok_or(ActivityFormError::Day)
}

/// Caps a search text and replaces NUL, which no database accepts.
fn search_text(text: &str) -> String {
    text.chars().take(TEXT_MAX).map(|letter| if letter == '\0' { '\u{fffd}' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(member: &str, group: &str, key: &str, from: &str, to: &str) -> ActivityForm {
        let [member, group, key, from, to] = [member, group, key, from, to].map(ToOwned::to_owned);
        ActivityForm { member, group, key, from, to }
    }

    #[test]
    fn a_typed_form_becomes_a_filter() {
        assert!(ActivityForm::default().is_empty() && form(" ", "", "", "\t", "").is_empty());
        assert_eq!(ActivityForm::default().check(), Ok(ActivityFilter::default()));
        let full = form(" jo@acme.example ", "members", " Web shop", "2026-11-18", "2026-11-18");
        assert!(!full.is_empty());
        let day = 1_794_960_000_000;
        let expected = ActivityFilter {
            actor: Some("jo@acme.example".into()),
            group: Some(ActivityGroup::Members),
            key: Some("Web shop".into()),
            from: Some(day),
            before: Some(day + DAY),
        };
        assert_eq!(full.check(), Ok(expected));
        let odd = form("", "", &format!("a\0{}", "x".repeat(400)), "", "").check().expect("a text");
        let key = odd.key.expect("a key");
        assert!(key.starts_with("a\u{fffd}x") && key.chars().count() == TEXT_MAX);
    }

    #[test]
    fn each_invalid_field_has_its_message() {
        for (form, fields) in [
            (form("", "robots", "", "", ""), &["group"][..]),
            (form("", "", "", "yesterday", ""), &["from"]),
            (form("", "", "", "", "2026-02-30"), &["to"]),
            (form("", "", "", "2026-11-19", "2026-11-18"), &["to"]),
            (form("", "x", "", "x", "x"), &["group", "from", "to"]),
        ] {
            let errors = form.check().expect_err("a bad field");
            assert_eq!(errors.0.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), fields, "{form:?}");
        }
    }

    #[test]
    fn groups_round_trip() {
        for group in ActivityGroup::ALL {
            assert_eq!(ActivityGroup::parse(group.as_str()), Some(group));
        }
    }
}
