//! `/auth/forward`: the language of Traefik's `forwardAuth` and Caddy's `forward_auth`. Both let in on 2xx and pass
//! every other answer on to the caller as it is, 429, 503 and all headers included.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderName, StatusCode};

use super::Gate;
use super::auth::Profile;

const PROFILE: Profile =
    Profile { address: HeaderName::from_static("x-forwarded-for"), limited: StatusCode::TOO_MANY_REQUESTS };

pub(super) async fn answer(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    gate.answer(&PROFILE, request).await
}
