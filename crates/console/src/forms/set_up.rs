//! The form of `/setup`, for the holder of the one-time link that the first start prints.

use domain::form::SetupForm;
use service::Error;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/setup";

pub(super) const FORMS: &[FormSpec] =
    &[FormSpec { name: "set-up", fields: &["token", "account_name", "email", "password"] }];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let fields = &submission.fields;
    let value = |name: &str| fields.get(name).to_owned();
    let form = SetupForm { account_name: value("account_name"), email: value("email"), password: value("password") };
    let setup = submission.forms.console.keyhatch.setup();
    let signed_in = setup.complete(fields.get("token"), &form, submission.visitor.address).await?;
    Ok(FormResponse::redirect(app::safe_redirect_path(None)).with_session(signed_in))
}
