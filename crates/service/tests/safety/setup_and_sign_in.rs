//! The first set-up, and signing in: what an attacker can learn, and rate limits.

use crate::on_both;
use domain::form::SetupForm;
use domain::member::Role;
use service::actor::Actor;
use service::secrets::{ExposeSecret, SecretString};
use service::{Error, Keyhatch, ManualClock};
use std::net::IpAddr;
use std::sync::Arc;
use test_support::{MINUTE, PASSWORD, START, SeededRandom, TestApp, client_address, sign_in_form, test_options};

on_both!(concurrent_set_ups_create_one_account);

fn setup_form(email: &str) -> SetupForm {
    SetupForm { account_name: "Acme".to_owned(), email: email.to_owned(), password: PASSWORD.to_owned() }
}

/// A Keyhatch in an empty folder, and the token of its set-up link.
async fn first_start() -> (tempfile::TempDir, Keyhatch, SecretString) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let keyhatch = Keyhatch::open(test_options(folder.path(), &clock, 1)).await.unwrap();
    let token = keyhatch.setup().create_link().await.unwrap().unwrap();
    (folder, keyhatch, token)
}

#[tokio::test]
async fn set_up_link_works_once_and_only_if_complete() {
    let (_folder, keyhatch, token) = first_start().await;
    let token = token.expose_secret();
    let form = setup_form("ada@example.com");
    for wrong in ["", "x", &token[1..], &format!("{token}x"), &token.to_uppercase()] {
        assert!(!keyhatch.setup().is_open(wrong).await.unwrap());
        assert_eq!(keyhatch.setup().complete(wrong, &form, None).await.err(), Some(Error::SetupClosed), "{wrong}");
    }
    assert!(keyhatch.setup().is_open(token).await.unwrap());
    let signed_in = keyhatch.setup().complete(token, &form, Some(client_address())).await.unwrap();
    let viewer = keyhatch.identity().viewer(&signed_in.token, None).await.unwrap();
    assert_eq!((viewer.role, viewer.account_name.as_str()), (Role::Owner, "Acme"));

    assert!(!keyhatch.setup().is_open(token).await.unwrap());
    let again = keyhatch.setup().complete(token, &setup_form("eve@example.com"), None).await;
    assert_eq!(again.err(), Some(Error::SetupClosed));
    assert!(keyhatch.setup().create_link().await.unwrap().is_none(), "a later start creates no link");
}

#[tokio::test]
async fn invalid_field_does_not_use_up_the_set_up_link() {
    let (_folder, keyhatch, token) = first_start().await;
    let form = SetupForm { account_name: " ".to_owned(), email: "nobody".to_owned(), password: "short".to_owned() };
    let Err(Error::Invalid(errors)) = keyhatch.setup().complete(token.expose_secret(), &form, None).await else {
        panic!("taken");
    };
    let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["account_name", "email", "password"]);
    assert!(keyhatch.setup().is_open(token.expose_secret()).await.unwrap());
}

#[tokio::test]
async fn set_up_link_ends_when_an_account_is_created_otherwise() {
    let (_folder, keyhatch, token) = first_start().await;
    keyhatch.accounts().create(&Actor::Operator, "By the operator", None).await.unwrap();
    assert!(!keyhatch.setup().is_open(token.expose_secret()).await.unwrap());
    let late = keyhatch.setup().complete(token.expose_secret(), &setup_form("ada@example.com"), None).await;
    assert_eq!(late.err(), Some(Error::SetupClosed));
}

/// Concurrent requests with the same link, in two processes, create one account.
async fn concurrent_set_ups_create_one_account(app: TestApp) {
    app.run_sql("DELETE FROM accounts").await;
    let other_process = app.open_second().await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for (process, keyhatch) in [app.keyhatch.clone(), other_process].into_iter().enumerate() {
        let token = keyhatch.setup().create_link().await.unwrap().unwrap();
        for task in 0..4 {
            let (keyhatch, token) = (keyhatch.clone(), token.clone());
            let form = setup_form(&format!("racer{process}{task}@example.com"));
            tasks.spawn(async move { keyhatch.setup().complete(token.expose_secret(), &form, None).await.map(drop) });
        }
    }
    let outcomes = tasks.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(()) | Err(Error::SetupClosed))), "{outcomes:?}");
    assert_eq!(app.query_number("SELECT COUNT(*) FROM accounts").await, 1);
    assert_eq!(app.query_number("SELECT COUNT(*) FROM members").await, 1);
}

#[tokio::test]
async fn unknown_email_is_refused_like_a_wrong_password() {
    let app = TestApp::sqlite().await;
    app.member(Role::Owner).await;
    let known = format!("owner@{}.example.com", app.account);
    let long = "x".repeat(1_000);
    for (email, password) in [
        (known.as_str(), "wrong password here"),
        (known.as_str(), ""),
        (known.as_str(), &PASSWORD.to_uppercase()),
        (known.as_str(), &format!("{PASSWORD} ")),
        (known.as_str(), long.as_str()),
        ("nobody@example.com", PASSWORD),
        ("nobody@example.com", ""),
        ("not an address", PASSWORD),
        ("' OR 1=1 --@example.com", PASSWORD),
    ] {
        let refused = app.sign_in(email, password).await;
        assert_eq!(refused.err(), Some(Error::WrongCredentials), "{email} {password}");
    }
    app.sign_in(&known.to_uppercase(), PASSWORD).await.unwrap();
}

/// Unknown emails count like known ones: a limit that only members met would reveal who is a member.
#[tokio::test]
async fn eleventh_failed_sign_in_is_rate_limited() {
    let app = TestApp::sqlite().await;
    app.member(Role::Owner).await;
    let known = format!("owner@{}.example.com", app.account);
    for email in [known.as_str(), "nobody@example.com"] {
        for attempt in 1..=10 {
            let refused = app.sign_in(email, "wrong password here").await;
            assert_eq!(refused.err(), Some(Error::WrongCredentials), "{email} {attempt}");
        }
        let limited = app.sign_in(email, PASSWORD).await;
        assert_eq!(limited.err(), Some(Error::Limited { retry_after_seconds: 900 }), "{email}");
    }
    // From another network, with the right password: not locked out.
    let elsewhere = Some(IpAddr::from([203, 0, 113, 1]));
    app.keyhatch.sessions().sign_in(&sign_in_form(&known, PASSWORD), elsewhere, None).await.unwrap();

    app.clock.advance(15 * MINUTE - 1);
    assert_eq!(app.sign_in(&known, PASSWORD).await.err(), Some(Error::Limited { retry_after_seconds: 1 }));
    app.clock.advance(1);
    app.sign_in(&known, PASSWORD).await.unwrap();
}

/// An attempt counts before its outcome is known, so concurrent attempts cannot pass the limit together.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_sign_ins_share_the_limit() {
    let app = Arc::new(TestApp::sqlite().await);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..30 {
        let app = Arc::clone(&app);
        tasks.spawn(async move { app.sign_in("nobody@example.com", "wrong password here").await.err() });
    }
    let outcomes = tasks.join_all().await;
    let looked_at = outcomes.iter().filter(|outcome| **outcome == Some(Error::WrongCredentials)).count();
    assert_eq!(looked_at, 10);
}

#[tokio::test]
async fn members_cannot_create_accounts_or_members() {
    let app = TestApp::sqlite().await;
    for role in test_support::ROLES {
        let actor = app.member(role).await;
        assert_eq!(app.keyhatch.accounts().create(&actor, "Mine", None).await, Err(Error::Forbidden));
        let password = SecretString::from(PASSWORD);
        let created =
            app.keyhatch.members().create(&actor, &app.account, "x@example.com", Role::Owner, &password).await;
        assert_eq!(created, Err(Error::Forbidden));
    }
}

#[tokio::test]
async fn every_invalid_field_is_reported_to_the_operator() {
    let app = TestApp::sqlite().await;
    app.member(Role::Owner).await;
    let taken = format!("OWNER@{}.example.com", app.account);
    let (account, none) = (app.account.as_str(), "acc_none");
    for (account, email, password, field) in [
        (account, "nobody", PASSWORD, "email"),
        (account, "", PASSWORD, "email"),
        (account, taken.as_str(), PASSWORD, "email"),
        (account, "new@example.com", "short", "password"),
        (account, "new@example.com", "aaaaaaaaaaaaaaaa", "password"),
        (none, "new@example.com", PASSWORD, "account"),
    ] {
        let password = SecretString::from(password);
        let refused = app.keyhatch.members().create(&Actor::Operator, account, email, Role::Viewer, &password).await;
        let Err(Error::Invalid(errors)) = refused else { panic!("{field}: {refused:?}") };
        assert_eq!(errors.0[0].field, field);
    }
    for (name, parent, field) in [("", None, "account_name"), ("Below", Some("acc_none"), "parent")] {
        let refused = app.keyhatch.accounts().create(&Actor::Operator, name, parent).await;
        let Err(Error::Invalid(errors)) = refused else { panic!("{field}: {refused:?}") };
        assert_eq!(errors.0[0].field, field);
    }
}

/// The set-up token and the session are 24 and 32 random bytes: from two seeds, two values.
#[tokio::test]
async fn tokens_come_from_the_injected_randomness() {
    let (_one, _, first) = first_start().await;
    let (_two, _, second) = first_start().await;
    assert_eq!(first.expose_secret(), second.expose_secret(), "equal seeds give equal tokens");
    assert_eq!(first.expose_secret().len(), 32);
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let mut other = test_options(folder.path(), &clock, 1);
    other.random = Box::new(SeededRandom::new(99));
    let third = Keyhatch::open(other).await.unwrap().setup().create_link().await.unwrap().unwrap();
    assert_ne!(first.expose_secret(), third.expose_secret());
}
