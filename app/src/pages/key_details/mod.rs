//! `/settings/api-keys/<id>`: everything about one key. What is done to it is done by the dialogs of the list, to which
//! its buttons lead, so this page needs no wasm.

#[cfg(feature = "ssr")]
mod code_samples;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
mod properties;

use super::{NotFoundPage, product};
use crate::layout::SettingsLayout;
use leptos::prelude::*;
use leptos_meta::Title;

/// What stands beside a heading or in a list: its class and its text.
type Tag = (&'static str, String);

/// What the page shows, in words.
struct KeyDetails {
    email: String,
    name: String,
    tags: Vec<Tag>,
    /// Each with its address, and whether it cannot be undone.
    actions: Vec<(&'static str, String, bool)>,
    properties: Vec<(&'static str, Vec<String>)>,
    /// While an old secret works: until when, from where it is used, and where it is ended.
    old: Option<(String, Vec<String>, Option<String>)>,
    /// Language and text.
    code_samples: Vec<(&'static str, String)>,
    /// When, exactly and in words, what, and from where.
    history: Vec<(String, String, String, Option<String>)>,
    /// The address of older history.
    older: Option<String>,
}

/// One key in the frame of the settings.
#[component]
pub fn KeyDetailsPage() -> impl IntoView {
    let page = Suspend::new(async move {
        match load().await {
            Ok(shown) => page(shown).into_any(),
            Err(crate::AppError::NotFound) => view! { <NotFoundPage /> }.into_any(),
            Err(problem) => view! {
                <main class="plain" id="main">
                    <section class="card pad">
                        <h1>"The key cannot be shown"</h1>
                        <p>{problem.message()}</p>
                        <a class="button primary wide" href="/settings/api-keys">"Back to API Keys"</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

fn page(shown: KeyDetails) -> impl IntoView {
    let KeyDetails { email, name, tags, actions, properties, old, code_samples, history, older } = shown;
    let tags = tags.into_iter().map(|(class, text)| view! { <span class=class>{text}</span> }).collect_view();
    let actions = actions
        .into_iter()
        .map(|(label, address, is_final)| {
            view! { <a class=if is_final { "button danger" } else { "button" } href=address>{label}</a> }
        })
        .collect_view();
    // Not the key's name: the framework writes a title as it is, and a name could end it.
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
            <div class="actions">{actions}</div>
            <div class="sheets">
                {old.map(old_key)}
                <section class="card pad" aria-labelledby="about">
                    <h2 id="about">"About this key"</h2>
                    <dl class="facts">
                        {properties.into_iter().map(|(label, lines)| view! { <dt>{label}</dt> <dd>{lines_of(lines)}</dd> }).collect_view()}
                    </dl>
                </section>
                {how_to_send(code_samples)}
                {history_section(history, older)}
            </div>
        </SettingsLayout>
    }
}

fn lines_of(lines: Vec<String>) -> impl IntoView {
    lines.into_iter().map(|line| view! { <div>{line}</div> }).collect_view()
}

fn old_key((until, uses, end): (String, Vec<String>, Option<String>)) -> impl IntoView {
    let uses = if uses.is_empty() {
        view! { <p>"Nothing has used the old key since it was changed."</p> }.into_any()
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
            <p>{format!("The old key works until {until}.")}</p>
            {uses}
            {end.map(|address| view! { <div class="actions"><a class="button danger" href=address>"End old key now"</a></div> })}
        </section>
    }
}

fn how_to_send(code_samples: Vec<(&'static str, String)>) -> impl IntoView {
    (!code_samples.is_empty()).then(|| {
        let code_samples = code_samples
            .into_iter()
            .enumerate()
            .map(|(at, (language, text))| {
                view! {
                    <details open=at == 0>
                        <summary>{language}</summary>
                        <pre tabindex="0" aria-label=format!("Example in {language}")>{text}</pre>
                    </details>
                }
            })
            .collect_view();
        view! {
            <section class="card pad" aria-labelledby="send">
                <h2 id="send">"How to send it"</h2>
                <p>"Keep the key in the environment of the program, here as KEYHATCH_KEY, and send it with every call."</p>
                {code_samples}
            </section>
        }
    })
}

fn history_section(history: Vec<(String, String, String, Option<String>)>, older: Option<String>) -> impl IntoView {
    let entries = history
        .into_iter()
        .map(|(exact, at, what, from)| {
            view! {
                <li>
                    <p>{what}</p>
                    <p class="hint"><time datetime=exact>{at}</time>{from.map(|from| format!(", from {from}"))}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card pad" aria-labelledby="history">
            <h2 id="history">"History"</h2>
            <ol class="history" role="list">{entries}</ol>
            {older.map(|address| view! { <div class="actions"><a class="button" href=address>"Older"</a></div> })}
        </section>
    }
}

#[cfg(feature = "ssr")]
use load::load;

#[cfg(not(feature = "ssr"))]
#[expect(clippy::unused_async, reason = "the server's awaits")]
async fn load() -> Result<KeyDetails, crate::AppError> {
    Err(crate::AppError::Internal)
}
