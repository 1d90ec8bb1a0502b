//! The forms of `/settings/sub-accounts`.

use service::Error;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/settings/sub-accounts";

pub(super) const FORMS: &[FormSpec] = &[
    FormSpec { name: "create", fields: &["account_name"] },
    FormSpec { name: "open", fields: &["id"] },
    FormSpec { name: "update", fields: &["id", "account_name"] },
    FormSpec { name: "delete", fields: &["id"] },
];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let (keyhatch, fields) = (&submission.forms.console.keyhatch, &submission.fields);
    if fields.form() == "open" {
        // Accepted from a page of another account too: an old tab is for switching accounts as well.
        keyhatch.accounts().open(submission.viewer()?, fields.get("id")).await?;
        return Ok(FormResponse::redirect("/settings/api-keys"));
    }
    let (actor, account) = submission.actor()?;
    match fields.form() {
        "create" => {
            keyhatch.accounts().create(&actor, fields.get("account_name"), Some(&account)).await?;
            Ok(FormResponse::redirect_done(PATH, "created"))
        }
        "update" => {
            keyhatch.accounts().update(&actor, fields.get("id"), fields.get("account_name")).await?;
            Ok(FormResponse::redirect_done(PATH, "updated"))
        }
        _ => {
            keyhatch.accounts().delete(&actor, fields.get("id")).await?;
            Ok(FormResponse::redirect_done(PATH, "deleted"))
        }
    }
}
