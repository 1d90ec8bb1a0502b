//! The table of all gateway profiles, from which both the router and the fast path take them. What a profile is, and how it
//! is evaluated, is in `profile`.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::routing::any;

use super::profile::Profile;
use super::{GateEndpoints, envoy, forward, haproxy, nginx};

/// The profiles without a handler of their own, the most frequent first.
static PROFILES: [&Profile; 3] = [&nginx::PROFILE, &forward::PROFILE, &haproxy::PROFILE];

/// The profile at exactly this path, if it has no handler of its own.
pub(super) fn find_profile(path: &str) -> Option<&'static Profile> {
    PROFILES.into_iter().find(|profile| profile.path == path)
}

/// The routes of all profiles.
pub(super) fn routes() -> Router<Arc<GateEndpoints>> {
    let plain = PROFILES.into_iter().fold(Router::new(), |router, profile| {
        let authorize = async move |State(endpoints): State<Arc<GateEndpoints>>, request: Request| {
            endpoints.authorize(profile, request).await
        };
        router.route(profile.path, any(authorize))
    });
    // Envoy appends the caller's target to the path.
    let suffixes = ["", "/", "/{*target}"];
    suffixes
        .into_iter()
        .fold(plain, |router, suffix| router.route(&format!("{}{suffix}", envoy::PROFILE.path), any(envoy::authorize)))
}
