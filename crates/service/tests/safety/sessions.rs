//! When a session ends, and that an ended session cannot be used.

use domain::member::Role;
use service::Error;
use service::secrets::{ExposeSecret, SecretString};
use std::collections::HashSet;
use test_support::{DAY, HOUR, MINUTE, PASSWORD, START, TestApp, client_address, sign_in_form};

async fn signed_in() -> (TestApp, String, SecretString) {
    let app = TestApp::sqlite().await;
    app.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", app.account);
    let token = app.sign_in(&email, PASSWORD).await.unwrap();
    (app, email, token)
}

async fn is_over(app: &TestApp, token: &SecretString) -> bool {
    match app.viewer(token).await {
        Ok(_) => false,
        Err(error) => error == Error::Unauthenticated,
    }
}

#[tokio::test]
async fn idle_session_ends_after_twelve_hours() {
    let (app, _, token) = signed_in().await;
    app.clock.advance(12 * HOUR - 1);
    assert!(!is_over(&app, &token).await);
    app.clock.advance(12 * HOUR - 1);
    assert!(!is_over(&app, &token).await, "the previous use counted");
    app.clock.advance(12 * HOUR);
    assert!(is_over(&app, &token).await);
}

/// The last use is written every five minutes: that may end a session early, but never late.
#[tokio::test]
async fn idle_session_never_ends_late() {
    let (app, _, token) = signed_in().await;
    app.clock.advance(5 * MINUTE - 1);
    assert!(!is_over(&app, &token).await, "this use was not recorded");
    app.clock.set(START + 12 * HOUR);
    assert!(is_over(&app, &token).await);
}

#[tokio::test]
async fn active_session_ends_after_seven_days() {
    let (app, _, token) = signed_in().await;
    for hour in 1..7 * 24 {
        app.clock.set(START + hour * HOUR);
        assert!(!is_over(&app, &token).await, "{hour}");
    }
    app.clock.set(START + 7 * DAY - 1);
    assert!(!is_over(&app, &token).await);
    app.clock.advance(1);
    assert!(is_over(&app, &token).await);
}

/// Only a time-out leaves behind whose session it was, and not for ever.
#[tokio::test]
async fn email_of_a_timed_out_session_is_known_for_a_week() {
    let (app, email, token) = signed_in().await;
    let sessions = app.keyhatch.sessions();
    let find = async |token: &SecretString| sessions.find_email_of_timed_out(token).await.unwrap();
    assert_eq!(find(&token).await, None, "it has not ended");
    let other = app.sign_in(&email, PASSWORD).await.unwrap();
    sessions.sign_out(&app.viewer(&other).await.unwrap()).await.unwrap();
    app.clock.advance(12 * HOUR);
    assert_eq!(find(&token).await, Some(email.to_lowercase()));
    assert_eq!(find(&other).await, None, "it was signed out");
    assert_eq!(find(&SecretString::from("guess")).await, None);
    app.clock.advance(7 * DAY + MINUTE);
    app.keyhatch.close().await.unwrap();
    let reopened = app.open_second().await.unwrap();
    assert_eq!(reopened.sessions().find_email_of_timed_out(&token).await.unwrap(), None);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let (app, email, token) = signed_in().await;
    let other = app.sign_in(&email, PASSWORD).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    app.keyhatch.sessions().sign_out(&viewer).await.unwrap();
    assert!(is_over(&app, &token).await);
    assert!(!is_over(&app, &other).await, "only this one");
    app.keyhatch.sessions().sign_out(&viewer).await.unwrap();
}

/// Session fixation: a token that was planted in the browser before is useless after signing in.
#[tokio::test]
async fn signing_in_replaces_the_session() {
    let (app, email, before) = signed_in().await;
    let form = sign_in_form(&email, PASSWORD);
    let after = app.keyhatch.sessions().sign_in(&form, Some(client_address()), Some(&before)).await.unwrap().token;
    assert_ne!(before.expose_secret(), after.expose_secret());
    assert!(is_over(&app, &before).await);
    assert!(!is_over(&app, &after).await);

    let planted = SecretString::from("chosen-by-somebody-else");
    let fresh = app.keyhatch.sessions().sign_in(&form, Some(client_address()), Some(&planted)).await.unwrap().token;
    assert_ne!(fresh.expose_secret(), planted.expose_secret());
    assert!(is_over(&app, &planted).await);
}

#[tokio::test]
async fn failed_sign_in_ends_no_session() {
    let (app, email, token) = signed_in().await;
    let form = sign_in_form(&email, "wrong password here");
    assert!(app.keyhatch.sessions().sign_in(&form, Some(client_address()), Some(&token)).await.is_err());
    assert!(!is_over(&app, &token).await);
}

#[tokio::test]
async fn incomplete_token_is_refused() {
    let (app, _, token) = signed_in().await;
    let token = token.expose_secret();
    for wrong in ["", "x", &token[1..], &format!("{token}="), &token.to_lowercase()] {
        assert!(is_over(&app, &SecretString::from(wrong)).await, "{wrong}");
    }
}

#[tokio::test]
async fn session_tokens_are_long_unique_and_not_stored() {
    let (app, email, _) = signed_in().await;
    let mut seen = HashSet::new();
    for _ in 0..20 {
        let token = app.sign_in(&email, PASSWORD).await.unwrap();
        assert_eq!(token.expose_secret().len(), 43, "256 bits");
        assert!(seen.insert(token.expose_secret().to_owned()));
    }
    for file in ["keyhatch.db", "keyhatch.db-wal"] {
        let bytes = std::fs::read(app.file(file)).unwrap();
        for token in &seen {
            assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "{file}");
        }
    }
}
