//! Persistence: the rows of Keyhatch in SQLite (default) or PostgreSQL, with one SQL text for both.
//!
//! [`Store`] reads, [`Tx`] writes. Both hand out one repository per table group, such as `store.keys()` and `tx.keys()`;
//! see [`repository`]. Rows are plain data: what a row means, which change is allowed and what is cached is decided by the
//! caller.

mod accounts;
mod audit;
mod backup;
mod database;
mod error;
#[cfg(test)]
mod error_tests;
mod generation;
mod idempotency_keys;
mod invitations;
mod key_secrets;
mod keys;
mod last_uses;
mod members;
mod options;
mod password_resets;
mod pending_sign_ins;
mod quotas;
pub mod repository;
mod search;
mod sessions;
mod settings;
mod statements;
mod store;
mod tokens;
mod transaction;
mod two_factor;

pub use accounts::{AccountRow, AccountSummaryRow};
pub use audit::{ActivityRow, AuditFilter, AuditRow};
pub use backup::BackupError;
pub use error::{Result, StoreError};
pub use idempotency_keys::IdempotencyKeyRow;
pub use invitations::InvitationRow;
pub use key_secrets::{KeySecretRow, SecretUseRow};
pub use keys::{
    AuthRow, KeyFilter, KeyOrder, KeyOrderBy, KeyOrderPosition, KeyRow, KeyStamp, KeyStateFilter, KeyUpdate, NewKey,
};
pub use members::{MemberRow, MemberSummaryRow};
pub use options::{StoreOptions, Synchronous};
pub use password_resets::PasswordResetRow;
pub use pending_sign_ins::PendingSignInRow;
pub use quotas::{QuotaGrant, QuotaRequest, QuotaRow};
pub use sessions::{SessionContextRow, SessionRow};
pub use store::Store;
pub use tokens::TokenRow;
pub use transaction::Tx;
pub use two_factor::TwoFactorRow;

/// Every SQL text with its name, so that a test can prepare all of them on both databases.
#[doc(hidden)]
pub fn all_statements() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        accounts::STATEMENTS,
        audit::STATEMENTS,
        audit::ACTIVITY_STATEMENTS,
        generation::STATEMENTS,
        idempotency_keys::STATEMENTS,
        invitations::STATEMENTS,
        key_secrets::STATEMENTS,
        last_uses::STATEMENTS,
        members::STATEMENTS,
        password_resets::STATEMENTS,
        pending_sign_ins::STATEMENTS,
        quotas::STATEMENTS,
        sessions::STATEMENTS,
        settings::STATEMENTS,
        tokens::STATEMENTS,
        two_factor::STATEMENTS,
    ]
    .into_iter()
    .chain(keys::STATEMENTS)
    .flatten()
    .copied()
}
