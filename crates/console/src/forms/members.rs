//! The forms of `/settings/members`.

use app::forms::OneTimeSecret;
use domain::member::Role;
use service::Error;
use service::members::InviteForm;
use service::secrets::{ExposeSecret as _, SecretString};

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/settings/members";

pub(super) const FORMS: &[FormSpec] = &[
    FormSpec { name: "invite", fields: &["email", "role"] },
    FormSpec { name: "delete-invitation", fields: &["id"] },
    FormSpec { name: "update", fields: &["id", "role"] },
    FormSpec { name: "delete", fields: &["id"] },
    FormSpec { name: "require", fields: &[] },
    FormSpec { name: "do-not-require", fields: &[] },
];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let (actor, account) = submission.actor()?;
    let (keyhatch, fields) = (&submission.forms.console.keyhatch, &submission.fields);
    match fields.form() {
        "invite" => invite(&submission).await,
        "delete-invitation" => {
            keyhatch.members().delete_invitation(&actor, &account, fields.get("id")).await?;
            Ok(FormResponse::redirect_done(PATH, "invitation-deleted"))
        }
        "update" => {
            // No page of the console sends another role.
            let role = Role::parse(fields.get("role")).ok_or(Error::NotFound)?;
            keyhatch.members().update_role(&actor, &account, fields.get("id"), role).await?;
            Ok(FormResponse::redirect_done(PATH, "updated"))
        }
        "delete" => {
            keyhatch.members().delete(&actor, &account, fields.get("id")).await?;
            Ok(FormResponse::redirect_done(PATH, "deleted"))
        }
        "require" => {
            keyhatch.members().require_two_factor(&actor, &account, true).await?;
            Ok(FormResponse::redirect_done(PATH, "required"))
        }
        _ => {
            keyhatch.members().require_two_factor(&actor, &account, false).await?;
            Ok(FormResponse::redirect_done(PATH, "not-required"))
        }
    }
}

/// The link is always shown, because delivery of a mail is not guaranteed.
async fn invite(submission: &Submission) -> Result<FormResponse, Error> {
    let (actor, account) = submission.actor()?;
    let keyhatch = &submission.forms.console.keyhatch;
    let form =
        InviteForm { email: submission.fields.get("email").to_owned(), role: submission.fields.get("role").to_owned() };
    let origin = submission.forms.own.for_request(&submission.parts.headers).ok_or(Error::Internal)?;
    let invited = keyhatch.members().create_invitation(&actor, &account, &form).await?;
    let link = SecretString::from(format!("{origin}/invite?token={}", invited.token.expose_secret()));
    let email = invited.invitation.email;
    let mailed = match &submission.forms.mailer {
        Some(mailer) => {
            let product = &keyhatch.policy().product_name;
            Some(mailer.send_invitation(&email, product, &invited.account_name, &link).await)
        }
        None => None,
    };
    Ok(FormResponse::secret(OneTimeSecret::Invitation { email, link, mailed }))
}
