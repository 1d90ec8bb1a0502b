//! The forms of `/settings/api-keys`. Each is carried out by the same function that the islands call.

use app::AppError;
use app::context::Visitor;
use app::forms::OneTimeSecret;
use app::keys::{FormFields, KeyFormAnswer, KeyFormRequest, answer_key_form};
use domain::member::Role;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::{FormResponse, PageContent};

pub(super) const PATH: &str = "/settings/api-keys";

/// The fields of the key editor, besides one check box for each privilege.
const EDITOR: &[&str] = &[
    "next",
    "id",
    "revision",
    "form_id",
    "name",
    "whitelist",
    "all_privileges",
    "privilege.",
    "environment",
    "expires",
    "expires_at",
    "second",
    "minute",
    "hour",
    "day",
    "uses",
    "refill",
    "base",
];
/// The fields of an act on one key or on several, which are ticked.
const ACT: &[&str] = &["next", "id", "key.", "revision"];

pub(super) const FORMS: &[FormSpec] = &[
    FormSpec { name: "create", fields: EDITOR },
    FormSpec { name: "start", fields: EDITOR },
    FormSpec { name: "update", fields: EDITOR },
    FormSpec { name: "update-mine", fields: EDITOR },
    FormSpec { name: "update-theirs", fields: EDITOR },
    FormSpec { name: "undo-update", fields: ACT },
    FormSpec { name: "rotate", fields: &["next", "id", "revision", "overlap", "overlap_at"] },
    FormSpec { name: "end-overlap", fields: ACT },
    FormSpec { name: "disable", fields: ACT },
    FormSpec { name: "enable", fields: ACT },
    FormSpec { name: "delete", fields: &["next", "id", "key.", "reason", "confirm_name"] },
    FormSpec { name: "review-disable", fields: &["key."] },
    FormSpec { name: "review-enable", fields: &["key."] },
    FormSpec { name: "review-delete", fields: &["key."] },
    FormSpec { name: "test", fields: &["next", "id", "address", "privilege", "channel", "cost"] },
    FormSpec { name: "done", fields: &["next"] },
];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, AppError> {
    let form = submission.fields.form();
    // Both render the page again: with a confirmation, or with the privileges of a template.
    if form.starts_with("review-") || form == "start" {
        submission.actor()?;
        if submission.viewer()?.role == Role::Viewer {
            return Err(AppError::Forbidden);
        }
        return Ok(FormResponse::Page(PageContent::default()));
    }
    if form == "done" {
        let target = app::safe_redirect_path(Some(submission.fields.get("next")));
        return Ok(FormResponse::redirect(target));
    }
    let Visitor { viewer, .. } = &submission.visitor;
    let viewer = viewer.as_ref().map_err(Clone::clone)?;
    let fields = FormFields(submission.fields.pairs());
    let request = KeyFormRequest { keyhatch: &submission.forms.console.keyhatch, viewer, fields: &fields };
    let (answer, notice) = answer_key_form(request).await?;
    let cookie = notice.and_then(|notice| notice.to_header(submission.forms.console.is_https));
    let response = match answer {
        KeyFormAnswer::Done { location } => FormResponse::redirect(&location),
        KeyFormAnswer::Revealed(revealed) => FormResponse::secret(OneTimeSecret::Key(revealed)),
        KeyFormAnswer::Explained(explanation) => {
            FormResponse::Page(PageContent { explanation: Some(explanation), ..PageContent::default() })
        }
    };
    Ok(response.with_cookie(cookie))
}
