//! The guarantees of `outage` with PostgreSQL's own faults: terminated connections, locked tables, refused connections.

use crate::outage::{assert_everything_works, attempt_every_change};
use domain::member::Role;
use domain::verdict::VerdictCode;
use service::Error;
use service::gate::DecisionUnavailable;
use service::secrets::ExposeSecret;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::{Duration, Instant};
use test_support::PostgresDatabase;
use test_support::{TestApp, decide, wait_until};

fn database(app: &TestApp) -> &PostgresDatabase {
    app.postgres.as_ref().unwrap()
}

const HANG_UP: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap();
}

/// Terminates all connections fifty times during a deletion: it is either committed or not, and never acknowledged and
/// lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terminated_connections_lose_no_acknowledged_deletion() {
    let app = TestApp::postgres().await;
    let keys = app.insert_keys(50).await;
    let mut other = PgConnection::connect(database(&app).url()).await.unwrap();
    let mut acknowledged = 0;
    for key in &keys {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
        let (deleted, ()) = tokio::join!(app.delete_key(&key.id), run(&mut other, HANG_UP));
        if deleted.is_ok() {
            acknowledged += 1;
            // The readers' connections are terminated as well: a decision may fail, but must not be wrong.
            assert_ne!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
        } else {
            assert!(matches!(deleted, Err(Error::Unavailable | Error::Internal)), "{deleted:?}");
        }
        let began = Instant::now();
        wait_until("recovered", async || app.keyhatch.is_ready().await).await;
        assert!(began.elapsed() < Duration::from_secs(5));
        let is_deleted = test_support::is_deleted(&app.store().await, &key.public_id).await;
        assert!(is_deleted || deleted.is_err(), "acknowledged and lost");
        let expected = if is_deleted { VerdictCode::NotFound } else { VerdictCode::Valid };
        wait_until("the cache follows", async || {
            app.keyhatch.is_ready().await && decide(&app.keyhatch, &key.secret).await == Ok(expected)
        })
        .await;
    }
    println!("{acknowledged} of 50 deletions went through");
    assert_everything_works(&app).await;
}

/// Another session locks the tables: the gate gives up in time and reports that no decision is available.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locked_tables_make_decisions_unavailable_in_time() {
    // Longer than the gate waits, so that its own time-out is what ends a decision.
    let app = TestApp::builder().postgres().database_timeout(Duration::from_secs(3)).build().await;
    app.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", app.account);
    let (key, other_key) = (app.create_key("Kept").await, app.create_key("Not in memory").await);
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    let before = app.row_counts().await;
    let mut other = PgConnection::connect(database(&app).url()).await.unwrap();
    run(&mut other, "BEGIN; LOCK TABLE keys, key_generation IN ACCESS EXCLUSIVE MODE").await;
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid), "cached recently");
    let began = Instant::now();
    assert_eq!(app.decide(&other_key.secret).await, Err(DecisionUnavailable));
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    app.clock.advance(2_000);
    assert_eq!(app.decide(&key.secret).await, Err(DecisionUnavailable));
    let outcomes = Box::pin(attempt_every_change(&app, &email, &key.key.id)).await;
    assert_eq!(outcomes, vec![Some(Error::Unavailable); 6]);
    run(&mut other, "ROLLBACK").await;
    wait_until("the gate decides again", async || app.decide(&key.secret).await == Ok(VerdictCode::Valid)).await;
    assert_eq!(app.row_counts().await, before);
    assert_everything_works(&app).await;
}

/// The server refuses new connections, which has the same effect as an outage.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gate_recovers_when_the_database_returns() {
    let app = TestApp::postgres().await;
    let key = app.create_key("Kept").await;
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    // From another database, because no session may remain in this one.
    let (server, name) = database(&app).url().rsplit_once('/').unwrap();
    let mut outside = PgConnection::connect(&format!("{server}/template1")).await.unwrap();
    for _ in 0..3 {
        run(&mut outside, &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await;
        run(&mut outside, &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
            .await;
        app.clock.advance(2_000);
        assert_eq!(app.decide(&key.secret).await, Err(DecisionUnavailable));
        assert!(!app.keyhatch.is_ready().await);
        assert_eq!(app.delete_key(&key.key.id).await, Err(Error::Unavailable));
        run(&mut outside, &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")).await;
        let began = Instant::now();
        wait_until("the gate decides again", async || app.decide(&key.secret).await == Ok(VerdictCode::Valid)).await;
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    let found = app.key_without_last_use(&key.key.id).await;
    assert_eq!(found, Ok(key.key.clone()));
    assert_eq!(decide(&app.keyhatch, key.secret.expose_secret()).await, Ok(VerdictCode::Valid));
    assert_everything_works(&app).await;
}
