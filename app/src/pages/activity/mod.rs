//! `/settings/activity`: the audit log as sentences, newest first. Needs no wasm: the filter is a GET form, and pages are
//! links.

mod filter;

use super::product;
use crate::layout::SettingsLayout;
use crate::text::activity as text;
use crate::text::frame::document_title;
use domain::activity::ActivityForm;
use domain::form::FieldErrors;
use domain::time::{Millis, date_time_utc, iso};
use filter::filter_form;
use leptos::prelude::*;
use leptos_meta::Title;

const PATH: &str = "/settings/activity";

/// What the page shows.
struct ActivityPageData {
    email: String,
    form: ActivityForm,
    errors: FieldErrors,
    people: Vec<String>,
    rows: Vec<ActivityRowView>,
    is_first: bool,
    next: Option<i64>,
}

/// One row of the table.
struct ActivityRowView {
    at: Millis,
    actor: String,
    sentence: String,
    /// Id and name of the key that the row is about.
    key: Option<(String, String)>,
    address: Option<String>,
}

/// The filter and the rows in the settings layout.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let page = Suspend::new(async move {
        match load().await {
            Ok(shown) => {
                let email = shown.email.clone();
                view! { <SettingsLayout product=product() email>{activity_page(&shown)}</SettingsLayout> }.into_any()
            }
            Err(message) => view! {
                <main class="plain" id="main">
                    <section class="card pad">
                        <h1>{text::cannot_be_shown()}</h1>
                        <p>{message}</p>
                        <a class="button primary wide" href=PATH>{text::try_again()}</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    });
    view! {
        <Title text=document_title(text::title(), product()) />
        <Suspense>{page}</Suspense>
    }
}

/// A link to `path` with the filter as its query, and `after` as the page cursor.
fn filtered_path(path: &str, form: &ActivityForm, after: Option<i64>) -> String {
    let filled = form.fields().into_iter().filter(|(_, typed)| !typed.trim().is_empty());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(after.map(|seq| ("after", seq.to_string())));
    let query = query.extend_pairs(filled.map(|(name, typed)| (name, typed.trim()))).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn activity_page(shown: &ActivityPageData) -> AnyView {
    let csv = filtered_path("/settings/activity.csv", &shown.form, None);
    view! {
        <div class="page-head">
            <div>
                <h1>{text::title()}</h1>
                <p>{text::introduction()}</p>
            </div>
            <a class="button" href=csv>{text::export()}</a>
        </div>
        {filter_form(shown)}
        {activity_table(shown)}
        {page_links(shown)}
    }
    .into_any()
}

/// Display name of an actor.
fn actor_name(actor: &str) -> String {
    match actor {
        "operator" => text::operator().to_owned(),
        "keyhatch" => "Keyhatch".to_owned(),
        other => other.to_owned(),
    }
}

fn activity_table(shown: &ActivityPageData) -> AnyView {
    if !shown.errors.is_empty() {
        return ().into_any();
    }
    if shown.rows.is_empty() {
        let message = if shown.form.is_empty() { text::no_more() } else { text::no_match() };
        return view! {
            <div class="card nothing">
                <p>{message}</p>
                <a class="button" href=PATH>{text::show_everything()}</a>
            </div>
        }
        .into_any();
    }
    let rows: Vec<_> = shown.rows.iter().map(table_row).collect();
    view! {
        <div class="card">
            <table class="activity" aria-label=text::title()>
                <thead>
                    <tr>
                        <th scope="col">{text::when()}</th>
                        <th scope="col">{text::who()}</th>
                        <th scope="col">{text::what()}</th>
                        <th scope="col">{text::key()}</th>
                        <th scope="col">{text::from()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_row(row: &ActivityRowView) -> AnyView {
    let key = row.key.as_ref().map(|(id, name)| {
        let only = ActivityForm { key: id.clone(), ..ActivityForm::default() };
        let title = text::show_key(name);
        view! { <a href=filtered_path(PATH, &only, None) title=title>{name.clone()}</a> }
    });
    view! {
        <tr>
            <td class="when"><time datetime=iso(row.at)>{date_time_utc(row.at)}</time></td>
            <td class="by">{actor_name(&row.actor)}</td>
            <td class="what">{row.sentence.clone()}</td>
            <td class="about">{key}</td>
            <td class="from">{row.address.clone()}</td>
        </tr>
    }
    .into_any()
}

fn page_links(shown: &ActivityPageData) -> Option<AnyView> {
    let newest = (!shown.is_first).then(|| {
        view! { <a class="button" href=filtered_path(PATH, &shown.form, None)>{text::newest()}</a> }
    });
    let older = shown.next.map(|after| {
        view! { <a class="button" href=filtered_path(PATH, &shown.form, Some(after))>{text::older()}</a> }
    });
    let has_any = newest.is_some() || older.is_some();
    has_any.then(|| view! { <nav class="more" aria-label=text::pages()>{newest}{older}</nav> }.into_any())
}

async fn load() -> Result<ActivityPageData, String> {
    use super::query;
    use crate::context::{actor, app_state, fail, visitor};

    let to_message = |error: crate::AppError| error.message();
    let field = |name| query(name).unwrap_or_default();
    let form = ActivityForm {
        member: field("member"),
        group: field("group"),
        key: field("key"),
        from: field("from"),
        to: field("to"),
    };
    let after: Option<i64> = query("after").and_then(|after| after.parse().ok());
    let (keyhatch, visitor) = (app_state().map_err(to_message)?.keyhatch, visitor().map_err(to_message)?);
    let (actor, account) = actor().map_err(fail).map_err(to_message)?;
    let viewer = visitor.viewer.map_err(fail).map_err(to_message)?;
    let people = keyhatch.audit().list_actors(&actor, &account).await.map_err(fail).map_err(to_message)?;
    let (page, errors) = match form.check() {
        Ok(filter) => {
            let page = keyhatch.audit().list(&actor, &account, &filter, after).await;
            (page.map_err(fail).map_err(to_message)?, FieldErrors::default())
        }
        Err(errors) => (service::audit::ActivityPage::default(), errors),
    };
    let row = |activity: service::audit::Activity| ActivityRowView {
        at: activity.at,
        actor: activity.actor,
        sentence: activity.sentence,
        key: activity.key.map(|key| (key.id, key.name)),
        address: activity.address,
    };
    Ok(ActivityPageData {
        email: viewer.email,
        form,
        errors,
        people,
        rows: page.rows.into_iter().map(row).collect(),
        is_first: after.is_none(),
        next: page.next,
    })
}
