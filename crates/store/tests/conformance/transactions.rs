//! Transactions that are dropped, abandoned at any point, or continued after a failed statement.

use crate::test_store::{TestDatabase, TestStore, account, add_key};
use sqlx::{Connection, PgConnection};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use store::{Store, StoreError};

crate::on_both![
    dropped_transaction_is_rolled_back,
    abandoned_begin_leaves_no_open_transaction,
    abandoned_statement_is_rolled_back,
    abandoned_commit_completes,
    change_abandoned_at_any_moment_is_atomic,
    failed_statement_poisons_the_transaction,
];

/// The writer is usable, and the rows of the abandoned transaction are absent.
async fn assert_clean(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.settings().find("abandoned").await.unwrap(), None);
    tx.settings().upsert("last", "ok").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.settings().find("abandoned").await.unwrap(), None);
}

/// No connection is left inside a transaction, not even until its next use, because another process may be waiting.
async fn assert_no_open_transaction(db: &TestStore) {
    match &db.database {
        TestDatabase::Sqlite(_) => db.run_sql("BEGIN IMMEDIATE; ROLLBACK").await,
        TestDatabase::Postgres(_) => {
            let mut other = PgConnection::connect(&db.url).await.unwrap();
            for _ in 0..100 {
                let open: i64 = sqlx::query_scalar(
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                     AND pid <> pg_backend_pid() AND xact_start IS NOT NULL",
                )
                .fetch_one(&mut other)
                .await
                .unwrap();
                if open == 0 {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            panic!("a connection is still inside a transaction");
        }
    }
}

/// Polls a future up to `times` times with short pauses, then drops it. Returns its output if it completed.
async fn poll_and_drop<T>(times: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    for _ in 0..times {
        let polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(done) = polled {
            return Some(done);
        }
        tokio::time::sleep(Duration::from_micros(300)).await;
    }
    None
}

async fn dropped_transaction_is_rolled_back(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    tx.settings().upsert("abandoned", "1").await.unwrap();
    drop(tx);
    assert_no_open_transaction(db).await;
    assert_clean(&db.store).await;
}

async fn abandoned_begin_leaves_no_open_transaction(db: &TestStore) {
    for round in 0..40 {
        drop(poll_and_drop(round % 5, db.store.begin()).await);
        assert_no_open_transaction(db).await;
        assert_clean(&db.store).await;
    }
    // While another transaction holds the write lock.
    let held = db.store.begin().await.unwrap();
    for round in 0..20 {
        assert!(poll_and_drop(round % 3, db.store.begin()).await.is_none());
    }
    drop(held);
    assert_clean(&db.store).await;
}

async fn abandoned_statement_is_rolled_back(db: &TestStore) {
    for round in 0..40 {
        let mut tx = db.store.begin().await.unwrap();
        let put = poll_and_drop(round % 4, tx.settings().upsert("abandoned", "1")).await;
        if put.is_none() && round % 4 > 0 {
            assert!(tx.commit().await.is_err(), "part of a change was committed");
        } else {
            drop(tx);
        }
        assert_no_open_transaction(db).await;
        assert_clean(&db.store).await;
    }
}

/// A commit that was started completes even when its future is dropped.
async fn abandoned_commit_completes(db: &TestStore) {
    for round in 0..40_usize {
        let name = format!("round {round}");
        let mut tx = db.store.begin().await.unwrap();
        tx.settings().upsert(&name, "a").await.unwrap();
        tx.settings().upsert("last", &name).await.unwrap();
        let polls = round % 4;
        drop(poll_and_drop(polls, tx.commit()).await);
        let mut tx = db.store.begin().await.unwrap();
        let found = tx.settings().find(&name).await.unwrap().is_some();
        let last = tx.settings().find("last").await.unwrap();
        assert_eq!(found, polls > 0);
        assert_eq!(found, last.as_deref() == Some(name.as_str()));
    }
}

async fn change_abandoned_at_any_moment_is_atomic(db: &TestStore) {
    db.with_acme().await;
    let start = Instant::now();
    insert_key(db.store.clone(), "first".to_owned()).await.unwrap();
    let duration = start.elapsed();
    let mut rolled_back = 0;
    for round in 0..200 {
        let id = format!("k{round}");
        let change = tokio::spawn(insert_key(db.store.clone(), id.clone()));
        // From before the start to after the end of the change. Tokio's sleep has only millisecond resolution.
        std::thread::sleep(duration * (round % 40) / 25);
        change.abort();
        let acknowledged = matches!(change.await, Ok(Ok(())));
        let mut tx = db.store.begin().await.unwrap();
        let last = tx.settings().find("last key").await.unwrap();
        drop(tx);
        let key = db.store.keys().find("acme", &id).await.unwrap();
        let both = last.as_deref() == Some(id.as_str());
        assert_eq!(key.is_some(), both, "part of a change");
        assert!(both || !acknowledged, "an acknowledged change was lost");
        rolled_back += usize::from(!both);
    }
    assert!(rolled_back > 0, "no round was abandoned early enough");
}

async fn insert_key(store: Store, id: String) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    add_key(&mut tx, &id, "Key", 1).await?;
    tx.settings().upsert("last key", &id).await?;
    tx.commit().await
}

async fn failed_statement_poisons_the_transaction(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.settings().upsert("abandoned", "1").await.unwrap();
    let refused = tx.accounts().insert(&account("acme")).await;
    assert!(matches!(refused, Err(StoreError::Conflict("account"))), "{refused:?}");
    assert!(tx.settings().upsert("abandoned", "2").await.is_err());
    assert!(tx.commit().await.is_err());
    assert_clean(&db.store).await;
}
