//! One file per page. A page loads its data from the service and passes it to components. Pages await one `Suspend`, not
//! a closure that creates one: `Suspense` calls a closure three times, and each call would query the database.

mod accept_invitation;
mod activity;
mod forgot_password;
mod key_details;
mod key_list;
mod members;
mod not_found;
mod reset_password;
mod security;
mod set_up;
mod sign_in;
mod sign_in_code;
mod sub_accounts;

pub use accept_invitation::AcceptInvitationPage;
pub use activity::ActivityPage;
pub use forgot_password::ForgotPasswordPage;
pub use key_details::KeyDetailsPage;
pub use key_list::KeyListPage;
pub use members::MembersPage;
pub use not_found::NotFoundPage;
pub use reset_password::ResetPasswordPage;
pub use security::SecurityPage;
pub use set_up::SetUpPage;
pub use sign_in::SignInPage;
pub use sub_accounts::SubAccountsPage;

use leptos::prelude::*;

/// The product name from the operator's policy.
pub fn product() -> String {
    if let Ok(state) = crate::context::app_state() {
        return state.keyhatch.policy().product_name.clone();
    }
    String::new()
}

/// A parameter of the query string.
pub fn query(name: &str) -> Option<String> {
    leptos_router::hooks::use_query_map().with_untracked(|query| query.get(name))
}

/// A page with a single centred card, without the settings layout.
#[component]
fn CardPage(title: &'static str, children: Children) -> impl IntoView {
    use crate::layout::ProductName;
    use crate::text::frame::document_title;
    use leptos_meta::Title;
    let product = product();
    view! {
        <Title text=document_title(title, &product) />
        <main class="plain" id="main">
            <ProductName product />
            <section class="card pad" aria-labelledby="title">
                <h1 id="title">{title}</h1>
                {children()}
            </section>
        </main>
    }
}
