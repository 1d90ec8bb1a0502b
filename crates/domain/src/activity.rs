//! What the page of activity can be narrowed to: as it is typed into its form and stands in its address, and what that
//! means. Rows and what they say belong to `store` and `service`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::form::FieldErrors;
use crate::time::{DAY, Millis, parse_day};

/// The longest text that is looked for, in characters.
const TEXT_MAX: usize = 300;

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityGroup {
    /// API keys.
    Keys,
    /// Members, their passwords, sessions and second factors.
    Members,
    /// Accounts, and whatever else there is.
    Account,
}

impl ActivityGroup {
    /// Every group, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Keys, Self::Members, Self::Account];

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Members => "members",
            Self::Account => "account",
        }
    }

    /// What the page calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Keys => "Keys",
            Self::Members => "Members",
            Self::Account => "Account",
        }
    }

    fn parse(text: &str) -> Result<Self, ActivityFormError> {
        Self::ALL.into_iter().find(|group| group.as_str() == text).ok_or(ActivityFormError::ActivityGroup)
    }
}

/// The form, as typed. An empty field asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityForm {
    /// Who did it, exactly as the audit names them.
    pub member: String,
    /// What it was about.
    pub group: String,
    /// A key's id, or part of its name, or its last characters.
    pub key: String,
    /// The first day, UTC.
    pub from: String,
    /// The last day, UTC.
    pub to: String,
}

/// What a good [`ActivityForm`] asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Who did it, exactly as the audit names them.
    pub actor: Option<String>,
    /// What it was about.
    pub group: Option<ActivityGroup>,
    /// A key's id, or part of its name, or its last characters.
    pub key: Option<String>,
    /// The first moment.
    pub from: Option<Millis>,
    /// The moment after the last.
    pub before: Option<Millis>,
}

/// What is wrong with a field.
enum ActivityFormError {
    ActivityGroup,
    Day,
    Order,
}

impl fmt::Display for ActivityFormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ActivityGroup => "Choose keys, members or account.",
            Self::Day => "Write a day such as 2026-11-18.",
            Self::Order => "The last day is before the first. Choose a later one.",
        })
    }
}

impl ActivityForm {
    /// The fields by the names that they have in the address.
    pub fn fields(&self) -> [(&'static str, &str); 5] {
        [("member", &self.member), ("group", &self.group), ("key", &self.key), ("from", &self.from), ("to", &self.to)]
    }

    /// Whether it narrows anything.
    pub fn is_empty(&self) -> bool {
        self.fields().iter().all(|(_, typed)| typed.trim().is_empty())
    }

    /// Checks every field, so that all messages appear at once.
    pub fn check(&self) -> Result<ActivityFilter, FieldErrors> {
        let mut errors = FieldErrors::default();
        let group = errors.take("group", typed(&self.group).map(ActivityGroup::parse).transpose());
        let from = errors.take("from", typed(&self.from).map(day).transpose());
        let to = errors.take("to", typed(&self.to).map(day).transpose());
        let ordered = match (from.flatten(), to.flatten()) {
            (Some(from), Some(to)) if to < from => Err(ActivityFormError::Order),
            _ => Ok(()),
        };
        errors.take("to", ordered);
        match (group, from, to) {
            (Some(group), Some(from), Some(to)) if errors.is_empty() => Ok(ActivityFilter {
                actor: typed(&self.member).map(searched),
                group,
                key: typed(&self.key).map(searched),
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

fn day(typed: &str) -> Result<Millis, ActivityFormError> {
    parse_day(typed).ok_or(ActivityFormError::Day)
}

/// What is looked for; a NUL, which no database takes, finds nothing.
fn searched(text: &str) -> String {
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
    fn what_is_typed_is_asked_for() {
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
    fn each_bad_field_has_its_message() {
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
    fn a_group_is_read_as_it_is_written() {
        for group in ActivityGroup::ALL {
            assert_eq!(ActivityGroup::parse(group.as_str()).ok(), Some(group));
        }
    }
}
