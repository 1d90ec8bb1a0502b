//! The console's routes: pages and their forms, server functions, assets. Their middleware is in `layers`.

use std::sync::Arc;

use app::context::AppState;
use app::{App, shell};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use http::header::ACCEPT;
use http::{HeaderValue, StatusCode};
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use service::Keyhatch;

use super::background_mail::BackgroundMail;
use super::forms::{self, Forms};
use super::layers::with_api;
use super::origin::OwnOrigin;
use super::session::{self, Sessions};
use super::{Assets, ConsoleConfig, activity_csv, executor, language, signed_out};
use problem::Problem;
use problem::body;

/// Every route of the console's listener.
pub fn router(keyhatch: Keyhatch, config: &ConsoleConfig, assets: &Assets) -> Router {
    executor::init_executor();
    let is_https = config.public_url.is_https();
    let sessions = Sessions { keyhatch: keyhatch.clone(), is_https };
    let api = api::router(keyhatch.clone());
    let console = AppState { keyhatch, is_https, can_mail: config.mailer.is_some() };
    let own = pages(console, config, assets)
        .layer(from_fn(require_json_for_keys))
        .layer(from_fn_with_state(config.texts, language::set_language))
        .layer(from_fn_with_state(sessions, session::resolve_visitor));
    with_api(own.merge(assets.router()), api, config)
}

/// Pages and server functions.
fn pages(console: AppState, config: &ConsoleConfig, assets: &Assets) -> Router {
    let options = LeptosOptions::builder().output_name(assets.output_name()).site_pkg_dir("pkg").build();
    let own = Arc::new(OwnOrigin::new(config.public_url.clone()));
    let forms = Forms {
        console: console.clone(),
        own,
        options: options.clone(),
        mailer: config.mailer.clone(),
        background_mail: BackgroundMail::default(),
    };
    let keyhatch = console.keyhatch.clone();
    let context = move || provide_context(console.clone());
    let shell_options = options.clone();
    let fallback_options = options.clone();
    let fallback_context = context.clone();
    Router::new()
        .route("/", get(async || Redirect::to("/settings/api-keys")))
        .route(signed_out::PATH, get(signed_out::clear_caches))
        .route("/settings", get(async || Redirect::to("/settings/api-keys")))
        .route("/settings/activity.csv", get(move |request: Request| activity_csv::export(keyhatch, request)))
        .leptos_routes_with_context(&options, generate_route_list(App), context, move || shell(shell_options.clone()))
        .merge(forms::routes(&forms))
        .fallback(async move |request: Request| {
            let options = fallback_options.clone();
            let render =
                leptos_axum::render_app_async_with_context(fallback_context.clone(), move || shell(options.clone()));
            render(request).await
        })
        .with_state(options)
}

/// Whether the path is a server function of keys. The other functions also accept plain forms.
fn requires_json(path: &str) -> bool {
    path.starts_with(&format!("{}/keys/", app::FUNCTIONS))
}

/// Requires JSON for the functions of keys: the response to a plain form is a redirect, which would lose a new key.
async fn require_json_for_keys(mut request: Request, next: Next) -> Response {
    if !requires_json(request.uri().path()) {
        return next.run(request).await;
    }
    if !body::has_content_type(request.headers(), &["application/json"]) {
        let title = "The body must be JSON";
        return Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title).into_response();
    }
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    next.run(request).await
}
