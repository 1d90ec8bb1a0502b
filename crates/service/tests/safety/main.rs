//! What must hold whatever happens: who gets in, what a key may do, that a deleted one stays deleted, and that nothing
//! acknowledged is lost. One file a subject; the cases about racing and revoking run on both databases.
//!
//! How the PDF looks is in `pdf.rs`; HTTP, the command line and `kill -9` are in the server's tests.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod activity;
mod asking_keys;
mod audit;
mod backup;
mod closed;
mod create;
mod decide;
mod hang_ups;
mod keys;
mod keys_cap;
mod last_use;
mod ledger;
mod limits;
mod members;
mod other_process;
mod outage;
mod outage_postgres;
mod pepper;
mod policy;
mod programs;
mod revoke;
mod rotate;
mod second_step;
mod secrets;
mod sessions;
mod states;
mod sub_accounts;
mod tenancy;
mod time;
mod two_factor;

/// Makes two tests of each case, an `async fn(TestApp)`.
macro_rules! on_both {
    ($($case:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(test_support::TestApp::sqlite().await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(test_support::TestApp::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both;
