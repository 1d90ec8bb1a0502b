//! The select box of the forms about keys. Server only.

use leptos::prelude::*;

/// Value and label of each option.
pub(super) type Options = Vec<(String, String)>;

/// The select box, without its label.
#[component]
pub fn Select(name: &'static str, options: Options, chosen: String) -> impl IntoView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, label)| view! { <option selected=value == chosen value=value.clone()>{label}</option> })
        .collect();
    view! { <select class="input" id=name name=name>{options}</select> }
}
