//! What only a database server can do: hang up, hold a table, take nobody in. Same promises as in `outage`.

use crate::outage::{all_is_well, change_everything};
use crate::server::PostgresDatabase;
use crate::world::{World, ask, until};
use domain::member::Role;
use domain::verdict::VerdictCode;
use service::Error;
use service::gate::DecisionUnavailable;
use service::secrets::ExposeSecret;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::{Duration, Instant};

fn database(world: &World) -> &PostgresDatabase {
    world.postgres.as_ref().unwrap()
}

const HANG_UP: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap();
}

/// Fifty times in the middle of whatever is under way: a change is made or it is not, and its maker is not lied to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_are_cut() {
    let world = World::postgres().await;
    let keys = world.plant(50).await;
    let mut other = PgConnection::connect(database(&world).url()).await.unwrap();
    let mut acknowledged = 0;
    for key in &keys {
        assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
        let (deleted, ()) = tokio::join!(world.delete(&key.id), run(&mut other, HANG_UP));
        if deleted.is_ok() {
            acknowledged += 1;
            // The readers' connections are gone too: an answer may be missing, but never wrong.
            assert_ne!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
        } else {
            assert!(matches!(deleted, Err(Error::Unavailable | Error::Internal)), "{deleted:?}");
        }
        let began = Instant::now();
        until("recovered", async || world.keyhatch.is_ready().await).await;
        assert!(began.elapsed() < Duration::from_secs(5));
        let is_deleted = crate::rows::is_deleted(&world.store().await, &key.public_id).await;
        assert!(is_deleted || deleted.is_err(), "acknowledged and lost");
        let expected = if is_deleted { VerdictCode::NotFound } else { VerdictCode::Valid };
        until("memory follows", async || {
            world.keyhatch.is_ready().await && ask(&world.keyhatch, &key.value).await == Ok(expected)
        })
        .await;
    }
    println!("{acknowledged} of 50 deletions went through");
    all_is_well(&world).await;
}

/// Another session holds the tables: the gate gives up in time and says that it cannot know.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_are_held() {
    let world = World::postgres().await;
    world.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", world.account);
    let (key, other_key) = (world.issue("Kept").await, world.issue("Not in memory").await);
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
    let before = world.counts().await;
    let mut other = PgConnection::connect(database(&world).url()).await.unwrap();
    run(&mut other, "BEGIN; LOCK TABLE keys, changes IN ACCESS EXCLUSIVE MODE").await;
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid), "in memory, and not for long");
    let began = Instant::now();
    assert_eq!(world.ask(&other_key.secret).await, Err(DecisionUnavailable));
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    world.clock.advance(2_000);
    assert_eq!(world.ask(&key.secret).await, Err(DecisionUnavailable));
    let outcomes = Box::pin(change_everything(&world, &email, &key.key.id)).await;
    assert_eq!(outcomes, vec![Some(Error::Unavailable); 6]);
    run(&mut other, "ROLLBACK").await;
    until("decides again", async || world.ask(&key.secret).await == Ok(VerdictCode::Valid)).await;
    assert_eq!(world.counts().await, before);
    all_is_well(&world).await;
}

/// The server takes nobody in: as good as gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_is_gone_and_comes_back() {
    let world = World::postgres().await;
    let key = world.issue("Kept").await;
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
    // From a database beside it, since nobody may stay in this one.
    let (server, name) = database(&world).url().rsplit_once('/').unwrap();
    let mut outside = PgConnection::connect(&format!("{server}/template1")).await.unwrap();
    for _ in 0..3 {
        run(&mut outside, &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await;
        run(&mut outside, &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
            .await;
        world.clock.advance(2_000);
        assert_eq!(world.ask(&key.secret).await, Err(DecisionUnavailable));
        assert!(!world.keyhatch.is_ready().await);
        assert_eq!(world.delete(&key.key.id).await, Err(Error::Unavailable));
        run(&mut outside, &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")).await;
        let began = Instant::now();
        until("decides again", async || world.ask(&key.secret).await == Ok(VerdictCode::Valid)).await;
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    let found = world.unused_view(&key.key.id).await;
    assert_eq!(found, Ok(key.key.clone()));
    assert_eq!(ask(&world.keyhatch, key.secret.expose_secret()).await, Ok(VerdictCode::Valid));
    all_is_well(&world).await;
}
