//! The form of `/invite`, for whoever holds the link.

use service::Error;

use super::Sent;
use super::fields::Form;
use super::reply::Reply;

pub(super) const PATH: &str = "/invite";

pub(super) const FORMS: &[Form] = &[Form { name: "join", fields: &["token", "password"] }];

pub(super) async fn act(sent: Sent) -> Result<Reply, Error> {
    let (token, password) = (sent.fields.secret("token"), sent.fields.secret("password"));
    let keyhatch = &sent.forms.console.keyhatch;
    let signed_in =
        keyhatch.members().join(&token, &password, sent.visitor.address, sent.visitor.token.as_ref()).await?;
    Ok(Reply::to(app::safe_redirect_path(None)).with_session(signed_in))
}
