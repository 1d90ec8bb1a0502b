//! The database is busy, moved away or damaged: nothing is let in that cannot be known, nothing is half-written, and
//! it goes on by itself afterwards.

use crate::world::{PASSWORD, World, ask, open_form, until};
use domain::member::Role;
use domain::verdict::VerdictCode;
use service::Error;
use service::actor::Actor;
use service::gate::DecisionUnavailable;
use service::keys::PageRequest;
use service::secrets::{ExposeSecret, SecretString};
use sqlx::Connection;
use std::fs;

/// Every change there is, at once: how each ended.
pub async fn change_everything(world: &World, email: &str, id: &str) -> Vec<Option<Error>> {
    let (keyhatch, operator, account) = (&world.keyhatch, &Actor::Operator, world.account.as_str());
    let (form, password) = (open_form("Never"), SecretString::from(PASSWORD));
    let done = tokio::join!(
        async { keyhatch.keys().create(operator, account, &form).await.err() },
        async { keyhatch.keys().update(operator, account, id, &form, None).await.err() },
        async { keyhatch.keys().delete(operator, account, id, "").await.err() },
        async { world.sign_in(email, PASSWORD).await.err() },
        async { keyhatch.accounts().create(operator, "Never", None).await.err() },
        async {
            let made = keyhatch.members().create(operator, account, "never@example.com", Role::Owner, &password).await;
            made.err()
        },
    );
    vec![done.0, done.1, done.2, done.3, done.4, done.5]
}

/// All changes work again, and each left its row.
pub async fn all_is_well(world: &World) {
    let issued = world.issue("After").await;
    assert_eq!(world.ask(&issued.secret).await, Ok(VerdictCode::Valid));
    let form = open_form("After all");
    world.keyhatch.keys().update(&Actor::Operator, &world.account, &issued.key.id, &form, None).await.unwrap();
    world.delete(&issued.key.id).await.unwrap();
    assert_eq!(world.ask(&issued.secret).await, Ok(VerdictCode::NotFound));
    let page = world.keyhatch.keys().list(&Actor::Operator, &world.account, &PageRequest::default()).await.unwrap();
    assert_eq!(page.keys.len(), page.total);
    assert!(matches!(world.keyhatch.audit().verify().await.unwrap(), service::audit::ChainCheck::Intact { .. }));
}

/// Somebody else holds the write lock for longer than a change waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locked() {
    let world = World::sqlite().await;
    world.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", world.account);
    let key = world.issue("Kept").await;
    let before = world.counts().await;
    let mut other = world.sqlite_connection().await;
    let lock = other.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    let outcomes = Box::pin(change_everything(&world, &email, &key.key.id)).await;
    assert_eq!(outcomes, vec![Some(Error::Unavailable); 6]);
    // Readers wait for no writer: the gate goes on deciding, also what it has to ask for.
    world.clock.advance(60_000);
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
    lock.rollback().await.unwrap();
    assert_eq!(world.counts().await, before);
    assert_eq!(world.unused_view(&key.key.id).await, Ok(key.key));
    all_is_well(&world).await;
}

/// The open connections still reach the file, but what it says may no longer be true.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moved_away_and_put_back() {
    let world = World::sqlite().await;
    world.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", world.account);
    let (key, other) = (world.issue("Kept").await, world.issue("Not in memory").await);
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
    let before = world.counts().await;
    for _ in 0..50 {
        fs::rename(world.file("keyhatch.db"), world.file("elsewhere.db")).unwrap();
        world.clock.advance(2_000);
        assert_eq!(world.ask(&key.secret).await, Err(DecisionUnavailable), "in memory, but for too long");
        assert_eq!(world.ask(&other.secret).await, Err(DecisionUnavailable));
        assert!(!world.keyhatch.is_ready().await);
        assert_eq!(world.delete(&key.key.id).await, Err(Error::Unavailable));
        fs::rename(world.file("elsewhere.db"), world.file("keyhatch.db")).unwrap();
        assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
        assert!(world.keyhatch.is_ready().await);
    }
    fs::rename(world.file("keyhatch.db"), world.file("elsewhere.db")).unwrap();
    let outcomes = Box::pin(change_everything(&world, &email, &key.key.id)).await;
    assert_eq!(outcomes, vec![Some(Error::Unavailable); 6]);
    fs::rename(world.file("elsewhere.db"), world.file("keyhatch.db")).unwrap();
    assert_eq!(world.counts().await, before);
    all_is_well(&world).await;
}

/// An empty file in its place is not taken for the database, and a revocation is not written where it is lost.
#[tokio::test]
async fn replaced_while_open() {
    let world = World::sqlite().await;
    let key = world.issue("Kept").await;
    fs::rename(world.file("keyhatch.db"), world.file("elsewhere.db")).unwrap();
    fs::write(world.file("keyhatch.db"), "").unwrap();
    world.clock.advance(2_000);
    assert_eq!(world.ask(&key.secret).await, Err(DecisionUnavailable));
    assert_eq!(world.delete(&key.key.id).await, Err(Error::Unavailable));
    fs::rename(world.file("elsewhere.db"), world.file("keyhatch.db")).unwrap();
    all_is_well(&world).await;
}

/// What fails is the last statement of a change; the ones before it are undone, and memory was not told of it.
#[tokio::test]
async fn a_change_fails_in_the_middle_and_leaves_nothing() {
    let mut world = World::sqlite().await;
    let key = world.issue("Kept").await;
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
    let before = world.counts().await;
    let generation = world.number("SELECT value FROM key_generation").await;
    // The audit's row comes last, after the key's own rows were written.
    world.sql("CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    let form = open_form("Never");
    let issued = world.keyhatch.keys().create(&Actor::Operator, &world.account, &form).await;
    assert_eq!(issued.err(), Some(Error::Internal));
    let changed = world.keyhatch.keys().update(&Actor::Operator, &world.account, &key.key.id, &form, None).await;
    assert_eq!(changed.err(), Some(Error::Internal));
    assert_eq!(world.delete(&key.key.id).await, Err(Error::Internal));
    assert_eq!(world.counts().await, before);
    assert_eq!(world.number("SELECT value FROM key_generation").await, generation);
    world.reopen().await;
    assert_eq!(ask(&world.keyhatch, key.secret.expose_secret()).await, Ok(VerdictCode::Valid));
    let found = world.unused_view(&key.key.id).await;
    assert_eq!(found, Ok(key.key));
    world.sql("DROP TRIGGER refuse").await;
    all_is_well(&world).await;
}

/// Reads go on while a change waits, and the change goes through when its turn comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_lock_is_waited_out() {
    let world = std::sync::Arc::new(World::sqlite().await);
    let key = world.issue("Kept").await;
    let mut other = world.sqlite_connection().await;
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let deleting = tokio::spawn({
        let (world, id) = (std::sync::Arc::clone(&world), key.key.id.clone());
        async move { world.delete(&id).await }
    });
    for _ in 0..100 {
        assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
    }
    assert!(!deleting.is_finished());
    lock.rollback().await.unwrap();
    deleting.await.unwrap().unwrap();
    until("refused", async || world.ask(&key.secret).await == Ok(VerdictCode::NotFound)).await;
}
