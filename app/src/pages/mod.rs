//! One file a page. A page asks the service for what it shows and hands it to components.

mod api_key;
mod api_keys;
mod not_found;
mod set_up;
mod sign_in;

pub use api_key::ApiKeyPage;
pub use api_keys::ApiKeysPage;
pub use not_found::NotFoundPage;
pub use set_up::SetUpPage;
pub use sign_in::SignInPage;

use leptos::prelude::*;

/// The product's name, as the operator calls it.
fn product() -> String {
    #[cfg(feature = "ssr")]
    if let Ok(console) = crate::context::console() {
        return console.keyhatch.policy().product_name.clone();
    }
    String::new()
}

/// A value of the address's query.
fn query(name: &str) -> Option<String> {
    leptos_router::hooks::use_query_map().with_untracked(|query| query.get(name))
}

/// A page with one card in its middle.
#[component]
fn Plain(title: &'static str, children: Children) -> impl IntoView {
    use crate::frame::Mark;
    use leptos_meta::Title;
    let product = product();
    view! {
        <Title text=format!("{title} · {product}") />
        <main class="plain" id="main">
            <Mark product />
            <section class="card pad" aria-labelledby="title">
                <h1 id="title">{title}</h1>
                {children()}
            </section>
        </main>
    }
}
