//! New recovery codes, which are shown once.

use crate::text::security as text;
use leptos::prelude::*;
use service::secrets::{ExposeSecret, SecretString};

/// The list of codes.
#[component]
pub fn NewRecoveryCodes(codes: Vec<SecretString>) -> impl IntoView {
    let codes: Vec<_> = codes.iter().map(|code| view! { <li>{code.expose_secret().to_owned()}</li> }).collect();
    view! {
        <section class="card pad stack once" aria-labelledby="recovery-codes" role="status">
            <h2 id="recovery-codes">{text::recovery_codes()}</h2>
            <p>{text::recovery_codes_lead()}</p>
            <ul class="codes" aria-labelledby="recovery-codes">{codes}</ul>
        </section>
    }
}
