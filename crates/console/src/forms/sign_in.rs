//! The second step of `/sign-in`. The first is a server function, which an island calls.

use service::Error;

use super::Sent;
use super::fields::Form;
use super::reply::Reply;

pub(super) const PATH: &str = "/sign-in";

pub(super) const FORMS: &[Form] = &[Form { name: "code", fields: &["code", "next"] }];

pub(super) async fn act(sent: Sent) -> Result<Reply, Error> {
    let (keyhatch, fields) = (&sent.forms.console.keyhatch, &sent.fields);
    let signed_in = match &sent.visitor.token {
        Some(token) => keyhatch.identity().sign_in_with_code(token, &fields.secret("code"), sent.visitor.address).await,
        None => Err(Error::Unauthenticated),
    };
    match signed_in {
        Ok(signed_in) => Ok(Reply::to(app::safe_redirect_path(Some(fields.get("next")))).with_session(signed_in)),
        // The password has to be shown again.
        Err(Error::Unauthenticated) => Ok(Reply::to("/sign-in?problem=start-again")),
        Err(error) => Err(error),
    }
}
