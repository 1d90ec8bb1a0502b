//! The order of the console's layers, outermost last. A request passes them from the bottom of this list to its top.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse as _;
use tower_http::catch_panic::CatchPanicLayer;

use super::own_origin::OwnOrigin;
use super::{ConsoleConfig, compression, forgery, limits, referer, security_headers, trace};
use listener::resolve_client_address;
use problem::Problem;

/// Lays everything over the router that protects its routes, its fallback included, and a line of log.
pub fn layers(router: Router, config: &ConsoleConfig) -> Router {
    guarded(router, config).layer(from_fn(trace::log))
}

/// As [`layers`], with the routes for programs beside. These carry their credential in a header, which no page of another
/// site can make a browser send, so they need not show where they come from.
pub(super) fn with_programs(router: Router, programs: Router, config: &ConsoleConfig) -> Router {
    let trusted: Arc<[ipnet::IpNet]> = config.trusted_proxies.clone().into();
    let programs = programs
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(from_fn(limits::bound_body))
        .layer(from_fn(limits::refuse_doubled))
        .layer(from_fn(limits::bound_method_and_time))
        .layer(from_fn_with_state(trusted, resolve_client_address))
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(from_fn_with_state(config.public_url.is_https(), security_headers::add));
    guarded(router, config).merge(programs).layer(from_fn(trace::log))
}

/// The same without the log, for a page whose path is a secret.
pub fn guarded(router: Router, config: &ConsoleConfig) -> Router {
    let own = Arc::new(OwnOrigin::new(config.public_url.clone()));
    let trusted: Arc<[ipnet::IpNet]> = config.trusted_proxies.clone().into();
    router
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(from_fn_with_state(Arc::clone(&own), referer::replace_foreign))
        .layer(compression::layer())
        .layer(from_fn(compression::spare_functions))
        .layer(from_fn(limits::bound_body))
        .layer(from_fn_with_state(own, forgery::refuse))
        .layer(from_fn(limits::refuse_doubled))
        .layer(from_fn(limits::bound_method_and_time))
        .layer(from_fn_with_state(trusted, resolve_client_address))
        // A panic's own words stay here: they may repeat what somebody sent.
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(from_fn_with_state(config.public_url.is_https(), security_headers::add))
}
