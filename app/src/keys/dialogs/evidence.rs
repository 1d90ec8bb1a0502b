//! What is known about the use of keys, quoted before an act that their callers would notice.

use crate::text::dialogs as text;
use domain::evidence::{BulkEvidence, Evidence as KeyEvidence};
use domain::time::Millis;
use domain::views::KeyView;
use leptos::prelude::*;

/// The last use of one key, or how many of several are in use.
#[component]
pub fn Evidence(keys: Vec<KeyView>, now: Millis) -> impl IntoView {
    let (sentence, is_in_use) = match &*keys {
        [key] => {
            let evidence = KeyEvidence::of(key, now);
            let sentence = match &evidence.last_use {
                Some(last_use) => text::last_used(last_use.at, last_use.address.as_deref(), now),
                None => text::never_used().to_owned(),
            };
            (sentence, evidence.is_in_use)
        }
        keys => {
            let evidence = BulkEvidence::of(keys, now);
            (text::in_use(evidence.in_use, evidence.keys), evidence.in_use > 0)
        }
    };
    view! { <p class="evidence" class:warn=is_in_use>{sentence}</p> }
}

/// The use of the old secret while it still works.
#[component]
pub fn OldSecretUse(key: KeyView, now: Millis) -> impl IntoView {
    KeyEvidence::of(&key, now).old_secret.map(|old| {
        let sentence = match old.used_at {
            Some(at) => text::old_secret_used(at, now),
            None => text::old_secret_not_used().to_owned(),
        };
        view! { <p class="evidence" class:warn=old.is_in_use>{sentence}</p> }
    })
}
