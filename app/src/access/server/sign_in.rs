//! `POST /api/console/sign-in`: as a call from an island, or as a plain form before wasm has arrived.

use crate::Problem;
use crate::wire::FormProtocol;
use leptos::prelude::*;

/// Begins a session. False if a code has to be shown first, which `/sign-in` then asks for.
#[server(prefix = "/api/console", endpoint = "sign-in", protocol = FormProtocol)]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<bool, Problem> {
    use crate::context::{console, fail, go_to, is_plain_form, set_session, visitor};
    use domain::form::SignInForm;
    use service::secrets::ExposeSecret;

    let (console, visitor) = (console()?, visitor()?);
    let form = SignInForm { email, password };
    match console.keyhatch.sign_in(&form, visitor.address, visitor.token.as_ref()).await {
        Ok(signed_in) => {
            set_session(console.is_https, Some(signed_in.token.expose_secret()));
            if is_plain_form() {
                // Without a session the way there leads to the page that asks for the code.
                go_to(crate::access::server::inside(next.as_deref()));
            }
            Ok(!signed_in.needs_code)
        }
        Err(error) => {
            let problem = fail(error);
            if is_plain_form() {
                go_to(&format!("/sign-in?problem={}", problem.code()));
            }
            Err(problem)
        }
    }
}
