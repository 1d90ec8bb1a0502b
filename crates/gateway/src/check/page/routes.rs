//! The page's routes. All paths begin with the secret; the console's layers protect them.

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

use super::run_state::{CheckMode, RunState};
use super::view::{self, CheckInfo};
use console::{Assets, ConsoleConfig, PublicUrl};
use problem::Problem;

/// Allows a style sheet, an icon and a form that posts to this page.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
                      form-action 'self'";

/// State of the handlers.
pub(super) struct Site {
    /// `127.0.0.1:port`. Other host names are refused, against DNS rebinding.
    pub host: String,
    pub token: String,
    pub info: CheckInfo,
    pub state: RunState,
}

pub(super) fn router(site: Arc<Site>, public_url: PublicUrl, assets: &Assets) -> Router {
    let root = format!("/{}", site.token);
    let router = Router::new()
        .route(&root, get(show_page).post(start_check))
        .with_state(Arc::clone(&site))
        .nest(&root, assets.router())
        .fallback(async || Problem::not_found())
        .layer(from_fn_with_state(site, require_secret));
    console::protected(
        router,
        &ConsoleConfig {
            public_url,
            trusted_proxies: Vec::new(),
            mailer: None,
            texts: i18n::MessageCatalogue::default(),
        },
    )
}

/// 404 without the secret, or under another host name.
async fn require_secret(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_host = request.headers().get(HOST).is_some_and(|host| host.as_bytes() == site.host.as_bytes());
    let segment = request.uri().path().split('/').nth(1).unwrap_or_default();
    if is_host && bool::from(segment.as_bytes().ct_eq(site.token.as_bytes())) {
        next.run(request).await
    } else {
        Problem::not_found().into_response()
    }
}

async fn show_page(State(site): State<Arc<Site>>) -> Response {
    let page = match site.state.with_status(|status| view::render_page(&site.info, status)) {
        Ok(page) => page,
        Err(error) => {
            tracing::error!(%error, "the page cannot be rendered");
            return Problem::internal().into_response();
        }
    };
    ([(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY))], Html(page)).into_response()
}

async fn start_check(State(site): State<Arc<Site>>, form: Bytes) -> Redirect {
    let is_stopped = form_urlencoded::parse(&form).any(|(name, value)| name == "gate" && value == "stopped");
    site.state.request(if is_stopped { CheckMode::GateStopped } else { CheckMode::GateRunning });
    Redirect::to(&format!("/{}", site.token))
}
