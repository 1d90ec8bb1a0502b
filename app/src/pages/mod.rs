//! One file a page. A page asks the service for what it shows and hands it to components. What it waits for is one
//! `Suspend`, not a closure that makes one: `Suspense` calls a closure three times, and each would ask the database.

mod activity;
mod api_key;
mod api_keys;
#[cfg(feature = "ssr")]
mod code;
#[cfg(feature = "ssr")]
mod invite;
#[cfg(feature = "ssr")]
mod members;
mod not_found;
#[cfg(feature = "ssr")]
mod security;
mod set_up;
mod sign_in;
#[cfg(feature = "ssr")]
mod sub_accounts;
#[cfg(not(feature = "ssr"))]
mod unseen;

pub use activity::ActivityPage;
pub use api_key::ApiKeyPage;
pub use api_keys::ApiKeysPage;
#[cfg(feature = "ssr")]
pub use invite::InvitePage;
#[cfg(feature = "ssr")]
pub use members::MembersPage;
pub use not_found::NotFoundPage;
#[cfg(feature = "ssr")]
pub use security::SecurityPage;
pub use set_up::SetUpPage;
pub use sign_in::SignInPage;
#[cfg(feature = "ssr")]
pub use sub_accounts::SubAccountsPage;
#[cfg(not(feature = "ssr"))]
pub use unseen::{Unseen as InvitePage, Unseen as MembersPage, Unseen as SecurityPage, Unseen as SubAccountsPage};

use leptos::prelude::*;

/// The product's name, as the operator calls it.
pub fn product() -> String {
    #[cfg(feature = "ssr")]
    if let Ok(console) = crate::context::console() {
        return console.keyhatch.policy().product_name.clone();
    }
    String::new()
}

/// A value of the address's query.
pub fn query(name: &str) -> Option<String> {
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
