//! How a use case fails, for whoever called it. What went wrong inside is logged here and goes no further.

use domain::form::FieldErrors;
use domain::time::Millis;
use store::StoreError;

/// Why a use case was not carried out. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended.
    #[error("sign in first")]
    Unauthenticated,
    /// The address and password do not belong together. The same for an unknown address.
    #[error("the email or the password is wrong")]
    WrongCredentials,
    /// Signed in, but not allowed to do this.
    #[error("your role does not allow this")]
    Forbidden,
    /// There is no such thing, or it belongs to somebody else.
    #[error("not found")]
    NotFound,
    /// The account holds as many keys as it may.
    #[error("the account has {limit} keys, the most it may have")]
    TooManyKeys {
        /// The largest number of keys.
        limit: usize,
    },
    /// Somebody changed the key since the form was opened.
    #[error("{by} changed this key meanwhile")]
    Stale {
        /// Who.
        by: String,
        /// When.
        at: Millis,
    },
    /// What was typed cannot be used; one message a field.
    #[error("some fields need another value")]
    Invalid(FieldErrors),
    /// The name of a repeatable creation was used for another one.
    #[error("this Idempotency-Key was used for another request")]
    RepeatDiffers,
    /// Keyhatch is set up already, or the set-up link is not the right one.
    #[error("the set-up link is used or wrong")]
    SetupClosed,
    /// Another account was opened in this session since the page was shown.
    #[error("another account is open now")]
    OtherAccount,
    /// The account would be left without an owner.
    #[error("this is the account's last owner; make another member an owner first")]
    LastOwner,
    /// The link of an invitation opens nothing.
    #[error("{0}")]
    InvitationClosed(Closed),
    /// The account asks for two-factor codes, and the member has not set them up.
    #[error("set up two-factor codes first")]
    TwoFactorRequired,
    /// Too many tries.
    #[error("too many attempts, try again in {retry_after_seconds} s")]
    Limited {
        /// Seconds until the next try may succeed.
        retry_after_seconds: u64,
    },
    /// The database is busy, gone, full or read-only; trying again may help.
    #[error("the database cannot be reached right now, nothing was changed")]
    Unavailable,
    /// A fault of ours; the log has it.
    #[error("something went wrong on our side")]
    Internal,
}

/// Why the link of an invitation opens nothing. What it says is for the person who holds the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// There never was such a link, or it is long over.
    #[error("This link is incomplete or was never valid. Open the whole link, or ask for a new invitation.")]
    Unknown,
    /// Somebody joined with it.
    #[error("This invitation has been used. If that was you, sign in; if not, tell whoever invited you.")]
    Used,
    /// Its time is over.
    #[error("This invitation is too old: it was good for 7 days. Ask whoever invited you for a new one.")]
    Expired,
    /// Whoever invited took it back, or sent another one.
    #[error("This invitation was withdrawn. Look for a newer one, or ask whoever invited you.")]
    Withdrawn,
    /// The email belongs to a member by now.
    #[error("This email belongs to a member already. Sign in with it, or ask to be invited with another one.")]
    Member,
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable => {
                tracing::warn!("the database is not available");
                Self::Unavailable
            }
            // A stranger typed it; nothing is wrong with us.
            StoreError::InvalidText => Self::NotFound,
            other => {
                tracing::error!(error = %other, "the store failed");
                Self::Internal
            }
        }
    }
}

/// One wrong field.
pub(crate) fn invalid(field: &str, message: impl std::fmt::Display) -> Error {
    Error::Invalid(FieldErrors::one(field, message))
}

/// Why Keyhatch cannot start. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory cannot be used.
    #[error("cannot use the data directory {path}: {source}")]
    DataDir {
        /// The directory, or the file in it.
        path: String,
        /// What the operating system said.
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
