//! Waiting for the first call with a new secret: what is shown for each verdict, to whom, for how long, and allowing the
//! address of a refused call.

use crate::on_both;
use crate::rotation::rotate;
use domain::first_call::FirstCall;
use domain::form::KeyForm;
use domain::limits::LimitsForm;
use domain::member::Role;
use domain::policy::Policy;
use domain::verdict::{CallRequest, Channel, VerdictCode};
use service::actor::Actor;
use service::secrets::ExposeSecret;
use service::{Error, Keyhatch};
use test_support::{HOUR, MINUTE, START, TestApp, call_request};

on_both!(
    address_of_a_refused_call_is_allowed,
    rotated_key_awaits_a_call_with_its_new_secret,
    call_that_another_process_allowed_is_seen_once_it_is_written,
    racing_additions_of_an_address_are_all_kept,
);

const INSIDE: &str = "203.0.113.7";
const OUTSIDE: &str = "198.51.100.77";

fn call_from<'a>(key: &'a str, address: &str) -> CallRequest<'a> {
    CallRequest { address: address.parse().ok(), ..call_request(key) }
}

async fn decide(keyhatch: &Keyhatch, call: CallRequest<'_>) -> VerdictCode {
    keyhatch.gate().decide(&call).await.unwrap().code
}

async fn first_call_as(app: &TestApp, actor: &Actor, id: &str) -> Result<FirstCall, Error> {
    app.keyhatch.key_calls().first_call(actor, &app.account, id).await
}

async fn first_call(app: &TestApp, id: &str) -> FirstCall {
    first_call_as(app, &Actor::Operator, id).await.unwrap()
}

async fn allow(app: &TestApp, id: &str, address: &str, revision: Option<i64>) -> Result<String, Error> {
    let keys = app.keyhatch.keys();
    keys.allow_address(&Actor::Operator, &app.account, id, address, revision).await.map(|key| key.whitelist)
}

fn allowed(at: i64, address: &str) -> FirstCall {
    FirstCall::Allowed { at, address: Some(address).filter(|address| !address.is_empty()).map(ToOwned::to_owned) }
}

/// The code and the advice of a refusal.
fn refusal(state: FirstCall) -> (VerdictCode, String) {
    let FirstCall::Refused { code, advice, .. } = state else { panic!("not refused: {state:?}") };
    (code, advice)
}

fn field_error(refused: Result<String, Error>, field: &str) -> String {
    let Err(Error::Invalid(errors)) = refused else { panic!("not refused for a field: {refused:?}") };
    errors.get(field).unwrap_or_else(|| panic!("{errors:?}")).to_owned()
}

fn restricted(name: &str) -> KeyForm {
    KeyForm {
        name: name.to_owned(),
        whitelist: "203.0.113.0/24".to_owned(),
        privileges: vec!["contacts:read".to_owned()],
        ..KeyForm::default()
    }
}

#[tokio::test]
async fn first_allowed_call_stays_the_first() {
    let app = TestApp::sqlite().await;
    let key = app.create_key("Shop").await;
    let secret = key.secret.expose_secret();
    assert_eq!(first_call(&app, &key.key.id).await, FirstCall::Waiting);
    app.clock.advance(MINUTE);
    assert_eq!(decide(&app.keyhatch, call_from(secret, "::ffff:203.0.113.7")).await, VerdictCode::Valid);
    assert_eq!(first_call(&app, &key.key.id).await, allowed(START + MINUTE, INSIDE));
    app.clock.advance(MINUTE);
    assert_eq!(decide(&app.keyhatch, call_from(secret, OUTSIDE)).await, VerdictCode::Valid);
    assert_eq!(first_call(&app, &key.key.id).await, allowed(START + MINUTE, INSIDE));
    app.keyhatch.keys().disable(&Actor::Operator, &app.account, &key.key.id).await.unwrap();
    assert_eq!(decide(&app.keyhatch, call_from(secret, OUTSIDE)).await, VerdictCode::Disabled);
    assert_eq!(first_call(&app, &key.key.id).await, allowed(START + MINUTE, INSIDE));
}

#[tokio::test]
async fn refused_call_is_explained_in_full() {
    let app = TestApp::sqlite().await;
    let key = app.create_key_with(&restricted("Shop")).await;
    let call = CallRequest {
        privilege: Some("contacts:write"),
        channel: Some(Channel::WebService),
        ..call_from(key.secret.expose_secret(), OUTSIDE)
    };
    app.clock.advance(MINUTE);
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::IpNotAllowed);
    let expected = FirstCall::Refused {
        at: START + MINUTE,
        address: Some(OUTSIDE.to_owned()),
        code: VerdictCode::IpNotAllowed,
        privilege: Some("contacts:write".to_owned()),
        channel: Some(Channel::WebService),
        advice: format!("Edit the key and add {OUTSIDE} to its IP whitelist."),
        can_allow_address: Some(OUTSIDE.to_owned()),
    };
    assert_eq!(first_call(&app, &key.key.id).await, expected);
}

/// Each code that depends on the call; those that depend on the key alone are below.
#[tokio::test]
async fn each_refusal_has_its_advice() {
    let app = TestApp::with_policy(Policy { whitelist_max: 1, ..Policy::default() }).await;
    let limits = LimitsForm { hour: "2".to_owned(), ..LimitsForm::default() };
    let quota = LimitsForm { uses: "2".to_owned(), ..LimitsForm::default() };
    let call = CallRequest { privilege: Some("contacts:read"), cost: 2, ..call_from("", INSIDE) };
    let lacking = CallRequest { privilege: Some("orders:write"), ..call };
    let named = CallRequest { name: Some("Ship"), ..call };
    let costly = CallRequest { cost: 3, ..call };
    let unknown = CallRequest { address: None, ..call };
    for (form, call, code, advice) in [
        (
            restricted("Shop"),
            call_from("", OUTSIDE),
            VerdictCode::IpNotAllowed,
            "Edit the key and add 198.51.100.77 to its IP whitelist.",
        ),
        (restricted("Shop"), unknown, VerdictCode::IpNotAllowed, "Configure the gateway to send the caller's address."),
        (restricted("Shop"), lacking, VerdictCode::PrivilegeMissing, "Edit the key and tick orders:write."),
        (
            restricted("Shop"),
            named,
            VerdictCode::NotFound,
            "Send Shop as the user name, because it must be the key's name, or send the key without a user name.",
        ),
        (
            KeyForm { limits, ..restricted("Shop") },
            costly,
            VerdictCode::RateLimited,
            "Edit the key and raise the limit above the cost of the call.",
        ),
        (
            KeyForm { limits: quota, ..restricted("Shop") },
            costly,
            VerdictCode::QuotaExceeded,
            "Edit the key and raise the limit above the cost of the call.",
        ),
    ] {
        let key = app.create_key_with(&form).await;
        let call = CallRequest { credential: key.secret.expose_secret(), ..call };
        assert_eq!(decide(&app.keyhatch, call).await, code);
        let state = first_call(&app, &key.key.id).await;
        // The list is full, so there is nothing to offer.
        assert!(matches!(&state, FirstCall::Refused { can_allow_address: None, .. }), "{state:?}");
        assert_eq!(refusal(state), (code, advice.to_owned()));
    }
}

#[tokio::test]
async fn refusal_by_the_state_of_the_key_has_its_advice() {
    let app = TestApp::sqlite().await;
    let soon = KeyForm { expires: "2026-11-18T10:00".to_owned(), ..restricted("Shop") };
    let (disabled, expired) = (app.create_key("Shop").await, app.create_key_with(&soon).await);
    app.keyhatch.keys().disable(&Actor::Operator, &app.account, &disabled.key.id).await.unwrap();
    app.clock.advance(HOUR);
    for (key, code, advice) in [
        (&disabled, VerdictCode::Disabled, "Enable the key."),
        (&expired, VerdictCode::Expired, "Edit the key and choose a later expiry."),
    ] {
        app.keyhatch.key_calls().watch_first_call(&Actor::Operator, &app.account, &key.key.id).await.unwrap();
        assert_eq!(decide(&app.keyhatch, call_from(key.secret.expose_secret(), INSIDE)).await, code);
        assert_eq!(refusal(first_call(&app, &key.key.id).await), (code, advice.to_owned()));
    }
    let channel = app.insert_key(1, |row| row.channel = Some("ftp".to_owned())).await;
    app.keyhatch.key_calls().watch_first_call(&Actor::Operator, &app.account, &channel.id).await.unwrap();
    let call = CallRequest { channel: Some(Channel::Rest), ..call_request(&channel.secret) };
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::ChannelNotAllowed);
    let advised = (VerdictCode::ChannelNotAllowed, "Use a key for the channel rest.".to_owned());
    assert_eq!(refusal(first_call(&app, &channel.id).await), advised);
}

/// A call that does not prove the secret may come from anybody who knows the public id.
#[tokio::test]
async fn call_without_the_secret_changes_nothing() {
    use domain::key::{Environment, KeyFormat, PublicId};
    let app = TestApp::sqlite().await;
    let key = app.create_key_with(&restricted("Shop")).await;
    let secret = key.secret.expose_secret();
    let id = PublicId::parse(secret.split('_').nth(2).unwrap()).unwrap();
    let forged = KeyFormat::new("kh").unwrap().compose(Environment::Live, &id, &[7; 32]);
    let cut = &secret[..secret.len() - 1];
    for state in [FirstCall::Waiting, allowed(START, INSIDE)] {
        for (credential, code) in [(forged.as_str(), VerdictCode::NotFound), (cut, VerdictCode::Malformed)] {
            for name in [None, Some("Shop"), Some("Other")] {
                let call = CallRequest { name, ..call_from(credential, OUTSIDE) };
                assert_eq!(decide(&app.keyhatch, call).await, code);
                assert_eq!(first_call(&app, &key.key.id).await, state);
            }
        }
        decide(&app.keyhatch, call_from(secret, INSIDE)).await;
    }
}

#[tokio::test]
async fn mended_key_asks_to_call_again() {
    let app = TestApp::sqlite().await;
    let key = app.create_key_with(&restricted("Shop")).await;
    let call = CallRequest { privilege: Some("contacts:write"), ..call_from(key.secret.expose_secret(), INSIDE) };
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::PrivilegeMissing);
    let mended = KeyForm { all_privileges: true, ..restricted("Shop") };
    app.keyhatch.keys().update(&Actor::Operator, &app.account, &key.key.id, &mended, None).await.unwrap();
    let again = (VerdictCode::PrivilegeMissing, "The key allows this call now. Send it again.".to_owned());
    assert_eq!(refusal(first_call(&app, &key.key.id).await), again);
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::Valid);
    assert_eq!(first_call(&app, &key.key.id).await, allowed(START, INSIDE));
}

#[tokio::test]
async fn refusal_is_known_for_fifteen_minutes() {
    let app = TestApp::sqlite().await;
    let key = app.create_key_with(&restricted("Shop")).await;
    let call = call_from(key.secret.expose_secret(), OUTSIDE);
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::IpNotAllowed);
    app.clock.advance(15 * MINUTE - 1);
    assert_eq!(refusal(first_call(&app, &key.key.id).await).0, VerdictCode::IpNotAllowed);
    app.clock.advance(1);
    assert_eq!(first_call(&app, &key.key.id).await, FirstCall::Waiting);
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::IpNotAllowed);
    assert_eq!(first_call(&app, &key.key.id).await, FirstCall::Waiting);
    app.keyhatch.key_calls().watch_first_call(&Actor::Operator, &app.account, &key.key.id).await.unwrap();
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::IpNotAllowed);
    assert_eq!(refusal(first_call(&app, &key.key.id).await).0, VerdictCode::IpNotAllowed);
}

/// Sixteen keys of an account are watched at a time; those of another account are not affected.
#[tokio::test]
async fn account_displaces_its_own_watches_only() {
    let app = TestApp::sqlite().await;
    let (actor, form) = (&Actor::Operator, restricted("Theirs"));
    let theirs = app.keyhatch.keys().create(actor, &app.foreign_account, &form).await.unwrap();
    let mut ours = Vec::new();
    for _ in 0..17 {
        ours.push(app.create_key_with(&restricted("Ours")).await);
    }
    for key in ours.iter().chain([&theirs]) {
        let call = call_from(key.secret.expose_secret(), OUTSIDE);
        assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::IpNotAllowed);
    }
    for (number, key) in ours.iter().enumerate() {
        let is_waiting = first_call(&app, &key.key.id).await == FirstCall::Waiting;
        assert_eq!(is_waiting, number == 0, "{number}");
    }
    let state = app.keyhatch.key_calls().first_call(actor, &app.foreign_account, &theirs.key.id).await.unwrap();
    assert_eq!(refusal(state).0, VerdictCode::IpNotAllowed);
}

#[tokio::test]
async fn members_of_the_account_see_the_first_call_and_managers_may_allow_its_address() {
    let app = TestApp::sqlite().await;
    let key = app.create_key_with(&restricted("Shop")).await;
    let id = key.key.id.as_str();
    assert_eq!(decide(&app.keyhatch, call_from(key.secret.expose_secret(), OUTSIDE)).await, VerdictCode::IpNotAllowed);
    for (role, expected) in [(Role::Viewer, None), (Role::Admin, Some(OUTSIDE)), (Role::Owner, Some(OUTSIDE))] {
        let member = app.member(role).await;
        let state = first_call_as(&app, &member, id).await.unwrap();
        let FirstCall::Refused { can_allow_address, .. } = state else { panic!("{state:?}") };
        assert_eq!(can_allow_address.as_deref(), expected, "{role:?}");
    }
    assert_eq!(first_call_as(&app, &Actor::Operator, "key_none").await, Err(Error::NotFound));
    app.delete_key(id).await.unwrap();
    assert_eq!(first_call_as(&app, &Actor::Operator, id).await, Err(Error::NotFound));
    assert_eq!(allow(&app, id, OUTSIDE, None).await, Err(Error::NotFound));
}

async fn address_of_a_refused_call_is_allowed(app: TestApp) {
    let key = app.create_key_with(&restricted("Shop")).await;
    let (id, call) = (key.key.id.as_str(), call_from(key.secret.expose_secret(), OUTSIDE));
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::IpNotAllowed);
    app.clock.advance(MINUTE);
    assert_eq!(allow(&app, id, OUTSIDE, Some(key.key.revision)).await.unwrap(), "203.0.113.0/24\n198.51.100.77");
    assert_eq!(first_call(&app, id).await, FirstCall::Waiting, "the next call is awaited");
    assert_eq!(decide(&app.keyhatch, call).await, VerdictCode::Valid);
    assert_eq!(first_call(&app, id).await, allowed(START + MINUTE, OUTSIDE));

    let before = app.row_counts().await;
    let stale = allow(&app, id, "198.51.100.78", Some(key.key.revision)).await;
    assert!(matches!(stale, Err(Error::EditConflict { .. })), "{stale:?}");
    assert_eq!(field_error(allow(&app, id, OUTSIDE, None).await, "address"), "198.51.100.77 may use the key already.");
    assert_eq!(
        field_error(allow(&app, id, "10.0.0.0/8", None).await, "address"),
        "Enter one IP address without a port or a mask, e.g. 203.0.113.7."
    );
    assert_eq!(app.row_counts().await, before, "nothing was written");
    let history = app.keyhatch.keys().history(&Actor::Operator, &app.account, id, None).await.unwrap();
    let actions: Vec<&str> = history.entries.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["key.update", "key.create"]);
    let open = app.create_key("Open").await;
    let refused = allow(&app, &open.key.id, OUTSIDE, None).await;
    assert_eq!(field_error(refused, "address"), "Any address may use the key already.");
}

#[tokio::test]
async fn addresses_are_added_up_to_the_limit() {
    let app = TestApp::with_policy(Policy { whitelist_max: 3, ..Policy::default() }).await;
    let key = app.create_key_with(&restricted("Shop")).await;
    for last in [1, 2] {
        allow(&app, &key.key.id, &format!("198.51.100.{last}"), None).await.unwrap();
    }
    let refused = field_error(allow(&app, &key.key.id, "198.51.100.3", None).await, "address");
    assert!(refused.starts_with("The list has 3 entries; a key can have at most 3."), "{refused}");
}

async fn racing_additions_of_an_address_are_all_kept(app: TestApp) {
    let key = app.create_key_with(&restricted("Shop")).await;
    let mut racers = tokio::task::JoinSet::new();
    for last in 0..16 {
        // Each address twice.
        let address = format!("198.51.100.{}", last / 2);
        let (keys, account, id) = (app.keyhatch.keys().clone(), app.account.clone(), key.key.id.clone());
        racers.spawn(async move { keys.allow_address(&Actor::Operator, &account, &id, &address, None).await.is_ok() });
    }
    let added = racers.join_all().await.into_iter().filter(|added| *added).count();
    let key = app.keyhatch.keys().find(&Actor::Operator, &app.account, &key.key.id).await.unwrap();
    assert_eq!((added, key.whitelist.lines().count()), (8, 9), "{}", key.whitelist);
}

async fn rotated_key_awaits_a_call_with_its_new_secret(mut app: TestApp) {
    for overlap in ["1h", "none"] {
        let old = app.create_key("Shop").await;
        let (id, old_secret) = (old.key.id.as_str(), old.secret.expose_secret());
        assert_eq!(decide(&app.keyhatch, call_from(old_secret, INSIDE)).await, VerdictCode::Valid);
        let at = app.keyhatch.now();
        assert_eq!(first_call(&app, id).await, allowed(at, INSIDE));
        app.clock.advance(MINUTE);
        let new = rotate(&app, id, overlap).await.unwrap();
        assert_eq!(first_call(&app, id).await, FirstCall::Waiting, "{overlap}");
        let code = if overlap == "none" { VerdictCode::NotFound } else { VerdictCode::Valid };
        assert_eq!(decide(&app.keyhatch, call_from(old_secret, INSIDE)).await, code);
        assert_eq!(first_call(&app, id).await, FirstCall::Waiting, "{overlap}");
        app.restart().await;
        assert_eq!(first_call(&app, id).await, FirstCall::Waiting, "{overlap}, after a restart");
        app.clock.advance(2 * HOUR);
        let at = app.keyhatch.now();
        assert_eq!(decide(&app.keyhatch, call_from(new.secret.expose_secret(), OUTSIDE)).await, VerdictCode::Valid);
        assert_eq!(first_call(&app, id).await, allowed(at, OUTSIDE), "{overlap}, as a last use");
    }
}

async fn call_that_another_process_allowed_is_seen_once_it_is_written(app: TestApp) {
    let other = app.open_second().await.unwrap();
    let key = app.create_key_with(&restricted("Shop")).await;
    let secret = key.secret.expose_secret();
    assert_eq!(decide(&other, call_from(secret, OUTSIDE)).await, VerdictCode::IpNotAllowed);
    assert_eq!(first_call(&app, &key.key.id).await, FirstCall::Waiting, "a refusal is not seen");
    assert_eq!(decide(&other, call_from(secret, INSIDE)).await, VerdictCode::Valid);
    assert_eq!(first_call(&app, &key.key.id).await, FirstCall::Waiting);
    assert_eq!(decide(&app.keyhatch, call_from(secret, OUTSIDE)).await, VerdictCode::IpNotAllowed);
    other.close().await.unwrap();
    assert_eq!(first_call(&app, &key.key.id).await, allowed(START, INSIDE), "an allowed call matters more");
}
