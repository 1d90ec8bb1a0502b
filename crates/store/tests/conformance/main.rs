//! One suite for both databases: every case runs on SQLite and on PostgreSQL.
//!
//! What only one of them has (a file, a server that goes away) is in `sqlite.rs` and `postgres.rs`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/postgres.rs"]
mod server;

mod accounts;
mod activity;
mod audit;
mod generation;
mod key_lifecycle;
mod keys;
mod last_uses;
mod members;
mod migrations;
mod pagination;
mod postgres;
mod quotas;
mod search;
mod sessions;
mod sqlite;
mod statements;
mod test_store;
mod transactions;

/// Makes two tests of each case, an `async fn(&TestStore)`.
macro_rules! on_both {
    ($($case:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(&crate::test_store::TestStore::sqlite().await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(&crate::test_store::TestStore::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both;
