//! `POST /api/console/sign-in`: called by the island, or posted as a plain form before wasm has loaded.

use crate::AppError;
use crate::wire::FormProtocol;
use leptos::prelude::*;

/// Starts a session. Returns false if a two-factor code is still required, which `/sign-in` then asks for.
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
                // If a code is still required, that page redirects to the code form.
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
