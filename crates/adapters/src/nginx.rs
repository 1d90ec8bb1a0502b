//! `/auth/nginx`: the language of nginx's `auth_request`. It lets in on 2xx, passes 401 and 403 on and turns every
//! other status into 500. So a reached limit is said as 403 with its reason and `Retry-After`, of which the printed
//! configuration makes a true 429; and 503 shows as 500 there, of which it makes 503 again.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderName, StatusCode};

use super::Gate;
use super::auth::Profile;

const PROFILE: Profile =
    Profile { address: HeaderName::from_static("x-forwarded-for"), limited: StatusCode::FORBIDDEN };

pub(super) async fn answer(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    gate.answer(&PROFILE, request).await
}
