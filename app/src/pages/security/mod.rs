//! `/settings/security`: the member's own password, two-factor codes and sessions.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

mod password;
mod recovery_codes;
mod sessions;
mod two_factor;
mod two_factor_set_up;

use crate::forms::{FormOutcome, OneTimeSecret, SettingsPage, SuccessNote};
use crate::text::Text;
use crate::text::security as text;
use leptos::prelude::*;
use password::PasswordForm;
use recovery_codes::NewRecoveryCodes;
use service::actor::Viewer;
use service::security::{SecurityView, SessionView, TwoFactorSetUp};
use sessions::SessionTable;
use two_factor::TwoFactor;
use two_factor_set_up::{ConfirmTwoFactor, StartTwoFactor};

/// Path of the page.
pub const PATH: &str = "/settings/security";

const DONE: &[(&str, Text)] = &[
    ("password-updated", text::password_changed),
    ("two-factor-disabled", text::codes_disabled),
    ("session-ended", text::session_ended),
    ("other-sessions-ended", text::other_sessions_ended),
];

/// The page, in the settings layout.
#[component]
pub fn SecurityPage() -> impl IntoView {
    view! { <SettingsPage title=text::title() path=PATH load render /> }
}

/// What the page shows.
struct SecurityPageData {
    security: SecurityView,
    set_up: Option<TwoFactorSetUp>,
    sessions: Vec<SessionView>,
    now: i64,
}

async fn load(_: crate::context::Visitor, viewer: Viewer) -> Result<SecurityPageData, crate::AppError> {
    let keyhatch = crate::context::app_state()?.keyhatch;
    Ok(SecurityPageData {
        security: keyhatch.security().overview(&viewer).await?,
        set_up: keyhatch.security().find_two_factor_set_up(&viewer).await?,
        sessions: keyhatch.security().list_sessions(&viewer).await?,
        now: keyhatch.now(),
    })
}

fn render(viewer: Viewer, shown: SecurityPageData) -> impl IntoView {
    let SecurityPageData { security, set_up, sessions, now } = shown;
    let must_set_up = security.is_required && security.two_factor_since.is_none();
    let codes = match FormOutcome::one_time_secret() {
        Some(OneTimeSecret::RecoveryCodes(codes)) => Some(codes),
        _ => None,
    };
    let two_factor = match (security.two_factor_since, set_up) {
        (Some(since), _) => view! { <TwoFactor security since /> }.into_any(),
        (None, Some(set_up)) => view! { <ConfirmTwoFactor set_up /> }.into_any(),
        (None, None) => view! { <StartTwoFactor /> }.into_any(),
    };
    view! {
        <div class="pile narrow">
            <div class="page-head">
                <div>
                    <h1>{text::title()}</h1>
                    <p>{text::lead(&viewer.email)}</p>
                </div>
            </div>
            {must_set_up.then(|| view! {
                <p class="note warn" role="alert">{text::must_set_up()}</p>
            })}
            <SuccessNote messages=DONE />
            {codes.map(|codes| view! { <NewRecoveryCodes codes /> })}
            {two_factor}
            <PasswordForm email=viewer.email />
            <SessionTable sessions now />
        </div>
    }
}
