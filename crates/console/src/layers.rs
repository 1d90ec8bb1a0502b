//! The middleware of the console in order, outermost last: a request passes them from the bottom of each list to its top.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse as _;
use tower_http::catch_panic::CatchPanicLayer;

use super::origin::OwnOrigin;
use super::{ConsoleConfig, compression, cross_site, referer, request_limits, request_log, security_headers};
use listener::resolve_client_address;
use problem::Problem;

/// Wraps a router, its fallback included, in all protective layers and the request log.
pub fn layers(router: Router, config: &ConsoleConfig) -> Router {
    protected(router, config).layer(from_fn(request_log::log_request))
}

/// As [`layers`], together with the management interface. Its requests carry their credential in a header, which a
/// cross-site request cannot set, so they need no cross-site check.
pub(super) fn with_api(router: Router, api: Router, config: &ConsoleConfig) -> Router {
    let trusted: Arc<[ipnet::IpNet]> = config.trusted_proxies.clone().into();
    let api = api
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(from_fn(request_limits::limit_body))
        .layer(from_fn(request_limits::refuse_duplicates))
        .layer(from_fn(request_limits::limit_method_and_time))
        .layer(from_fn_with_state(trusted, resolve_client_address))
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(from_fn_with_state(config.public_url.is_https(), security_headers::add_security_headers));
    protected(router, config).merge(api).layer(from_fn(request_log::log_request))
}

/// As [`layers`] without the request log, for a page whose path is a secret.
pub fn protected(router: Router, config: &ConsoleConfig) -> Router {
    let own = Arc::new(OwnOrigin::new(config.public_url.clone()));
    let trusted: Arc<[ipnet::IpNet]> = config.trusted_proxies.clone().into();
    router
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(from_fn_with_state(Arc::clone(&own), referer::replace_foreign_referer))
        .layer(compression::compression_layer())
        .layer(from_fn(compression::skip_secrets))
        .layer(from_fn(request_limits::limit_body))
        .layer(from_fn_with_state(own, cross_site::refuse_cross_site))
        .layer(from_fn(request_limits::refuse_duplicates))
        .layer(from_fn(request_limits::limit_method_and_time))
        .layer(from_fn_with_state(trusted, resolve_client_address))
        // A panic's message is not sent: it may repeat request data.
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(from_fn_with_state(config.public_url.is_https(), security_headers::add_security_headers))
}
