//! What a page or server function knows of its request, on the server only.

use crate::AppError;
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use leptos::prelude::{use_context, use_nonce};
use leptos_axum::ResponseOptions;
use service::Keyhatch;
use service::access::{Actor, OpenAccount, Viewer};
use service::secrets::SecretString;
use std::net::IpAddr;

/// The parts of the process that pages use. Provided to each request by the server.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub keyhatch: Keyhatch,
    /// Whether the public address is https, which decides the cookie's name and flags.
    pub is_https: bool,
}

/// Who asks, found out by the server's session layer before anything is rendered.
#[derive(Clone)]
pub struct Visitor {
    /// The signed-in member, or why there is none.
    pub viewer: Result<Viewer, service::Error>,
    /// What the member can switch to in the frame; nothing if there is no choice.
    pub accounts: Vec<OpenAccount>,
    /// Where the request comes from.
    pub address: Option<IpAddr>,
    /// The session's token, as the browser sent it.
    pub token: Option<SecretString>,
}

/// The console's own parts.
///
/// # Errors
/// [`AppError::Internal`] outside a request.
pub fn app_state() -> Result<AppState, AppError> {
    use_context().ok_or(AppError::Internal)
}

/// Who asks.
///
/// # Errors
/// [`AppError::Internal`] outside a request.
pub fn visitor() -> Result<Visitor, AppError> {
    let parts = use_context::<http::request::Parts>().ok_or(AppError::Internal)?;
    parts.extensions.get::<Visitor>().cloned().ok_or(AppError::Internal)
}

/// In which a page's calls say which account it shows.
const ACCOUNT_HEADER: &str = "x-keyhatch-account";

/// The signed-in member, as one who acts, and the account that is open.
///
/// # Errors
/// [`AppError::SignedOut`] without a session, [`AppError::OtherAccount`] if the page shows another account.
pub fn actor() -> Result<(Actor, String), AppError> {
    let viewer = visitor()?.viewer.map_err(AppError::from)?;
    let account = viewer.shown_account().to_owned();
    // A tab that shows another account, which was open before, must not change this one.
    let parts = use_context::<http::request::Parts>().ok_or(AppError::Internal)?;
    if parts.headers.get(ACCOUNT_HEADER).is_some_and(|shown| shown.as_bytes() != account.as_bytes()) {
        return Err(AppError::OtherAccount);
    }
    Ok((Actor::Member(viewer), account))
}

/// Gives the answer the status that belongs to the problem.
pub fn set_status(problem: &AppError) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let AppError::Limited(seconds) = problem {
            response.insert_header(http::header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
    }
}

/// Turns a use case's error into the answer's status and its body.
pub fn fail(error: impl Into<AppError>) -> AppError {
    let problem = error.into();
    set_status(&problem);
    problem
}

/// Whether a form was sent without wasm: then the answer is a page, not JSON.
#[must_use]
pub fn is_plain_form() -> bool {
    use_context::<http::request::Parts>().is_some_and(|parts| {
        parts.headers.get(http::header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"))
    })
}

/// Sends a plain form's sender to another page of ours.
pub fn redirect_to(path: &str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if let Ok(path) = HeaderValue::from_str(path) {
        response.set_status(StatusCode::SEE_OTHER);
        response.insert_header(LOCATION, path);
    }
}

/// The name of the session's cookie.
#[must_use]
pub fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-keyhatch" } else { "keyhatch" }
}

/// Sets the session's cookie, or takes it away.
pub fn set_session_cookie(is_https: bool, token: Option<&str>) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if let Some(cookie) = session_cookie(is_https, token) {
        response.append_header(SET_COOKIE, cookie);
    }
}

/// The header's value that sets the session's cookie, or takes it away.
#[must_use]
pub fn session_cookie(is_https: bool, token: Option<&str>) -> Option<HeaderValue> {
    let name = cookie_name(is_https);
    let secure = if is_https { "; Secure" } else { "" };
    let (value, age) = token.map_or(("", "; Max-Age=0"), |token| (token, ""));
    let mut cookie =
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()?;
    cookie.set_sensitive(true);
    Some(cookie)
}

/// The page's Content-Security-Policy, with the nonce that the framework gave this page's scripts.
pub fn set_content_security_policy() {
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
}
