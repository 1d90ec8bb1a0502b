//! `POST /api/console/sign-in-code`: the second factor, after the password.

use crate::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Completes the sign-in that the cookie names. `account` is open in the new session: the one that the page shows.
#[server(prefix = "/api/console", endpoint = "sign-in-code", input = Json)]
pub async fn sign_in_with_code(code: String, account: Option<String>) -> Result<(), AppError> {
    use crate::context::{app_state, begin_session, fail, visitor};
    use service::secrets::SecretString;

    let (keyhatch, visitor) = (app_state()?.keyhatch, visitor()?);
    let token = visitor.token.ok_or(AppError::SignedOut).map_err(fail)?;
    let code = SecretString::from(code);
    let signed_in = keyhatch.sessions().sign_in_with_code(&token, &code, visitor.address).await.map_err(fail)?;
    begin_session(signed_in, account.as_deref()).await
}
