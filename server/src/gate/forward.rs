//! `/auth/forward`: the language of Traefik's `forwardAuth` and Caddy's `forward_auth`. Both let in on 2xx and pass
//! every other answer on to the caller as it is, 503 and the reason header included.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;

use super::Gate;

pub(super) async fn answer(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let outcome = gate.judge(&request.into_parts().0).await;
    gate.say(outcome)
}
