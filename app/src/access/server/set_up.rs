//! `POST /api/console/set-up`: makes the first account, once.

use crate::Problem;
use crate::wire::FormProtocol;
use leptos::prelude::*;

/// Makes the first account and its owner, who is signed in from then on.
#[server(prefix = "/api/console", endpoint = "set-up", protocol = FormProtocol)]
pub async fn set_up(token: String, account_name: String, email: String, password: String) -> Result<(), Problem> {
    use crate::context::{console, fail, go_to, is_plain_form, set_session, visitor};
    use domain::form::SetupForm;
    use service::secrets::ExposeSecret;

    let (console, visitor) = (console()?, visitor()?);
    let form = SetupForm { account_name, email, password };
    match console.keyhatch.set_up(&token, &form, visitor.address).await {
        Ok(signed_in) => {
            set_session(console.is_https, Some(signed_in.token.expose_secret()));
            if is_plain_form() {
                go_to("/settings/api-keys");
            }
            Ok(())
        }
        Err(error) => {
            let problem = fail(error);
            if is_plain_form() {
                let token: String = token.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
                go_to(&format!("/setup?token={token}&problem={}", problem.code()));
            }
            Err(problem)
        }
    }
}
