//! The page's addresses. All of them begin with the secret; the console's own layers lie over them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use bytes::Bytes;
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, HOST};
use subtle::ConstantTimeEq as _;

use super::board::{Board, Gate};
use super::view::{self, About};
use console::{Assets, ConsoleConfig, PublicUrl};
use problem::Problem;

/// A style sheet, an icon and a form that leads back here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
                      form-action 'self'";

/// What a request is answered from.
pub(super) struct Site {
    /// `127.0.0.1:port`, and under no other name: a foreign one that leads here belongs to somebody else's page.
    pub host: String,
    pub token: String,
    pub about: About,
    pub board: Board,
}

pub(super) fn router(site: Arc<Site>, public_url: PublicUrl, assets: &Assets) -> Router {
    let root = format!("/{}", site.token);
    let router = Router::new()
        .route(&root, get(show).post(start))
        .with_state(Arc::clone(&site))
        .nest(&root, assets.router())
        .fallback(async || Problem::not_found())
        .layer(from_fn_with_state(site, admit));
    console::protected(router, &ConsoleConfig { public_url, trusted_proxies: Vec::new(), mailer: None })
}

/// Whoever does not know the secret, or thinks that this is another host, finds nothing here.
async fn admit(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_here = request.headers().get(HOST).is_some_and(|host| host.as_bytes() == site.host.as_bytes());
    let named = request.uri().path().split('/').nth(1).unwrap_or_default();
    if is_here && bool::from(named.as_bytes().ct_eq(site.token.as_bytes())) {
        next.run(request).await
    } else {
        Problem::not_found().into_response()
    }
}

async fn show(State(site): State<Arc<Site>>) -> Response {
    let page = site.board.read(|shown| view::page(&site.about, shown));
    ([(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))], Html(page)).into_response()
}

async fn start(State(site): State<Arc<Site>>, form: Bytes) -> Redirect {
    let is_stopped = form_urlencoded::parse(&form).any(|(name, value)| name == "gate" && value == "stopped");
    site.board.want(if is_stopped { Gate::Stopped } else { Gate::Running });
    Redirect::to(&format!("/{}", site.token))
}
