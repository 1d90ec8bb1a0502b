//! The forms of `/sign-in`: email and password, then the code of members who use one.

use app::text::access as text;
use domain::form::{FieldErrors, SignInForm};
use service::Error;
use service::session::SignedIn;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;
use crate::session::{SIGN_IN, sign_in_path};

pub(super) const PATH: &str = SIGN_IN;

pub(super) const FORMS: &[FormSpec] = &[
    FormSpec { name: "sign-in", fields: &["email", "password", "next"] },
    FormSpec { name: "code", fields: &["code", "next"] },
];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let next = submission.fields.get("next");
    match submit_step(&submission).await {
        // The page asks for the code.
        Ok(signed_in) if signed_in.needs_code => {
            Ok(FormResponse::redirect(&sign_in_path(next)).with_session(signed_in))
        }
        Ok(signed_in) => Ok(FormResponse::redirect(app::safe_redirect_path(Some(next))).with_session(signed_in)),
        // The first step has expired.
        Err(Error::Unauthenticated) => Ok(FormResponse::redirect(&start_again_path(next))),
        Err(error) => Err(error),
    }
}

/// Runs the submitted step.
///
/// # Errors
/// [`Error::Unauthenticated`] if the first step must be repeated, or why this one failed.
pub(super) async fn submit_step(submission: &Submission) -> Result<SignedIn, Error> {
    let Submission { fields, visitor, .. } = submission;
    let sessions = submission.forms.console.keyhatch.sessions();
    if fields.form() == "code" {
        let token = visitor.token.as_ref().ok_or(Error::Unauthenticated)?;
        return sessions.sign_in_with_code(token, &fields.secret("code"), visitor.address).await;
    }
    let form = SignInForm { email: fields.get("email").trim().to_owned(), password: fields.get("password").to_owned() };
    let missing = find_missing(&form);
    if !missing.is_empty() {
        return Err(Error::Invalid(missing));
    }
    sessions.sign_in(&form, visitor.address, visitor.token.as_ref()).await
}

fn find_missing(form: &SignInForm) -> FieldErrors {
    let fields =
        [("email", &form.email, text::email_missing()), ("password", &form.password, text::password_missing())];
    let missing = fields.into_iter().filter(|(_, value, _)| value.is_empty());
    FieldErrors(missing.flat_map(|(name, _, message)| FieldErrors::one(name, message).0).collect())
}

fn start_again_path(next: &str) -> String {
    let path = sign_in_path(next);
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}problem=start-again")
}
