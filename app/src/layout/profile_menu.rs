//! The menu on the member's email: settings, language and sign-out. A native popover with a link and plain forms, so it needs
//! no script.

use crate::context::visitor;
use crate::text::frame as text;
use http::request::Parts;
use i18n::Locale;
use leptos::prelude::*;

/// The button with the email, and its menu.
#[component]
pub fn ProfileMenu(
    /// The email of the signed-in member.
    email: String,
) -> impl IntoView {
    let initials: String = email.chars().take(1).collect();
    let chosen = visitor().ok().and_then(|visitor| visitor.viewer.ok()?.language);
    view! {
        <button
            class="who"
            id="profile-menu-button"
            type="button"
            popovertarget="profile-menu"
            aria-haspopup="menu"
            aria-label=email.clone()
        >
            <span class="initials" aria-hidden="true" data-initials=initials></span>
            <span class="email">{email.clone()}</span>
        </button>
        <div class="menu" id="profile-menu" popover="auto" role="menu" aria-label=email>
            <a class="menu-item" role="menuitem" href="/settings/api-keys">{text::settings()}</a>
            <LanguageChoice chosen />
            <form method="post" action="/sign-out" role="none">
                <button class="menu-item" type="submit" name="do" value="sign-out" role="menuitem">{text::sign_out()}</button>
            </form>
        </div>
    }
}

/// The languages, and that of the browser. The page that is open is shown again in the chosen one.
#[component]
fn LanguageChoice(chosen: Option<Locale>) -> impl IntoView {
    let item = |code: &'static str, name: &'static str, is_chosen: bool| {
        let lang = (!code.is_empty()).then_some(code);
        view! {
            <button
                class="menu-item"
                type="submit"
                name="language"
                value=code
                role="menuitemradio"
                aria-checked=is_chosen.to_string()
                lang=lang
            >
                {name}
            </button>
        }
    };
    let languages = Locale::ALL.map(|locale| item(locale.code(), locale.name(), chosen == Some(locale)));
    view! {
        <form class="menu-group" method="post" action="/settings/language" role="group" aria-label=text::language()>
            <input type="hidden" name="do" value="update-language" />
            <input type="hidden" name="next" value=shown_path() />
            {item("", text::language_of_browser(), chosen.is_none())}
            {languages.collect_view()}
        </form>
    }
}

/// The page that is open, without the dialog that a posted form opened.
fn shown_path() -> String {
    let parts = use_context::<Parts>();
    parts.and_then(|parts| parts.uri.path_and_query().map(ToString::to_string)).unwrap_or_default()
}
