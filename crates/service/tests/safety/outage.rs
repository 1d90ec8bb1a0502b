//! The database is locked, moved or replaced: the gate fails closed, changes are atomic, and everything recovers by
//! itself.

use domain::member::Role;
use domain::verdict::VerdictCode;
use service::Error;
use service::actor::Actor;
use service::gate::DecisionUnavailable;
use service::keys::PageRequest;
use service::secrets::{ExposeSecret, SecretString};
use sqlx::Connection;
use std::fs;
use std::time::Duration;
use test_support::{PASSWORD, TestApp, decide, unrestricted_key_form, wait_until};

/// Attempts a change of every kind, concurrently, and returns how each failed.
pub async fn attempt_every_change(app: &TestApp, email: &str, id: &str) -> Vec<Option<Error>> {
    let (keyhatch, operator, account) = (&app.keyhatch, &Actor::Operator, app.account.as_str());
    let (form, password) = (unrestricted_key_form("Never"), SecretString::from(PASSWORD));
    let done = tokio::join!(
        async { keyhatch.keys().create(operator, account, &form).await.err() },
        async { keyhatch.keys().update(operator, account, id, &form, None).await.err() },
        async { keyhatch.keys().delete(operator, account, id, "").await.err() },
        async { app.sign_in(email, PASSWORD).await.err() },
        async { keyhatch.accounts().create(operator, "Never", None).await.err() },
        async {
            let made = keyhatch.members().create(operator, account, "never@example.com", Role::Owner, &password).await;
            made.err()
        },
    );
    vec![done.0, done.1, done.2, done.3, done.4, done.5]
}

/// Asserts that every change works again and is audited.
pub async fn assert_everything_works(app: &TestApp) {
    let created = app.create_key("After").await;
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::Valid));
    let form = unrestricted_key_form("After all");
    app.keyhatch.keys().update(&Actor::Operator, &app.account, &created.key.id, &form, None).await.unwrap();
    app.delete_key(&created.key.id).await.unwrap();
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::NotFound));
    let page = app.keyhatch.keys().list(&Actor::Operator, &app.account, &PageRequest::default()).await.unwrap();
    assert_eq!(page.keys.len(), page.total);
    assert!(matches!(app.keyhatch.audit().verify().await.unwrap(), service::audit::ChainCheck::Intact { .. }));
}

/// Another connection holds the write lock for longer than a change waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locked_database_fails_changes_and_not_decisions() {
    let app = TestApp::builder().database_timeout(Duration::from_secs(1)).build().await;
    app.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", app.account);
    let key = app.create_key("Kept").await;
    let before = app.row_counts().await;
    let mut other = app.sqlite_connection().await;
    let lock = other.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    let outcomes = Box::pin(attempt_every_change(&app, &email, &key.key.id)).await;
    assert_eq!(outcomes, vec![Some(Error::Unavailable); 6]);
    // Readers do not wait for a writer: the gate continues to decide, also about keys that it has to read.
    app.clock.advance(60_000);
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    lock.rollback().await.unwrap();
    assert_eq!(app.row_counts().await, before);
    assert_eq!(app.key_without_last_use(&key.key.id).await, Ok(key.key));
    assert_everything_works(&app).await;
}

/// The open connections still reach the file, but its content may be outdated.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moved_database_file_makes_decisions_unavailable() {
    let app = TestApp::sqlite().await;
    app.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", app.account);
    let (key, other) = (app.create_key("Kept").await, app.create_key("Not in memory").await);
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    let before = app.row_counts().await;
    for _ in 0..50 {
        fs::rename(app.file("keyhatch.db"), app.file("elsewhere.db")).unwrap();
        app.clock.advance(2_000);
        assert_eq!(app.decide(&key.secret).await, Err(DecisionUnavailable), "cached for too long");
        assert_eq!(app.decide(&other.secret).await, Err(DecisionUnavailable));
        assert!(!app.keyhatch.is_ready().await);
        assert_eq!(app.delete_key(&key.key.id).await, Err(Error::Unavailable));
        fs::rename(app.file("elsewhere.db"), app.file("keyhatch.db")).unwrap();
        assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
        assert!(app.keyhatch.is_ready().await);
    }
    fs::rename(app.file("keyhatch.db"), app.file("elsewhere.db")).unwrap();
    let outcomes = Box::pin(attempt_every_change(&app, &email, &key.key.id)).await;
    assert_eq!(outcomes, vec![Some(Error::Unavailable); 6]);
    fs::rename(app.file("elsewhere.db"), app.file("keyhatch.db")).unwrap();
    assert_eq!(app.row_counts().await, before);
    assert_everything_works(&app).await;
}

/// An empty file in its place is not taken for the database, and no deletion is written to the file that was replaced.
#[tokio::test]
async fn replaced_database_file_is_detected() {
    let app = TestApp::sqlite().await;
    let key = app.create_key("Kept").await;
    fs::rename(app.file("keyhatch.db"), app.file("elsewhere.db")).unwrap();
    fs::write(app.file("keyhatch.db"), "").unwrap();
    app.clock.advance(2_000);
    assert_eq!(app.decide(&key.secret).await, Err(DecisionUnavailable));
    assert_eq!(app.delete_key(&key.key.id).await, Err(Error::Unavailable));
    fs::rename(app.file("elsewhere.db"), app.file("keyhatch.db")).unwrap();
    assert_everything_works(&app).await;
}

/// The last statement of a change fails: the earlier ones are rolled back, and the cache is unchanged.
#[tokio::test]
async fn failed_change_is_rolled_back() {
    let mut app = TestApp::sqlite().await;
    let key = app.create_key("Kept").await;
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    let before = app.row_counts().await;
    let generation = app.query_number("SELECT value FROM key_generation").await;
    // The audit entry comes last, after the key's rows.
    app.run_sql("CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    let form = unrestricted_key_form("Never");
    let created = app.keyhatch.keys().create(&Actor::Operator, &app.account, &form).await;
    assert_eq!(created.err(), Some(Error::Internal));
    let changed = app.keyhatch.keys().update(&Actor::Operator, &app.account, &key.key.id, &form, None).await;
    assert_eq!(changed.err(), Some(Error::Internal));
    assert_eq!(app.delete_key(&key.key.id).await, Err(Error::Internal));
    assert_eq!(app.row_counts().await, before);
    assert_eq!(app.query_number("SELECT value FROM key_generation").await, generation);
    app.restart().await;
    assert_eq!(decide(&app.keyhatch, key.secret.expose_secret()).await, Ok(VerdictCode::Valid));
    let found = app.key_without_last_use(&key.key.id).await;
    assert_eq!(found, Ok(key.key));
    app.run_sql("DROP TRIGGER refuse").await;
    assert_everything_works(&app).await;
}

/// Decisions continue while a change waits, and the change succeeds once the lock is free.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn change_waits_for_a_short_lock() {
    let app = std::sync::Arc::new(TestApp::sqlite().await);
    let key = app.create_key("Kept").await;
    let mut other = app.sqlite_connection().await;
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let deleting = tokio::spawn({
        let (app, id) = (std::sync::Arc::clone(&app), key.key.id.clone());
        async move { app.delete_key(&id).await }
    });
    for _ in 0..100 {
        assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    }
    assert!(!deleting.is_finished());
    lock.rollback().await.unwrap();
    deleting.await.unwrap().unwrap();
    wait_until("refused", async || app.decide(&key.secret).await == Ok(VerdictCode::NotFound)).await;
}
