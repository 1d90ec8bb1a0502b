//! The second factor of `/sign-in`. The first step is a server function.

use service::Error;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/sign-in";

pub(super) const FORMS: &[FormSpec] = &[FormSpec { name: "code", fields: &["code", "next"] }];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let (keyhatch, fields) = (&submission.forms.console.keyhatch, &submission.fields);
    let signed_in = match &submission.visitor.token {
        Some(token) => {
            keyhatch.identity().sign_in_with_code(token, &fields.secret("code"), submission.visitor.address).await
        }
        None => Err(Error::Unauthenticated),
    };
    match signed_in {
        Ok(signed_in) => {
            Ok(FormResponse::redirect(app::safe_redirect_path(Some(fields.get("next")))).with_session(signed_in))
        }
        // The first step has expired.
        Err(Error::Unauthenticated) => Ok(FormResponse::redirect("/sign-in?problem=start-again")),
        Err(error) => Err(error),
    }
}
