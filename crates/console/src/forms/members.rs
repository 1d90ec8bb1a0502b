//! The forms of `/settings/members`.

use app::forms::OneTimeSecret;
use app::text::mail as text;
use domain::member::Role;
use domain::two_factor_rule::RequireTwoFactorForm;
use mail::Mail;
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
    FormSpec { name: "reset-password", fields: &["id"] },
    FormSpec { name: "delete", fields: &["id"] },
    FormSpec { name: "require", fields: &["start", "date"] },
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
        "reset-password" => {
            let created = keyhatch.members().create_reset_link(&actor, &account, fields.get("id")).await?;
            let link = submission.link("/reset-password", &created.token)?;
            Ok(FormResponse::secret(OneTimeSecret::PasswordReset { email: created.email, link }))
        }
        "require" => {
            let form =
                RequireTwoFactorForm { start: fields.get("start").to_owned(), date: fields.get("date").to_owned() };
            keyhatch.members().require_two_factor(&actor, &account, &form).await?;
            Ok(FormResponse::redirect_done(PATH, if form.start == "now" { "required" } else { "planned" }))
        }
        _ => {
            keyhatch.members().make_two_factor_optional(&actor, &account).await?;
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
    let invited = keyhatch.members().create_invitation(&actor, &account, &form).await?;
    let link = submission.link("/invite", &invited.token)?;
    let (email, account_name) = (invited.invitation.email, invited.account_name);
    let mailed = match &submission.forms.mailer {
        Some(mailer) => {
            let product = &keyhatch.policy().product_name;
            let text = text::invitation(&account_name, product, link.expose_secret());
            let subject = text::invitation_subject(&account_name, product);
            let mail = Mail { kind: "an invitation", to: email.clone(), subject, text: SecretString::from(text) };
            Some(mailer.send(&mail).await)
        }
        None => None,
    };
    Ok(FormResponse::secret(OneTimeSecret::Invitation { email, link, mailed }))
}
