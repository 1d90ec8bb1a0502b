//! The guarantees of the use cases: authorization, verdicts, that a deleted key stays deleted, and that nothing
//! acknowledged is lost. One file per subject; tests of concurrency and deletion run on both databases.
//!
//! How the PDF looks is in `pdf.rs`; HTTP, the command line and `kill -9` are in the server's tests.

#![allow(clippy::unwrap_used, reason = "an unexpected error fails the test")]

mod activity;
mod audit;
mod backup;
mod client_disconnects;
mod clock_changes;
mod create_batch;
mod delete_confirmation;
mod deleted_accounts;
mod deletion;
mod first_call;
mod key_cap;
mod key_list;
mod key_states;
mod keys;
mod last_use;
mod ledger;
mod limits;
mod management_keys;
mod members;
mod outage;
mod outage_postgres;
mod password_reset;
mod pepper;
mod policy;
mod rotation;
mod second_factor;
mod second_process;
mod secret_output;
mod sessions;
mod setup_and_sign_in;
mod sub_accounts;
mod tenancy;
mod tokens_and_idempotency;
mod two_factor;
mod two_factor_rule;
mod undo_update;
mod verdicts;

/// Declares two tests for each `async fn(TestApp)`.
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
