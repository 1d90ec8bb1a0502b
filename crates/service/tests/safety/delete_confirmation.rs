//! Deleting a key that is in use needs its name, if a person deletes it.

use domain::lifecycle::DeleteForm;
use domain::member::Role;
use domain::verdict::VerdictCode;
use service::Error;
use service::actor::Actor;
use test_support::{DAY, MINUTE, TestApp};

fn form(reason: &str, confirm_name: &str) -> DeleteForm {
    DeleteForm { reason: reason.to_owned(), confirm_name: confirm_name.to_owned() }
}

async fn delete(app: &TestApp, actor: &Actor, id: &str, form: &DeleteForm) -> Result<(), Error> {
    app.keyhatch.keys().delete_confirmed(actor, &app.account, id, form).await
}

#[tokio::test]
async fn key_in_use_is_deleted_only_with_its_name() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let created = app.create_key("Web shop").await;
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::Valid));
    app.clock.advance(DAY - MINUTE);
    for (typed, reason, fields) in [
        ("", "", &["confirm_name"][..]),
        ("web shop", "", &["confirm_name"]),
        ("Web", "", &["confirm_name"]),
        ("", "a\nb", &["reason", "confirm_name"]),
        ("Web shop", "a\nb", &["reason"]),
    ] {
        let refused = delete(&app, &owner, &created.key.id, &form(reason, typed)).await;
        let Err(Error::Invalid(errors)) = refused else { panic!("{typed}: {refused:?}") };
        assert_eq!(errors.0.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), fields, "{typed}");
    }
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::Valid));
    let viewer = app.member(Role::Viewer).await;
    assert_eq!(delete(&app, &viewer, &created.key.id, &form("", "Web shop")).await, Err(Error::Forbidden));
    assert_eq!(delete(&app, &owner, &created.key.id, &form("Leaked", " Web shop ")).await, Ok(()));
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(delete(&app, &owner, &created.key.id, &form("", "Web shop")).await, Err(Error::NotFound));
    let gone = app.keyhatch.keys().find_including_deleted(&owner, &app.account, &created.key.id).await.unwrap();
    assert_eq!(gone.delete_reason.as_deref(), Some("Leaked"));
}

#[tokio::test]
async fn unused_key_is_deleted_without_its_name_and_programs_are_not_asked() {
    let app = TestApp::sqlite().await;
    let (unused, idle, busy) =
        (app.create_key("Unused").await, app.create_key("Idle").await, app.create_key("Busy").await);
    app.decide(&idle.secret).await.unwrap();
    app.clock.advance(DAY);
    app.decide(&busy.secret).await.unwrap();
    for key in [&unused.key, &idle.key] {
        assert_eq!(delete(&app, &Actor::Operator, &key.id, &form("", "")).await, Ok(()), "{}", key.name);
    }
    assert!(delete(&app, &Actor::Operator, &busy.key.id, &form("", "")).await.is_err());
    assert_eq!(app.delete_key(&busy.key.id).await, Ok(()));
}
