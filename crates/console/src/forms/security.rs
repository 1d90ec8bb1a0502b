//! The forms of `/settings/security`.

use app::forms::OneTimeSecret;
use service::Error;

use super::Sent;
use super::fields::Form;
use super::reply::Reply;

pub(super) const PATH: &str = "/settings/security";

pub(super) const FORMS: &[Form] = &[
    Form { name: "update-password", fields: &["current", "password"] },
    Form { name: "begin-two-factor", fields: &["password"] },
    Form { name: "confirm-two-factor", fields: &["code"] },
    Form { name: "renew-recovery-codes", fields: &["code"] },
    Form { name: "disable-two-factor", fields: &["password", "code"] },
    Form { name: "end-session", fields: &["id"] },
    Form { name: "end-other-sessions", fields: &[] },
];

pub(super) async fn act(sent: Sent) -> Result<Reply, Error> {
    let viewer = sent.viewer()?;
    let (keyhatch, fields) = (&sent.forms.console.keyhatch, &sent.fields);
    match fields.form() {
        "update-password" => {
            let signed_in = keyhatch
                .security()
                .update_password(viewer, &fields.secret("current"), &fields.secret("password"))
                .await?;
            Ok(Reply::done(PATH, "password-updated").with_session(signed_in))
        }
        "begin-two-factor" => {
            keyhatch.security().begin_two_factor(viewer, &fields.secret("password")).await?;
            Ok(Reply::to(PATH))
        }
        "confirm-two-factor" => {
            let codes = keyhatch.security().enable_two_factor(viewer, &fields.secret("code")).await?;
            Ok(Reply::Shown(OneTimeSecret::RecoveryCodes(codes)))
        }
        "renew-recovery-codes" => {
            let codes = keyhatch.security().create_recovery_codes(viewer, &fields.secret("code")).await?;
            Ok(Reply::Shown(OneTimeSecret::RecoveryCodes(codes)))
        }
        "disable-two-factor" => {
            keyhatch.security().disable_two_factor(viewer, &fields.secret("password"), &fields.secret("code")).await?;
            Ok(Reply::done(PATH, "two-factor-disabled"))
        }
        "end-session" => {
            keyhatch.security().end_session(viewer, fields.get("id")).await?;
            Ok(Reply::done(PATH, "session-ended"))
        }
        _ => {
            keyhatch.security().end_other_sessions(viewer).await?;
            Ok(Reply::done(PATH, "other-sessions-ended"))
        }
    }
}
