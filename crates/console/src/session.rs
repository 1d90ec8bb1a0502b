//! The session of a request, resolved before anything is rendered, and redirects for visitors who may not see a page.

use std::net::IpAddr;

use app::context::{Visitor, cookie_name};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::header::COOKIE;
use http::uri::PathAndQuery;
use http::{HeaderMap, Method, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use service::secrets::SecretString;
use service::{Error, Keyhatch};

use listener::ClientAddress;

/// A session token has 43 characters; a far longer cookie is not one.
const TOKEN_MAX: usize = 64;

/// What must be encoded in the value of a query parameter. The path itself is already encoded.
const QUERY_VALUE: &AsciiSet = &CONTROLS.add(b'%').add(b'&').add(b'+').add(b'#');

pub(super) const SIGN_IN: &str = "/sign-in";
pub(super) const SECURITY: &str = "/settings/security";
/// Paths for a member who must set up two-factor codes first.
const OWN_SECURITY: [&str; 3] = [SECURITY, "/settings/language", "/sign-out"];

/// State of the middleware.
#[derive(Clone)]
pub(super) struct Sessions {
    pub keyhatch: Keyhatch,
    pub is_https: bool,
}

/// Middleware that inserts the [`Visitor`]. The settings are for signed-in members only; a form that was posted to them
/// passes, because `forms` keeps what was typed.
pub(super) async fn resolve_visitor(State(sessions): State<Sessions>, mut request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ClientAddress>().and_then(|found| found.0);
    let token = session_token(request.headers(), cookie_name(sessions.is_https));
    let path = request.uri().path();
    let visitor = find_visitor(&sessions.keyhatch, token, address, path).await;
    let is_settings = path.starts_with("/settings");
    if is_settings && visitor.viewer == Err(Error::Unauthenticated) && request.method() != Method::POST {
        return Redirect::to(&sign_in_path(address_of(request.uri()))).into_response();
    }
    if is_settings && visitor.viewer == Err(Error::TwoFactorRequired) {
        return Redirect::to(SECURITY).into_response();
    }
    if path == SIGN_IN && visitor.viewer.is_ok() {
        return Redirect::to("/settings/api-keys").into_response();
    }
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

/// Who sends a request for `path` with this token.
pub(super) async fn find_visitor(
    keyhatch: &Keyhatch,
    token: Option<SecretString>,
    address: Option<IpAddr>,
    path: &str,
) -> Visitor {
    let viewer = match &token {
        Some(token) if OWN_SECURITY.contains(&path) => keyhatch.identity().viewer_of_own_security(token, address).await,
        Some(token) => keyhatch.identity().viewer(token, address).await,
        None => Err(Error::Unauthenticated),
    };
    let accounts = match &viewer {
        // Only the page's frame shows the list of accounts; without it the page still works.
        Ok(viewer) if path.starts_with("/settings") => {
            keyhatch.accounts().list_switchable(viewer).await.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    Visitor { viewer, accounts, address, token }
}

/// The sign-in page, which opens `next` afterwards.
pub(super) fn sign_in_path(next: &str) -> String {
    if matches!(next, "" | "/settings/api-keys") {
        return SIGN_IN.to_owned();
    }
    format!("{SIGN_IN}?next={}", utf8_percent_encode(next, QUERY_VALUE))
}

/// Path and query of a request.
pub(super) fn address_of(uri: &Uri) -> &str {
    uri.path_and_query().map_or_else(|| uri.path(), PathAndQuery::as_str)
}

/// The session cookie. If there are two, one was injected, so neither is trusted.
pub(super) fn session_token(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    let values = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut sessions = values
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(own, _)| *own == name)
        .map(|(_, value)| value);
    match (sessions.next(), sessions.next()) {
        (Some(value), None) if !value.is_empty() && value.len() <= TOKEN_MAX => Some(SecretString::from(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use service::secrets::ExposeSecret as _;

    fn parse_cookies(lines: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(COOKIE, http::HeaderValue::from_static(line));
        }
        session_token(&headers, "keyhatch").map(|token| token.expose_secret().to_owned())
    }

    #[test]
    fn session_is_found_among_other_cookies() {
        assert_eq!(parse_cookies(&["a=1; keyhatch=abc; b=2"]), Some("abc".to_owned()));
        assert_eq!(parse_cookies(&["a=1", "keyhatch=abc"]), Some("abc".to_owned()));
    }

    #[test]
    fn duplicate_session_cookies_are_ignored() {
        assert_eq!(parse_cookies(&["keyhatch=abc; keyhatch=def"]), None);
        assert_eq!(parse_cookies(&["keyhatch=abc", "keyhatch=def"]), None);
        assert_eq!(parse_cookies(&["keyhatch="]), None);
        assert_eq!(parse_cookies(&["xkeyhatch=abc"]), None);
    }
}
