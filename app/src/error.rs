//! How a server function fails, for the browser: a closed list, so that no text of ours ends up in an URL or a page
//! that was not written to be read there.

use crate::keys::server::EditConflict;
use crate::wire::JsonCodec;
use domain::form::FieldErrors;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// The session has ended.
    SignedOut,
    /// The email or the password is wrong.
    WrongCredentials,
    /// The member's role does not allow it.
    Forbidden,
    /// The account requires two-factor codes, and the member has not set them up.
    TwoFactorRequired,
    /// It does not exist, any more or at all.
    NotFound,
    /// Another account was opened in this browser since the page was shown.
    OtherAccount,
    /// No key can be added.
    TooManyKeys(usize),
    /// Somebody changed the key since its form was opened.
    EditConflict(Box<EditConflict>),
    /// Fields that need another value.
    Invalid(FieldErrors),
    /// The set-up link is used or wrong.
    SetupClosed,
    /// Too many tries; seconds to wait.
    Limited(u64),
    /// The request was not one of ours.
    BadRequest,
    /// The database does not answer.
    Unavailable,
    /// The server does not answer. Only the browser can say this.
    Unreachable,
    /// A fault on our side.
    Internal,
}

impl Problem {
    /// What a person reads: what is wrong and what to do.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::SignedOut => "Your session has ended. Sign in again to go on; nothing you typed is lost.".into(),
            Self::WrongCredentials => "The email or the password is wrong.".into(),
            Self::Forbidden => "Your role lets you see keys, not change them. Ask an owner or admin.".into(),
            Self::TwoFactorRequired => {
                "Your account requires two-factor codes. Set them up under Security first.".into()
            }
            Self::NotFound => "This key does not exist any more. Somebody may have deleted it; reload the page.".into(),
            Self::OtherAccount => {
                "Another account is open in this browser by now, so nothing was changed. Reload the page to see which."
                    .into()
            }
            Self::TooManyKeys(limit) => {
                format!("This account has {limit} keys, the most it may have. Delete one that is not used, then save.")
            }
            Self::EditConflict(conflict) => conflict.summary.clone(),
            Self::Invalid(_) => "Some fields need another value.".into(),
            Self::SetupClosed => {
                "This set-up link is used or wrong. Sign in, or start Keyhatch again to get a new link.".into()
            }
            Self::Limited(seconds) => format!("Too many attempts. Try again in {}.", wait(*seconds)),
            Self::BadRequest => "The server did not understand this page. Reload it and try again.".into(),
            Self::Unavailable => {
                "The database cannot be reached right now. Nothing was changed; try again in a moment.".into()
            }
            Self::Unreachable => {
                "The server cannot be reached. Nothing you typed is lost; check the connection and try again.".into()
            }
            Self::Internal => "Something went wrong on our side. Nothing was changed; try again.".into(),
        }
    }

    /// The word for it in an URL, for forms that were sent before wasm arrived.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::WrongCredentials => "wrong-credentials",
            Self::Forbidden => "forbidden",
            Self::TwoFactorRequired => "two-factor-required",
            Self::NotFound => "not-found",
            Self::OtherAccount => "other-account",
            Self::TooManyKeys(_) => "too-many-keys",
            Self::EditConflict(_) => "edit-conflict",
            Self::Invalid(_) => "invalid",
            Self::SetupClosed => "setup-closed",
            Self::Limited(_) => "limited",
            Self::BadRequest => "bad-request",
            Self::Unavailable | Self::Unreachable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// The status of the answer that carries it.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut | Self::WrongCredentials => 401,
            Self::Forbidden | Self::TwoFactorRequired | Self::SetupClosed => 403,
            Self::NotFound => 404,
            Self::OtherAccount | Self::TooManyKeys(_) | Self::EditConflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::Limited(_) => 429,
            Self::BadRequest => 400,
            Self::Unavailable | Self::Unreachable => 503,
            Self::Internal => 500,
        }
    }
}

/// The message for a code that came back in an URL; anything else in its place says nothing.
#[must_use]
pub fn message_of_code(code: &str) -> Option<String> {
    let known = [Problem::WrongCredentials, Problem::SetupClosed, Problem::Unavailable, Problem::Internal];
    match code {
        "limited" => Some("Too many attempts. Try again in a few minutes.".into()),
        "invalid" => {
            Some("Some fields need another value: a valid email, and a password of 12 characters or more.".into())
        }
        "signed-out" => Some("Sign in to go on.".into()),
        "start-again" => Some("That took too long, or too many codes were wrong. Sign in again.".into()),
        _ => known.into_iter().find(|problem| problem.code() == code).map(|problem| problem.message()),
    }
}

fn wait(seconds: u64) -> String {
    match seconds {
        0..=1 => "1 second".into(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl FromServerFnError for Problem {
    type Encoder = JsonCodec;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let problem = match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::BadRequest,
            _ => Self::Internal,
        };
        // The framework answers 500 to an argument that it cannot read, unless it is told otherwise here.
        #[cfg(feature = "ssr")]
        crate::context::set_status(&problem);
        problem
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

#[cfg(feature = "ssr")]
impl From<service::Error> for Problem {
    fn from(error: service::Error) -> Self {
        use service::Error;
        match error {
            Error::Unauthenticated => Self::SignedOut,
            Error::WrongCredentials => Self::WrongCredentials,
            // The last two come of plain forms only, whose pages say more.
            Error::Forbidden | Error::LastOwner | Error::InvitationClosed(_) => Self::Forbidden,
            Error::TwoFactorRequired => Self::TwoFactorRequired,
            Error::NotFound => Self::NotFound,
            Error::OtherAccount => Self::OtherAccount,
            Error::TooManyKeys { limit } => Self::TooManyKeys(limit),
            Error::Invalid(errors) => Self::Invalid(errors),
            Error::SetupClosed => Self::SetupClosed,
            Error::Limited { retry_after_seconds } => Self::Limited(retry_after_seconds),
            Error::Unavailable => Self::Unavailable,
            // Only the management interface names its creations.
            Error::RepeatDiffers => Self::BadRequest,
            // The one function that can be answered so asks for the key first.
            Error::Stale { .. } | Error::Internal => Self::Internal,
        }
    }
}
