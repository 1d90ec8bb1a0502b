//! Request context of pages and server functions: shared state, the visitor, and setters for response status, headers
//! and cookies. Server only; authentication itself happens in the console crate's session layer.

use crate::AppError;
use http::header::SET_COOKIE;
use http::{HeaderValue, StatusCode};
use leptos::prelude::{use_context, use_nonce};
use leptos_axum::ResponseOptions;
use service::Keyhatch;
use service::actor::{Actor, OpenAccount, Viewer};
use service::secrets::{ExposeSecret as _, SecretString};
use service::session::SignedIn;
use std::net::IpAddr;

/// State shared by all requests; the server provides it as Leptos context.
#[derive(Clone)]
pub struct AppState {
    /// The application services.
    pub keyhatch: Keyhatch,
    /// Whether the public URL is https, which decides the session cookie's name and flags.
    pub is_https: bool,
    /// Whether a mail server is configured.
    pub can_mail: bool,
}

/// The sender of the request, identified by the session layer before anything is rendered.
#[derive(Clone)]
pub struct Visitor {
    /// The signed-in member, or the error that the session check returned.
    pub viewer: Result<Viewer, service::Error>,
    /// The accounts that the account switcher offers; empty if there is nothing to switch to.
    pub accounts: Vec<OpenAccount>,
    /// The client's IP address.
    pub address: Option<IpAddr>,
    /// The session token from the cookie, not yet checked.
    pub token: Option<SecretString>,
}

/// The shared state.
///
/// # Errors
/// [`AppError::Internal`] outside a request.
pub fn app_state() -> Result<AppState, AppError> {
    use_context().ok_or(AppError::Internal)
}

/// The sender of this request.
///
/// # Errors
/// [`AppError::Internal`] outside a request.
pub fn visitor() -> Result<Visitor, AppError> {
    let parts = use_context::<http::request::Parts>().ok_or(AppError::Internal)?;
    parts.extensions.get::<Visitor>().cloned().ok_or(AppError::Internal)
}

/// Request header in which a page's server-function calls name the account that the page shows.
const ACCOUNT_HEADER: &str = "x-keyhatch-account";

/// The signed-in member as an [`Actor`], and the id of the account that is open in the session.
///
/// # Errors
/// [`AppError::SignedOut`] without a session, [`AppError::OtherAccount`] if the page shows another account than the session.
pub fn actor() -> Result<(Actor, String), AppError> {
    let viewer = visitor()?.viewer.map_err(AppError::from)?;
    let account = viewer.shown_account().to_owned();
    // The session's account may have been switched in another tab; this tab must not change the account it does not show.
    let parts = use_context::<http::request::Parts>().ok_or(AppError::Internal)?;
    if parts.headers.get(ACCOUNT_HEADER).is_some_and(|shown| shown.as_bytes() != account.as_bytes()) {
        return Err(AppError::OtherAccount);
    }
    Ok((Actor::Member(viewer), account))
}

/// Sets the response's status, and `Retry-After` for a rate limit.
pub fn set_status(error: &AppError) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let AppError::Limited(seconds) = error {
            response.insert_header(http::header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
    }
}

/// Converts an error and sets the response's status accordingly; for `map_err`.
pub fn fail(error: impl Into<AppError>) -> AppError {
    let error = error.into();
    set_status(&error);
    error
}

/// The name of the session cookie.
#[must_use]
pub fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-keyhatch" } else { "keyhatch" }
}

/// Adds a `Set-Cookie` header to the response.
pub fn add_cookie(cookie: HeaderValue) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.append_header(SET_COOKIE, cookie);
    }
}

/// Sets the cookie of a session that a server function began. `account`, if the member may open it, is open in it.
///
/// # Errors
/// [`AppError::Internal`] outside a request.
pub async fn begin_session(signed_in: SignedIn, account: Option<&str>) -> Result<(), AppError> {
    let (state, visitor) = (app_state()?, visitor()?);
    let response = use_context::<ResponseOptions>().ok_or(AppError::Internal)?;
    if let Some(cookie) = session_cookie(state.is_https, Some(signed_in.token.expose_secret())) {
        response.append_header(SET_COOKIE, cookie);
    }
    if let (false, Some(account)) = (signed_in.needs_code, account) {
        open_account(&state.keyhatch, &signed_in.token, visitor.address, account).await;
    }
    Ok(())
}

/// Opens the account that a page shows in the session that replaces the page's former one. Returns whether the session
/// shows that account; if not, it is another person's.
pub async fn open_account(keyhatch: &Keyhatch, token: &SecretString, address: Option<IpAddr>, account: &str) -> bool {
    let Ok(viewer) = keyhatch.identity().viewer(token, address).await else { return false };
    viewer.shown_account() == account || keyhatch.accounts().open(&viewer, account).await.is_ok()
}

/// The `Set-Cookie` value that sets the session cookie, or deletes it if there is no token.
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

/// Sets the Content-Security-Policy, with the nonce that Leptos put on this page's scripts.
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
