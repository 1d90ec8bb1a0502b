//! Tables of catalogues and privileges.

use super::*;
use crate::policy::Policy;

fn module(id: &str, label: &str, actions: &[&str]) -> Module {
    Module { id: id.into(), label: label.into(), actions: actions.iter().map(ToString::to_string).collect() }
}

fn catalogue() -> Catalogue {
    Catalogue::parse(Policy::default().modules).expect("the default catalogue")
}

fn chosen(typed: &str) -> Privileges {
    Privileges::from_typed(typed.split_whitespace(), &catalogue()).expect("known privileges")
}

#[test]
fn an_invalid_catalogue_is_refused() {
    for (modules, error) in [
        (vec![], CatalogueError::Empty),
        (vec![module("Contacts", "Contacts", &["read"])], CatalogueError::Id("Contacts".into())),
        (vec![module("a:b", "A", &["read"])], CatalogueError::Id("a:b".into())),
        (vec![module("a", "A", &[""])], CatalogueError::Id(String::new())),
        (vec![module("a", "A", &["read write"])], CatalogueError::Id("read write".into())),
        (vec![module(&"a".repeat(33), "A", &["read"])], CatalogueError::Id("a".repeat(33))),
        (vec![module("a", "A", &["x"]), module("a", "B", &["x"])], CatalogueError::ModuleTwice("a".into())),
        (vec![module("a", "A", &["x", "x"])], CatalogueError::ActionTwice("a:x".into())),
        (vec![module("a", "A", &[])], CatalogueError::NoActions("a".into())),
        (vec![module("a", " ", &["x"])], CatalogueError::Label("a".into())),
        (vec![module("a", "A\nB", &["x"])], CatalogueError::Label("a".into())),
    ] {
        assert_eq!(Catalogue::parse(modules), Err(error));
    }
}

#[test]
fn all_and_none_are_distinct() {
    let (all, none) = (Privileges::all(), Privileges::none());
    assert!(all.allows("contacts:read") && all.allows("not-yet:known") && all.is_all() && !all.is_none());
    assert!(!none.allows("contacts:read") && none.is_none() && !none.is_all());
    assert_eq!((all.to_stored().as_str(), none.to_stored().as_str()), ("*", ""));
    assert_eq!((all.iter().count(), none.iter().count()), (0, 0));
    assert_eq!(Privileges::default(), none);
}

#[test]
fn only_listed_privileges_are_allowed() {
    let privileges = chosen("orders:write contacts:read contacts:read");
    assert_eq!(privileges.to_stored(), "contacts:read orders:write");
    assert!(privileges.allows("contacts:read") && privileges.allows("orders:write"));
    assert!(!privileges.allows("contacts:write") && !privileges.allows("contacts:rea"));
    // Malformed privileges are not allowed even with all privileges.
    for needed in ["", " ", "*", ":", "contacts", "contacts:", ":read", "contacts:read ", "CONTACTS:READ"] {
        assert!(!privileges.allows(needed) && !Privileges::all().allows(needed), "{needed:?}");
    }
    for needed in ["contacts:read orders:write", "contacts:read:x", "contacts:é"] {
        assert!(!privileges.allows(needed) && !Privileges::all().allows(needed), "{needed:?}");
    }
}

#[test]
fn unknown_and_malformed_privileges_are_refused() {
    let read = |typed| Privileges::from_typed([typed], &catalogue());
    assert_eq!(read("reports:write"), Err(PrivilegeError::Unknown("reports:write".into())));
    assert_eq!(read("nothing:read"), Err(PrivilegeError::Unknown("nothing:read".into())));
    for typed in ["", "*", "contacts", "contacts:read,orders:read", "contacts:\u{e9}"] {
        assert!(matches!(read(typed), Err(PrivilegeError::Malformed(_))), "{typed:?}");
    }
}

#[test]
fn stored_privileges_round_trip() {
    for stored in ["*", "", "contacts:read", "contacts:read orders:write", "gone:since"] {
        assert_eq!(Privileges::from_stored(stored).map(|privileges| privileges.to_stored()), Ok(stored.to_owned()));
    }
    assert_eq!(
        Privileges::from_stored("b:x a:x b:x").map(|privileges| privileges.to_stored()),
        Ok("a:x b:x".to_owned())
    );
    for broken in ["* a:x", "a", "a:x,b:x"] {
        assert!(Privileges::from_stored(broken).is_err(), "{broken:?}");
    }
}

#[test]
fn the_summary_is_short() {
    for (typed, summary) in [
        ("", "No privileges"),
        ("reports:read", "Reports: Read"),
        ("contacts:read contacts:write", "Contacts"),
        ("contacts:read contacts:write orders:read orders:write", "Contacts, Orders"),
        ("contacts:read contacts:write reports:read", "Contacts, Reports"),
        ("orders:write reports:read", "Orders: Write +1"),
        ("contacts:read contacts:write orders:write", "Orders: Write +2"),
        (
            "contacts:read contacts:write orders:read orders:write campaigns:read campaigns:write reports:read",
            "Contacts, Campaigns, Orders +1",
        ),
    ] {
        assert_eq!(chosen(typed).summary(&catalogue()), summary);
    }
    assert_eq!(Privileges::all().summary(&catalogue()), "All privileges");
    let gone = Privileges::from_stored("gone:since gone:today").expect("stored privileges");
    assert_eq!(gone.summary(&catalogue()), "gone:since +1");
}

#[test]
fn action_labels_are_words() {
    for (id, label) in [("read", "Read"), ("send-test-mail", "Send test mail"), ("", ""), ("2fa", "2fa")] {
        assert_eq!(action_label(id), label);
    }
}
