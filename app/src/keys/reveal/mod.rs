//! The dialog that shows a new secret once. It closes only after the key was copied, downloaded, or confirmed as saved;
//! then the secret is gone from the page.

mod code;
mod copy_button;
mod first_call;
mod page;

use super::badge::EnvironmentBadge;
use super::server::KeyWithSecret;
use crate::browser;
use crate::components::Emphasis;
use crate::text::reveal as text;
use code::{EnvLine, Samples};
use copy_button::CopyButton;
use first_call::FirstCallStatus;
use leptos::prelude::*;
pub use page::RevealPage;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// The dialog. `next` is the page that opens afterwards.
#[component]
pub fn Reveal(revealed: KeyWithSecret, next: String) -> impl IntoView {
    let (title, title_id) =
        if revealed.is_rotation { (text::rotated(), "api-key-rotated") } else { (text::created(), "api-key-created") };
    let old = revealed.is_rotation.then(|| match revealed.key.old_secret_until {
        Some(until) => text::old_key_until(until),
        None => text::old_key_ended().to_owned(),
    });
    let saved = RwSignal::new(false);
    let copied = RwSignal::new(None::<bool>);
    Effect::new(move |_| warn_before_leaving(saved));
    let status = move || match copied.get() {
        Some(true) => text::copied_status(),
        Some(false) => text::copy_failed(),
        None => "",
    };
    let after = StoredValue::new(next.clone());
    let on_key = move |event| close_on_escape(&event, saved, after);
    let (secret, variable) = (StoredValue::new(revealed.secret.clone()), revealed.variable.clone());
    let dialog = NodeRef::new();
    Effect::new(move |_| forget_when_left(dialog, secret, after));
    view! {
        <dialog
            class="dialog reveal"
            open
            aria-modal="true"
            aria-labelledby=title_id
            node_ref=dialog
            on:keydown=on_key
        >
            <header class="dialog-head">
                <h2 id=title_id>{title}</h2>
                <EnvironmentBadge environment=revealed.key.environment />
            </header>
            <p><Emphasis parts=text::save_now(&revealed.key.name) /></p>
            {old.map(|old| view! { <p>{old}</p> })}
            <SecretBox secret=revealed.secret.clone() />
            <div class="actions">
                <CopyButton label=text::copy() class="button primary" text=secret fallback="api-key" copied saved first=true />
                <PdfLink revealed=revealed.clone() saved />
                <span class="hint">{text::pdf_hint()}</span>
            </div>
            <p class="status" role="status">{status}</p>
            <EnvLine variable secret copied saved />
            <Samples samples=revealed.samples.clone() />
            <FirstCallStatus id=revealed.key.id.clone() account=revealed.account.clone() />
            <ClosingForm saved next />
        </dialog>
    }
}

/// The whole key, which can be selected.
#[component]
fn SecretBox(secret: String) -> impl IntoView {
    view! {
        <div class="key-line">
            <label class="hidden" for="api-key">{text::key()}</label>
            <textarea class="input mono key" id="api-key" rows="2" readonly spellcheck="false" autocomplete="off">
                {secret}
            </textarea>
        </div>
    }
}

/// Takes the secret out of the page when it is left: the browser may keep the page as it was, and Back must not show the
/// secret again.
fn forget_when_left(dialog: NodeRef<leptos::html::Dialog>, secret: StoredValue<String>, next: StoredValue<String>) {
    window_event_listener_untyped("pagehide", move |_| {
        secret.set_value(String::new());
        let island = dialog.get_untracked().and_then(|dialog| dialog.closest("leptos-island").ok().flatten());
        if let Some(island) = island {
            island.remove();
        }
    });
    window_event_listener_untyped("pageshow", move |_| {
        if secret.with_value(String::is_empty) {
            browser::replace_page(&next.get_value());
        }
    });
}

/// The download of the PDF: a link that contains it, so that it works without wasm and nothing has to be revoked.
#[component]
fn PdfLink(revealed: KeyWithSecret, saved: RwSignal<bool>) -> impl IntoView {
    let (href, file) = (format!("data:application/pdf;base64,{}", revealed.pdf), format!("{}.pdf", revealed.key.name));
    view! {
        <a class="button" role="button" href=href download=file on:click=move |_| saved.set(true)>{text::pdf()}</a>
    }
}

/// The confirmation that the key is saved, and the button that it unlocks. Without wasm the required box is the lock.
#[component]
fn ClosingForm(saved: RwSignal<bool>, next: String) -> impl IntoView {
    let (target, hidden) = (next.clone(), next.clone());
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    let close = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        browser::replace_page(&next);
    };
    view! {
        <form class="actions" method="post" action=target on:submit=close>
            <label class="check">
                <input
                    type="checkbox"
                    required
                    prop:checked=saved
                    on:change=move |event| saved.set(event_target_checked(&event))
                />
                {text::saved()}
            </label>
            <span class="space"></span>
            <input type="hidden" name="next" value=hidden />
            <button
                class="button primary"
                type="submit"
                name="do"
                value="done"
                disabled=move || hydrated.get() && !saved.get()
            >
                {text::done()}
            </button>
        </form>
    }
}

/// Escape closes it once the key is saved, and reaches nothing below.
fn close_on_escape(event: &web_sys::KeyboardEvent, saved: RwSignal<bool>, next: StoredValue<String>) {
    if event.key() == "Escape" {
        event.prevent_default();
        event.stop_propagation();
        if saved.get_untracked() {
            next.with_value(|next| browser::replace_page(next));
        }
    }
}

/// Makes the browser warn before the page is left with an unsaved secret.
fn warn_before_leaving(saved: RwSignal<bool>) {
    let on_before_unload = move |event: web_sys::BeforeUnloadEvent| {
        if saved.try_get_untracked() == Some(false) {
            event.prevent_default();
        }
    };
    let listener = Closure::<dyn FnMut(web_sys::BeforeUnloadEvent)>::new(on_before_unload);
    let _ = window().add_event_listener_with_callback("beforeunload", listener.as_ref().unchecked_ref());
    // The dialog lives as long as its page, and so does the listener.
    listener.forget();
}
