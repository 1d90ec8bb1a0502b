//! The language of a request: the member's own choice, else what the browser asks for.

use app::context::Visitor;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, HeaderValue};
use i18n::{Locale, MessageCatalogue, in_language};

/// Middleware that answers the request in its language.
pub(super) async fn set_language(State(texts): State<MessageCatalogue>, request: Request, next: Next) -> Response {
    let chosen = request.extensions().get::<Visitor>().and_then(|visitor| visitor.viewer.as_ref().ok()?.language);
    let translations = texts.translations(chosen.unwrap_or_else(|| accepted_language(request.headers())));
    in_language(translations, next.run(request)).await
}

/// The language that the browser asks for.
fn accepted_language(headers: &HeaderMap) -> Locale {
    let header = headers.get(ACCEPT_LANGUAGE).map(HeaderValue::to_str);
    header.and_then(Result::ok).map_or(Locale::ENGLISH, Locale::negotiate)
}
