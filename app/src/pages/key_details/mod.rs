//! `/settings/api-keys/<id>`: everything about one key. Its buttons link to the dialogs of the key list, so this page needs
//! no wasm.

mod history;
mod load;
mod properties;

use super::{NotFoundPage, product};
use crate::layout::SettingsLayout;
use leptos::prelude::*;
use leptos_meta::Title;

/// What the page shows, already formatted as text.
struct KeyDetails {
    email: String,
    name: String,
    tags: Vec<Tag>,
    actions: Vec<ActionLink>,
    /// Label and lines of each property.
    properties: Vec<(&'static str, Vec<String>)>,
    retired_secret: Option<RetiredSecret>,
    /// Language and code.
    code_samples: Vec<(&'static str, String)>,
    key_variable: String,
    history: Vec<HistoryItem>,
    /// Link to the next, older page of the history.
    older: Option<String>,
}

/// A badge beside the heading.
struct Tag {
    class: &'static str,
    text: String,
}

/// A button that opens a dialog of the key list.
struct ActionLink {
    label: &'static str,
    href: String,
    is_destructive: bool,
}

/// The previous secret, while it still works after a rotation.
struct RetiredSecret {
    works_until: String,
    /// One line for each address that still uses it.
    uses: Vec<String>,
    /// Link to the dialog that ends it; only for members who may.
    end_href: Option<String>,
}

/// One entry of the history.
struct HistoryItem {
    /// ISO 8601, for the `datetime` attribute.
    datetime: String,
    /// The same instant as text.
    at: String,
    sentence: String,
    /// The IP address it was done from.
    address: Option<String>,
}

/// One key in the settings layout.
#[component]
pub fn KeyDetailsPage() -> impl IntoView {
    let page = Suspend::new(async move {
        match load().await {
            Ok(details) => key_details(details).into_any(),
            Err(crate::AppError::NotFound) => view! { <NotFoundPage /> }.into_any(),
            Err(error) => view! {
                <main class="plain" id="main">
                    <section class="card pad">
                        <h1>"The key cannot be shown"</h1>
                        <p>{error.message()}</p>
                        <a class="button primary wide" href="/settings/api-keys">"Back to API Keys"</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

fn key_details(details: KeyDetails) -> impl IntoView {
    let KeyDetails {
        email,
        name,
        tags,
        actions,
        properties,
        retired_secret,
        code_samples,
        key_variable,
        history,
        older,
    } = details;
    let tags = tags.into_iter().map(|tag| view! { <span class=tag.class>{tag.text}</span> }).collect_view();
    // The title omits the key's name: Leptos does not escape titles, so a name could close the element.
    view! {
        <Title text=format!("API key · {}", product()) />
        <SettingsLayout product=product() email>
            <p class="back"><a href="/settings/api-keys">"← API Keys"</a></p>
            <div class="page-head">
                <div>
                    <h1>{name}</h1>
                    <p class="tags">{tags}</p>
                </div>
            </div>
            <div class="actions">{action_links(actions)}</div>
            <div class="sheets">
                {retired_secret.map(retired_secret_section)}
                {properties_section(properties)}
                {code_samples_section(code_samples, &key_variable)}
                {history_section(history, older)}
            </div>
        </SettingsLayout>
    }
}

fn action_links(actions: Vec<ActionLink>) -> impl IntoView {
    actions
        .into_iter()
        .map(|ActionLink { label, href, is_destructive }| {
            view! { <a class=if is_destructive { "button danger" } else { "button" } href=href>{label}</a> }
        })
        .collect_view()
}

fn properties_section(properties: Vec<(&'static str, Vec<String>)>) -> impl IntoView {
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| view! { <div>{line}</div> }).collect_view();
    let properties = properties
        .into_iter()
        .map(|(label, values)| view! { <dt>{label}</dt> <dd>{lines(values)}</dd> })
        .collect_view();
    view! {
        <section class="card pad" aria-labelledby="about">
            <h2 id="about">"About this key"</h2>
            <dl class="facts">{properties}</dl>
        </section>
    }
}

fn retired_secret_section(RetiredSecret { works_until, uses, end_href }: RetiredSecret) -> impl IntoView {
    let uses = if uses.is_empty() {
        view! { <p>"The old key has not been used since the rotation."</p> }.into_any()
    } else {
        view! {
            <p>"It was used from:"</p>
            <ul class="uses">{uses.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <section class="card pad" aria-labelledby="old">
            <h2 id="old">"Old key"</h2>
            <p>{format!("The old key works until {works_until}.")}</p>
            {uses}
            {end_href.map(|href| view! { <div class="actions"><a class="button danger" href=href>"End old key now"</a></div> })}
        </section>
    }
}

fn code_samples_section(samples: Vec<(&'static str, String)>, variable: &str) -> impl IntoView {
    (!samples.is_empty()).then(|| {
        let samples = samples
            .into_iter()
            .enumerate()
            .map(|(index, (language, code))| {
                view! {
                    <details open=index == 0>
                        <summary>{language}</summary>
                        <pre tabindex="0" aria-label=format!("Example in {language}")>{code}</pre>
                    </details>
                }
            })
            .collect_view();
        view! {
            <section class="card pad" aria-labelledby="send">
                <h2 id="send">"How to send it"</h2>
                <p>{format!("Keep the key in an environment variable, here {variable}, and send it with every call.")}</p>
                {samples}
            </section>
        }
    })
}

fn history_section(history: Vec<HistoryItem>, older: Option<String>) -> impl IntoView {
    let items = history
        .into_iter()
        .map(|HistoryItem { datetime, at, sentence, address }| {
            view! {
                <li>
                    <p>{sentence}</p>
                    <p class="hint">
                        <time datetime=datetime>{at}</time>
                        {address.map(|address| format!(", from {address}"))}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card pad" aria-labelledby="history">
            <h2 id="history">"History"</h2>
            <ol class="history" role="list">{items}</ol>
            {older.map(|href| view! { <div class="actions"><a class="button" href=href>"Older"</a></div> })}
        </section>
    }
}

use load::load;
