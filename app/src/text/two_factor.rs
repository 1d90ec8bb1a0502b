//! Two-factor codes that an account requires: the notice on every settings page, the rule under Members and its dialog.

/// How many members are named at most.
const NAMED_MAX: usize = 5;

/// The notice for a member without codes; `day` is a date.
pub fn notice(day: &str) -> String {
    format!(
        "Your account requires two-factor codes from {day}. From then on you can open nothing else until you set them up."
    )
}
pub const SET_UP_NOW: &str = "Set them up now";

pub const RULE_TITLE: &str = "Two-factor codes";
pub const RULE_OPTIONAL: &str = "Each member chooses whether to use two-factor codes.";
pub const RULE_REQUIRED: &str = "Every member must use two-factor codes.";
/// The rule before its day.
pub fn rule_planned(day: &str) -> String {
    format!("Required from {day}")
}
pub const REQUIRE: &str = "Require codes";
pub const CHANGE_DATE: &str = "Change the date";
pub const CANCEL_PLAN: &str = "Do not require them";
pub const MAKE_OPTIONAL: &str = "Make codes optional";

pub const DIALOG_TITLE: &str = "Require two-factor codes";
/// Who would be affected. `without` are the emails of the members that have no codes, `total` counts all members.
pub fn evidence(without: &[&str], total: usize) -> String {
    let count = without.len();
    if count == 0 {
        return "Every member already has two-factor codes.".to_owned();
    }
    let named = without.iter().take(NAMED_MAX).copied().collect::<Vec<_>>().join(", ");
    let more = if count > NAMED_MAX { format!(" and {} more", count - NAMED_MAX) } else { String::new() };
    let (members, have) = (if total == 1 { "member" } else { "members" }, if count == 1 { "has" } else { "have" });
    format!("{count} of {total} {members} {have} no codes yet: {named}{more}.")
}
pub const CONSEQUENCE: &str =
    "Once codes are required, a member without them can do nothing in the console until they have set them up.";
pub const OWN_CONSEQUENCE: &str = "That includes you: you have no codes yet.";
pub const KEYS_CONSEQUENCE: &str = "API keys are not affected.";
pub const START: &str = "Required";
pub const START_NOW: &str = "Now";
pub const START_DATE: &str = "From a date";
pub const DATE: &str = "First day";
/// `first` and `last` are dates.
pub fn date_hint(first: &str, last: &str) -> String {
    format!(
        "From midnight UTC, between {first} and {last}. Until then, members without codes see a note on every page."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_without_codes_are_named_and_counted() {
        let emails: Vec<String> = (1..=7).map(|number| format!("m{number}@a.example")).collect();
        let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
        for (without, total, expected) in [
            (0, 5, "Every member already has two-factor codes."),
            (1, 1, "1 of 1 member has no codes yet: m1@a.example."),
            (2, 5, "2 of 5 members have no codes yet: m1@a.example, m2@a.example."),
            (
                5,
                9,
                "5 of 9 members have no codes yet: m1@a.example, m2@a.example, m3@a.example, m4@a.example, m5@a.example.",
            ),
            (
                7,
                7,
                "7 of 7 members have no codes yet: m1@a.example, m2@a.example, m3@a.example, m4@a.example, m5@a.example and \
                 2 more.",
            ),
        ] {
            assert_eq!(evidence(&emails[..without], total), expected);
        }
    }
}
