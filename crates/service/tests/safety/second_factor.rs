//! Signing in with a second factor: a password alone does not sign in, and guessing codes is limited.

use crate::on_both;
use domain::member::Role;
use service::Error;
use service::actor::{Actor, Viewer};
use service::secrets::{ExposeSecret, SecretString};
use service::session::SignedIn;
use std::net::IpAddr;
use test_support::{MINUTE, PASSWORD, TestApp, TwoFactorMember, client_address, sign_in_form};

on_both!(code_is_accepted_once_under_concurrency);

const STEP: i64 = 30_000;

async fn sign_in_with_password(app: &TestApp, viewer: &Viewer, address: IpAddr) -> SignedIn {
    let form = sign_in_form(&viewer.email, PASSWORD);
    app.keyhatch.sessions().sign_in(&form, Some(address), None).await.unwrap()
}

async fn sign_in_with_code(app: &TestApp, pending: &SignedIn, code: &SecretString) -> Result<SecretString, Error> {
    let signed_in = app.keyhatch.sessions().sign_in_with_code(&pending.token, code, Some(client_address())).await?;
    assert!(!signed_in.needs_code);
    Ok(signed_in.token)
}

fn is_wrong_code<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Invalid(errors)) if errors.get("code").is_some())
}

#[tokio::test]
async fn password_alone_does_not_sign_in() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let pending = sign_in_with_password(&app, &viewer, client_address()).await;
    assert!(pending.needs_code);
    assert_eq!(app.viewer(&pending.token).await.err(), Some(Error::Unauthenticated));
    let own = app.keyhatch.identity().viewer_of_own_security(&pending.token, None).await.err();
    assert_eq!(own, Some(Error::Unauthenticated));
    assert!(app.keyhatch.sessions().awaits_code(&pending.token).await.unwrap());

    let token = sign_in_with_code(&app, &pending, &app.two_factor_code(&app_secret)).await.unwrap();
    assert_ne!(token.expose_secret(), pending.token.expose_secret(), "a new token");
    assert_eq!(app.viewer(&token).await.unwrap().email, viewer.email);
    assert!(!app.keyhatch.sessions().awaits_code(&pending.token).await.unwrap());
    app.clock.advance(MINUTE);
    assert_eq!(
        sign_in_with_code(&app, &pending, &app.two_factor_code(&app_secret)).await.err(),
        Some(Error::Unauthenticated)
    );
}

#[tokio::test]
async fn code_works_once_within_its_time_step() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let code = app.two_factor_code(&app_secret);
    sign_in_with_code(&app, &sign_in_with_password(&app, &viewer, client_address()).await, &code).await.unwrap();
    let pending = sign_in_with_password(&app, &viewer, client_address()).await;
    assert!(is_wrong_code(&sign_in_with_code(&app, &pending, &code).await), "replayed");
    app.clock.advance(STEP);
    assert!(is_wrong_code(&sign_in_with_code(&app, &pending, &code).await), "replayed in the next step");
    // A code of an earlier time step than the accepted one is refused as well.
    let early = SecretString::from(service::code_at(&app_secret, app.keyhatch.now() - STEP).unwrap());
    assert!(is_wrong_code(&sign_in_with_code(&app, &pending, &early).await));
    let spaced = app.two_factor_code(&app_secret).expose_secret().to_owned();
    let spaced = SecretString::from(format!(" {} {}", &spaced[..3], &spaced[3..]));
    sign_in_with_code(&app, &pending, &spaced).await.unwrap();
}

#[tokio::test]
async fn recovery_code_works_once() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, recovery_codes, .. } = app.member_with_two_factor(Role::Owner).await;
    sign_in_with_code(&app, &sign_in_with_password(&app, &viewer, client_address()).await, &recovery_codes[3])
        .await
        .unwrap();
    assert_eq!(app.keyhatch.security().overview(&viewer).await.unwrap().recovery_codes, 9);
    let pending = sign_in_with_password(&app, &viewer, client_address()).await;
    assert!(is_wrong_code(&sign_in_with_code(&app, &pending, &recovery_codes[3]).await));
    let uppercase = SecretString::from(recovery_codes[4].expose_secret().to_uppercase().replace('-', " "));
    sign_in_with_code(&app, &pending, &uppercase).await.unwrap();
}

#[tokio::test]
async fn pending_sign_in_has_five_minutes_and_five_tries() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let late = sign_in_with_password(&app, &viewer, client_address()).await;
    app.clock.advance(5 * MINUTE);
    assert!(!app.keyhatch.sessions().awaits_code(&late.token).await.unwrap());
    assert_eq!(
        sign_in_with_code(&app, &late, &app.two_factor_code(&app_secret)).await.err(),
        Some(Error::Unauthenticated)
    );
    let tried = sign_in_with_password(&app, &viewer, client_address()).await;
    for _ in 0..5 {
        assert!(is_wrong_code(&sign_in_with_code(&app, &tried, &SecretString::from("wrong")).await));
    }
    assert_eq!(
        sign_in_with_code(&app, &tried, &app.two_factor_code(&app_secret)).await.err(),
        Some(Error::Unauthenticated)
    );
    let fresh = sign_in_with_password(&app, &viewer, client_address()).await;
    sign_in_with_code(&app, &fresh, &app.two_factor_code(&app_secret)).await.unwrap();
}

/// An attacker with the password guesses from many networks; the member signs in from their usual one.
#[tokio::test]
async fn guessing_codes_is_limited_without_locking_out_the_member() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let wrong = SecretString::from("000000");
    let mut limited = false;
    'guessing: for place in 0..20 {
        let address = IpAddr::from([203, 0, 113, place]);
        let pending = sign_in_with_password(&app, &viewer, address).await;
        for _ in 0..5 {
            match app.keyhatch.sessions().sign_in_with_code(&pending.token, &wrong, Some(address)).await.err() {
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
    sign_in_with_code(
        &app,
        &sign_in_with_password(&app, &viewer, client_address()).await,
        &app.two_factor_code(&app_secret),
    )
    .await
    .unwrap();
}

/// Without the password no code is checked, so no wrong code is counted.
#[tokio::test]
async fn forged_pending_sign_in_counts_no_wrong_code() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let forged = SecretString::from("A".repeat(43));
    for _ in 0..200 {
        let outcome = app
            .keyhatch
            .sessions()
            .sign_in_with_code(&forged, &app.two_factor_code(&app_secret), Some(client_address()))
            .await;
        assert_eq!(outcome.err(), Some(Error::Unauthenticated));
    }
    let form = sign_in_form(&viewer.email, "wrong password here");
    assert_eq!(
        app.keyhatch.sessions().sign_in(&form, Some(client_address()), None).await.err(),
        Some(Error::WrongCredentials)
    );
    sign_in_with_code(
        &app,
        &sign_in_with_password(&app, &viewer, client_address()).await,
        &app.two_factor_code(&app_secret),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn pending_sign_in_ends_with_a_new_password_and_with_the_member() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Admin).await;
    let pending = sign_in_with_password(&app, &viewer, client_address()).await;
    let password = SecretString::from("another long password");
    app.keyhatch.members().reset_password(&Actor::Operator, &viewer.email, &password).await.unwrap();
    assert_eq!(
        sign_in_with_code(&app, &pending, &app.two_factor_code(&app_secret)).await.err(),
        Some(Error::Unauthenticated)
    );
    let form = sign_in_form(&viewer.email, "another long password");
    let pending = app.keyhatch.sessions().sign_in(&form, Some(client_address()), None).await.unwrap();
    app.keyhatch.members().delete(&Actor::Operator, &app.account, &viewer.member_id).await.unwrap();
    assert_eq!(
        sign_in_with_code(&app, &pending, &app.two_factor_code(&app_secret)).await.err(),
        Some(Error::Unauthenticated)
    );
}

async fn code_is_accepted_once_under_concurrency(app: TestApp) {
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let other_process = app.open_second().await.unwrap();
    for round in 0..3 {
        let (one, two) = (
            sign_in_with_password(&app, &viewer, client_address()).await,
            sign_in_with_password(&app, &viewer, client_address()).await,
        );
        let code = app.two_factor_code(&app_secret);
        let (first, second) = tokio::join!(
            app.keyhatch.sessions().sign_in_with_code(&one.token, &code, Some(client_address())),
            other_process.sessions().sign_in_with_code(&two.token, &code, Some(client_address())),
        );
        assert_eq!([&first, &second].iter().filter(|outcome| outcome.is_ok()).count(), 1, "round {round}");
        assert!(is_wrong_code(&first) || is_wrong_code(&second));
        app.clock.advance(MINUTE);
    }
}
