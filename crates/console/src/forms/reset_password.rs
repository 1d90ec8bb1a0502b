//! The form of `/reset-password`, for the holder of a one-time link.

use app::text::mail as text;
use domain::time::date_time_utc;
use mail::Mail;
use service::Error;
use service::secrets::SecretString;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/reset-password";

pub(super) const FORMS: &[FormSpec] = &[FormSpec { name: "reset", fields: &["token", "password"] }];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let (token, password) = (submission.fields.secret("token"), submission.fields.secret("password"));
    let resets = submission.forms.console.keyhatch.password_resets();
    let email = resets.reset(&token, &password, submission.visitor.address).await?;
    report_change(&submission, email);
    Ok(FormResponse::redirect(&format!("{PATH}?done")))
}

/// Mails the member that the password was changed, if a mail server is configured.
fn report_change(submission: &Submission, email: String) {
    let forms = &submission.forms;
    let Some(mailer) = forms.mailer.clone() else { return };
    let Some(origin) = forms.own.for_request(&submission.parts.headers) else { return };
    let keyhatch = &forms.console.keyhatch;
    let product = &keyhatch.policy().product_name;
    let at = date_time_utc(keyhatch.now());
    let text = text::password_changed(&email, product, &at, format!("{origin}/forgot-password"));
    let subject = text::password_changed_subject(product);
    let mail = Mail { kind: "that a password was changed", to: email, subject, text: SecretString::from(text) };
    let sending = async move {
        mailer.send(&mail).await;
    };
    if forms.background_mail.spawn(sending).is_err() {
        tracing::warn!("a mail that a password was changed was not sent: too many mails are on their way");
    }
}
