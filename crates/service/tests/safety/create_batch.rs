//! Many creations at once, which share transactions: each is answered as if it were alone.

use crate::on_both;
use domain::verdict::VerdictCode;
use service::Error;
use service::actor::Actor;
use service::audit::ChainCheck;
use service::keys::{IdempotencyKey, IdempotentCreation};
use service::secrets::ExposeSecret;
use test_support::{START, TestApp, decide, unrestricted_key_form};

const AT_ONCE: usize = 40;

on_both!(concurrent_creations_each_get_their_key, equal_idempotent_requests_create_one_key);

/// A key for each name, all at the same moment.
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
    // All are under way before the first is waited for.
    for creation in creations.collect::<Vec<_>>() {
        created.push(creation.await.unwrap());
    }
    created
}

async fn is_whole(app: &TestApp) -> bool {
    matches!(app.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. })
}

async fn concurrent_creations_each_get_their_key(app: TestApp) {
    let names: Vec<String> = (0..AT_ONCE).map(|number| format!("Key {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let beside = app.open_second().await.unwrap();
    for (name, created) in names.iter().zip(create(&app, &names, None).await) {
        let created = created.unwrap();
        assert_eq!(created.key.name, *name);
        assert_eq!(created.key.created_at, START);
        let secret = created.secret.unwrap();
        assert_eq!(app.decide(&secret).await, Ok(VerdictCode::Valid));
        app.clock.advance(2_000);
        assert_eq!(decide(&beside, secret.expose_secret()).await, Ok(VerdictCode::Valid), "in another process");
        assert_eq!(app.key_without_last_use(&created.key.id).await, Ok(created.key));
    }
    let rows = "SELECT COUNT(DISTINCT key_id) FROM audit WHERE action = 'key.create'";
    assert_eq!(app.query_number(rows).await, i64::try_from(AT_ONCE).unwrap());
    let shared = app.query_number("SELECT COUNT(DISTINCT generation) FROM keys").await;
    assert!(shared < i64::try_from(AT_ONCE / 2).unwrap(), "{shared} transactions");
    assert!(is_whole(&app).await);
}

async fn equal_idempotent_requests_create_one_key(app: TestApp) {
    let repeat = IdempotencyKey::new("import 1", b"{}");
    let created: Vec<IdempotentCreation> =
        create(&app, &["Again"; AT_ONCE], Some(&repeat)).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(created.iter().filter(|created| created.secret.is_some()).count(), 1);
    assert!(created.iter().all(|other| other.key.id == created[0].key.id));
    let differs = create(&app, &["Other"; 3], Some(&IdempotencyKey::new("import 1", b"[]"))).await;
    assert!(differs.iter().all(|created| matches!(created, Err(Error::IdempotencyKeyReused))));
    assert_eq!(app.query_number("SELECT COUNT(*) FROM keys").await, 1);
    assert!(is_whole(&app).await);
}

/// The names of the keys that were made; `Fails` was refused as a fault of the database.
async fn made_beside_one_that_fails(app: &TestApp) -> usize {
    let mut names = vec!["Good"; AT_ONCE - 1];
    names.insert(AT_ONCE / 2, "Fails");
    let created = create(app, &names, None).await;
    assert!(created.iter().all(|created| !created.as_ref().is_err_and(|error| *error != Error::Internal)));
    assert!(created[AT_ONCE / 2].is_err());
    let made: Vec<IdempotentCreation> = created.into_iter().filter_map(Result::ok).collect();
    for created in &made {
        assert_eq!(app.decide(created.secret.as_ref().unwrap()).await, Ok(VerdictCode::Valid));
    }
    let count = i64::try_from(made.len()).unwrap();
    assert_eq!(app.query_number("SELECT COUNT(*) FROM keys").await, count, "all others were answered with an error");
    assert_eq!(app.query_number("SELECT COUNT(*) FROM audit WHERE action = 'key.create'").await, count);
    assert!(is_whole(app).await);
    made.len()
}

/// A row that cannot be written takes none of the others with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_row_does_not_fail_its_batch() {
    let app = TestApp::sqlite().await;
    app.run_sql(
        "CREATE TRIGGER refuse BEFORE INSERT ON keys WHEN NEW.name = 'Fails' \
             BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .await;
    assert_eq!(made_beside_one_that_fails(&app).await, AT_ONCE - 1);
}

/// When the commit itself fails, nobody is told that their key was made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_commit_acknowledges_no_key() {
    let app = TestApp::sqlite().await;
    app.run_sql("CREATE TABLE late (id TEXT NOT NULL REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED)").await;
    app.run_sql(
        "CREATE TRIGGER refuse AFTER INSERT ON keys WHEN NEW.name = 'Fails' \
             BEGIN INSERT INTO late (id) VALUES ('nobody'); END",
    )
    .await;
    assert!(made_beside_one_that_fails(&app).await < AT_ONCE - 1);
    app.run_sql("DROP TRIGGER refuse").await;
    assert!(create(&app, &["After"; 3], None).await.iter().all(Result::is_ok));
}
