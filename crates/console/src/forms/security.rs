//! The forms of `/settings/security`.

use app::forms::OneTimeSecret;
use service::Error;

use super::Submission;
use super::fields::FormSpec;
use super::outcome::FormResponse;

pub(super) const PATH: &str = "/settings/security";

pub(super) const FORMS: &[FormSpec] = &[
    FormSpec { name: "update-password", fields: &["current", "password"] },
    FormSpec { name: "begin-two-factor", fields: &["password"] },
    FormSpec { name: "confirm-two-factor", fields: &["code"] },
    FormSpec { name: "renew-recovery-codes", fields: &["code"] },
    FormSpec { name: "disable-two-factor", fields: &["password", "code"] },
    FormSpec { name: "end-session", fields: &["id"] },
    FormSpec { name: "end-other-sessions", fields: &[] },
];

pub(super) async fn submit(submission: Submission) -> Result<FormResponse, Error> {
    let viewer = submission.viewer()?;
    let (keyhatch, fields) = (&submission.forms.console.keyhatch, &submission.fields);
    match fields.form() {
        "update-password" => {
            let signed_in = keyhatch
                .security()
                .update_password(viewer, &fields.secret("current"), &fields.secret("password"))
                .await?;
            Ok(FormResponse::redirect_done(PATH, "password-updated").with_session(signed_in))
        }
        "begin-two-factor" => {
            keyhatch.security().begin_two_factor(viewer, &fields.secret("password")).await?;
            Ok(FormResponse::redirect(PATH))
        }
        "confirm-two-factor" => {
            let codes = keyhatch.security().enable_two_factor(viewer, &fields.secret("code")).await?;
            Ok(FormResponse::secret(OneTimeSecret::RecoveryCodes(codes)))
        }
        "renew-recovery-codes" => {
            let codes = keyhatch.security().create_recovery_codes(viewer, &fields.secret("code")).await?;
            Ok(FormResponse::secret(OneTimeSecret::RecoveryCodes(codes)))
        }
        "disable-two-factor" => {
            keyhatch.security().disable_two_factor(viewer, &fields.secret("password"), &fields.secret("code")).await?;
            Ok(FormResponse::redirect_done(PATH, "two-factor-disabled"))
        }
        "end-session" => {
            keyhatch.security().end_session(viewer, fields.get("id")).await?;
            Ok(FormResponse::redirect_done(PATH, "session-ended"))
        }
        _ => {
            keyhatch.security().end_other_sessions(viewer).await?;
            Ok(FormResponse::redirect_done(PATH, "other-sessions-ended"))
        }
    }
}
