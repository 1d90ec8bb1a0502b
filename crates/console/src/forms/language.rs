//! The form of `/settings/language`, in the profile menu. There is no page at this path.

use app::safe_redirect_path;
use domain::form::FieldErrors;
use i18n::Locale;
use service::Error;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/settings/language";

pub(super) const FORMS: &[FormSpec] = &[FormSpec { name: "update-language", fields: &["language", "next"] }];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let fields = &submission.fields;
    let language = match fields.get("language") {
        // That of the browser.
        "" => None,
        code => Some(Locale::parse(code).ok_or_else(|| {
            let codes: Vec<_> = Locale::ALL.iter().map(|locale| locale.code()).collect();
            Error::Invalid(FieldErrors::one("language", format!("must be one of {}, or empty", codes.join(", "))))
        })?),
    };
    submission.forms.console.keyhatch.security().update_language(submission.viewer()?, language).await?;
    Ok(FormResponse::redirect(safe_redirect_path(Some(fields.get("next")))))
}
