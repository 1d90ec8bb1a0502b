//! A member's own security: password, sessions, enabling and disabling two-factor codes, accounts that require them.

use domain::member::Role;
use domain::two_factor_rule::RequireTwoFactorForm;
use service::Error;
use service::actor::{Actor, Viewer};
use service::secrets::{ExposeSecret, SecretString};
use test_support::{HOUR, PASSWORD, TestApp, TwoFactorMember, client_address, sign_in_form};

const NEW: &str = "a quite different password";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn is_wrong<T>(outcome: Result<T, Error>, field: &str) -> bool {
    matches!(outcome, Err(Error::Invalid(errors)) if errors.get(field).is_some())
}

async fn signed_in(app: &TestApp) -> (SecretString, Viewer) {
    app.member(Role::Owner).await;
    let token = app.sign_in(&format!("owner@{}.example.com", app.account), PASSWORD).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    (token, viewer)
}

#[tokio::test]
async fn new_password_ends_other_sessions_and_replaces_this_one() {
    let app = TestApp::sqlite().await;
    let (token, viewer) = signed_in(&app).await;
    let other = app.sign_in(&viewer.email, PASSWORD).await.unwrap();
    assert!(is_wrong(
        app.keyhatch.security().update_password(&viewer, &secret("wrong"), &secret(NEW)).await,
        "current"
    ));
    assert!(is_wrong(
        app.keyhatch.security().update_password(&viewer, &secret(PASSWORD), &secret("short")).await,
        "password"
    ));
    assert!(app.viewer(&other).await.is_ok(), "nothing happened yet");
    let renewed =
        app.keyhatch.security().update_password(&viewer, &secret(PASSWORD), &secret(NEW)).await.unwrap().token;
    assert_ne!(renewed.expose_secret(), token.expose_secret());
    for ended in [&token, &other] {
        assert_eq!(app.viewer(ended).await.err(), Some(Error::Unauthenticated));
    }
    assert_eq!(app.viewer(&renewed).await.unwrap().email, viewer.email);
    assert_eq!(app.sign_in(&viewer.email, PASSWORD).await.err(), Some(Error::WrongCredentials));
    app.sign_in(&viewer.email, NEW).await.unwrap();
}

#[tokio::test]
async fn password_guesses_in_a_session_are_limited() {
    let app = TestApp::sqlite().await;
    let (_, viewer) = signed_in(&app).await;
    for _ in 0..10 {
        assert!(is_wrong(
            app.keyhatch.security().update_password(&viewer, &secret("wrong"), &secret(NEW)).await,
            "current"
        ));
    }
    let limited = app.keyhatch.security().update_password(&viewer, &secret(PASSWORD), &secret(NEW)).await.err();
    assert!(matches!(limited, Some(Error::Limited { .. })), "{limited:?}");
}

#[tokio::test]
async fn sessions_can_be_listed_and_ended() {
    let app = TestApp::sqlite().await;
    let (token, viewer) = signed_in(&app).await;
    app.clock.advance(HOUR);
    let other = app.sign_in(&viewer.email, PASSWORD).await.unwrap();
    let foreign_member = app.member_of(&app.foreign_account, Role::Owner).await;
    let Actor::Member(foreign_member) = foreign_member else { unreachable!("a member") };
    let viewer = app.viewer(&token).await.unwrap();
    let seen = app.keyhatch.security().list_sessions(&viewer).await.unwrap();
    assert_eq!(seen.len(), 3, "with a code of the app");
    assert!(seen[0].is_this && seen[1..].iter().all(|session| !session.is_this));
    assert!(seen.iter().all(|session| session.address == client_address().to_string()));
    let theirs = &app.keyhatch.security().list_sessions(&foreign_member).await.unwrap()[0];
    assert_eq!(app.keyhatch.security().end_session(&viewer, &theirs.id).await, Err(Error::NotFound));
    let newest = seen.iter().find(|session| session.began_at == app.keyhatch.now()).unwrap();
    app.keyhatch.security().end_session(&viewer, &newest.id).await.unwrap();
    assert_eq!(app.viewer(&other).await.err(), Some(Error::Unauthenticated));
    assert_eq!(app.keyhatch.security().end_session(&viewer, &newest.id).await, Err(Error::NotFound));
    app.keyhatch.security().end_other_sessions(&viewer).await.unwrap();
    app.keyhatch.security().end_other_sessions(&viewer).await.unwrap();
    assert_eq!(app.keyhatch.security().list_sessions(&viewer).await.unwrap().len(), 1);
    assert!(app.viewer(&token).await.is_ok());
    assert_eq!(app.keyhatch.security().list_sessions(&foreign_member).await.unwrap().len(), 1);
}

#[tokio::test]
async fn ended_session_is_not_listed() {
    let app = TestApp::sqlite().await;
    let (_, viewer) = signed_in(&app).await;
    app.clock.advance(13 * HOUR);
    assert!(app.keyhatch.security().list_sessions(&viewer).await.unwrap().is_empty());
}

#[tokio::test]
async fn two_factor_is_enabled_by_the_first_code() {
    let app = TestApp::sqlite().await;
    let (_, viewer) = signed_in(&app).await;
    let keyhatch = &app.keyhatch;
    assert!(is_wrong(keyhatch.security().begin_two_factor(&viewer, &secret("wrong")).await, "password"));
    assert!(keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().is_none());
    keyhatch.security().begin_two_factor(&viewer, &secret(PASSWORD)).await.unwrap();
    let set_up = keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().unwrap();
    assert_eq!(set_up.secret.expose_secret().len(), 32, "160 bits");
    assert!(set_up.qr_svg.expose_secret().starts_with("<svg"));
    assert_eq!(keyhatch.security().overview(&viewer).await.unwrap().two_factor_since, None);
    let signed_in = keyhatch
        .sessions()
        .sign_in(&sign_in_form(&viewer.email, PASSWORD), Some(client_address()), None)
        .await
        .unwrap();
    assert!(!signed_in.needs_code, "not confirmed");

    assert!(is_wrong(keyhatch.security().enable_two_factor(&viewer, &secret("000000")).await, "code"));
    let code = app.two_factor_code(set_up.secret.expose_secret());
    let codes = keyhatch.security().enable_two_factor(&viewer, &code).await.unwrap();
    assert_eq!(codes.len(), 10);
    let security = keyhatch.security().overview(&viewer).await.unwrap();
    assert_eq!((security.two_factor_since, security.recovery_codes), (Some(keyhatch.now()), 10));
    assert!(
        keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().is_none(),
        "the secret is shown no more"
    );
    assert_eq!(keyhatch.security().begin_two_factor(&viewer, &secret(PASSWORD)).await, Err(Error::Forbidden));
    // The code that enabled it is used up.
    let pending = keyhatch
        .sessions()
        .sign_in(&sign_in_form(&viewer.email, PASSWORD), Some(client_address()), None)
        .await
        .unwrap();
    assert!(is_wrong(
        keyhatch.sessions().sign_in_with_code(&pending.token, &code, Some(client_address())).await,
        "code"
    ));

    for file in ["keyhatch.db", "keyhatch.db-wal"] {
        let bytes = std::fs::read(app.file(file)).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds(set_up.secret.expose_secret()) && !holds(codes[0].expose_secret()), "{file}");
        assert!(!holds(&codes[0].expose_secret().replace('-', "")), "{file}");
    }
}

#[tokio::test]
async fn expired_two_factor_set_up_starts_again() {
    let app = TestApp::sqlite().await;
    let (_, viewer) = signed_in(&app).await;
    app.keyhatch.security().begin_two_factor(&viewer, &secret(PASSWORD)).await.unwrap();
    let set_up = app.keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().unwrap();
    app.clock.advance(HOUR);
    assert!(app.keyhatch.security().find_two_factor_set_up(&viewer).await.unwrap().is_none());
    let code = app.two_factor_code(set_up.secret.expose_secret());
    assert!(is_wrong(app.keyhatch.security().enable_two_factor(&viewer, &code).await, "code"));
}

#[tokio::test]
async fn disabling_two_factor_needs_password_and_code() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let keyhatch = &app.keyhatch;
    let off = async |password: &str, code: &SecretString| {
        keyhatch.security().disable_two_factor(&viewer, &secret(password), code).await
    };
    assert!(is_wrong(off("wrong", &app.two_factor_code(&app_secret)).await, "password"));
    assert!(is_wrong(off(PASSWORD, &secret("000000")).await, "code"));
    let owner = Actor::Member(viewer.clone());
    keyhatch.members().require_two_factor(&owner, &app.account, &RequireTwoFactorForm::now()).await.unwrap();
    assert!(is_wrong(off(PASSWORD, &app.two_factor_code(&app_secret)).await, "code"), "the account requires it");
    keyhatch.members().make_two_factor_optional(&owner, &app.account).await.unwrap();
    off(PASSWORD, &app.two_factor_code(&app_secret)).await.unwrap();
    let security = keyhatch.security().overview(&viewer).await.unwrap();
    assert_eq!((security.two_factor_since, security.recovery_codes), (None, 0));
    assert!(app.sign_in(&viewer.email, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn new_recovery_codes_need_a_code_and_replace_the_old() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, recovery_codes: old } = app.member_with_two_factor(Role::Owner).await;
    let keyhatch = &app.keyhatch;
    assert!(is_wrong(keyhatch.security().create_recovery_codes(&viewer, &secret("000000")).await, "code"));
    assert!(
        is_wrong(keyhatch.security().create_recovery_codes(&viewer, &old[0]).await, "code"),
        "not with one of them"
    );
    let new = keyhatch.security().create_recovery_codes(&viewer, &app.two_factor_code(&app_secret)).await.unwrap();
    let pending = keyhatch
        .sessions()
        .sign_in(&sign_in_form(&viewer.email, PASSWORD), Some(client_address()), None)
        .await
        .unwrap();
    for (code, is_good) in [(&old[0], false), (&old[1], false), (&new[1], true)] {
        assert_eq!(
            keyhatch.sessions().sign_in_with_code(&pending.token, code, Some(client_address())).await.is_ok(),
            is_good
        );
    }
}

#[tokio::test]
async fn account_that_requires_two_factor_admits_only_members_with_it() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let admin = app.member(Role::Admin).await;
    let token = app.sign_in(&format!("admin@{}.example.com", app.account), PASSWORD).await.unwrap();
    let keyhatch = &app.keyhatch;
    keyhatch.members().require_two_factor(&owner, &app.account, &RequireTwoFactorForm::now()).await.unwrap();
    assert_eq!(app.viewer(&token).await.err(), Some(Error::TwoFactorRequired), "from the next request on");
    let viewer = keyhatch.identity().viewer_of_own_security(&token, Some(client_address())).await.unwrap();
    assert!(keyhatch.security().overview(&viewer).await.unwrap().is_required);
    app.enable_two_factor(&viewer).await;
    assert!(app.viewer(&token).await.is_ok());
    // After a reset by the operator they must set it up again; other accounts are not affected.
    keyhatch.members().reset_two_factor(&Actor::Operator, &viewer.email).await.unwrap();
    assert_eq!(app.viewer(&token).await.err(), Some(Error::Unauthenticated), "their sessions end");
    let token = app.sign_in(&viewer.email, PASSWORD).await.unwrap();
    assert_eq!(app.viewer(&token).await.err(), Some(Error::TwoFactorRequired));
    assert!(is_wrong(keyhatch.members().reset_two_factor(&Actor::Operator, &viewer.email).await, "email"));
    assert!(is_wrong(keyhatch.members().reset_two_factor(&Actor::Operator, "nobody@example.com").await, "email"));
    assert_eq!(keyhatch.members().reset_two_factor(&admin, &viewer.email).await, Err(Error::Forbidden));
    assert_eq!(keyhatch.members().reset_password(&owner, &viewer.email, &secret(NEW)).await, Err(Error::Forbidden));
}
