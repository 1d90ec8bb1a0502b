//! `POST /api/console/sign-out`: a plain form in the profile menu.

use crate::Problem;
use crate::wire::FormProtocol;
use leptos::prelude::*;

/// Ends the session, here and in the browser.
#[server(prefix = "/api/console", endpoint = "sign-out", protocol = FormProtocol)]
pub async fn sign_out() -> Result<(), Problem> {
    use crate::context::{console, fail, go_to, is_plain_form, set_session, visitor};

    let console = console()?;
    if let Ok(viewer) = visitor()?.viewer {
        console.keyhatch.sign_out(&viewer).await.map_err(fail)?;
    }
    set_session(console.is_https, None);
    if is_plain_form() {
        go_to("/sign-in");
    }
    Ok(())
}
