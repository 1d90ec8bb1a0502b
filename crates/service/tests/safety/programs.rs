//! Programs that manage keys: operator tokens, an account's own key with sub-accounts below, and creations that are asked
//! for twice.

use crate::on_both;
use crate::world::{DAY, World, call, open_form};
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

on_both!(a_repeat_makes_nothing_new, repeats_that_race_make_one_key);

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

/// Whoever calls with a new key of the account that has these privileges, about `about`.
async fn key_actor(world: &World, form: &KeyForm, about: &str) -> Actor {
    let key = world.issue_form(form).await;
    let decision = world.keyhatch.gate().decide(&call(key.secret.expose_secret())).await.unwrap();
    world.keyhatch.identity().actor_of_key(&decision.key.unwrap(), Some(about), None).await.unwrap()
}

#[tokio::test]
async fn a_token_works_until_it_is_revoked() {
    let world = World::sqlite().await;
    let token = world.keyhatch.identity().create_token(&Actor::Operator, "Provisioning").await.unwrap();
    let text = token.value.expose_secret();
    assert!(text.starts_with("kh_op_") && world.keyhatch.identity().looks_like_token(text));
    let actor = world.keyhatch.identity().actor_of_token(text, None).await.unwrap();
    world.keyhatch.keys().create(&actor, &world.account, &open_form("Made")).await.unwrap();
    let refused = world.keyhatch.identity().create_token(&actor, "More").await;
    assert_eq!(refused.err(), Some(Error::Forbidden), "a token makes no tokens");
    let listed = world.keyhatch.identity().list_tokens(&Actor::Operator).await.unwrap();
    assert_eq!((listed.len(), listed[0].masked.ends_with(&text[text.len() - 5..])), (1, true));
    world.keyhatch.identity().delete_token(&Actor::Operator, &token.id).await.unwrap();
    assert_eq!(world.keyhatch.identity().actor_of_token(text, None).await.err(), Some(Error::Unauthenticated));
    assert_eq!(world.keyhatch.identity().delete_token(&Actor::Operator, &token.id).await, Err(Error::NotFound));
    let cut = &text[..text.len() - 1];
    assert_eq!(world.keyhatch.identity().actor_of_token(cut, None).await.err(), Some(Error::Unauthenticated));
}

#[tokio::test]
async fn a_key_makes_no_key_that_is_stronger_than_itself() {
    let world = World::with(policy()).await;
    let sub = world.keyhatch.accounts().create(&Actor::Operator, "North", Some(&world.account)).await.unwrap();
    let both = ["sub-accounts:read", "sub-accounts:write", "contacts:read"];
    let actor = key_actor(&world, &form("Parent", &both), &sub).await;
    let create = async |form: KeyForm| {
        world.keyhatch.keys().create_idempotent(&actor, &sub, &form, None).await.map(|made| made.key.id)
    };
    let weaker = create(form("Weaker", &["contacts:read"])).await.unwrap();
    for stronger in [form("Stronger", &["contacts:read", "orders:write"]), open_form("All")] {
        let Err(Error::Invalid(errors)) = create(stronger).await else { panic!("a stronger key was made") };
        assert!(errors.get("privileges").is_some_and(|message| message.starts_with("Your own key lacks ")));
    }
    // A stronger one that is there already: its rules may be narrowed, its secret is not handed out.
    let strong =
        world.keyhatch.keys().create(&Actor::Operator, &sub, &form("Strong", &["orders:write"])).await.unwrap().key;
    let rotate = RotateForm { overlap: "none".to_owned() };
    let refused = world.keyhatch.keys().rotate(&actor, &sub, &strong.id, &rotate).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    world.keyhatch.keys().rotate(&actor, &sub, &weaker, &rotate).await.unwrap();
    let change = async |privileges: &[&str]| {
        world
            .keyhatch
            .keys()
            .update(&actor, &sub, &strong.id, &form("Strong", privileges), None)
            .await
            .map(|key| key.privileges)
    };
    assert!(matches!(change(&["orders:write", "reports:read"]).await, Err(Error::Invalid(_))));
    assert_eq!(change(&["orders:write", "contacts:read"]).await.as_deref(), Ok("contacts:read orders:write"));
    // Never those of its own account, nor of any other.
    for account in [&world.account, &world.foreign] {
        let expected = if *account == world.account { Error::Forbidden } else { Error::NotFound };
        let made = world.keyhatch.keys().create_idempotent(&actor, account, &form("Own", &[]), None).await;
        assert_eq!(made.map(|made| made.key.id), Err(expected));
    }
}

#[tokio::test]
async fn a_sandbox_key_makes_sandbox_keys() {
    let world = World::with(policy()).await;
    let sub = world.keyhatch.accounts().create(&Actor::Operator, "North", Some(&world.account)).await.unwrap();
    let sandbox = KeyForm { environment: Environment::Sandbox, ..form("Parent", &["sub-accounts:write"]) };
    let actor = key_actor(&world, &sandbox, &sub).await;
    let create = async |environment| {
        let form = KeyForm { environment, ..form("Made", &[]) };
        world.keyhatch.keys().create_idempotent(&actor, &sub, &form, None).await.map(|made| made.key.environment)
    };
    assert!(matches!(create(Environment::Live).await, Err(Error::Invalid(_))));
    assert_eq!(create(Environment::Sandbox).await, Ok(Environment::Sandbox));
}

async fn a_repeat_makes_nothing_new(world: World) {
    let token = world.keyhatch.identity().create_token(&Actor::Operator, "One").await.unwrap();
    let actor = world.keyhatch.identity().actor_of_token(token.value.expose_secret(), None).await.unwrap();
    let other = world.keyhatch.identity().create_token(&Actor::Operator, "Two").await.unwrap();
    let other = world.keyhatch.identity().actor_of_token(other.value.expose_secret(), None).await.unwrap();
    let create = async |actor: &Actor, name: &str, request: &str| {
        let repeat = Some(IdempotencyKey::new(name, request.as_bytes()));
        let made = world.keyhatch.keys().create_idempotent(actor, &world.account, &open_form(request), repeat).await;
        made.map(|made| (made.key.id, made.secret.is_some()))
    };
    let (first, is_new) = create(&actor, "till-1", "Till").await.unwrap();
    assert!(is_new);
    assert_eq!(create(&actor, "till-1", "Till").await, Ok((first.clone(), false)));
    assert_eq!(create(&actor, "till-1", "Something else").await, Err(Error::IdempotencyKeyReused));
    // Another asker's names are its own.
    assert_ne!(create(&other, "till-1", "Till").await.unwrap().0, first);
    world.delete(&first).await.unwrap();
    assert_eq!(create(&actor, "till-1", "Till").await, Err(Error::NotFound), "what it made is gone");
    // A day later the name is free.
    world.clock.advance(DAY + 1);
    world.keyhatch.close().await.unwrap();
    let keyhatch = world.open_beside().await.unwrap();
    let repeat = Some(IdempotencyKey::new("till-1", b"Till"));
    let again = keyhatch.keys().create_idempotent(&actor, &world.account, &open_form("Till"), repeat).await.unwrap();
    assert!(again.secret.is_some() && again.key.id != first);
}

async fn repeats_that_race_make_one_key(world: World) {
    let mut racers = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let (keyhatch, account) = (world.keyhatch.clone(), world.account.clone());
        racers.spawn(async move {
            let repeat = Some(IdempotencyKey::new("once", b"Till"));
            keyhatch
                .keys()
                .create_idempotent(&Actor::Operator, &account, &open_form("Till"), repeat)
                .await
                .map(|made| (made.key.id, made.secret.is_some()))
        });
    }
    let made: Vec<_> = racers.join_all().await.into_iter().map(Result::unwrap).collect();
    assert_eq!(made.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(made.iter().filter(|(_, is_new)| *is_new).count(), 1, "revealed once");
    assert_eq!(world.number("SELECT COUNT(*) FROM keys").await, 1);
}
