//! `/settings/api-keys/<id>`: everything about one key. Its buttons link to the dialogs of the key list; only copying needs
//! wasm.

mod history;
mod load;
mod properties;

use super::{NotFoundPage, product};
use crate::components::CopyText;
use crate::layout::SettingsLayout;
use crate::text::frame::document_title;
use crate::text::key_details as text;
use leptos::prelude::*;
use leptos_meta::Title;

/// How many lines of a long list are shown before it is folded.
const SHOWN_LINES: usize = 5;

/// What the page shows, already formatted as text.
struct KeyDetails {
    email: String,
    name: String,
    tags: Vec<Tag>,
    /// One sentence.
    last_use: String,
    /// The common acts.
    actions: Vec<ActionLink>,
    /// The acts that stop the key.
    dangers: Vec<ActionLink>,
    properties: Vec<Property>,
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
    class: &'static str,
    /// What it does, beside a dangerous one.
    hint: &'static str,
}

/// A label and its lines.
struct Property {
    label: &'static str,
    lines: Vec<String>,
    /// Whether it can be copied: the key's id.
    is_copied: bool,
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
                        <h1>{text::cannot_be_shown()}</h1>
                        <p>{error.message()}</p>
                        <a class="button primary wide" href="/settings/api-keys">{text::back_to_list()}</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

fn key_details(details: KeyDetails) -> impl IntoView {
    let KeyDetails { email, name, tags, last_use, actions, dangers, .. } = details;
    let tags = tags.into_iter().map(|tag| view! { <span class=tag.class>{tag.text}</span> }).collect_view();
    // The title omits the key's name: Leptos does not escape titles, so a name could close the element.
    view! {
        <Title text=document_title(text::title(), product()) />
        <SettingsLayout product=product() email>
            <p class="back"><a href="/settings/api-keys">{text::back()}</a></p>
            <div class="page-head">
                <div>
                    <h1>{name}</h1>
                    <p class="tags">{tags}<span class="quiet">{last_use}</span></p>
                </div>
                <div class="actions">{action_links(actions)}</div>
            </div>
            <div class="sheets">
                {details.retired_secret.map(retired_secret_section)}
                {properties_section(details.properties)}
                {code_samples_section(details.code_samples, &details.key_variable)}
                {history_section(details.history, details.older)}
                {danger_section(dangers)}
            </div>
        </SettingsLayout>
    }
}

fn action_links(actions: Vec<ActionLink>) -> impl IntoView {
    actions
        .into_iter()
        .map(|ActionLink { label, href, class, .. }| view! { <a class=class href=href>{label}</a> })
        .collect_view()
}

/// Disabling and deleting, each with what it does.
fn danger_section(dangers: Vec<ActionLink>) -> impl IntoView {
    (!dangers.is_empty()).then(|| {
        let lines = dangers
            .into_iter()
            .map(|ActionLink { label, href, class, hint }| {
                view! { <div class="danger-line"><p>{hint}</p><a class=class href=href>{label}</a></div> }
            })
            .collect_view();
        view! {
            <section class="card pad" aria-labelledby="danger">
                <h2 id="danger">{text::danger()}</h2>
                {lines}
            </section>
        }
    })
}

fn properties_section(properties: Vec<Property>) -> impl IntoView {
    let properties = properties
        .into_iter()
        .map(|Property { label, lines, is_copied }| {
            let copy = is_copied.then(|| {
                view! { <CopyText text=lines.join("\n") label=text::copy().to_owned() name=text::copy_id().to_owned() /> }
            });
            view! { <dt>{label}</dt> <dd>{folded(lines)} {copy}</dd> }
        })
        .collect_view();
    view! {
        <section class="card pad" aria-labelledby="about">
            <h2 id="about">{text::about()}</h2>
            <dl class="facts">{properties}</dl>
        </section>
    }
}

/// The lines; all but the first few of a long list are folded.
fn folded(lines: Vec<String>) -> impl IntoView {
    let line = |line: &String| view! { <div>{line.clone()}</div> };
    let shown = if lines.len() > SHOWN_LINES + 1 { SHOWN_LINES } else { lines.len() };
    let rest = &lines[shown..];
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{text::more_entries(rest.len())}</summary>
                {rest.iter().map(line).collect_view()}
            </details>
        }
    });
    view! { {lines[..shown].iter().map(line).collect_view()} {rest} }
}

fn retired_secret_section(RetiredSecret { works_until, uses, end_href }: RetiredSecret) -> impl IntoView {
    let uses = if uses.is_empty() {
        view! { <p>{text::old_key_not_used()}</p> }.into_any()
    } else {
        view! {
            <p>{text::old_key_used_from()}</p>
            <ul class="uses">{uses.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <section class="card pad" aria-labelledby="old">
            <h2 id="old">{text::old_key()}</h2>
            <p>{works_until}</p>
            {uses}
            {end_href.map(|href| view! { <div class="actions"><a class="button danger" href=href>{text::end_old_key()}</a></div> })}
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
                        <div class="sample">
                            <CopyText
                                text=code.clone()
                                label=text::copy().to_owned()
                                name=text::copy_example_in(language)
                            />
                            <pre tabindex="0" aria-label=text::example_in(language)>{code}</pre>
                        </div>
                    </details>
                }
            })
            .collect_view();
        view! {
            <section class="card pad" aria-labelledby="send">
                <h2 id="send">{text::how_to_send()}</h2>
                <p>{text::keep_in_variable(variable)}</p>
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
                        {address.map(|address| text::from_address(&address))}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card pad" aria-labelledby="history">
            <h2 id="history">{text::history()}</h2>
            <ol class="history" role="list">{items}</ol>
            {older.map(|href| view! { <div class="actions"><a class="button" href=href>{text::older()}</a></div> })}
        </section>
    }
}

use load::load;
