//! Signing in with a second step: what the right password alone is worth, and how codes may be tried.

use crate::on_both;
use crate::world::{MINUTE, PASSWORD, World, home, sign_in_form};
use domain::member::Role;
use service::Error;
use service::actor::{Actor, Viewer};
use service::secrets::{ExposeSecret, SecretString};
use service::session::SignedIn;
use std::net::IpAddr;

on_both!(one_code_lets_one_racer_in);

const STEP: i64 = 30_000;

async fn first_step(world: &World, viewer: &Viewer, address: IpAddr) -> SignedIn {
    let form = sign_in_form(&viewer.email, PASSWORD);
    world.keyhatch.identity().sign_in(&form, Some(address), None).await.unwrap()
}

async fn second_step(world: &World, pending: &SignedIn, code: &SecretString) -> Result<SecretString, Error> {
    let signed_in = world.keyhatch.identity().sign_in_with_code(&pending.token, code, Some(home())).await?;
    assert!(!signed_in.needs_code);
    Ok(signed_in.token)
}

fn is_wrong_code<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Invalid(errors)) if errors.get("code").is_some())
}

#[tokio::test]
async fn the_password_alone_opens_nothing() {
    let world = World::sqlite().await;
    let (viewer, app, _) = world.with_two_factor(Role::Owner).await;
    let pending = first_step(&world, &viewer, home()).await;
    assert!(pending.needs_code);
    assert_eq!(world.viewer(&pending.token).await.err(), Some(Error::Unauthenticated));
    let own = world.keyhatch.identity().viewer_of_own_security(&pending.token, None).await.err();
    assert_eq!(own, Some(Error::Unauthenticated));
    assert!(world.keyhatch.identity().awaits_code(&pending.token).await.unwrap());

    let token = second_step(&world, &pending, &world.code(&app)).await.unwrap();
    assert_ne!(token.expose_secret(), pending.token.expose_secret(), "a new token");
    assert_eq!(world.viewer(&token).await.unwrap().email, viewer.email);
    assert!(!world.keyhatch.identity().awaits_code(&pending.token).await.unwrap());
    world.clock.advance(MINUTE);
    assert_eq!(second_step(&world, &pending, &world.code(&app)).await.err(), Some(Error::Unauthenticated));
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_time() {
    let world = World::sqlite().await;
    let (viewer, app, _) = world.with_two_factor(Role::Owner).await;
    let code = world.code(&app);
    second_step(&world, &first_step(&world, &viewer, home()).await, &code).await.unwrap();
    let pending = first_step(&world, &viewer, home()).await;
    assert!(is_wrong_code(&second_step(&world, &pending, &code).await), "replayed");
    world.clock.advance(STEP);
    assert!(is_wrong_code(&second_step(&world, &pending, &code).await), "replayed in the next step");
    // One of the step before the last that was accepted is no good either.
    let early = SecretString::from(service::code_at(&app, world.keyhatch.now() - STEP).unwrap());
    assert!(is_wrong_code(&second_step(&world, &pending, &early).await));
    let spaced = world.code(&app).expose_secret().to_owned();
    let spaced = SecretString::from(format!(" {} {}", &spaced[..3], &spaced[3..]));
    second_step(&world, &pending, &spaced).await.unwrap();
}

#[tokio::test]
async fn a_recovery_code_is_good_once() {
    let world = World::sqlite().await;
    let (viewer, _, codes) = world.with_two_factor(Role::Owner).await;
    second_step(&world, &first_step(&world, &viewer, home()).await, &codes[3]).await.unwrap();
    assert_eq!(world.keyhatch.security().overview(&viewer).await.unwrap().recovery_codes, 9);
    let pending = first_step(&world, &viewer, home()).await;
    assert!(is_wrong_code(&second_step(&world, &pending, &codes[3]).await));
    let shouted = SecretString::from(codes[4].expose_secret().to_uppercase().replace('-', " "));
    second_step(&world, &pending, &shouted).await.unwrap();
}

#[tokio::test]
async fn the_second_step_has_five_minutes_and_five_tries() {
    let world = World::sqlite().await;
    let (viewer, app, _) = world.with_two_factor(Role::Owner).await;
    let late = first_step(&world, &viewer, home()).await;
    world.clock.advance(5 * MINUTE);
    assert!(!world.keyhatch.identity().awaits_code(&late.token).await.unwrap());
    assert_eq!(second_step(&world, &late, &world.code(&app)).await.err(), Some(Error::Unauthenticated));
    let tried = first_step(&world, &viewer, home()).await;
    for _ in 0..5 {
        assert!(is_wrong_code(&second_step(&world, &tried, &SecretString::from("wrong")).await));
    }
    assert_eq!(second_step(&world, &tried, &world.code(&app)).await.err(), Some(Error::Unauthenticated));
    let fresh = first_step(&world, &viewer, home()).await;
    second_step(&world, &fresh, &world.code(&app)).await.unwrap();
}

/// Somebody who has the password guesses from many places; the member comes from where they always do.
#[tokio::test]
async fn guessing_is_bounded_and_locks_nobody_out() {
    let world = World::sqlite().await;
    let (viewer, app, _) = world.with_two_factor(Role::Owner).await;
    let wrong = SecretString::from("000000");
    let mut limited = false;
    'guessing: for place in 0..20 {
        let address = IpAddr::from([203, 0, 113, place]);
        let pending = first_step(&world, &viewer, address).await;
        for _ in 0..5 {
            match world.keyhatch.identity().sign_in_with_code(&pending.token, &wrong, Some(address)).await.err() {
                Some(Error::Limited { retry_after_seconds }) => {
                    assert!(retry_after_seconds > 23 * 60 * 60);
                    assert_eq!(place, 10, "after fifty");
                    limited = true;
                    break 'guessing;
                }
                other => assert!(matches!(other, Some(Error::Invalid(_))), "{other:?}"),
            }
        }
    }
    assert!(limited);
    second_step(&world, &first_step(&world, &viewer, home()).await, &world.code(&app)).await.unwrap();
}

/// Whatever somebody without the password does, codes are not asked for, so none is counted.
#[tokio::test]
async fn a_stranger_without_the_password_gets_no_second_step() {
    let world = World::sqlite().await;
    let (viewer, app, _) = world.with_two_factor(Role::Owner).await;
    let made_up = SecretString::from("A".repeat(43));
    for _ in 0..200 {
        let outcome = world.keyhatch.identity().sign_in_with_code(&made_up, &world.code(&app), Some(home())).await;
        assert_eq!(outcome.err(), Some(Error::Unauthenticated));
    }
    let form = sign_in_form(&viewer.email, "wrong password here");
    assert_eq!(world.keyhatch.identity().sign_in(&form, Some(home()), None).await.err(), Some(Error::WrongCredentials));
    second_step(&world, &first_step(&world, &viewer, home()).await, &world.code(&app)).await.unwrap();
}

#[tokio::test]
async fn a_pending_sign_in_ends_with_the_password_and_with_the_member() {
    let world = World::sqlite().await;
    let (viewer, app, _) = world.with_two_factor(Role::Admin).await;
    let pending = first_step(&world, &viewer, home()).await;
    let password = SecretString::from("another long password");
    world.keyhatch.members().reset_password(&Actor::Operator, &viewer.email, &password).await.unwrap();
    assert_eq!(second_step(&world, &pending, &world.code(&app)).await.err(), Some(Error::Unauthenticated));
    let form = sign_in_form(&viewer.email, "another long password");
    let pending = world.keyhatch.identity().sign_in(&form, Some(home()), None).await.unwrap();
    world.keyhatch.members().delete(&Actor::Operator, &world.account, &viewer.member_id).await.unwrap();
    assert_eq!(second_step(&world, &pending, &world.code(&app)).await.err(), Some(Error::Unauthenticated));
}

async fn one_code_lets_one_racer_in(world: World) {
    let (viewer, app, _) = world.with_two_factor(Role::Owner).await;
    let beside = world.open_beside().await.unwrap();
    for round in 0..3 {
        let (one, two) = (first_step(&world, &viewer, home()).await, first_step(&world, &viewer, home()).await);
        let code = world.code(&app);
        let (first, second) = tokio::join!(
            world.keyhatch.identity().sign_in_with_code(&one.token, &code, Some(home())),
            beside.identity().sign_in_with_code(&two.token, &code, Some(home())),
        );
        assert_eq!([&first, &second].iter().filter(|outcome| outcome.is_ok()).count(), 1, "round {round}");
        assert!(is_wrong_code(&first) || is_wrong_code(&second));
        world.clock.advance(MINUTE);
    }
}
