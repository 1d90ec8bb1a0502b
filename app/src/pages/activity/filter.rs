//! The filter form of the activity page, with its current values and error messages.

use super::{ActivityPageData, PATH, actor_name};
use crate::text::activity as text;
use domain::activity::ActivityGroup;
use domain::form::FieldErrors;
use leptos::prelude::*;

/// The form. Its field names are the query parameters.
pub(super) fn filter_form(shown: &ActivityPageData) -> AnyView {
    let ActivityPageData { form, errors, people, .. } = shown;
    let groups = ActivityGroup::ALL.into_iter().map(|group| (group.as_str().to_owned(), group.label().to_owned()));
    // A member in the query stays selected even if they never did anything.
    let unknown = Some(form.member.clone()).filter(|member| !member.is_empty() && !people.contains(member));
    let people = people.iter().cloned().chain(unknown).map(|person| (person.clone(), actor_name(&person)));
    let clear_link = (!form.is_empty()).then(|| {
        view! { <p class="everything"><a href=PATH>{text::show_everything()}</a></p> }
    });
    view! {
        <form class="filters" role="search" aria-label=text::filter_form() method="get" action=PATH>
            {select_field("member", text::member(), text::everyone(), people.collect(), &form.member, errors)}
            {select_field("group", text::group(), text::everything(), groups.collect(), &form.group, errors)}
            {text_field("key", text::key(), "search", &form.key, errors)}
            {text_field("from", text::from_date(), "date", &form.from, errors)}
            {text_field("to", text::to_date(), "date", &form.to, errors)}
            <button class="button primary" type="submit">{text::filter()}</button>
            {clear_link}
        </form>
    }
    .into_any()
}

fn select_field(
    name: &'static str,
    label: &'static str,
    all: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
    errors: &FieldErrors,
) -> AnyView {
    let options: Vec<_> = std::iter::once((String::new(), all.to_owned()))
        .chain(options)
        .map(|(value, label)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{label}</option> }
        })
        .collect();
    let input = view! { <select class="input" id=element_id(name) name=name>{options}</select> };
    field(name, label, input.into_any(), errors)
}

fn text_field(
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    typed: &str,
    errors: &FieldErrors,
) -> AnyView {
    let hint = (kind == "search").then_some(text::key_hint());
    let invalid = errors.get(name).map(|_| "true");
    let described = invalid.map(|_| format!("{}-error", element_id(name)));
    let input = view! {
        <input
            class="input"
            id=element_id(name)
            name=name
            type=kind
            value=typed.to_owned()
            placeholder=hint
            maxlength="300"
            aria-invalid=invalid
            aria-describedby=described
        />
    };
    field(name, label, input.into_any(), errors)
}

/// Prefixed, because the side menu uses ids such as `account`.
fn element_id(name: &str) -> String {
    format!("activity-{name}")
}

fn field(name: &'static str, label: &'static str, input: AnyView, errors: &FieldErrors) -> AnyView {
    let error = errors.get(name).map(|message| {
        let (id, message) = (format!("{}-error", element_id(name)), message.to_owned());
        view! { <p class="error" role="alert" id=id>{message}</p> }
    });
    view! {
        <div class="field">
            <label for=element_id(name)>{label}</label>
            {input}
            {error}
        </div>
    }
    .into_any()
}
