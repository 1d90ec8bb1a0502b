//! `POST /api/console/sign-out`: a plain form in the profile menu.

use crate::AppError;
use crate::wire::FormProtocol;
use leptos::prelude::*;

/// Ends the session and deletes its cookie.
#[server(prefix = "/api/console", endpoint = "sign-out", protocol = FormProtocol)]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::context::{app_state, fail, is_plain_form, redirect_to, set_session_cookie, visitor};

    let state = app_state()?;
    if let Ok(viewer) = visitor()?.viewer {
        state.keyhatch.identity().sign_out(&viewer).await.map_err(fail)?;
    }
    set_session_cookie(state.is_https, None);
    if is_plain_form() {
        redirect_to("/sign-in");
    }
    Ok(())
}
