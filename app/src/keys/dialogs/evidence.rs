//! What is known about the use of keys, quoted before an act that would stop it.

use crate::text::dialogs as text;
use domain::time::Millis;
use domain::views::KeyView;
use leptos::prelude::*;

/// A key that was used this recently is in use, in milliseconds.
const IN_USE_FOR: Millis = 24 * 60 * 60 * 1_000;

/// Whether the key was used within the last 24 hours.
pub(super) fn is_in_use(key: &KeyView, now: Millis) -> bool {
    key.last_use.as_ref().is_some_and(|last_use| now - last_use.at < IN_USE_FOR)
}

/// The last use of one key, or how many of several are in use.
#[component]
pub fn Evidence(keys: Vec<KeyView>, now: Millis) -> impl IntoView {
    let used = keys.iter().filter(|key| is_in_use(key, now)).count();
    let sentence = match &*keys {
        [key] => match &key.last_use {
            Some(last_use) => text::last_used(last_use.at, last_use.address.as_deref(), now),
            None => text::NEVER_USED.to_owned(),
        },
        keys => text::in_use(used, keys.len()),
    };
    view! { <p class="evidence" class:warn={used > 0}>{sentence}</p> }
}
