//! Two-factor codes that an account requires: the notice on every settings page, the rule under Members and its dialog.

i18n::texts! { "two_factor";
    set_up_now,
    rule_title,
    rule_optional,
    rule_required,
    require,
    change_date,
    cancel_plan,
    make_optional,
    dialog_title,
    consequence,
    own_consequence,
    keys_consequence,
    start,
    start_now,
    start_date,
    date,
    notice(day),
    rule_planned(day),
    date_hint(first, last),
    everyone_has_codes,
    lacking_codes(count, total, named),
    lacking_codes_and_more(count, total, named, more),
}

/// How many members are named at most.
const NAMED_MAX: usize = 5;

/// Who would be affected. `without` are the emails of the members that have no codes, `total` counts all members.
pub fn evidence(without: &[&str], total: usize) -> String {
    let count = without.len();
    if count == 0 {
        return everyone_has_codes().to_owned();
    }
    let named = without.iter().take(NAMED_MAX).copied().collect::<Vec<_>>().join(", ");
    match count.saturating_sub(NAMED_MAX) {
        0 => lacking_codes(count, total, named),
        more => lacking_codes_and_more(count, total, named, more),
    }
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
