//! The errors of server functions: a closed enum with the message and HTTP status of each. This is the only
//! place that maps service errors, so no internal error text reaches a browser.

use crate::keys::server::EditConflict;
use domain::form::FieldErrors;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// An error that a page or server function shows to the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// No session, or an expired one.
    SignedOut,
    /// The email or the password is wrong.
    WrongCredentials,
    /// The member's role does not allow it.
    Forbidden,
    /// The account requires two-factor codes, and the member has not set them up.
    TwoFactorRequired,
    /// The key does not exist, or belongs to another account.
    NotFound,
    /// The session was switched to another account after the page was rendered.
    OtherAccount,
    /// The account holds as many keys as it may; the limit.
    TooManyKeys(usize),
    /// Optimistic locking: the key was updated after its form was opened.
    EditConflict(Box<EditConflict>),
    /// Validation failed; one message per field.
    Invalid(FieldErrors),
    /// The member is the account's last owner, who cannot be deleted or given another role.
    LastOwner,
    /// The link of an invitation, or for a new password, cannot be used; why.
    LinkClosed(String),
    /// The set-up link was used before or is invalid.
    SetupClosed,
    /// Rate-limited; seconds to wait.
    Limited(u64),
    /// The request could not be parsed.
    BadRequest,
    /// The database cannot be reached.
    Unavailable,
    /// The server cannot be reached. Only created in the browser.
    Unreachable,
    /// A bug or an unexpected failure in the server.
    Internal,
}

impl AppError {
    /// The message on screen: what is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> String {
        crate::text::errors::message(self)
    }

    /// The HTTP status of a response with this error.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut | Self::WrongCredentials => 401,
            Self::Forbidden | Self::TwoFactorRequired | Self::LinkClosed(_) | Self::SetupClosed => 403,
            Self::NotFound => 404,
            Self::OtherAccount | Self::TooManyKeys(_) | Self::EditConflict(_) | Self::LastOwner => 409,
            Self::Invalid(_) => 422,
            Self::Limited(_) => 429,
            Self::BadRequest => 400,
            Self::Unavailable | Self::Unreachable => 503,
            Self::Internal => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let error = match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::BadRequest,
            _ => Self::Internal,
        };
        // Leptos would answer 500 to arguments that it cannot parse.
        #[cfg(feature = "ssr")]
        crate::context::set_status(&error);
        error
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

#[cfg(feature = "ssr")]
impl From<service::Error> for AppError {
    fn from(error: service::Error) -> Self {
        use service::Error;
        match error {
            Error::Unauthenticated => Self::SignedOut,
            Error::WrongCredentials => Self::WrongCredentials,
            Error::Forbidden => Self::Forbidden,
            Error::LastOwner => Self::LastOwner,
            Error::InvitationClosed(reason) => Self::LinkClosed(reason.to_string()),
            Error::PasswordResetClosed => Self::LinkClosed(error.to_string()),
            Error::TwoFactorRequired => Self::TwoFactorRequired,
            Error::NotFound => Self::NotFound,
            Error::OtherAccount => Self::OtherAccount,
            Error::TooManyKeys { limit } => Self::TooManyKeys(limit),
            Error::Invalid(errors) => Self::Invalid(errors),
            Error::SetupClosed => Self::SetupClosed,
            Error::Limited { retry_after_seconds } => Self::Limited(retry_after_seconds),
            Error::Unavailable => Self::Unavailable,
            // Idempotency keys exist only in the management API.
            Error::IdempotencyKeyReused => Self::BadRequest,
            // `update_key` handles a conflict itself, because its error carries the stored key.
            Error::EditConflict { .. } | Error::Internal => Self::Internal,
        }
    }
}
