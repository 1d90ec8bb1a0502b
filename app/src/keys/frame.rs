//! The frame of a slider or dialog over the list: veil, title, closing link. It is open as long as the address names it,
//! and `inert` on the rest of the page keeps the focus inside, so it needs no script. Server only.

use super::badge::EnvironmentBadge;
use crate::text::dialogs as text;
use domain::key::Environment;
use leptos::prelude::*;

/// A slider or dialog that a form fills.
#[component]
pub fn DialogFrame(
    /// Its CSS class: `slider` or `dialog`.
    class: &'static str,
    /// Its title.
    title: String,
    /// The environment of its key, shown as a badge if it is the sandbox.
    environment: Option<Environment>,
    /// The page without it.
    close: String,
    children: Children,
) -> impl IntoView {
    // A click beside a small dialog closes it. The slider stays: too much is typed into it.
    let veil = if class == "slider" {
        view! { <div class="veil"></div> }.into_any()
    } else {
        view! { <a class="veil" href=close.clone() tabindex="-1" aria-hidden="true"></a> }.into_any()
    };
    view! {
        {veil}
        <dialog class=class open aria-modal="true" aria-labelledby="dialog-title">
            <header class="dialog-head">
                <h2 id="dialog-title">{title}</h2>
                {environment.map(|environment| view! { <EnvironmentBadge environment /> })}
                <a class="icon-button plain-link" href=close data-close role="button" aria-label=text::close()>"✕"</a>
            </header>
            {children()}
        </dialog>
    }
}

/// The hidden fields of every form about keys.
#[component]
pub fn HiddenFields(
    /// The account that the page shows.
    account: String,
    /// The page that opens afterwards.
    next: String,
    /// The key; empty for a new one.
    #[prop(optional)]
    id: String,
    /// The key's revision when the form was opened.
    #[prop(optional_no_strip)]
    revision: Option<i64>,
) -> impl IntoView {
    view! {
        <input type="hidden" name="account" value=account />
        <input type="hidden" name="next" value=next />
        {(!id.is_empty()).then(|| view! { <input type="hidden" name="id" value=id /> })}
        {revision.map(|revision| view! { <input type="hidden" name="revision" value=revision /> })}
    }
}
