//! `POST /api/console/sign-in`: the email and the password.

use super::SignInStep;
use crate::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Starts a session in which `account`, the one that the page shows, is open.
#[server(prefix = "/api/console", endpoint = "sign-in", input = Json)]
pub async fn sign_in(email: String, password: String, account: Option<String>) -> Result<SignInStep, AppError> {
    use crate::context::{app_state, begin_session, fail, visitor};
    use domain::form::SignInForm;

    let (keyhatch, visitor) = (app_state()?.keyhatch, visitor()?);
    let form = SignInForm { email, password };
    let signed_in = keyhatch.sessions().sign_in(&form, visitor.address, visitor.token.as_ref()).await.map_err(fail)?;
    let needs_code = signed_in.needs_code;
    begin_session(signed_in, account.as_deref()).await?;
    Ok(if needs_code { SignInStep::Code } else { SignInStep::Done })
}
