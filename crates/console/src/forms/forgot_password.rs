//! The form of `/forgot-password`. The response is the same for every email, and is sent before the member is looked up.

use app::text::mail as text;
use mail::{Mail, Mailer};
use service::identity::PasswordResetRequest;
use service::secrets::{ExposeSecret as _, SecretString};
use service::{Error, Keyhatch};

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/forgot-password";

pub(super) const FORMS: &[FormSpec] = &[FormSpec { name: "request", fields: &["email"] }];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let forms = &submission.forms;
    // Without a mail server, the page has no form.
    let Some(mailer) = forms.mailer.clone() else { return Ok(FormResponse::redirect(PATH)) };
    let origin = forms.own.for_request(&submission.parts.headers).ok_or(Error::Internal)?;
    let keyhatch = forms.console.keyhatch.clone();
    let (email, address) = (submission.fields.get("email"), submission.visitor.address);
    let request = keyhatch.password_resets().request(email, address)?;
    forms.background_mail.spawn(async move { send_link(&keyhatch, &mailer, &origin, request).await })?;
    Ok(FormResponse::redirect(&format!("{PATH}?sent")))
}

async fn send_link(keyhatch: &Keyhatch, mailer: &Mailer, origin: &str, request: PasswordResetRequest) {
    // A failure is logged where it happens; the response was sent already.
    let Ok(Some(created)) = keyhatch.password_resets().create_requested(request).await else { return };
    let product = &keyhatch.policy().product_name;
    let link = format!("{origin}/reset-password?token={}", created.token.expose_secret());
    let text = SecretString::from(text::reset(&created.email, product, &link));
    let subject = text::reset_subject(product);
    mailer.send(&Mail { kind: "a link for a new password", to: created.email, subject, text }).await;
}
