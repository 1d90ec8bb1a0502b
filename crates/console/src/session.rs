//! Who asks, found out before anything is rendered, and who may not see a page at all.

use app::context::{Visitor, cookie_name};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::HeaderMap;
use http::header::COOKIE;
use service::Keyhatch;
use service::secrets::SecretString;

use listener::ClientAddress;

/// A session's token has 43 characters; anything far longer is none of ours.
const TOKEN_MAX: usize = 64;

const SECURITY: &str = "/settings/security";
/// What is left to a member who has to set up two-factor codes first.
const OWN_SECURITY: [&str; 2] = [SECURITY, "/api/console/sign-out"];

/// What the layer needs.
#[derive(Clone)]
pub(super) struct Sessions {
    pub keyhatch: Keyhatch,
    pub is_https: bool,
}

/// Puts the [`Visitor`] into the request's extensions. Pages of the settings are for signed-in members only.
pub(super) async fn find(State(sessions): State<Sessions>, mut request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ClientAddress>().and_then(|found| found.0);
    let token = token(request.headers(), cookie_name(sessions.is_https));
    let path = request.uri().path();
    let viewer = match &token {
        Some(token) if OWN_SECURITY.contains(&path) => {
            sessions.keyhatch.identity().viewer_of_own_security(token, address).await
        }
        Some(token) => sessions.keyhatch.identity().viewer(token, address).await,
        None => Err(service::Error::Unauthenticated),
    };
    if path.starts_with("/settings") && viewer == Err(service::Error::Unauthenticated) {
        return sign_in_first(request.uri().path_and_query().map_or(path, http::uri::PathAndQuery::as_str))
            .into_response();
    }
    if path.starts_with("/settings") && viewer == Err(service::Error::TwoFactorRequired) {
        return Redirect::to(SECURITY).into_response();
    }
    if path == "/sign-in" && viewer.is_ok() {
        return Redirect::to("/settings/api-keys").into_response();
    }
    let accounts = match &viewer {
        // Only the frame shows them. What cannot be read now is not offered now.
        Ok(viewer) if path.starts_with("/settings") => {
            sessions.keyhatch.accounts().list_switchable(viewer).await.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    request.extensions_mut().insert(Visitor { viewer, accounts, address, token });
    next.run(request).await
}

fn sign_in_first(wanted: &str) -> Redirect {
    if wanted == "/settings/api-keys" {
        return Redirect::to("/sign-in");
    }
    let wanted = wanted.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('#', "%23");
    Redirect::to(&format!("/sign-in?next={wanted}"))
}

/// The one cookie of this name. A second one was planted by somebody, so neither is believed.
pub(super) fn token(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut found = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(own, _)| *own == name)
        .map(|(_, value)| value);
    match (found.next(), found.next()) {
        (Some(value), None) if !value.is_empty() && value.len() <= TOKEN_MAX => Some(SecretString::from(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use service::secrets::ExposeSecret as _;

    fn read(lines: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(COOKIE, http::HeaderValue::from_static(line));
        }
        token(&headers, "keyhatch").map(|token| token.expose_secret().to_owned())
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        assert_eq!(read(&["a=1; keyhatch=abc; b=2"]), Some("abc".to_owned()));
        assert_eq!(read(&["a=1", "keyhatch=abc"]), Some("abc".to_owned()));
    }

    #[test]
    fn a_planted_second_session_is_not_believed() {
        assert_eq!(read(&["keyhatch=abc; keyhatch=def"]), None);
        assert_eq!(read(&["keyhatch=abc", "keyhatch=def"]), None);
        assert_eq!(read(&["keyhatch="]), None);
        assert_eq!(read(&["xkeyhatch=abc"]), None);
    }
}
