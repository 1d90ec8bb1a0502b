//! Types that hold a secret cannot be printed, or print nothing of it.

use domain::form::{SetupForm, SignInForm};
use domain::member::Role;
use domain::verdict::CallRequest;
use service::keys::{CreatedKey, IdempotentCreation};
use service::secrets::{ExposeSecret, Pepper, SecretString};
use service::session::SignedIn;
use service::{Keyhatch, Options};
use std::fmt::Debug;
use std::marker::PhantomData;
use test_support::{PASSWORD, TestApp, call_request};

/// Reports whether a type has `Debug`: the inherent function takes precedence, but only where its bound holds.
struct Probe<T>(PhantomData<T>);

impl<T: Debug> Probe<T> {
    fn has_debug() -> bool {
        true
    }
}

trait Otherwise {
    fn has_debug() -> bool {
        false
    }
}

impl<T> Otherwise for Probe<T> {}

#[test]
fn secret_types_have_no_debug_output() {
    assert!(Probe::<String>::has_debug(), "the probe works");
    assert!(!Probe::<CreatedKey>::has_debug());
    assert!(!Probe::<IdempotentCreation>::has_debug());
    assert!(!Probe::<SignedIn>::has_debug());
    assert!(!Probe::<CallRequest<'static>>::has_debug());
    assert!(!Probe::<Keyhatch>::has_debug());
    assert!(!Probe::<Options>::has_debug());
}

/// Asserts that a secret occurs neither as text, nor as printed bytes, nor in hexadecimal.
fn assert_not_contained(secret: &[u8], printed: &str) {
    let text = String::from_utf8_lossy(secret).into_owned();
    let list = format!("{secret:?}");
    let hex = secret.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    for form in [text, list.trim_matches(['[', ']']).to_owned(), hex] {
        assert!(!printed.contains(&form), "{printed}");
    }
}

#[test]
fn printable_types_reveal_no_secret() {
    let bytes = [0x5a; 32];
    assert_not_contained(&bytes, &format!("{:?}", Pepper::new(bytes)));
    assert_not_contained(PASSWORD.as_bytes(), &format!("{:?}", SecretString::from(PASSWORD)));
    let email = "ada@example.com".to_owned();
    let sign_in = SignInForm { email: email.clone(), password: PASSWORD.to_owned() };
    assert_not_contained(PASSWORD.as_bytes(), &format!("{sign_in:?}"));
    let set_up = SetupForm { account_name: "Acme".to_owned(), email, password: PASSWORD.to_owned() };
    assert_not_contained(PASSWORD.as_bytes(), &format!("{set_up:?} {:?}", set_up.check()));
}

#[tokio::test]
async fn results_of_a_flow_reveal_no_secret() {
    let app = TestApp::sqlite().await;
    app.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", app.account);
    let token = app.sign_in(&email, PASSWORD).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    let created = app.create_key("Canary").await;
    let value = created.secret.expose_secret();
    let decision = app.keyhatch.gate().decide(&call_request(value)).await.unwrap();
    let store = app.store().await;
    let public_id = &value[8..18];
    let row = store.keys().find_for_auth(public_id).await.unwrap().unwrap();
    let member = store.members().find_by_email(&email.to_lowercase()).await.unwrap().unwrap();
    let audit = store.audit().list(1, 100).await.unwrap();
    let refused = app.keyhatch.keys().find(&service::actor::Actor::Operator, &app.account, value).await;
    let printed = format!("{viewer:?} {:?} {decision:?} {row:?} {member:?} {audit:?} {refused:?}", created.key);
    for secret in [value, &value[19..62], token.expose_secret(), PASSWORD, &member.password_hash] {
        assert_not_contained(secret.as_bytes(), &printed);
    }
    assert_not_contained(&row.hash, &printed);
}
