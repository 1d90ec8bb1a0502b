//! Creating, listing, searching, updating and deleting keys, and the errors of each invalid field.

use domain::form::KeyForm;
use domain::key::Environment;
use domain::policy::Policy;
use domain::verdict::{CallRequest, VerdictCode};
use domain::views::{KeyCursor, KeyPage};
use service::Error;
use service::actor::Actor;
use service::keys::PageRequest;
use service::secrets::ExposeSecret;
use std::net::IpAddr;
use test_support::{START, TestApp, call_request, unrestricted_key_form};

fn form(name: &str, whitelist: &str, privileges: &[&str]) -> KeyForm {
    KeyForm {
        name: name.to_owned(),
        whitelist: whitelist.to_owned(),
        all_privileges: false,
        privileges: privileges.iter().map(ToString::to_string).collect(),
        ..KeyForm::default()
    }
}

async fn list(app: &TestApp, search: Option<&str>, after: Option<KeyCursor>) -> KeyPage {
    let request = PageRequest { search: search.map(ToOwned::to_owned), after, ..PageRequest::default() };
    app.keyhatch.keys().list(&Actor::Operator, &app.account, &request).await.unwrap()
}

fn names(page: &KeyPage) -> Vec<&str> {
    page.keys.iter().map(|key| key.name.as_str()).collect()
}

#[tokio::test]
async fn new_key_is_shown_listed_and_valid() {
    let app = TestApp::sqlite().await;
    let created = app.create_key_with(&form(" Web shop ", "2001:db8::/32, 203.0.113.7", &["orders:write"])).await;
    let value = created.secret.expose_secret();
    assert_eq!(created.key.name, "Web shop");
    assert_eq!((created.key.created_at, created.key.updated_at), (START, START));
    assert_eq!(created.key.masked, format!("kh_live_…{}", &value[value.len() - 5..]));
    assert!(created.pdf.starts_with(b"%PDF-"));
    assert_eq!(list(&app, None, None).await.keys, std::slice::from_ref(&created.key));
    assert_eq!(
        app.keyhatch.keys().find(&Actor::Operator, &app.account, &created.key.id).await,
        Ok(created.key.clone())
    );

    let call = CallRequest {
        address: Some(IpAddr::from([203, 0, 113, 7])),
        privilege: Some("orders:write"),
        ..call_request(value)
    };
    let decision = app.keyhatch.gate().decide(&call).await.unwrap();
    let identity = decision.key.unwrap();
    assert_eq!(decision.code, VerdictCode::Valid);
    assert_eq!((identity.id(), identity.name()), (created.key.id.as_str(), "Web shop"));
    assert_eq!((identity.account(), identity.environment()), (app.account.as_str(), "live"));
    assert_eq!(identity.privileges(), "orders:write");
}

#[tokio::test]
async fn sandbox_key_has_its_prefix() {
    let app = TestApp::sqlite().await;
    let form = unrestricted_key_form("Trial");
    let created = app
        .keyhatch
        .keys()
        .create(&Actor::Operator, &app.account, &KeyForm { environment: Environment::Sandbox, ..form })
        .await
        .unwrap();
    assert!(created.secret.expose_secret().starts_with("kh_test_"));
    let decision = app.keyhatch.gate().decide(&call_request(created.secret.expose_secret())).await.unwrap();
    assert_eq!(decision.key.unwrap().environment(), "sandbox");
}

/// Each invalid form, for creating and for updating, and the fields that its error names. None has an effect.
#[tokio::test]
async fn every_invalid_field_is_named() {
    let app = TestApp::sqlite().await;
    let key = app.create_key("Kept").await.key;
    let (long, fine) = ("x".repeat(33), "x".repeat(32));
    let many = (1..=51).map(|last| format!("203.0.113.{last}")).collect::<Vec<_>>().join("\n");
    let huge = "203.0.113.7\n".repeat(10_000);
    for (form, fields) in [
        (form("", "", &[]), vec!["name"]),
        (form(" \t ", "", &[]), vec!["name"]),
        (form(&long, "", &[]), vec!["name"]),
        (form("line\nbreak", "", &[]), vec!["name"]),
        (form("nul\0", "", &[]), vec!["name"]),
        (form("turn\u{202e}ed", "", &[]), vec!["name"]),
        (form(&fine, "10.4.1.0/22", &[]), vec!["whitelist"]),
        (form("a", "203.0.113.7:443", &[]), vec!["whitelist"]),
        (form("a", "example.com", &[]), vec!["whitelist"]),
        (form("a", &many, &[]), vec!["whitelist"]),
        (form("a", &huge, &[]), vec!["whitelist"]),
        (form("a", "", &["contacts:delete"]), vec!["privileges"]),
        (form("a", "", &["*"]), vec!["privileges"]),
        (form("a", "", &["contacts"]), vec!["privileges"]),
        (form("", "nonsense", &["none:such"]), vec!["name", "whitelist", "privileges"]),
    ] {
        let created = app.keyhatch.keys().create(&Actor::Operator, &app.account, &form).await;
        let changed = app.keyhatch.keys().update(&Actor::Operator, &app.account, &key.id, &form, None).await;
        for refused in [created.err(), changed.err()] {
            let Some(Error::Invalid(errors)) = refused else { panic!("{form:?}: {refused:?}") };
            assert_eq!(errors.0.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), fields, "{form:?}");
            assert!(errors.0.iter().all(|error| !error.message.is_empty()));
        }
    }
    assert_eq!(list(&app, None, None).await.keys, [key]);
}

/// The limit is fifty entries in any notation; merged entries count once.
#[tokio::test]
async fn fifty_first_whitelist_entry_is_refused() {
    let app = TestApp::sqlite().await;
    let fifty: Vec<String> = (0..50).map(|number| format!("203.0.113.{}", 2 * number)).collect();
    let created = app.create_key_with(&form("Fifty", &fifty.join("\n"), &[])).await;
    assert_eq!(created.key.whitelist.lines().count(), 50);
    let with_duplicates = format!("{},{}", fifty.join(","), fifty.join("\n"));
    assert_eq!(app.create_key_with(&form("Merged", &with_duplicates, &[])).await.key.whitelist, created.key.whitelist);
    let one_more = form("One more", &format!("{}\n2001:db8::1", fifty.join("\n")), &[]);
    let refused = app.keyhatch.keys().create(&Actor::Operator, &app.account, &one_more).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("taken") };
    assert!(errors.get("whitelist").unwrap().contains("50"), "{errors}");
}

#[tokio::test]
async fn pages_hold_each_key_once_newest_first() {
    let app = TestApp::with_policy(Policy { page_size: 3, ..Policy::default() }).await;
    let mut expected = Vec::new();
    for number in 0..10 {
        // Pairs are created in the same millisecond, so that the id orders them.
        app.clock.set(START + number / 2);
        let key = app.create_key(&format!("Key {number}")).await.key;
        expected.push((key.created_at, key.id));
    }
    expected.sort();
    expected.reverse();
    let (mut found, mut after, mut sizes) = (Vec::new(), None, Vec::new());
    loop {
        let page = list(&app, None, after).await;
        assert_eq!(page.total, 10);
        sizes.push(page.keys.len());
        found.extend(page.keys.into_iter().map(|key| (key.created_at, key.id)));
        // A key created and a key deleted meanwhile shift no page.
        if sizes.len() == 2 {
            app.delete_key(&found[0].1).await.unwrap();
            app.create_key("Meanwhile").await;
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found, expected);
    assert_eq!(sizes, [3, 3, 3, 1]);
}

#[tokio::test]
async fn full_last_page_has_no_next_page() {
    let app = TestApp::with_policy(Policy { page_size: 2, ..Policy::default() }).await;
    for number in 0..4 {
        app.create_key(&number.to_string()).await;
    }
    let first = list(&app, None, None).await;
    let second = list(&app, None, first.next).await;
    assert_eq!((second.keys.len(), second.next), (2, None));
}

#[tokio::test]
async fn search_finds_names_and_last_characters() {
    let app = TestApp::sqlite().await;
    let shop = app.create_key("Büro 100% Web_shop").await;
    app.create_key("Warehouse").await;
    let value = shop.secret.expose_secret();
    let end = &value[value.len() - 5..];
    for (search, found) in [
        ("web", true),
        ("BÜRO", true),
        ("100%", true),
        ("b_s", true),
        (" Büro ", true),
        (end, true),
        ("%", true),
        ("B%o", false),
        ("b.s", false),
        ("'", false),
        (r"\", false),
        (&value[10..40], false),
    ] {
        let page = list(&app, Some(search), None).await;
        assert_eq!(names(&page).contains(&"Büro 100% Web_shop"), found, "{search}");
        assert!(!names(&page).contains(&"Warehouse") || end == search, "{search}");
        assert_eq!(page.total, 2, "however few match");
    }
    assert_eq!(list(&app, Some("  "), None).await.keys.len(), 2);
    assert_eq!(list(&app, Some(&"x".repeat(100_000)), None).await.keys.len(), 0);
}

#[tokio::test]
async fn update_applies_to_the_next_call() {
    let app = TestApp::sqlite().await;
    let created = app.create_key("Before").await;
    let value = created.secret.expose_secret();
    let from = |last: u8| Some(IpAddr::from([203, 0, 113, last]));
    let ask = async |last, privilege| {
        let call = CallRequest { address: from(last), privilege: Some(privilege), ..call_request(value) };
        let decision = app.keyhatch.gate().decide(&call).await.unwrap();
        (decision.code, decision.key.map(|key| key.name().to_owned()))
    };
    for round in 0..20 {
        let (listed, other) = (round, 100 + round);
        app.clock.advance(1);
        let before = ask(listed, "orders:read").await;
        assert!(round > 0 || before.0 == VerdictCode::Valid);
        let new = form(&format!("Round {round}"), &format!("203.0.113.{listed}"), &["contacts:read"]);
        let view =
            app.keyhatch.keys().update(&Actor::Operator, &app.account, &created.key.id, &new, None).await.unwrap();
        assert_eq!((view.name.as_str(), view.updated_at), (new.name.as_str(), app.keyhatch.now()));
        let name = Some(new.name.clone());
        assert_eq!(ask(listed, "contacts:read").await, (VerdictCode::Valid, name));
        assert_eq!(ask(other, "contacts:read").await.0, VerdictCode::IpNotAllowed);
        assert_eq!(ask(listed, "orders:read").await.0, VerdictCode::PrivilegeMissing);
    }
    let view = app.keyhatch.keys().find(&Actor::Operator, &app.account, &created.key.id).await.unwrap();
    assert_eq!((view.created_at, view.masked), (START, created.key.masked));
}

#[tokio::test]
async fn deleted_key_stays_deleted() {
    let app = TestApp::sqlite().await;
    let (gone, kept) = (app.create_key("Gone").await, app.create_key("Kept").await);
    assert_eq!(app.decide(&gone.secret).await, Ok(VerdictCode::Valid));
    app.delete_key(&gone.key.id).await.unwrap();
    assert_eq!(app.decide(&gone.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(app.decide(&kept.secret).await, Ok(VerdictCode::Valid));
    assert_eq!(app.delete_key(&gone.key.id).await, Err(Error::NotFound));
    let change = app
        .keyhatch
        .keys()
        .update(&Actor::Operator, &app.account, &gone.key.id, &unrestricted_key_form("Back"), None)
        .await;
    assert_eq!(change.err(), Some(Error::NotFound));
    let found = app.keyhatch.keys().find(&Actor::Operator, &app.account, &gone.key.id).await;
    assert_eq!(found.err(), Some(Error::NotFound));
    let page = list(&app, None, None).await;
    assert_eq!((names(&page), page.total), (vec!["Kept"], 1));
}
