//! The form of `/sign-out`, in the profile menu. There is no page at this path.

use service::Error;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/sign-out";

pub(super) const FORMS: &[FormSpec] = &[FormSpec { name: "sign-out", fields: &[] }];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    // A session that has ended already is deleted from the browser all the same.
    if let Ok(viewer) = submission.viewer() {
        submission.forms.console.keyhatch.sessions().sign_out(viewer).await?;
    }
    Ok(FormResponse::sign_out())
}
