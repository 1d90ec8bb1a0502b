//! The form of `/invite`, for the holder of the link.

use service::Error;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/invite";

pub(super) const FORMS: &[FormSpec] = &[FormSpec { name: "join", fields: &["token", "password"] }];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let (token, password) = (submission.fields.secret("token"), submission.fields.secret("password"));
    let keyhatch = &submission.forms.console.keyhatch;
    let signed_in = keyhatch
        .members()
        .join(&token, &password, submission.visitor.address, submission.visitor.token.as_ref())
        .await?;
    Ok(FormResponse::redirect(app::safe_redirect_path(None)).with_session(signed_in))
}
