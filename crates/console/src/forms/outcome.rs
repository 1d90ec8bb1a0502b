//! The response to a form without an error.

use app::context::session_cookie;
use app::forms::OneTimeSecret;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::explain::Explanation;
use http::header::{RETRY_AFTER, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use service::secrets::{ExposeSecret as _, SecretString};
use service::session::SignedIn;

/// The response to a successful form.
pub(crate) enum FormResponse {
    /// A redirect to another page, or to the same one with a code of the result.
    Redirect(FormRedirect),
    /// The same page, with content that only this response has.
    Page(PageContent),
}

/// What a rendered response shows besides the page. A page with a secret does not repeat what was typed.
#[derive(Default)]
pub(crate) struct PageContent {
    /// A secret that is shown only once.
    pub one_time_secret: Option<OneTimeSecret>,
    /// How the gate would answer a tested call.
    pub explanation: Option<Explanation>,
    /// A cookie to set.
    pub cookie: Option<HeaderValue>,
}

/// A redirect, what becomes of the browser's session, and another cookie to set.
pub(crate) struct FormRedirect {
    to: String,
    session: SessionChange,
    cookie: Option<HeaderValue>,
}

enum SessionChange {
    Keep,
    Begin(SecretString),
    End,
}

impl FormResponse {
    /// Redirects to the form's page, which shows the result once.
    pub fn redirect_done(path: &str, code: &'static str) -> Self {
        Self::redirect(&format!("{path}?done={code}"))
    }

    /// Redirects to another page of the console.
    pub fn redirect(address: &str) -> Self {
        Self::Redirect(FormRedirect { to: address.to_owned(), session: SessionChange::Keep, cookie: None })
    }

    /// The same page with a secret that is shown only once.
    pub fn secret(one_time_secret: OneTimeSecret) -> Self {
        Self::Page(PageContent { one_time_secret: Some(one_time_secret), ..PageContent::default() })
    }

    /// Deletes the browser's session, and redirects to the sign-in page, which deletes the pages that the browser kept.
    pub fn sign_out() -> Self {
        let to = format!("{}?signed-out", crate::session::SIGN_IN);
        Self::Redirect(FormRedirect { to, session: SessionChange::End, cookie: None })
    }

    /// Replaces the browser's session.
    #[must_use]
    pub fn with_session(self, signed_in: SignedIn) -> Self {
        match self {
            Self::Redirect(redirect) => {
                Self::Redirect(FormRedirect { session: SessionChange::Begin(signed_in.token), ..redirect })
            }
            page @ Self::Page(_) => page,
        }
    }

    /// Sets a cookie besides the session.
    #[must_use]
    pub fn with_cookie(self, cookie: Option<HeaderValue>) -> Self {
        match self {
            Self::Redirect(redirect) => Self::Redirect(FormRedirect { cookie, ..redirect }),
            Self::Page(page) => Self::Page(PageContent { cookie, ..page }),
        }
    }
}

impl FormRedirect {
    pub(super) fn into_response(self, is_https: bool) -> Response {
        let mut response = Redirect::to(&self.to).into_response();
        let cookie = match &self.session {
            SessionChange::Keep => None,
            SessionChange::Begin(token) => session_cookie(is_https, Some(token.expose_secret())),
            SessionChange::End => session_cookie(is_https, None),
        };
        for cookie in cookie.into_iter().chain(self.cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Sets the status of a rendered page, and `Retry-After`.
pub(super) fn set_status(response: &mut Response, status: u16, retry_after: Option<u64>) {
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}
