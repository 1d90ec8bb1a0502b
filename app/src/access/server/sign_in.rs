//! `POST /api/console/sign-in`: as a call from an island, or as a plain form before wasm has arrived.

use crate::AppError;
use crate::wire::FormProtocol;
use leptos::prelude::*;

/// Begins a session. False if a code has to be shown first, which `/sign-in` then asks for.
#[server(prefix = "/api/console", endpoint = "sign-in", protocol = FormProtocol)]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<bool, AppError> {
    use crate::context::{app_state, fail, is_plain_form, redirect_to, set_session_cookie, visitor};
    use domain::form::SignInForm;
    use service::secrets::ExposeSecret;

    let (state, visitor) = (app_state()?, visitor()?);
    let form = SignInForm { email, password };
    match state.keyhatch.identity().sign_in(&form, visitor.address, visitor.token.as_ref()).await {
        Ok(signed_in) => {
            set_session_cookie(state.is_https, Some(signed_in.token.expose_secret()));
            if is_plain_form() {
                // Without a session the way there leads to the page that asks for the code.
                redirect_to(crate::access::server::safe_redirect_path(next.as_deref()));
            }
            Ok(!signed_in.needs_code)
        }
        Err(error) => {
            let problem = fail(error);
            if is_plain_form() {
                redirect_to(&format!("/sign-in?problem={}", problem.code()));
            }
            Err(problem)
        }
    }
}
