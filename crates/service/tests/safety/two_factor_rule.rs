//! Two-factor codes that an account requires from a date on.

use crate::on_both;
use domain::member::Role;
use domain::time::Millis;
use domain::two_factor_rule::{RequireTwoFactorForm, choosable_days, date_field};
use service::Error;
use service::actor::Actor;
use service::secrets::SecretString;
use test_support::{HOUR, PASSWORD, TestApp, client_address};

on_both!(codes_are_required_from_the_day_on);

fn from_day(day: Millis) -> RequireTwoFactorForm {
    RequireTwoFactorForm { start: "date".to_owned(), date: date_field(day) }
}

/// A session of an admin of the account.
async fn admin_session(app: &TestApp) -> SecretString {
    let email = app.create_member(&app.account, Role::Admin).await;
    app.sign_in(&email, PASSWORD).await.unwrap()
}

/// Signs in again each time, since a session ends after a while without use.
async fn codes_are_required_from_the_day_on(app: TestApp) {
    let owner = app.member(Role::Owner).await;
    let admin = admin_session(&app).await;
    let (members, account) = (app.keyhatch.members(), &app.account);
    let (tomorrow, _) = choosable_days(app.keyhatch.now());
    assert_eq!(app.viewer(&admin).await.unwrap().two_factor_due_at, None);

    members.require_two_factor(&owner, account, &from_day(tomorrow)).await.unwrap();
    let list = members.list(&owner, account).await.unwrap();
    assert_eq!((list.two_factor_required_from, list.requires_two_factor), (Some(tomorrow), false));
    let viewer = app.viewer(&admin).await.unwrap();
    assert_eq!(viewer.two_factor_due_at, Some(tomorrow));
    assert!(!app.keyhatch.security().overview(&viewer).await.unwrap().is_required);

    app.clock.advance(tomorrow - 1 - app.keyhatch.now());
    let admin = app.sign_in(&viewer.email, PASSWORD).await.unwrap();
    assert!(app.viewer(&admin).await.is_ok(), "a millisecond before midnight");
    app.clock.advance(1);
    assert_eq!(app.viewer(&admin).await.err(), Some(Error::TwoFactorRequired), "at midnight, in a running session");
    assert!(members.list(&Actor::Operator, account).await.unwrap().requires_two_factor);
    let own = app.keyhatch.identity().viewer_of_own_security(&admin, Some(client_address())).await.unwrap();
    assert!(app.keyhatch.security().overview(&own).await.unwrap().is_required);
    app.enable_two_factor(&own).await;
    assert_eq!(app.viewer(&admin).await.unwrap().two_factor_due_at, None);
}

#[tokio::test]
async fn the_day_can_be_moved_and_cancelled() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let (members, account) = (app.keyhatch.members(), &app.account);
    let (first, last) = choosable_days(app.keyhatch.now());
    let required_from = async || members.list(&owner, account).await.unwrap().two_factor_required_from;

    members.require_two_factor(&owner, account, &from_day(first)).await.unwrap();
    members.require_two_factor(&owner, account, &from_day(last)).await.unwrap();
    assert_eq!(required_from().await, Some(last), "later");
    members.require_two_factor(&owner, account, &from_day(last)).await.unwrap();
    members.make_two_factor_optional(&owner, account).await.unwrap();
    assert_eq!(required_from().await, None);
    members.require_two_factor(&owner, account, &from_day(first)).await.unwrap();
    app.clock.advance(HOUR);
    members.require_two_factor(&Actor::Operator, account, &RequireTwoFactorForm::now()).await.unwrap();
    assert_eq!(required_from().await, Some(app.keyhatch.now()), "sooner");
    app.clock.advance(HOUR);
    members.require_two_factor(&Actor::Operator, account, &RequireTwoFactorForm::now()).await.unwrap();
    assert_eq!(required_from().await, Some(app.keyhatch.now() - HOUR), "already required");

    let rows = app.store().await.audit().list(1, 100).await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .filter(|row| row.action == "account.require_two_factor")
        .map(|row| service::audit::sentence(&row.action, &serde_json::from_str(&row.details).unwrap()))
        .collect();
    let required = "Required two-factor codes for every member";
    let (first, last) = (domain::time::date_utc(first), domain::time::date_utc(last));
    assert_eq!(
        told,
        [
            format!("{required} from {first}."),
            format!("Moved the day from which two-factor codes are required from {first} to {last}."),
            format!("Cancelled that two-factor codes are required from {last}."),
            format!("{required} from {first}."),
            format!("{required}."),
        ]
    );
}

#[tokio::test]
async fn a_day_too_early_or_too_late_is_refused() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let admin = app.member(Role::Admin).await;
    let (members, account) = (app.keyhatch.members(), &app.account);
    let (first, last) = choosable_days(app.keyhatch.now());
    for day in [first - 24 * HOUR, last + 24 * HOUR] {
        let refused = members.require_two_factor(&owner, account, &from_day(day)).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.get("date").is_some()));
    }
    let refused = members.require_two_factor(&admin, account, &from_day(first)).await;
    assert_eq!(refused, Err(Error::Forbidden));
    assert_eq!(members.list(&owner, account).await.unwrap().two_factor_required_from, None);
}
