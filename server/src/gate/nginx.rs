//! `/auth/nginx`: the language of nginx's `auth_request`. It lets in on 2xx, passes 401 and 403 on and turns every
//! other status into 500, so 503 here shows as 500 there, and turns the call away.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;

use super::Gate;

pub(super) async fn answer(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let outcome = gate.judge(&request.into_parts().0).await;
    gate.say(outcome)
}
