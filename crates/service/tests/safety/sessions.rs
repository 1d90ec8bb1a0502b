//! When a session ends, and that nobody goes on with one that ended.

use crate::world::{DAY, HOUR, MINUTE, PASSWORD, START, World, home, sign_in_form};
use domain::member::Role;
use service::Error;
use service::secrets::{ExposeSecret, SecretString};
use std::collections::HashSet;

async fn signed_in() -> (World, String, SecretString) {
    let world = World::sqlite().await;
    world.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", world.account);
    let token = world.sign_in(&email, PASSWORD).await.unwrap();
    (world, email, token)
}

async fn is_over(world: &World, token: &SecretString) -> bool {
    match world.viewer(token).await {
        Ok(_) => false,
        Err(error) => error == Error::Unauthenticated,
    }
}

#[tokio::test]
async fn idle_for_twelve_hours() {
    let (world, _, token) = signed_in().await;
    world.clock.advance(12 * HOUR - 1);
    assert!(!is_over(&world, &token).await);
    world.clock.advance(12 * HOUR - 1);
    assert!(!is_over(&world, &token).await, "the use before counted");
    world.clock.advance(12 * HOUR);
    assert!(is_over(&world, &token).await);
}

/// The last use is written every five minutes: that may cut a session short, never draw it out.
#[tokio::test]
async fn idle_end_is_never_late() {
    let (world, _, token) = signed_in().await;
    world.clock.advance(5 * MINUTE - 1);
    assert!(!is_over(&world, &token).await, "this use is not written");
    world.clock.set(START + 12 * HOUR);
    assert!(is_over(&world, &token).await);
}

#[tokio::test]
async fn a_busy_session_ends_after_seven_days() {
    let (world, _, token) = signed_in().await;
    for hour in 1..7 * 24 {
        world.clock.set(START + hour * HOUR);
        assert!(!is_over(&world, &token).await, "{hour}");
    }
    world.clock.set(START + 7 * DAY - 1);
    assert!(!is_over(&world, &token).await);
    world.clock.advance(1);
    assert!(is_over(&world, &token).await);
}

#[tokio::test]
async fn signing_out_ends_it_on_the_server() {
    let (world, email, token) = signed_in().await;
    let other = world.sign_in(&email, PASSWORD).await.unwrap();
    let viewer = world.viewer(&token).await.unwrap();
    world.keyhatch.identity().sign_out(&viewer).await.unwrap();
    assert!(is_over(&world, &token).await);
    assert!(!is_over(&world, &other).await, "only this one");
    world.keyhatch.identity().sign_out(&viewer).await.unwrap();
}

/// A token that somebody else planted in the browser before is worth nothing after signing in.
#[tokio::test]
async fn signing_in_renews_it() {
    let (world, email, before) = signed_in().await;
    let form = sign_in_form(&email, PASSWORD);
    let after = world.keyhatch.identity().sign_in(&form, Some(home()), Some(&before)).await.unwrap().token;
    assert_ne!(before.expose_secret(), after.expose_secret());
    assert!(is_over(&world, &before).await);
    assert!(!is_over(&world, &after).await);

    let planted = SecretString::from("chosen-by-somebody-else");
    let fresh = world.keyhatch.identity().sign_in(&form, Some(home()), Some(&planted)).await.unwrap().token;
    assert_ne!(fresh.expose_secret(), planted.expose_secret());
    assert!(is_over(&world, &planted).await);
}

#[tokio::test]
async fn a_failed_sign_in_ends_nothing() {
    let (world, email, token) = signed_in().await;
    let form = sign_in_form(&email, "wrong password here");
    assert!(world.keyhatch.identity().sign_in(&form, Some(home()), Some(&token)).await.is_err());
    assert!(!is_over(&world, &token).await);
}

#[tokio::test]
async fn only_the_whole_token_counts() {
    let (world, _, token) = signed_in().await;
    let token = token.expose_secret();
    for wrong in ["", "x", &token[1..], &format!("{token}="), &token.to_lowercase()] {
        assert!(is_over(&world, &SecretString::from(wrong)).await, "{wrong}");
    }
}

#[tokio::test]
async fn tokens_are_long_and_differ_and_are_not_stored() {
    let (world, email, _) = signed_in().await;
    let mut seen = HashSet::new();
    for _ in 0..20 {
        let token = world.sign_in(&email, PASSWORD).await.unwrap();
        assert_eq!(token.expose_secret().len(), 43, "256 bits");
        assert!(seen.insert(token.expose_secret().to_owned()));
    }
    for file in ["keyhatch.db", "keyhatch.db-wal"] {
        let bytes = std::fs::read(world.file(file)).unwrap();
        for token in &seen {
            assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "{file}");
        }
    }
}
