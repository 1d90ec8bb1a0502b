//! The management interface, `/api/v1` on the console's listener: accounts and keys for programs. One folder for each resource,
//! one file for each verb; authorization is up to `service`, and the OpenAPI document is generated from the handlers.
//!
//! Cookies are ignored here, so cross-site requests of a browser have no credential.

mod accounts;
mod activity;
mod authentication;
mod cursor;
mod error;
mod extract;
mod if_match;
mod invitations;
mod keys;
mod members;
mod openapi;
mod timestamp;

pub use error::to_problem;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use service::Keyhatch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use adapters::KeyPrefixes;
use problem::Problem;

/// The path prefix of all its routes.
pub const PREFIX: &str = "/api/v1";

/// State shared by the handlers.
#[derive(Clone)]
struct Api {
    keyhatch: Keyhatch,
    key_prefixes: Arc<KeyPrefixes>,
}

/// All routes, those of the OpenAPI document included.
pub fn router(keyhatch: Keyhatch) -> Router {
    let (routes, document) = operations_router().split_for_parts();
    let document = Arc::new(openapi::Document::new(&document, keyhatch.policy()));
    let state = Api { key_prefixes: Arc::new(KeyPrefixes::new(&keyhatch.policy().key_prefix)), keyhatch };
    let authenticated = routes.layer(from_fn_with_state(state.clone(), authentication::authenticate)).with_state(state);
    let open = Router::new()
        .route("/api/v1/openapi.json", get(openapi::json))
        .route("/api/v1/docs", get(openapi::html))
        .route("/api/v1/docs.css", get(openapi::style))
        .with_state(document);
    let not_found = Router::new().route("/api/v1/{*rest}", axum::routing::any(async || Problem::not_found()));
    authenticated.merge(open).merge(not_found)
}

fn operations_router() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(openapi::base_document())
        .routes(routes!(accounts::list::list, accounts::create::create))
        .routes(routes!(accounts::get::get, accounts::update::update, accounts::delete::delete))
        .routes(routes!(accounts::list::list_sub_accounts))
        .routes(routes!(keys::list::list, keys::create::create))
        .routes(routes!(keys::get::get, keys::update::update, keys::delete::delete))
        .routes(routes!(keys::rotate::rotate, keys::rotate::end_overlap))
        .routes(routes!(keys::disable::disable))
        .routes(routes!(keys::enable::enable))
        .routes(routes!(activity::list))
        .routes(routes!(members::list::list))
        .routes(routes!(invitations::create::create))
        .routes(routes!(invitations::delete::delete))
        .routes(routes!(members::update::update, members::delete::delete))
}

/// Every method and path of the interface, so that tests can check each.
#[doc(hidden)]
pub fn operations() -> Vec<(String, String)> {
    let document = operations_router().into_openapi();
    let value = serde_json::to_value(&document).unwrap_or_default();
    let paths = value["paths"].as_object().cloned().unwrap_or_default();
    let of_path = |(path, item): (String, serde_json::Value)| {
        let methods: Vec<String> = item.as_object().map(|item| item.keys().cloned().collect()).unwrap_or_default();
        methods.into_iter().map(move |method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.into_iter().flat_map(of_path).collect()
}
