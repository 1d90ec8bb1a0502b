//! Programs that manage keys: operator tokens, keys that manage sub-accounts, and idempotency keys.

use crate::on_both;
use domain::form::KeyForm;
use domain::key::Environment;
use domain::lifecycle::RotateForm;
use domain::policy::Policy;
use domain::privilege::Module;
use service::Error;
use service::actor::Actor;
use service::keys::IdempotencyKey;
use service::secrets::ExposeSecret;
use std::collections::BTreeSet;
use test_support::{DAY, TestApp, call_request, unrestricted_key_form};

on_both!(repeated_idempotent_request_creates_nothing, concurrent_idempotent_requests_create_one_key);

fn policy() -> Policy {
    let mut policy = Policy::default();
    let actions = vec!["read".to_owned(), "write".to_owned()];
    policy.modules.push(Module { id: "sub-accounts".to_owned(), label: "Sub-accounts".to_owned(), actions });
    policy
}

fn form(name: &str, privileges: &[&str]) -> KeyForm {
    let privileges = privileges.iter().map(ToString::to_string).collect();
    KeyForm { name: name.to_owned(), privileges, ..KeyForm::default() }
}

/// The actor of calls with a new key of this form, concerning the account `about`.
async fn key_actor(app: &TestApp, form: &KeyForm, about: &str) -> Actor {
    let key = app.create_key_with(form).await;
    let decision = app.keyhatch.gate().decide(&call_request(key.secret.expose_secret())).await.unwrap();
    app.keyhatch.identity().actor_of_key(&decision.key.unwrap(), Some(about), None).await.unwrap()
}

#[tokio::test]
async fn token_works_until_it_is_deleted() {
    let app = TestApp::sqlite().await;
    let token = app.keyhatch.operator_tokens().create(&Actor::Operator, "Provisioning").await.unwrap();
    let text = token.value.expose_secret();
    assert!(text.starts_with("kh_op_") && app.keyhatch.identity().looks_like_token(text));
    let actor = app.keyhatch.identity().actor_of_token(text, None).await.unwrap();
    app.keyhatch.keys().create(&actor, &app.account, &unrestricted_key_form("Made")).await.unwrap();
    let refused = app.keyhatch.operator_tokens().create(&actor, "More").await;
    assert_eq!(refused.err(), Some(Error::Forbidden), "a token cannot create tokens");
    let listed = app.keyhatch.operator_tokens().list(&Actor::Operator).await.unwrap();
    assert_eq!((listed.len(), listed[0].masked.ends_with(&text[text.len() - 5..])), (1, true));
    app.keyhatch.operator_tokens().delete(&Actor::Operator, &token.id).await.unwrap();
    assert_eq!(app.keyhatch.identity().actor_of_token(text, None).await.err(), Some(Error::Unauthenticated));
    assert_eq!(app.keyhatch.operator_tokens().delete(&Actor::Operator, &token.id).await, Err(Error::NotFound));
    let cut = &text[..text.len() - 1];
    assert_eq!(app.keyhatch.identity().actor_of_token(cut, None).await.err(), Some(Error::Unauthenticated));
}

#[tokio::test]
async fn key_cannot_create_a_stronger_key() {
    let app = TestApp::with_policy(policy()).await;
    let sub = app.keyhatch.accounts().create(&Actor::Operator, "North", Some(&app.account)).await.unwrap();
    let both = ["sub-accounts:read", "sub-accounts:write", "contacts:read"];
    let actor = key_actor(&app, &form("Parent", &both), &sub).await;
    let create = async |form: KeyForm| {
        app.keyhatch.keys().create_idempotent(&actor, &sub, &form, None).await.map(|made| made.key.id)
    };
    let weaker = create(form("Weaker", &["contacts:read"])).await.unwrap();
    for stronger in [form("Stronger", &["contacts:read", "orders:write"]), unrestricted_key_form("All")] {
        let Err(Error::Invalid(errors)) = create(stronger).await else { panic!("a stronger key was created") };
        assert!(errors.get("privileges").is_some_and(|message| message.starts_with("Your own key lacks ")));
    }
    // An existing stronger key may be restricted, but its new secret is not handed out.
    let strong =
        app.keyhatch.keys().create(&Actor::Operator, &sub, &form("Strong", &["orders:write"])).await.unwrap().key;
    let rotate = RotateForm { overlap: "none".to_owned() };
    let refused = app.keyhatch.key_secrets().rotate(&actor, &sub, &strong.id, &rotate).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    app.keyhatch.key_secrets().rotate(&actor, &sub, &weaker, &rotate).await.unwrap();
    let change = async |privileges: &[&str]| {
        app.keyhatch
            .keys()
            .update(&actor, &sub, &strong.id, &form("Strong", privileges), None)
            .await
            .map(|key| key.privileges)
    };
    assert!(matches!(change(&["orders:write", "reports:read"]).await, Err(Error::Invalid(_))));
    assert_eq!(change(&["orders:write", "contacts:read"]).await.as_deref(), Ok("contacts:read orders:write"));
    // Neither keys of its own account nor of an unrelated one.
    for account in [&app.account, &app.foreign_account] {
        let expected = if *account == app.account { Error::Forbidden } else { Error::NotFound };
        let made = app.keyhatch.keys().create_idempotent(&actor, account, &form("Own", &[]), None).await;
        assert_eq!(made.map(|made| made.key.id), Err(expected));
    }
}

#[tokio::test]
async fn sandbox_key_creates_only_sandbox_keys() {
    let app = TestApp::with_policy(policy()).await;
    let sub = app.keyhatch.accounts().create(&Actor::Operator, "North", Some(&app.account)).await.unwrap();
    let sandbox = KeyForm { environment: Environment::Sandbox, ..form("Parent", &["sub-accounts:write"]) };
    let actor = key_actor(&app, &sandbox, &sub).await;
    let create = async |environment| {
        let form = KeyForm { environment, ..form("Made", &[]) };
        app.keyhatch.keys().create_idempotent(&actor, &sub, &form, None).await.map(|made| made.key.environment)
    };
    assert!(matches!(create(Environment::Live).await, Err(Error::Invalid(_))));
    assert_eq!(create(Environment::Sandbox).await, Ok(Environment::Sandbox));
}

async fn repeated_idempotent_request_creates_nothing(app: TestApp) {
    let token = app.keyhatch.operator_tokens().create(&Actor::Operator, "One").await.unwrap();
    let actor = app.keyhatch.identity().actor_of_token(token.value.expose_secret(), None).await.unwrap();
    let other = app.keyhatch.operator_tokens().create(&Actor::Operator, "Two").await.unwrap();
    let other = app.keyhatch.identity().actor_of_token(other.value.expose_secret(), None).await.unwrap();
    let create = async |actor: &Actor, name: &str, request: &str| {
        let repeat = Some(IdempotencyKey::new(name, request.as_bytes()));
        let made =
            app.keyhatch.keys().create_idempotent(actor, &app.account, &unrestricted_key_form(request), repeat).await;
        made.map(|made| (made.key.id, made.secret.is_some()))
    };
    let (first, is_new) = create(&actor, "till-1", "Till").await.unwrap();
    assert!(is_new);
    assert_eq!(create(&actor, "till-1", "Till").await, Ok((first.clone(), false)));
    assert_eq!(create(&actor, "till-1", "Something else").await, Err(Error::IdempotencyKeyReused));
    // Idempotency keys of another actor are separate.
    assert_ne!(create(&other, "till-1", "Till").await.unwrap().0, first);
    app.delete_key(&first).await.unwrap();
    assert_eq!(create(&actor, "till-1", "Till").await, Err(Error::NotFound), "the created key was deleted");
    // After a day the idempotency key can be used again.
    app.clock.advance(DAY + 1);
    app.keyhatch.close().await.unwrap();
    let keyhatch = app.open_second().await.unwrap();
    let repeat = Some(IdempotencyKey::new("till-1", b"Till"));
    let again =
        keyhatch.keys().create_idempotent(&actor, &app.account, &unrestricted_key_form("Till"), repeat).await.unwrap();
    assert!(again.secret.is_some() && again.key.id != first);
}

async fn concurrent_idempotent_requests_create_one_key(app: TestApp) {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let (keyhatch, account) = (app.keyhatch.clone(), app.account.clone());
        tasks.spawn(async move {
            let repeat = Some(IdempotencyKey::new("once", b"Till"));
            keyhatch
                .keys()
                .create_idempotent(&Actor::Operator, &account, &unrestricted_key_form("Till"), repeat)
                .await
                .map(|made| (made.key.id, made.secret.is_some()))
        });
    }
    let made: Vec<_> = tasks.join_all().await.into_iter().map(Result::unwrap).collect();
    assert_eq!(made.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(made.iter().filter(|(_, is_new)| *is_new).count(), 1, "revealed once");
    assert_eq!(app.query_number("SELECT COUNT(*) FROM keys").await, 1);
}
