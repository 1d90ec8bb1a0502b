//! `/auth/haproxy`: asked by the Lua action that `keyhatch gateway haproxy` prints, since HAProxy has no such question
//! of its own. The action lets in on 200 alone, passes 401, 403 and 429 on and makes 503 of everything else.

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
