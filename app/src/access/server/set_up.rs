//! `POST /api/console/set-up`: creates the first account, once.

use crate::AppError;
use crate::wire::FormProtocol;
use leptos::prelude::*;

/// Creates the first account and its owner, and signs the owner in.
#[server(prefix = "/api/console", endpoint = "set-up", protocol = FormProtocol)]
pub async fn set_up(token: String, account_name: String, email: String, password: String) -> Result<(), AppError> {
    use crate::context::{app_state, fail, is_plain_form, redirect_to, set_session_cookie, visitor};
    use domain::form::SetupForm;
    use service::secrets::ExposeSecret;

    let (state, visitor) = (app_state()?, visitor()?);
    let form = SetupForm { account_name, email, password };
    match state.keyhatch.identity().set_up(&token, &form, visitor.address).await {
        Ok(signed_in) => {
            set_session_cookie(state.is_https, Some(signed_in.token.expose_secret()));
            if is_plain_form() {
                redirect_to("/settings/api-keys");
            }
            Ok(())
        }
        Err(error) => {
            let problem = fail(error);
            if is_plain_form() {
                let token: String = token.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
                redirect_to(&format!("/setup?token={token}&problem={}", problem.code()));
            }
            Err(problem)
        }
    }
}
