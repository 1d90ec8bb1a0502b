//! Disabling, enabling and deleting one key or many; the list of each state; stale forms; a key's history.

use crate::on_both;
use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use domain::verdict::VerdictCode;
use domain::views::{KeyState, KeyView};
use service::Error;
use service::actor::Actor;
use service::audit::ChainCheck;
use service::keys::PageRequest;
use test_support::{DAY, MINUTE, START, TestApp, unrestricted_key_form};

on_both!(disabled_key_is_refused_until_it_is_enabled, bulk_action_applies_to_all_keys, stale_form_is_refused);

async fn enable(app: &TestApp, id: &str, enabled: bool) -> Result<KeyView, Error> {
    let keys = app.keyhatch.keys();
    if enabled {
        keys.enable(&Actor::Operator, &app.account, id).await?;
    } else {
        keys.disable(&Actor::Operator, &app.account, id).await?;
    }
    keys.find(&Actor::Operator, &app.account, id).await
}

async fn names_of(app: &TestApp, state: KeyState) -> Vec<String> {
    let request = PageRequest { state, ..PageRequest::default() };
    let page = app.keyhatch.keys().list(&Actor::Operator, &app.account, &request).await.unwrap();
    page.keys.into_iter().map(|key| key.name).collect()
}

async fn actions(app: &TestApp, id: &str) -> Vec<String> {
    let history = app.keyhatch.keys().history(&Actor::Operator, &app.account, id, None).await.unwrap();
    history.entries.into_iter().map(|entry| entry.action).collect()
}

async fn disabled_key_is_refused_until_it_is_enabled(app: TestApp) {
    let key = app.create_key("Shop").await;
    let id = key.key.id.as_str();
    for _ in 0..3 {
        assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
        assert!(!enable(&app, id, false).await.unwrap().enabled);
        assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Disabled));
        assert!(enable(&app, id, true).await.unwrap().enabled);
    }
    let before = app.row_counts().await;
    assert!(enable(&app, id, true).await.unwrap().enabled);
    assert_eq!(app.row_counts().await, before, "already enabled: no entry is written");
    app.delete_key(id).await.unwrap();
    assert_eq!(enable(&app, id, true).await.err(), Some(Error::NotFound));
    let expected = ["delete", "enable", "disable", "enable", "disable", "enable", "disable", "create"]
        .map(|word| format!("key.{word}"));
    assert_eq!(actions(&app, id).await, expected);
}

async fn bulk_action_applies_to_all_keys(app: TestApp) {
    let planted = app.insert_keys(6).await;
    let mut ids: Vec<String> = planted.iter().map(|key| key.id.clone()).collect();
    let foreign = app
        .keyhatch
        .keys()
        .create(&Actor::Operator, &app.foreign_account, &unrestricted_key_form("Theirs"))
        .await
        .unwrap();
    for key in &planted {
        assert_eq!(test_support::decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    }
    app.delete_key(&ids[0]).await.unwrap();
    enable(&app, &ids[1], false).await.unwrap();
    ids.extend([foreign.key.id.clone(), "key_none".to_owned(), ids[2].clone()]);

    let viewer = app.member(Role::Viewer).await;
    let refused = app.keyhatch.keys().disable_many(&viewer, &app.account, &ids).await;
    assert_eq!(refused, Err(Error::Forbidden));
    let refused = app.keyhatch.keys().delete_many(&viewer, &app.account, &ids, "").await;
    assert_eq!(refused, Err(Error::Forbidden));

    let actor = &Actor::Operator;
    let done = app.keyhatch.keys().disable_many(actor, &app.account, &ids).await.unwrap();
    assert_eq!(done, ids[2..6], "deleted, disabled, foreign and duplicate ids are skipped");
    for key in &planted[1..] {
        assert_eq!(test_support::decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Disabled));
    }
    let done = app.keyhatch.keys().enable_many(actor, &app.account, &ids).await.unwrap();
    assert_eq!(done, ids[1..6]);
    let done = app.keyhatch.keys().delete_many(actor, &app.account, &ids, "Cleaned up").await.unwrap();
    assert_eq!(done, ids[1..6]);
    for key in &planted {
        assert_eq!(test_support::decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound));
    }
    assert_eq!(app.decide(&foreign.secret).await, Ok(VerdictCode::Valid));
    assert!(app.keyhatch.keys().delete_many(actor, &app.account, &ids, "").await.unwrap().is_empty());
    assert!(matches!(app.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));
    let count =
        async |action: &str| app.query_number(&format!("SELECT COUNT(*) FROM audit WHERE action = '{action}'")).await;
    assert_eq!((count("key.disable").await, count("key.enable").await, count("key.delete").await), (5, 5, 6));
}

#[tokio::test]
async fn bulk_action_on_too_many_keys_is_refused() {
    let app = TestApp::sqlite().await;
    let key = app.create_key("Kept").await;
    let mut ids = vec!["key_none".to_owned(); 499];
    ids.push(key.key.id.clone());
    assert_eq!(app.keyhatch.keys().disable_many(&Actor::Operator, &app.account, &ids).await.unwrap().len(), 1);
    ids.push("key_none".to_owned());
    for refused in [
        app.keyhatch.keys().enable_many(&Actor::Operator, &app.account, &ids).await,
        app.keyhatch.keys().delete_many(&Actor::Operator, &app.account, &ids, "").await,
    ] {
        let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
        assert!(errors.get("ids").unwrap().contains("500"), "{errors}");
    }
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Disabled));
}

/// Two members edit the same key: the later save is refused, says who was first, and can be forced.
async fn stale_form_is_refused(app: TestApp) {
    let admin = app.member(Role::Admin).await;
    let opened = app.create_key("Shop").await.key;
    app.clock.advance(MINUTE);
    let (keyhatch, account, id) = (&app.keyhatch, app.account.as_str(), opened.id.as_str());
    let first = keyhatch
        .keys()
        .update(&admin, account, id, &unrestricted_key_form("Theirs"), Some(opened.revision))
        .await
        .unwrap();
    assert!(first.revision > opened.revision);
    let mine = unrestricted_key_form("Mine");
    let stale = keyhatch.keys().update(&Actor::Operator, account, id, &mine, Some(opened.revision)).await;
    let by = format!("admin@{account}.example.com").to_lowercase();
    assert_eq!((first.updated_by.as_str(), first.created_by.as_str()), (by.as_str(), "operator"));
    assert_eq!(stale, Err(Error::EditConflict { by, at: START + MINUTE }));
    assert_eq!(app.key_without_last_use(id).await.unwrap(), first);
    let over = keyhatch.keys().update(&Actor::Operator, account, id, &mine, Some(first.revision)).await.unwrap();
    assert_eq!(over.name, "Mine");
    keyhatch.keys().update(&Actor::Operator, account, id, &mine, None).await.unwrap();
}

/// Calls of a key with limits are written to the database, but do not change the key's revision.
#[tokio::test]
async fn counting_calls_does_not_change_the_revision() {
    let mut app = TestApp::sqlite().await;
    let mut form = unrestricted_key_form("Metered");
    form.limits.hour = "100".into();
    let created = app.create_key_with(&form).await;
    for _ in 0..10 {
        assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::Valid));
    }
    app.restart().await;
    let (keyhatch, account) = (&app.keyhatch, app.account.as_str());
    let revision = Some(created.key.revision);
    assert!(keyhatch.keys().update(&Actor::Operator, account, &created.key.id, &form, revision).await.is_ok());
}

#[tokio::test]
async fn each_state_has_its_own_list() {
    let app = TestApp::with_policy(Policy { page_size: 2, ..Policy::default() }).await;
    for name in ["Plain", "Off", "Gone"] {
        app.create_key(name).await;
    }
    app.create_key_with(&KeyForm { expires: "2026-11-18T12:00".into(), ..unrestricted_key_form("Short") }).await;
    app.clock.advance(DAY);
    let all = names_of(&app, KeyState::Active).await;
    assert_eq!(all.len(), 2, "a page");
    let request = PageRequest { search: Some("Gone".into()), ..PageRequest::default() };
    let page = app.keyhatch.keys().list(&Actor::Operator, &app.account, &request).await.unwrap();
    let gone = page.keys[0].id.clone();
    let request = PageRequest { search: Some("Off".into()), ..PageRequest::default() };
    let page = app.keyhatch.keys().list(&Actor::Operator, &app.account, &request).await.unwrap();
    enable(&app, &page.keys[0].id, false).await.unwrap();
    let reason = " It leaked ";
    app.keyhatch.keys().delete(&Actor::Operator, &app.account, &gone, reason).await.unwrap();
    assert_eq!(names_of(&app, KeyState::Disabled).await, ["Off"]);
    assert_eq!(names_of(&app, KeyState::Expired).await, ["Short"]);
    assert_eq!(names_of(&app, KeyState::Deleted).await, ["Gone"]);

    let found = app.keyhatch.keys().find_including_deleted(&Actor::Operator, &app.account, &gone).await.unwrap();
    assert_eq!((found.deleted_at, found.delete_reason.as_deref()), (Some(START + DAY), Some("It leaked")));
    let history = app.keyhatch.keys().history(&Actor::Operator, &app.account, &gone, None).await.unwrap();
    assert_eq!(history.entries[0].details["reason"], "It leaked");
    app.clock.advance(30 * DAY);
    assert!(names_of(&app, KeyState::Deleted).await.is_empty());
    let found = app.keyhatch.keys().find_including_deleted(&Actor::Operator, &app.account, &gone).await;
    assert_eq!(found.err(), Some(Error::NotFound));
    let history = app.keyhatch.keys().history(&Actor::Operator, &app.account, &gone, None).await;
    assert_eq!(history.err(), Some(Error::NotFound));
}

#[tokio::test]
async fn invalid_reason_deletes_nothing() {
    let app = TestApp::sqlite().await;
    let key = app.create_key("Kept").await;
    for reason in ["x".repeat(201), "two\nlines".to_owned(), "nul\0".to_owned()] {
        let refused = app.keyhatch.keys().delete(&Actor::Operator, &app.account, &key.key.id, &reason).await;
        let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
        assert!(errors.get("reason").is_some());
    }
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
}

#[tokio::test]
async fn key_history_is_paged_and_private_to_its_account() {
    let app = TestApp::sqlite().await;
    let id = app.create_key("Shop").await.key.id;
    for round in 0..25 {
        enable(&app, &id, round % 2 == 1).await.unwrap();
    }
    let (keyhatch, account) = (&app.keyhatch, app.account.as_str());
    let first = keyhatch.keys().history(&Actor::Operator, account, &id, None).await.unwrap();
    let second = keyhatch.keys().history(&Actor::Operator, account, &id, first.next).await.unwrap();
    assert_eq!((first.entries.len(), second.entries.len(), second.next), (20, 6, None));
    assert!(first.entries.iter().chain(&second.entries).is_sorted_by(|one, other| one.seq > other.seq));
    let foreign_member = app.member_of(&app.foreign_account, Role::Owner).await;
    for account in [account, app.foreign_account.as_str()] {
        let refused = keyhatch.keys().history(&foreign_member, account, &id, None).await;
        assert_eq!(refused.err(), Some(Error::NotFound));
    }
}
