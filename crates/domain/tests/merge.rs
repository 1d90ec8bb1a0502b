//! The three-way merge of key forms: a table of cases, and properties of random changes.

use std::collections::BTreeSet;

use domain::form::KeyForm;
use domain::limits::{LimitsForm, Refill};
use domain::merge::{KeyField, Merge, merge};
use proptest::prelude::*;

fn opened() -> KeyForm {
    KeyForm {
        name: "Shop".into(),
        whitelist: "10.0.0.1\n10.0.0.2\n10.0.0.3".into(),
        privileges: vec!["contacts:read".into(), "orders:read".into()],
        expires: "2027-12-31T18:00".into(),
        limits: LimitsForm { minute: "600".into(), ..LimitsForm::default() },
        ..KeyForm::default()
    }
}

fn changed(change: impl FnOnce(&mut KeyForm)) -> KeyForm {
    let mut form = opened();
    change(&mut form);
    form
}

/// The conflicts as `field: theirs | mine`.
fn conflicts(merged: &Merge) -> Vec<String> {
    merged.conflicts.iter().map(|found| format!("{:?}: {} | {}", found.field, found.theirs, found.mine)).collect()
}

#[test]
fn different_fields_are_merged_without_a_question() {
    let theirs = changed(|form| {
        form.name = "Web shop".into();
        form.limits.minute = "900".into();
    });
    let mine = changed(|form| {
        form.expires = String::new();
        form.limits.day = "1,000".into();
    });
    let merged = merge(&opened(), &theirs, &mine);
    let expected = changed(|form| {
        form.name = "Web shop".into();
        form.expires = String::new();
        form.limits = LimitsForm { minute: "900".into(), day: "1,000".into(), ..LimitsForm::default() };
    });
    assert_eq!((merged.form, merged.taken), (expected, vec![KeyField::Name, KeyField::Minute]));
    assert!(merged.conflicts.is_empty());
}

#[test]
fn only_fields_that_both_changed_differently_are_conflicts() {
    let theirs = changed(|form| {
        form.name = "Web shop".into();
        form.expires = "2028-01-01T00:00".into();
        form.limits.uses = "1000".into();
    });
    let mine = changed(|form| {
        form.name = "Shop 2".into();
        form.expires = " 2028-01-01T00:00 ".into();
        form.limits.uses = "1 000".into();
        form.limits.refill = Refill::Month;
    });
    let merged = merge(&opened(), &theirs, &mine);
    assert_eq!(conflicts(&merged), ["Name: Web shop | Shop 2", "Uses: 1000 | 1000/month"]);
    assert_eq!(merged.form, mine);
    assert!(merged.taken.is_empty());
}

#[test]
fn whitelists_are_merged_by_entry() {
    for (theirs, mine, expected) in [
        // Added and removed by one side each.
        ("10.0.0.1\n10.0.0.2", "10.0.0.1\n10.0.0.2\n10.0.0.3\n10.0.0.9", Some("10.0.0.1\n10.0.0.2\n10.0.0.9")),
        ("10.0.0.2\n10.0.0.3\n10.0.0.8", "10.0.0.1, 10.0.0.3,10.0.0.9", Some("10.0.0.3\n10.0.0.9\n10.0.0.8")),
        // Both removed the same entry, and one added another.
        ("10.0.0.1\n10.0.0.2", "10.0.0.1\n10.0.0.2\n10.0.0.8", Some("10.0.0.1\n10.0.0.2\n10.0.0.8")),
        // Each replaced the same entry by another one.
        ("10.0.0.1\n10.0.0.2\n10.0.0.8", "10.0.0.1\n10.0.0.2\n10.0.0.9", None),
        // What is left is nothing, which would allow any address.
        ("10.0.0.1", "10.0.0.2\n10.0.0.3", None),
        ("", "10.0.0.1", None),
        ("10.0.0.1", "", None),
        // The order and the way of writing mean nothing.
        ("10.0.0.1\n10.0.0.2", "10.0.0.3, 10.0.0.2/32, 10.0.0.1", Some("10.0.0.1\n10.0.0.2")),
    ] {
        let (theirs, mine) =
            (changed(|form| form.whitelist = theirs.into()), changed(|form| form.whitelist = mine.into()));
        let merged = merge(&opened(), &theirs, &mine);
        assert_eq!(merged.conflicts.is_empty(), expected.is_some(), "{theirs:?} {mine:?}");
        assert_eq!(merged.form.whitelist, expected.unwrap_or(&mine.whitelist), "{theirs:?} {mine:?}");
    }
    let any = KeyForm { whitelist: String::new(), ..opened() };
    let restricted = |list: &str| KeyForm { whitelist: list.into(), ..opened() };
    assert_eq!(conflicts(&merge(&any, &restricted("10.0.0.1"), &restricted("::1"))), ["Whitelist: 10.0.0.1 | ::1"]);
}

#[test]
fn privileges_are_merged_by_checkbox() {
    let ticked = |all: bool, listed: &str| {
        changed(|form| {
            form.all_privileges = all;
            form.privileges = listed.split_whitespace().map(ToOwned::to_owned).collect();
        })
    };
    for (theirs, mine, expected) in [
        (
            ticked(false, "contacts:read"),
            ticked(false, "orders:read contacts:read contacts:write"),
            Some("contacts:read contacts:write"),
        ),
        (ticked(false, "contacts:read"), ticked(false, "orders:read"), Some("")),
        (ticked(false, ""), ticked(false, ""), Some("")),
        (ticked(true, ""), ticked(true, "reports:read"), Some("*")),
        (ticked(true, ""), ticked(false, "contacts:read"), None),
        (ticked(false, "contacts:read"), ticked(true, ""), None),
    ] {
        let merged = merge(&opened(), &theirs, &mine);
        assert_eq!(merged.conflicts.is_empty(), expected.is_some(), "{theirs:?} {mine:?}");
        if let Some(expected) = expected {
            assert_eq!(KeyField::Privileges.value(&merged.form), expected, "{theirs:?} {mine:?}");
        }
    }
}

#[test]
fn a_conflict_is_resolved_by_copying_the_field() {
    let (theirs, mine) = (changed(|form| form.name = "A".into()), changed(|form| form.name = "B".into()));
    let mut merged = merge(&opened(), &theirs, &mine);
    for conflict in &merged.conflicts {
        conflict.field.copy(&mut merged.form, &theirs);
    }
    assert_eq!(merged.form, theirs);
}

fn set(of: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(of, 0..=of.len()).prop_map(|listed| listed.into_iter().map(ToOwned::to_owned).collect())
}

/// Forms with few different values, so that random changes often meet.
fn form() -> impl Strategy<Value = KeyForm> {
    let number = || prop_oneof![Just(""), Just("5"), Just("1000"), Just("1,000"), Just("x")].prop_map(str::to_owned);
    let limits = (number(), number(), number(), prop_oneof![Just(Refill::Never), Just(Refill::Day)])
        .prop_map(|(second, day, uses, refill)| LimitsForm { second, day, uses, refill, ..LimitsForm::default() });
    let whitelist = (set(&["10.0.0.1", "10.0.0.2", "10.0.0.0/24", "::1", "x"]), any::<bool>())
        .prop_map(|(lines, commas)| lines.join(if commas { ", " } else { "\n" }));
    let privileges = (prop::bool::weighted(0.2), set(&["a:read", "a:write", "b:read", "c:read"]));
    ("[AB]", whitelist, privileges, prop_oneof![Just(""), Just("2027-12-31T18:00")], limits).prop_map(
        |(name, whitelist, (all_privileges, privileges), expires, limits)| KeyForm {
            name,
            whitelist,
            all_privileges,
            privileges,
            expires: expires.into(),
            limits,
            ..KeyForm::default()
        },
    )
}

/// A value as the set of its parts: entries of a whitelist, privileges, or the one value.
fn parts(field: KeyField, form: &KeyForm) -> BTreeSet<String> {
    let value = field.value(form);
    match field {
        KeyField::Whitelist | KeyField::Privileges => value.split_whitespace().map(ToOwned::to_owned).collect(),
        _ => [value].into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_side_loses_a_change_that_it_alone_made(base in form(), theirs in form(), mine in form()) {
        let merged = merge(&base, &theirs, &mine);
        for field in KeyField::ALL {
            let [base, theirs, mine, result] = [&base, &theirs, &mine, &merged.form].map(|form| parts(field, form));
            if theirs == base {
                prop_assert_eq!(result, mine, "{:?}", field);
            } else if mine == base || mine == theirs {
                prop_assert_eq!(result, theirs, "{:?}", field);
            } else if merged.conflicts.iter().any(|conflict| conflict.field == field) {
                prop_assert_eq!(result, mine, "{:?}", field);
            } else {
                // Combined: what one side added is there, what one side removed is gone, nothing else happened.
                for part in base.iter().chain(&theirs).chain(&mine).chain(&result) {
                    let was = base.contains(part);
                    let expected = if theirs.contains(part) == was { mine.contains(part) } else { !was };
                    prop_assert_eq!(result.contains(part), expected, "{:?} {}", field, part);
                }
            }
        }
    }

    #[test]
    fn only_fields_that_both_changed_are_asked_about(base in form(), theirs in form(), mine in form()) {
        let merged = merge(&base, &theirs, &mine);
        for conflict in &merged.conflicts {
            let [base, theirs, mine] = [&base, &theirs, &mine].map(|form| parts(conflict.field, form));
            prop_assert!(base != theirs && base != mine && theirs != mine, "{:?}", conflict);
        }
        for field in &merged.taken {
            prop_assert!(parts(*field, &base) != parts(*field, &theirs), "{:?}", field);
        }
        let swapped = merge(&base, &mine, &theirs);
        let asked = |merged: &Merge| merged.conflicts.iter().map(|conflict| conflict.field).collect::<Vec<_>>();
        prop_assert_eq!(asked(&merged), asked(&swapped));
    }

    #[test]
    fn a_merged_whitelist_is_empty_only_if_one_side_emptied_it(base in form(), theirs in form(), mine in form()) {
        let merged = merge(&base, &theirs, &mine);
        if parts(KeyField::Whitelist, &merged.form).is_empty() {
            let emptied = |form: &KeyForm| parts(KeyField::Whitelist, form).is_empty();
            prop_assert!(emptied(&theirs) || emptied(&mine));
        }
    }
}
