//! A link that was just made, for an invitation or a new password. It is shown once.

use crate::forms::{FormOutcome, OneTimeSecret};
use crate::text::members as text;
use domain::time::{Millis, date_time_utc};
use leptos::prelude::*;
use service::password_reset::PASSWORD_RESET_LIFETIME;
use service::secrets::{ExposeSecret, SecretString};

/// The link that the posted form made, if it made one.
#[component]
pub fn NewLink(now: Millis) -> impl IntoView {
    match FormOutcome::one_time_secret() {
        Some(OneTimeSecret::Invitation { email, link, mailed }) => {
            let terms = format!("{} {}", text::hand_over_invitation(&email, mailed), text::invitation_terms());
            Some(
                view! { <OneTimeLink title=text::is_invited(&email) terms label=text::invitation_link() link /> }
                    .into_any(),
            )
        }
        Some(OneTimeSecret::PasswordReset { email, link }) => {
            let terms = text::hand_over_reset(&email, date_time_utc(now + PASSWORD_RESET_LIFETIME));
            Some(view! { <OneTimeLink title=text::can_reset(&email) terms label=text::reset_link() link /> }.into_any())
        }
        _ => None,
    }
}

#[component]
fn OneTimeLink(title: String, terms: String, label: &'static str, link: SecretString) -> impl IntoView {
    view! {
        <section class="card pad stack once" aria-labelledby="new-link" role="status">
            <h2 id="new-link">{title}</h2>
            <p>{terms}</p>
            <div class="field">
                <label for="one-time-link">{label}</label>
                <input
                    class="input mono"
                    id="one-time-link"
                    readonly
                    autocomplete="off"
                    autofocus
                    value=link.expose_secret().to_owned()
                />
            </div>
        </section>
    }
}
