//! What a form is answered when nothing was wrong.

use app::context::session_cookie;
use app::forms::OneTimeSecret;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::header::{RETRY_AFTER, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use service::secrets::{ExposeSecret as _, SecretString};
use service::session::SignedIn;

/// What comes of a form.
pub(crate) enum Reply {
    /// The browser goes to another page, or to the same one with a code of what was done.
    Gone(Gone),
    /// The page once more, with what only this answer shows.
    Shown(OneTimeSecret),
}

/// Where the browser goes, and with which session.
pub(crate) struct Gone {
    to: String,
    session: Option<SecretString>,
}

impl Reply {
    /// Back to the form's page, which says once what was done.
    pub fn done(path: &str, code: &'static str) -> Self {
        Self::to(&format!("{path}?done={code}"))
    }

    /// To another page of ours.
    pub fn to(address: &str) -> Self {
        Self::Gone(Gone { to: address.to_owned(), session: None })
    }

    /// The same with a session in place of the one that the browser held.
    #[must_use]
    pub fn with_session(self, signed_in: SignedIn) -> Self {
        match self {
            Self::Gone(gone) => Self::Gone(Gone { session: Some(signed_in.token), ..gone }),
            shown @ Self::Shown(_) => shown,
        }
    }
}

impl Gone {
    pub(super) fn into_response(self, is_https: bool) -> Response {
        let mut response = Redirect::to(&self.to).into_response();
        let cookie = self.session.and_then(|token| session_cookie(is_https, Some(token.expose_secret())));
        if let Some(cookie) = cookie {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Gives a rendered page the status of what came of its form.
pub(super) fn mark(response: &mut Response, status: u16, retry_after: Option<u64>) {
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}
