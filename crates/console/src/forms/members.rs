//! The forms of `/settings/members`.

use app::forms::OneTimeSecret;
use domain::member::Role;
use service::Error;
use service::members::InviteForm;
use service::secrets::{ExposeSecret as _, SecretString};

use super::Sent;
use super::fields::Form;
use super::reply::Reply;

pub(super) const PATH: &str = "/settings/members";

pub(super) const FORMS: &[Form] = &[
    Form { name: "invite", fields: &["email", "role"] },
    Form { name: "delete-invitation", fields: &["id"] },
    Form { name: "update", fields: &["id", "role"] },
    Form { name: "delete", fields: &["id"] },
    Form { name: "require", fields: &[] },
    Form { name: "do-not-require", fields: &[] },
];

pub(super) async fn act(sent: Sent) -> Result<Reply, Error> {
    let (actor, account) = sent.actor()?;
    let (keyhatch, fields) = (&sent.forms.console.keyhatch, &sent.fields);
    match fields.form() {
        "invite" => invite(&sent).await,
        "delete-invitation" => {
            keyhatch.members().delete_invitation(&actor, &account, fields.get("id")).await?;
            Ok(Reply::done(PATH, "invitation-deleted"))
        }
        "update" => {
            // Only a request that no page of ours sends names another role.
            let role = Role::parse(fields.get("role")).ok_or(Error::NotFound)?;
            keyhatch.members().update_role(&actor, &account, fields.get("id"), role).await?;
            Ok(Reply::done(PATH, "updated"))
        }
        "delete" => {
            keyhatch.members().delete(&actor, &account, fields.get("id")).await?;
            Ok(Reply::done(PATH, "deleted"))
        }
        "require" => {
            keyhatch.members().require_two_factor(&actor, &account, true).await?;
            Ok(Reply::done(PATH, "required"))
        }
        _ => {
            keyhatch.members().require_two_factor(&actor, &account, false).await?;
            Ok(Reply::done(PATH, "not-required"))
        }
    }
}

/// The link is shown in any case: whether a mail arrives, nobody can promise.
async fn invite(sent: &Sent) -> Result<Reply, Error> {
    let (actor, account) = sent.actor()?;
    let keyhatch = &sent.forms.console.keyhatch;
    let form = InviteForm { email: sent.fields.get("email").to_owned(), role: sent.fields.get("role").to_owned() };
    let origin = sent.forms.own.of(&sent.parts.headers).ok_or(Error::Internal)?;
    let invited = keyhatch.members().create_invitation(&actor, &account, &form).await?;
    let link = SecretString::from(format!("{origin}/invite?token={}", invited.token.expose_secret()));
    let email = invited.invitation.email;
    let mailed = match &sent.forms.mailer {
        Some(mailer) => {
            let product = &keyhatch.policy().product_name;
            Some(mailer.send_invitation(&email, product, &invited.account_name, &link).await)
        }
        None => None,
    };
    Ok(Reply::Shown(OneTimeSecret::Invitation { email, link, mailed }))
}
