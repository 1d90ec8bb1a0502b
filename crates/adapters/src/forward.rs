//! `/auth/forward`: the profile for Traefik's `forwardAuth` and Caddy's `forward_auth`. Both let a call through on 2xx and
//! pass every other response on unchanged, 429, 503 and all headers included.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderName, StatusCode};

use super::GateEndpoints;
use super::profile::Profile;

const PROFILE: Profile = Profile {
    address_header: HeaderName::from_static("x-forwarded-for"),
    limited_status: StatusCode::TOO_MANY_REQUESTS,
};

pub(super) async fn authorize(State(endpoints): State<Arc<GateEndpoints>>, request: Request) -> Response {
    endpoints.authorize(&PROFILE, request).await
}
