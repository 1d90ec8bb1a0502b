//! Sign-in, sign-out and set-up: the server functions and the islands that call them.

#[cfg(feature = "ssr")]
mod navigation;
#[cfg(feature = "ssr")]
mod reauthentication;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
mod set_up;
#[cfg(feature = "ssr")]
mod sign_in;

#[cfg(feature = "ssr")]
pub use reauthentication::reauthentication_dialog;
#[cfg(feature = "ssr")]
pub use set_up::{SetUpForm, SetUpInitialState};
#[cfg(feature = "ssr")]
pub use sign_in::{SignInForm, SignInInitialState};

#[leptos::component]
pub fn ReauthenticationDialog(shown: leptos::prelude::RwSignal<bool>, #[prop(into)] on_done: leptos::prelude::Callback<()>, #[prop(into)] on_cancel: leptos::prelude::Callback<()>, email: String) -> impl leptos::IntoView {
    let _ = (shown, on_done, on_cancel, email);
}
