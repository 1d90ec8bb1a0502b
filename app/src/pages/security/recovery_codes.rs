//! New recovery codes, which are shown once.

use leptos::prelude::*;
use service::secrets::{ExposeSecret, SecretString};

/// The list of codes.
#[component]
pub fn NewRecoveryCodes(codes: Vec<SecretString>) -> impl IntoView {
    let codes: Vec<_> = codes.iter().map(|code| view! { <li>{code.expose_secret().to_owned()}</li> }).collect();
    view! {
        <section class="card pad stack once" aria-labelledby="recovery-codes" role="status">
            <h2 id="recovery-codes">"Your recovery codes"</h2>
            <p>
                "Write them down or print this page: they are shown only once. Each code signs you in once, in place of a code \
                from your app. Earlier recovery codes no longer work."
            </p>
            <ul class="codes" aria-labelledby="recovery-codes">{codes}</ul>
        </section>
    }
}
