//! One conformance suite for both databases: every test runs on SQLite and on PostgreSQL.
//!
//! What only one of them has (a file, a server that goes away) is in `sqlite.rs` and `postgres.rs`.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

mod accounts;
mod activity;
mod audit;
mod generation;
mod invitations;
mod key_lifecycle;
mod key_order;
mod key_order_plans;
mod key_secrets;
mod keys;
mod last_uses;
mod members;
mod migrations;
mod pagination;
mod password_resets;
mod pending_sign_ins;
mod postgres;
mod quotas;
mod search;
mod sessions;
mod settings;
mod sqlite;
mod statements;
mod test_store;
mod transactions;
mod two_factor;

/// Declares two tests for each `async fn(&TestStore)`.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(&crate::test_store::TestStore::sqlite().await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(&crate::test_store::TestStore::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both;
