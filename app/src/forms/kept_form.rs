//! A form that was posted after its session had ended. The sign-in page carries its values as hidden fields and posts to
//! the form's own page, which fills them in again after the sign-in. Reading them is up to the server's `console::forms`.

use leptos::prelude::*;

/// Prefix of the names of carried fields.
pub const KEPT_PREFIX: &str = "kept-";

/// The carried form: a context of the sign-in page.
#[derive(Clone)]
pub struct KeptForm {
    /// Path and query that it was posted to.
    pub address: String,
    /// Name and value of its fields, without secrets.
    pub values: Vec<(String, String)>,
}

impl KeptForm {
    /// The URL that sign-in posts to: that of the carried form, or the sign-in page's own.
    #[must_use]
    pub fn sign_in_address() -> String {
        use_context::<Self>().map_or_else(|| "/sign-in".to_owned(), |kept| kept.address)
    }
}

/// The carried form's values, inside the form of a step of signing in.
#[component]
pub fn KeptFields() -> impl IntoView {
    let values = use_context::<KeptForm>().map(|kept| kept.values).unwrap_or_default();
    let inputs = values.into_iter().map(|(name, value)| {
        view! { <input type="hidden" name=format!("{KEPT_PREFIX}{name}") value=value /> }
    });
    inputs.collect_view()
}
