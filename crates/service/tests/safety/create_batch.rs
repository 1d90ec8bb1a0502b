//! Group commit of key creations: concurrent requests share transactions, and each gets its own outcome.

use crate::on_both;
use domain::verdict::VerdictCode;
use service::Error;
use service::actor::Actor;
use service::audit::ChainCheck;
use service::keys::{IdempotencyKey, IdempotentCreation};
use service::secrets::ExposeSecret;
use test_support::{START, TestApp, decide, unrestricted_key_form};

const CONCURRENCY: usize = 40;

on_both!(concurrent_creations_each_get_their_key, equal_idempotent_requests_create_one_key);

/// Creates a key for each name, concurrently.
async fn create(
    app: &TestApp,
    names: &[&str],
    repeat: Option<&IdempotencyKey>,
) -> Vec<Result<IdempotentCreation, Error>> {
    let creations = names.iter().map(|name| {
        let (keyhatch, account, form) = (app.keyhatch.clone(), app.account.clone(), unrestricted_key_form(name));
        let repeat = repeat.cloned();
        tokio::spawn(async move { keyhatch.keys().create_idempotent(&Actor::Operator, &account, &form, repeat).await })
    });
    let mut created = Vec::new();
    // All are started before the first is awaited.
    for creation in creations.collect::<Vec<_>>() {
        created.push(creation.await.unwrap());
    }
    created
}

async fn chain_is_intact(app: &TestApp) -> bool {
    matches!(app.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. })
}

async fn concurrent_creations_each_get_their_key(app: TestApp) {
    let names: Vec<String> = (0..CONCURRENCY).map(|number| format!("Key {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let other_process = app.open_second().await.unwrap();
    for (name, created) in names.iter().zip(create(&app, &names, None).await) {
        let created = created.unwrap();
        assert_eq!(created.key.name, *name);
        assert_eq!(created.key.created_at, START);
        let secret = created.secret.unwrap();
        assert_eq!(app.decide(&secret).await, Ok(VerdictCode::Valid));
        app.clock.advance(2_000);
        assert_eq!(decide(&other_process, secret.expose_secret()).await, Ok(VerdictCode::Valid), "in another process");
        assert_eq!(app.key_without_last_use(&created.key.id).await, Ok(created.key));
    }
    let rows = "SELECT COUNT(DISTINCT key_id) FROM audit WHERE action = 'key.create'";
    assert_eq!(app.query_number(rows).await, i64::try_from(CONCURRENCY).unwrap());
    let shared = app.query_number("SELECT COUNT(DISTINCT generation) FROM keys").await;
    assert!(shared < i64::try_from(CONCURRENCY / 2).unwrap(), "{shared} transactions");
    assert!(chain_is_intact(&app).await);
}

async fn equal_idempotent_requests_create_one_key(app: TestApp) {
    let repeat = IdempotencyKey::new("import 1", b"{}");
    let created: Vec<IdempotentCreation> =
        create(&app, &["Again"; CONCURRENCY], Some(&repeat)).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(created.iter().filter(|created| created.secret.is_some()).count(), 1);
    assert!(created.iter().all(|other| other.key.id == created[0].key.id));
    let differs = create(&app, &["Other"; 3], Some(&IdempotencyKey::new("import 1", b"[]"))).await;
    assert!(differs.iter().all(|created| matches!(created, Err(Error::IdempotencyKeyReused))));
    assert_eq!(app.query_number("SELECT COUNT(*) FROM keys").await, 1);
    assert!(chain_is_intact(&app).await);
}

/// Creates a batch in which the database refuses the key `Fails`; returns how many were acknowledged.
async fn create_with_one_failure(app: &TestApp) -> usize {
    let mut names = vec!["Good"; CONCURRENCY - 1];
    names.insert(CONCURRENCY / 2, "Fails");
    let created = create(app, &names, None).await;
    assert!(created.iter().all(|created| !created.as_ref().is_err_and(|error| *error != Error::Internal)));
    assert!(created[CONCURRENCY / 2].is_err());
    let acknowledged: Vec<IdempotentCreation> = created.into_iter().filter_map(Result::ok).collect();
    for created in &acknowledged {
        assert_eq!(app.decide(created.secret.as_ref().unwrap()).await, Ok(VerdictCode::Valid));
    }
    let count = i64::try_from(acknowledged.len()).unwrap();
    assert_eq!(app.query_number("SELECT COUNT(*) FROM keys").await, count, "the others were refused");
    assert_eq!(app.query_number("SELECT COUNT(*) FROM audit WHERE action = 'key.create'").await, count);
    assert!(chain_is_intact(app).await);
    acknowledged.len()
}

/// A row that cannot be written does not fail the others of its batch.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_row_does_not_fail_its_batch() {
    let app = TestApp::sqlite().await;
    app.run_sql(
        "CREATE TRIGGER refuse BEFORE INSERT ON keys WHEN NEW.name = 'Fails' \
             BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .await;
    assert_eq!(create_with_one_failure(&app).await, CONCURRENCY - 1);
}

/// When the commit itself fails, no creation is acknowledged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_commit_acknowledges_no_key() {
    let app = TestApp::sqlite().await;
    app.run_sql("CREATE TABLE late (id TEXT NOT NULL REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED)").await;
    app.run_sql(
        "CREATE TRIGGER refuse AFTER INSERT ON keys WHEN NEW.name = 'Fails' \
             BEGIN INSERT INTO late (id) VALUES ('nobody'); END",
    )
    .await;
    assert!(create_with_one_failure(&app).await < CONCURRENCY - 1);
    app.run_sql("DROP TRIGGER refuse").await;
    assert!(create(&app, &["After"; 3], None).await.iter().all(Result::is_ok));
}
