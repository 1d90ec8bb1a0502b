//! The forms of `/settings/sub-accounts`.

use service::Error;

use super::Sent;
use super::fields::Form;
use super::reply::Reply;

pub(super) const PATH: &str = "/settings/sub-accounts";

pub(super) const FORMS: &[Form] = &[
    Form { name: "create", fields: &["account_name"] },
    Form { name: "open", fields: &["id"] },
    Form { name: "update", fields: &["id", "account_name"] },
    Form { name: "delete", fields: &["id"] },
];

pub(super) async fn act(sent: Sent) -> Result<Reply, Error> {
    let (keyhatch, fields) = (&sent.forms.console.keyhatch, &sent.fields);
    if fields.form() == "open" {
        // Also from a page of another account: whoever comes back from a tab of long ago wants just this.
        keyhatch.accounts().open(sent.viewer()?, fields.get("id")).await?;
        return Ok(Reply::to("/settings/api-keys"));
    }
    let (actor, account) = sent.actor()?;
    match fields.form() {
        "create" => {
            keyhatch.accounts().create(&actor, fields.get("account_name"), Some(&account)).await?;
            Ok(Reply::done(PATH, "created"))
        }
        "update" => {
            keyhatch.accounts().update(&actor, fields.get("id"), fields.get("account_name")).await?;
            Ok(Reply::done(PATH, "updated"))
        }
        _ => {
            keyhatch.accounts().delete(&actor, fields.get("id")).await?;
            Ok(Reply::done(PATH, "deleted"))
        }
    }
}
