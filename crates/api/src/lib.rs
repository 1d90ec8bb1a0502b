//! The management interface, `/api/v1` on the console's listener: accounts and keys for programs. One file a resource;
//! what may be done is decided in `service`, and the document of it all is made of the handlers.
//!
//! Cookies count for nothing here, so a page of another site can make a browser do nothing.

mod accounts;
mod activity;
mod authentication;
mod document;
mod etag;
mod keys;
mod members;
mod page;
mod problems;
mod read;
mod times;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use service::Keyhatch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use adapters::KeyPrefixes;
use problem::Problem;

/// Where it answers.
pub const PREFIX: &str = "/api/v1";

/// What its handlers share.
#[derive(Clone)]
struct Api {
    keyhatch: Keyhatch,
    key_prefixes: Arc<KeyPrefixes>,
}

/// All its routes, and the document about them.
pub fn router(keyhatch: Keyhatch) -> Router {
    let (routes, document) = described().split_for_parts();
    let document = Arc::new(document::Document::new(&document, keyhatch.policy()));
    let state = Api { key_prefixes: Arc::new(KeyPrefixes::new(&keyhatch.policy().key_prefix)), keyhatch };
    let asked = routes.layer(from_fn_with_state(state.clone(), authentication::authenticate)).with_state(state);
    let open = Router::new()
        .route("/api/v1/openapi.json", get(document::json))
        .route("/api/v1/docs", get(document::html))
        .route("/api/v1/docs.css", get(document::style))
        .with_state(document);
    let nothing = Router::new().route("/api/v1/{*rest}", axum::routing::any(async || Problem::not_found()));
    asked.merge(open).merge(nothing)
}

fn described() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(document::head())
        .routes(routes!(accounts::list, accounts::create))
        .routes(routes!(accounts::read, accounts::rename, accounts::close))
        .routes(routes!(accounts::list_below))
        .routes(routes!(keys::list::list, keys::create::create))
        .routes(routes!(keys::read::read, keys::change::change, keys::delete::delete))
        .routes(routes!(keys::rotate::rotate, keys::rotate::end_old))
        .routes(routes!(keys::enable::disable))
        .routes(routes!(keys::enable::enable))
        .routes(routes!(activity::list))
        .routes(routes!(members::list))
        .routes(routes!(members::invite))
        .routes(routes!(members::withdraw))
        .routes(routes!(members::change, members::remove))
}

/// Every method and path that the interface answers, for tests that must not forget one.
#[doc(hidden)]
pub fn operations() -> Vec<(String, String)> {
    let document = described().into_openapi();
    let value = serde_json::to_value(&document).unwrap_or_default();
    let paths = value["paths"].as_object().cloned().unwrap_or_default();
    let of_path = |(path, item): (String, serde_json::Value)| {
        let methods: Vec<String> = item.as_object().map(|item| item.keys().cloned().collect()).unwrap_or_default();
        methods.into_iter().map(move |method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.into_iter().flat_map(of_path).collect()
}
