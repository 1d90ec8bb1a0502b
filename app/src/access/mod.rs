//! Sign-in, sign-out and set-up: the server functions and the islands that call them.

mod navigation;
mod reauthentication;
pub mod server;
mod set_up;
mod sign_in;

pub use reauthentication::reauthentication_dialog;
pub use set_up::{SetUpForm, SetUpInitialState};
pub use sign_in::{SignInForm, SignInInitialState};

#[leptos::component]
pub fn ReauthenticationDialog(shown: leptos::prelude::RwSignal<bool>, #[prop(into)] on_done: leptos::prelude::Callback<()>, #[prop(into)] on_cancel: leptos::prelude::Callback<()>, email: String) -> impl leptos::IntoView {
    let _ = (shown, on_done, on_cancel, email);
}
