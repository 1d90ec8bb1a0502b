//! Lost passwords: links that owners and the operator make, links by mail, and what using one does.

use crate::on_both;
use domain::member::Role;
use service::Error;
use service::actor::Actor;
use service::password_reset::{NewPasswordReset, PASSWORD_RESET_LIFETIME};
use service::secrets::{ExposeSecret, SecretString};
use std::net::IpAddr;
use test_support::{HOUR, PASSWORD, TestApp, TwoFactorMember, client_address, sign_in_form};

on_both!(link_is_used_once_under_concurrency, links_expire_and_are_cleaned_up);

const NEW: &str = "a quite different password";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn member_id(actor: &Actor) -> &str {
    match actor {
        Actor::Member(viewer) => &viewer.member_id,
        _ => panic!("no member"),
    }
}

/// An admin of the account, and a link that the operator made for them.
async fn admin_with_link(app: &TestApp) -> (Actor, NewPasswordReset) {
    let admin = app.member(Role::Admin).await;
    let link = app.keyhatch.members().create_reset_link(&Actor::Operator, &app.account, member_id(&admin)).await;
    (admin, link.unwrap())
}

async fn reset(app: &TestApp, link: &NewPasswordReset, password: &str) -> Result<String, Error> {
    app.keyhatch.password_resets().reset(&link.token, &secret(password), Some(client_address())).await
}

/// A stranger asks for a link from the `from`-th address of a network.
async fn ask(app: &TestApp, email: &str, from: u8) -> Result<Option<NewPasswordReset>, Error> {
    let address = IpAddr::from([203, 0, 113, from]);
    let request = app.keyhatch.password_resets().request(email, Some(address))?;
    app.keyhatch.password_resets().create_requested(request).await
}

#[tokio::test]
async fn a_link_replaces_the_password_and_ends_every_session() {
    let app = TestApp::sqlite().await;
    let (admin, link) = admin_with_link(&app).await;
    let Actor::Member(viewer) = &admin else { unreachable!("a member") };
    let other = app.sign_in(&viewer.email, PASSWORD).await.unwrap();
    assert_eq!(link.token.expose_secret().len(), 43, "256 bits");
    assert_eq!(app.keyhatch.password_resets().find_email(&link.token).await.as_ref(), Ok(&viewer.email));
    assert!(
        matches!(reset(&app, &link, "short").await, Err(Error::Invalid(errors)) if errors.get("password").is_some())
    );
    assert!(app.viewer(&other).await.is_ok(), "nothing happened yet");

    assert_eq!(reset(&app, &link, NEW).await.as_ref(), Ok(&viewer.email));
    assert_eq!(app.viewer(&other).await.err(), Some(Error::Unauthenticated));
    assert_eq!(app.sign_in(&viewer.email, PASSWORD).await.err(), Some(Error::WrongCredentials));
    app.sign_in(&viewer.email, NEW).await.unwrap();
    assert_eq!(reset(&app, &link, "yet another password").await.err(), Some(Error::PasswordResetClosed), "used");
    assert_eq!(app.keyhatch.password_resets().find_email(&link.token).await, Err(Error::PasswordResetClosed));
}

#[tokio::test]
async fn a_second_factor_is_still_asked_for() {
    let app = TestApp::sqlite().await;
    let TwoFactorMember { viewer, app_secret, .. } = app.member_with_two_factor(Role::Owner).await;
    let link =
        app.keyhatch.members().create_reset_link(&Actor::Operator, &app.account, &viewer.member_id).await.unwrap();
    reset(&app, &link, NEW).await.unwrap();
    let form = sign_in_form(&viewer.email, NEW);
    let sessions = app.keyhatch.sessions();
    let pending = sessions.sign_in(&form, Some(client_address()), None).await.unwrap();
    assert!(pending.needs_code);
    assert_eq!(app.viewer(&pending.token).await.err(), Some(Error::Unauthenticated));
    let code = app.two_factor_code(&app_secret);
    sessions.sign_in_with_code(&pending.token, &code, Some(client_address())).await.unwrap();
}

#[tokio::test]
async fn only_owners_and_the_operator_make_links() {
    let app = TestApp::sqlite().await;
    let (members, account) = (app.keyhatch.members(), &app.account);
    let owner = app.member(Role::Owner).await;
    let admin = app.member(Role::Admin).await;
    let viewer = app.member(Role::Viewer).await;
    let foreign = app.member_of(&app.foreign_account, Role::Owner).await;
    for (actor, expected) in [
        (&owner, None),
        (&Actor::Operator, None),
        (&admin, Some(Error::Forbidden)),
        (&viewer, Some(Error::Forbidden)),
        (&foreign, Some(Error::NotFound)),
    ] {
        for about in [&owner, &admin, &viewer] {
            let made = members.create_reset_link(actor, account, member_id(about)).await;
            assert_eq!(made.err(), expected, "{actor:?}");
        }
    }
    let stranger = members.create_reset_link(&owner, account, member_id(&foreign)).await;
    assert_eq!(stranger.err(), Some(Error::NotFound), "a member of another account");
}

#[tokio::test]
async fn a_new_password_and_a_newer_link_end_earlier_links() {
    let app = TestApp::sqlite().await;
    let (admin, first) = admin_with_link(&app).await;
    let Actor::Member(viewer) = &admin else { unreachable!("a member") };
    let members = app.keyhatch.members();
    let second = members.create_reset_link(&Actor::Operator, &app.account, &viewer.member_id).await.unwrap();
    assert_eq!(reset(&app, &first, NEW).await.err(), Some(Error::PasswordResetClosed), "replaced");
    let security = app.keyhatch.security();
    security.update_password(viewer, &secret(PASSWORD), &secret("my own new password")).await.unwrap();
    assert_eq!(reset(&app, &second, NEW).await.err(), Some(Error::PasswordResetClosed), "the member changed it");
    let third = members.create_reset_link(&Actor::Operator, &app.account, &viewer.member_id).await.unwrap();
    members.reset_password(&Actor::Operator, &viewer.email, &secret("from the operator")).await.unwrap();
    assert_eq!(reset(&app, &third, NEW).await.err(), Some(Error::PasswordResetClosed), "the operator changed it");
    let fourth = members.create_reset_link(&Actor::Operator, &app.account, &viewer.member_id).await.unwrap();
    members.delete(&Actor::Operator, &app.account, &viewer.member_id).await.unwrap();
    assert_eq!(reset(&app, &fourth, NEW).await.err(), Some(Error::PasswordResetClosed), "deleted");
}

/// A stranger's requests cost the member at most five mails, and never end a link that works.
#[tokio::test]
async fn requests_by_mail_are_bounded_and_leave_earlier_links() {
    let app = TestApp::sqlite().await;
    let email = app.create_member(&app.account, Role::Owner).await.to_lowercase();
    let typed = format!(" {} ", email.to_uppercase());
    let first = ask(&app, &typed, 1).await.unwrap().unwrap();
    assert_eq!(first.email, email);
    for from in 2..=5 {
        assert!(ask(&app, &email, from).await.unwrap().is_some());
    }
    let sixth = ask(&app, &email, 6).await;
    assert!(matches!(sixth.err(), Some(Error::Limited { .. })));
    // Another process counts apart, but the rows are shared.
    for _ in 0..2 {
        let elsewhere = app.open_second().await.unwrap();
        let request = elsewhere.password_resets().request(&email, None).unwrap();
        assert!(elsewhere.password_resets().create_requested(request).await.unwrap().is_none());
    }
    assert_eq!(app.query_number("SELECT COUNT(*) FROM password_resets").await, 5);
    reset(&app, &first, NEW).await.unwrap();
    assert_eq!(app.query_number("SELECT COUNT(*) FROM password_resets").await, 0);
    app.clock.advance(HOUR);
    assert!(ask(&app, &email, 6).await.unwrap().is_some());
}

/// Neither the answer nor the limit depends on whether there is such a member.
#[tokio::test]
async fn an_unknown_email_is_treated_like_a_members() {
    let app = TestApp::sqlite().await;
    let email = app.create_member(&app.account, Role::Owner).await;
    for email in [email.as_str(), "nobody@example.com"] {
        for from in 1..=5 {
            let address = Some(IpAddr::from([203, 0, 113, from]));
            assert!(app.keyhatch.password_resets().request(email, address).is_ok(), "{email}");
        }
        let limited = app.keyhatch.password_resets().request(email, None).err();
        assert_eq!(limited, Some(Error::Limited { retry_after_seconds: 60 * 60 }), "{email}");
    }
    app.clock.advance(HOUR);
    assert!(ask(&app, "nobody@example.com", 1).await.unwrap().is_none());
    for typed in ["", "nobody", "a b@example.com"] {
        assert!(matches!(ask(&app, typed, 1).await, Err(Error::Invalid(errors)) if errors.get("email").is_some()));
    }
}

async fn link_is_used_once_under_concurrency(app: TestApp) {
    let other_process = app.open_second().await.unwrap();
    let (_, link) = admin_with_link(&app).await;
    let (first, second) = (secret(NEW), secret("another new password"));
    let (first, second) = tokio::join!(
        app.keyhatch.password_resets().reset(&link.token, &first, None),
        other_process.password_resets().reset(&link.token, &second, None)
    );
    let mut outcomes = [first, second];
    outcomes.sort_by_key(Result::is_err);
    assert!(outcomes[0].is_ok() && outcomes[1] == Err(Error::PasswordResetClosed), "{outcomes:?}");
}

async fn links_expire_and_are_cleaned_up(mut app: TestApp) {
    let (_, link) = admin_with_link(&app).await;
    assert_eq!(link.expires_at, app.keyhatch.now() + PASSWORD_RESET_LIFETIME);
    app.clock.advance(PASSWORD_RESET_LIFETIME - 1);
    assert!(app.keyhatch.password_resets().find_email(&link.token).await.is_ok());
    app.clock.advance(1);
    assert_eq!(app.keyhatch.password_resets().find_email(&link.token).await, Err(Error::PasswordResetClosed));
    assert_eq!(reset(&app, &link, NEW).await, Err(Error::PasswordResetClosed));
    let unknown = secret(&"A".repeat(43));
    assert_eq!(app.keyhatch.password_resets().find_email(&unknown).await, Err(Error::PasswordResetClosed));
    app.restart().await;
    assert_eq!(app.query_number("SELECT COUNT(*) FROM password_resets").await, 0);
}

#[tokio::test]
async fn links_are_audited_and_stored_without_their_tokens() {
    let app = TestApp::sqlite().await;
    let (admin, made) = admin_with_link(&app).await;
    let Actor::Member(viewer) = &admin else { unreachable!("a member") };
    let mailed = ask(&app, &viewer.email, 1).await.unwrap().unwrap();
    reset(&app, &mailed, NEW).await.unwrap();
    let rows = app.store().await.audit().list(1, 100).await.unwrap();
    let rows: Vec<_> = rows.iter().skip_while(|row| row.action != "password.create_reset_link").collect();
    let told: Vec<_> = rows.iter().map(|row| (row.actor.as_str(), row.action.as_str())).collect();
    assert_eq!(
        told,
        [
            ("operator", "password.create_reset_link"),
            ("keyhatch", "password.create_reset_link"),
            (viewer.email.as_str(), "password.reset"),
        ]
    );
    assert_eq!(rows[2].address.as_deref(), Some(client_address().to_string().as_str()));
    for file in ["keyhatch.db", "keyhatch.db-wal"] {
        let bytes = std::fs::read(app.file(file)).unwrap();
        for token in [&made.token, &mailed.token] {
            let token = token.expose_secret().as_bytes();
            assert!(!bytes.windows(token.len()).any(|window| window == token), "{file}");
        }
    }
}
