//! The errors of all use cases, and the one place where errors of other crates become them. Details are logged here
//! and go no further.

use crate::texts::service_errors as texts;
use domain::form::FieldErrors;
use domain::time::Millis;
use secrets::{HasherError, PepperFileError};
use store::StoreError;

/// Why a use case failed. Nothing was changed. The messages that begin with a small letter are for logs and the command
/// line; pages have their own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no session, or it has ended.
    #[error("sign in first")]
    Unauthenticated,
    /// Email and password do not match. Also for an unknown email.
    #[error("the email or the password is wrong")]
    WrongCredentials,
    /// Signed in, but not allowed to do this.
    #[error("your role does not allow this")]
    Forbidden,
    /// It does not exist, or belongs to an account that the actor may not see.
    #[error("not found")]
    NotFound,
    /// The account has reached its limit of keys.
    #[error("the account has {limit} keys, the most it may have")]
    TooManyKeys {
        /// The largest number of keys.
        limit: usize,
    },
    /// Optimistic locking: the key was changed since the form was opened.
    #[error("{by} changed this key meanwhile")]
    EditConflict {
        /// The actor's name.
        by: String,
        /// Epoch milliseconds.
        at: Millis,
    },
    /// Invalid fields, with one message each.
    #[error("some fields need another value")]
    Invalid(FieldErrors),
    /// The idempotency key was used before with a different request.
    #[error("this Idempotency-Key was used for another request")]
    IdempotencyKeyReused,
    /// Keyhatch is already set up, or the set-up link is wrong.
    #[error("the set-up link is used or wrong")]
    SetupClosed,
    /// Another account was opened in this session since the page was shown.
    #[error("another account is open now")]
    OtherAccount,
    /// The account would be left without an owner.
    #[error("this is the account's last owner; make another member an owner first")]
    LastOwner,
    /// The invitation's link does not work.
    #[error("{0}")]
    InvitationClosed(ClosedInvitation),
    /// The link for a new password is unknown, used or expired.
    #[error("{}", texts::password_reset_closed())]
    PasswordResetClosed,
    /// The account requires two-factor codes, and the member has not set them up.
    #[error("set up two-factor codes first")]
    TwoFactorRequired,
    /// Too many attempts.
    #[error("too many attempts, try again in {retry_after_seconds} s")]
    Limited {
        /// Seconds until the next attempt is allowed.
        retry_after_seconds: u64,
    },
    /// The database is busy, unreachable, full or read-only; a retry may help.
    #[error("the database cannot be reached right now, nothing was changed")]
    Unavailable,
    /// A fault of Keyhatch; the log has the details.
    #[error("something went wrong on our side")]
    Internal,
}

/// Why an invitation's link does not work. The messages are for the person who opened the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosedInvitation {
    /// The link is unknown, or expired so long ago that it was deleted.
    #[error("{}", texts::invitation_unknown())]
    Unknown,
    /// A member has joined with it.
    #[error("{}", texts::invitation_used())]
    Used,
    /// It has expired.
    #[error("{}", texts::invitation_expired())]
    Expired,
    /// The invitation was deleted or replaced by a newer one.
    #[error("{}", texts::invitation_deleted())]
    Deleted,
    /// The email belongs to a member.
    #[error("{}", texts::invitation_of_member())]
    Member,
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable => {
                tracing::warn!("the database is not available");
                Self::Unavailable
            }
            // InvalidText input of an unauthenticated client is not a fault of Keyhatch.
            StoreError::InvalidText => Self::NotFound,
            other => {
                tracing::error!(error = %other, "the store failed");
                Self::Internal
            }
        }
    }
}

impl From<HasherError> for Error {
    fn from(error: HasherError) -> Self {
        match error {
            HasherError::Busy { retry_after_seconds } => Self::Limited { retry_after_seconds },
            HasherError::Stopped => Self::Internal,
        }
    }
}

/// [`Error::Invalid`] with one field.
pub(crate) fn invalid(field: &str, message: impl std::fmt::Display) -> Error {
    Error::Invalid(FieldErrors::one(field, message))
}

/// Why Keyhatch cannot be opened. The messages tell the operator what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory cannot be used.
    #[error("cannot use the data directory {path}: {source}")]
    DataDir {
        /// The directory, or the file in it.
        path: String,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// The policy contradicts itself.
    #[error("{0}")]
    Policy(String),
    /// The pepper is missing, unreadable or another one.
    #[error("{0}")]
    Pepper(String),
    /// The revocation ledger is damaged.
    #[error("{0}")]
    Ledger(String),
    /// The database cannot be opened.
    #[error("cannot open the database: {0}")]
    Store(#[from] StoreError),
}

impl From<PepperFileError> for OpenError {
    fn from(error: PepperFileError) -> Self {
        match error {
            PepperFileError::Io { path, source } => Self::DataDir { path: path.display().to_string(), source },
            other => Self::Pepper(other.to_string()),
        }
    }
}
