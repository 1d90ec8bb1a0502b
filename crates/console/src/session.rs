//! The session of a request, resolved before anything is rendered, and redirects for visitors who may not see a page.

use app::context::{Visitor, cookie_name};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::HeaderMap;
use http::header::COOKIE;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use service::Keyhatch;
use service::secrets::SecretString;

use listener::ClientAddress;

/// A session token has 43 characters; a far longer cookie is not one.
const TOKEN_MAX: usize = 64;

/// What must be encoded in the value of a query parameter. The path itself is already encoded.
const QUERY_VALUE: &AsciiSet = &CONTROLS.add(b'%').add(b'&').add(b'+').add(b'#');

const SECURITY: &str = "/settings/security";
/// Paths for a member who must set up two-factor codes first.
const OWN_SECURITY: [&str; 2] = [SECURITY, "/api/console/sign-out"];

/// State of the middleware.
#[derive(Clone)]
pub(super) struct Sessions {
    pub keyhatch: Keyhatch,
    pub is_https: bool,
}

/// Middleware that inserts the [`Visitor`]. The settings are for signed-in members only.
pub(super) async fn resolve_visitor(State(sessions): State<Sessions>, mut request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ClientAddress>().and_then(|found| found.0);
    let token = session_token(request.headers(), cookie_name(sessions.is_https));
    let path = request.uri().path();
    let viewer = match &token {
        Some(token) if OWN_SECURITY.contains(&path) => {
            sessions.keyhatch.identity().viewer_of_own_security(token, address).await
        }
        Some(token) => sessions.keyhatch.identity().viewer(token, address).await,
        None => Err(service::Error::Unauthenticated),
    };
    if path.starts_with("/settings") && viewer == Err(service::Error::Unauthenticated) {
        return redirect_to_sign_in(request.uri().path_and_query().map_or(path, http::uri::PathAndQuery::as_str))
            .into_response();
    }
    if path.starts_with("/settings") && viewer == Err(service::Error::TwoFactorRequired) {
        return Redirect::to(SECURITY).into_response();
    }
    if path == "/sign-in" && viewer.is_ok() {
        return Redirect::to("/settings/api-keys").into_response();
    }
    let accounts = match &viewer {
        // Only the page's frame shows the list of accounts; without it the page still works.
        Ok(viewer) if path.starts_with("/settings") => {
            sessions.keyhatch.accounts().list_switchable(viewer).await.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    request.extensions_mut().insert(Visitor { viewer, accounts, address, token });
    next.run(request).await
}

fn redirect_to_sign_in(target: &str) -> Redirect {
    if target == "/settings/api-keys" {
        return Redirect::to("/sign-in");
    }
    Redirect::to(&format!("/sign-in?next={}", utf8_percent_encode(target, QUERY_VALUE)))
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
