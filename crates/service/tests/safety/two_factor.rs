//! A member's own security: password, sessions, turning two-factor codes on and off, and accounts that require them.

use crate::world::{HOUR, PASSWORD, World, home, sign_in_form};
use domain::member::Role;
use service::Error;
use service::actor::{Actor, Viewer};
use service::secrets::{ExposeSecret, SecretString};

const NEW: &str = "a quite different password";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn is_wrong<T>(outcome: Result<T, Error>, field: &str) -> bool {
    matches!(outcome, Err(Error::Invalid(errors)) if errors.get(field).is_some())
}

async fn signed_in(world: &World) -> (SecretString, Viewer) {
    world.member(Role::Owner).await;
    let token = world.sign_in(&format!("owner@{}.example.com", world.account), PASSWORD).await.unwrap();
    let viewer = world.viewer(&token).await.unwrap();
    (token, viewer)
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_renews_this_one() {
    let world = World::sqlite().await;
    let (token, viewer) = signed_in(&world).await;
    let other = world.sign_in(&viewer.email, PASSWORD).await.unwrap();
    assert!(is_wrong(
        world.keyhatch.security().update_password(&viewer, &secret("wrong"), &secret(NEW)).await,
        "current"
    ));
    assert!(is_wrong(
        world.keyhatch.security().update_password(&viewer, &secret(PASSWORD), &secret("short")).await,
        "password"
    ));
    assert!(world.viewer(&other).await.is_ok(), "nothing happened yet");
    let renewed =
        world.keyhatch.security().update_password(&viewer, &secret(PASSWORD), &secret(NEW)).await.unwrap().token;
    assert_ne!(renewed.expose_secret(), token.expose_secret());
    for ended in [&token, &other] {
        assert_eq!(world.viewer(ended).await.err(), Some(Error::Unauthenticated));
    }
    assert_eq!(world.viewer(&renewed).await.unwrap().email, viewer.email);
    assert_eq!(world.sign_in(&viewer.email, PASSWORD).await.err(), Some(Error::WrongCredentials));
    world.sign_in(&viewer.email, NEW).await.unwrap();
}

#[tokio::test]
async fn an_open_session_is_no_way_to_guess_the_password() {
    let world = World::sqlite().await;
    let (_, viewer) = signed_in(&world).await;
    for _ in 0..10 {
        assert!(is_wrong(
            world.keyhatch.security().update_password(&viewer, &secret("wrong"), &secret(NEW)).await,
            "current"
        ));
    }
    let limited = world.keyhatch.security().update_password(&viewer, &secret(PASSWORD), &secret(NEW)).await.err();
    assert!(matches!(limited, Some(Error::Limited { .. })), "{limited:?}");
}

#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let world = World::sqlite().await;
    let (token, viewer) = signed_in(&world).await;
    world.clock.advance(HOUR);
    let other = world.sign_in(&viewer.email, PASSWORD).await.unwrap();
    let stranger = world.member_of(&world.foreign, Role::Owner).await;
    let Actor::Member(stranger) = stranger else { unreachable!("a member") };
    let viewer = world.viewer(&token).await.unwrap();
    let seen = world.keyhatch.security().list_sessions(&viewer).await.unwrap();
    assert_eq!(seen.len(), 3, "with the one of the world");
    assert!(seen[0].is_this && seen[1..].iter().all(|session| !session.is_this));
    assert!(seen.iter().all(|session| session.address == home().to_string()));
    let theirs = &world.keyhatch.security().list_sessions(&stranger).await.unwrap()[0];
    assert_eq!(world.keyhatch.security().end_session(&viewer, &theirs.id).await, Err(Error::NotFound));
    let newest = seen.iter().find(|session| session.began_at == world.keyhatch.now()).unwrap();
    world.keyhatch.security().end_session(&viewer, &newest.id).await.unwrap();
    assert_eq!(world.viewer(&other).await.err(), Some(Error::Unauthenticated));
    assert_eq!(world.keyhatch.security().end_session(&viewer, &newest.id).await, Err(Error::NotFound));
    world.keyhatch.security().end_other_sessions(&viewer).await.unwrap();
    world.keyhatch.security().end_other_sessions(&viewer).await.unwrap();
    assert_eq!(world.keyhatch.security().list_sessions(&viewer).await.unwrap().len(), 1);
    assert!(world.viewer(&token).await.is_ok());
    assert_eq!(world.keyhatch.security().list_sessions(&stranger).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_session_that_is_over_is_not_listed() {
    let world = World::sqlite().await;
    let (_, viewer) = signed_in(&world).await;
    world.clock.advance(13 * HOUR);
    assert!(world.keyhatch.security().list_sessions(&viewer).await.unwrap().is_empty());
}

#[tokio::test]
async fn codes_are_on_when_a_first_one_was_shown() {
    let world = World::sqlite().await;
    let (_, viewer) = signed_in(&world).await;
    let keyhatch = &world.keyhatch;
    assert!(is_wrong(keyhatch.security().begin_two_factor(&viewer, &secret("wrong")).await, "password"));
    assert!(keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().is_none());
    keyhatch.security().begin_two_factor(&viewer, &secret(PASSWORD)).await.unwrap();
    let set_up = keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().unwrap();
    assert_eq!(set_up.secret.expose_secret().len(), 32, "160 bits");
    assert!(set_up.qr_svg.expose_secret().starts_with("<svg"));
    assert_eq!(keyhatch.security().overview(&viewer).await.unwrap().two_factor_since, None);
    let signed_in =
        keyhatch.identity().sign_in(&sign_in_form(&viewer.email, PASSWORD), Some(home()), None).await.unwrap();
    assert!(!signed_in.needs_code, "not confirmed");

    assert!(is_wrong(keyhatch.security().enable_two_factor(&viewer, &secret("000000")).await, "code"));
    let code = world.code(set_up.secret.expose_secret());
    let codes = keyhatch.security().enable_two_factor(&viewer, &code).await.unwrap();
    assert_eq!(codes.len(), 10);
    let security = keyhatch.security().overview(&viewer).await.unwrap();
    assert_eq!((security.two_factor_since, security.recovery_codes), (Some(keyhatch.now()), 10));
    assert!(
        keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().is_none(),
        "the secret is shown no more"
    );
    assert_eq!(keyhatch.security().begin_two_factor(&viewer, &secret(PASSWORD)).await, Err(Error::Forbidden));
    // The code that turned it on is used.
    let pending =
        keyhatch.identity().sign_in(&sign_in_form(&viewer.email, PASSWORD), Some(home()), None).await.unwrap();
    assert!(is_wrong(keyhatch.identity().sign_in_with_code(&pending.token, &code, Some(home())).await, "code"));

    for file in ["keyhatch.db", "keyhatch.db-wal"] {
        let bytes = std::fs::read(world.file(file)).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds(set_up.secret.expose_secret()) && !holds(codes[0].expose_secret()), "{file}");
        assert!(!holds(&codes[0].expose_secret().replace('-', "")), "{file}");
    }
}

#[tokio::test]
async fn a_set_up_that_takes_too_long_begins_again() {
    let world = World::sqlite().await;
    let (_, viewer) = signed_in(&world).await;
    world.keyhatch.security().begin_two_factor(&viewer, &secret(PASSWORD)).await.unwrap();
    let set_up = world.keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().unwrap();
    world.clock.advance(HOUR);
    assert!(world.keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().is_none());
    let code = world.code(set_up.secret.expose_secret());
    assert!(is_wrong(world.keyhatch.security().enable_two_factor(&viewer, &code).await, "code"));
}

#[tokio::test]
async fn turning_off_takes_password_and_code() {
    let world = World::sqlite().await;
    let (viewer, app, codes) = world.with_two_factor(Role::Owner).await;
    let keyhatch = &world.keyhatch;
    let off = async |password: &str, code: &SecretString| {
        keyhatch.security().disable_two_factor(&viewer, &secret(password), code).await
    };
    assert!(is_wrong(off("wrong", &world.code(&app)).await, "password"));
    assert!(is_wrong(off(PASSWORD, &secret("000000")).await, "code"));
    keyhatch.members().require_two_factor(&Actor::Member(viewer.clone()), &world.account, true).await.unwrap();
    assert!(is_wrong(off(PASSWORD, &world.code(&app)).await, "code"), "the account requires it");
    keyhatch.members().require_two_factor(&Actor::Member(viewer.clone()), &world.account, false).await.unwrap();
    off(PASSWORD, &world.code(&app)).await.unwrap();
    let security = keyhatch.security().overview(&viewer).await.unwrap();
    assert_eq!((security.two_factor_since, security.recovery_codes), (None, 0));
    assert!(world.sign_in(&viewer.email, PASSWORD).await.is_ok());
    drop(codes);
}

#[tokio::test]
async fn new_recovery_codes_take_a_code_of_the_app_and_replace_the_old() {
    let world = World::sqlite().await;
    let (viewer, app, old) = world.with_two_factor(Role::Owner).await;
    let keyhatch = &world.keyhatch;
    assert!(is_wrong(keyhatch.security().create_recovery_codes(&viewer, &secret("000000")).await, "code"));
    assert!(
        is_wrong(keyhatch.security().create_recovery_codes(&viewer, &old[0]).await, "code"),
        "not with one of them"
    );
    let new = keyhatch.security().create_recovery_codes(&viewer, &world.code(&app)).await.unwrap();
    let pending =
        keyhatch.identity().sign_in(&sign_in_form(&viewer.email, PASSWORD), Some(home()), None).await.unwrap();
    for (code, is_good) in [(&old[0], false), (&old[1], false), (&new[1], true)] {
        assert_eq!(keyhatch.identity().sign_in_with_code(&pending.token, code, Some(home())).await.is_ok(), is_good);
    }
}

#[tokio::test]
async fn an_account_that_requires_codes_lets_nobody_on_without() {
    let world = World::sqlite().await;
    let owner = world.member(Role::Owner).await;
    let admin = world.member(Role::Admin).await;
    let token = world.sign_in(&format!("admin@{}.example.com", world.account), PASSWORD).await.unwrap();
    let keyhatch = &world.keyhatch;
    keyhatch.members().require_two_factor(&owner, &world.account, true).await.unwrap();
    assert_eq!(world.viewer(&token).await.err(), Some(Error::TwoFactorRequired), "their very next request");
    let viewer = keyhatch.identity().viewer_of_own_security(&token, Some(home())).await.unwrap();
    assert!(keyhatch.security().overview(&viewer).await.unwrap().is_required);
    world.turn_on_two_factor(&viewer).await;
    assert!(world.viewer(&token).await.is_ok());
    // An operator who resets it leads them there again; other accounts are not concerned.
    keyhatch.members().reset_two_factor(&Actor::Operator, &viewer.email).await.unwrap();
    assert_eq!(world.viewer(&token).await.err(), Some(Error::Unauthenticated), "their sessions end");
    let token = world.sign_in(&viewer.email, PASSWORD).await.unwrap();
    assert_eq!(world.viewer(&token).await.err(), Some(Error::TwoFactorRequired));
    assert!(is_wrong(keyhatch.members().reset_two_factor(&Actor::Operator, &viewer.email).await, "email"));
    assert!(is_wrong(keyhatch.members().reset_two_factor(&Actor::Operator, "nobody@example.com").await, "email"));
    assert_eq!(keyhatch.members().reset_two_factor(&admin, &viewer.email).await, Err(Error::Forbidden));
    assert_eq!(keyhatch.members().reset_password(&owner, &viewer.email, &secret(NEW)).await, Err(Error::Forbidden));
}
