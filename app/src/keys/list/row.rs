//! One row of the table: a key with its tags. A second line is only for what needs a person. The other cells are in
//! `columns`, the menu in `row_menu`.

use super::columns::COLUMNS;
use super::data::KeyListData;
use super::dates::{short_date, without_year};
use super::row_menu::row_menu;
use crate::keys::element_ids::menu_button_id;
use crate::keys::url::PATH;
use crate::text::list as text;
use domain::key::Environment;
use domain::privilege::Catalogue;
use domain::time::{self, Millis, date_time_utc};
use domain::views::KeyView;
use leptos::prelude::*;

/// How long before its expiry a key shows a warning, in milliseconds.
const EXPIRY_WARNING: Millis = 14 * 86_400_000;

/// The row. `index` counts from 0.
pub(super) fn key_row(list: &KeyListData, catalogue: &Catalogue, index: usize, key: &KeyView) -> AnyView {
    let exists = key.deleted_at.is_none();
    // "Load more" leads to the first row that it adds.
    let is_page_start = index > 0 && index.is_multiple_of(list.policy.page_size);
    let page_start = is_page_start.then(|| format!("row-{}", index + 1));
    let (link_id, button_id) = match page_start {
        Some(row) => (Some(menu_button_id(&key.id)), row),
        None => (None, menu_button_id(&key.id)),
    };
    let cells: Vec<_> = COLUMNS.iter().map(|column| (column.cell)(list, catalogue, key)).collect();
    let cells = view! {
            {list.may_manage.then(|| view! { <td class="pick">{exists.then(|| check_box(list, key))}</td> })}
            <th scope="row">{name(list, key, link_id)}</th>
            {cells}
            <td class="act">{exists.then(|| row_menu(list, key, index, button_id))}</td>
    };
    // An attribute that is absent would be rendered empty.
    match row_class(list, key) {
        Some(class) => view! { <tr class=class>{cells}</tr> }.into_any(),
        None => view! { <tr>{cells}</tr> }.into_any(),
    }
}

/// `off` for a disabled key, `over` for one that is expired or deleted, `sandbox`, `changed`.
fn row_class(list: &KeyListData, key: &KeyView) -> Option<String> {
    let is_over = key.deleted_at.is_some() || key.expires_at.is_some_and(|end| end <= list.now);
    let classes = [
        ("off", !key.enabled),
        ("over", is_over),
        ("sandbox", key.environment == Environment::Sandbox),
        ("changed", list.changed.contains(&key.id)),
    ];
    let classes: Vec<&str> = classes.into_iter().filter(|(_, is_set)| *is_set).map(|(class, _)| class).collect();
    Some(classes.join(" ")).filter(|classes| !classes.is_empty())
}

/// The link to the key's page, its tags, and the second line.
fn name(list: &KeyListData, key: &KeyView, id: Option<String>) -> Vec<AnyView> {
    let name = view! { <a id=id href=format!("{PATH}/{}", key.id)>{key.name.clone()}</a> };
    let tag = |(class, text)| view! { " " <span class=class>{text}</span> }.into_any();
    let line = |(class, text)| view! { <span class=class>{text}</span> }.into_any();
    let (tags, lines) = (tags(key, list.now).into_iter().map(tag), second_lines(key, list.now).into_iter().map(line));
    std::iter::once(name.into_any()).chain(tags).chain(lines).collect()
}

fn check_box(list: &KeyListData, key: &KeyView) -> AnyView {
    let name = format!("key.{}", key.id);
    let is_selected = list.selected.contains(&key.id);
    view! {
        <label>
            <input type="checkbox" form="bulk" name=name checked=is_selected aria-label=text::select_key(&key.name) />
        </label>
    }
    .into_any()
}

fn tags(key: &KeyView, now: Millis) -> Vec<(&'static str, String)> {
    let sandbox = (key.environment == Environment::Sandbox).then_some(("tag sandbox", text::sandbox().to_owned()));
    let state = if let Some(at) = key.deleted_at {
        Some(("tag bad", text::deleted_on(short_date(at, now))))
    } else if !key.enabled {
        Some(("tag", text::disabled().to_owned()))
    } else {
        let expired = key.expires_at.filter(|end| *end <= now);
        expired.map(|end| ("tag", text::expired_on(short_date(end, now))))
    };
    [sandbox, state].into_iter().flatten().collect()
}

/// What needs a person: a secret to renew, an expiry that is near, an old key that still works; of a deleted key, why.
fn second_lines(key: &KeyView, now: Millis) -> Vec<(&'static str, String)> {
    if key.deleted_at.is_some() {
        return key.delete_reason.iter().map(|reason| ("also", reason.clone())).collect();
    }
    let left = key.expires_at.map(|end| end - now).filter(|left| (1..=EXPIRY_WARNING).contains(left));
    let lines = [
        key.needs_rotation.then(|| ("also bad", text::needs_rotation().to_owned())),
        left.map(|left| ("also warn", text::expires_in(time::format_duration(left)))),
        key.old_secret_until.map(|until| ("also", text::old_key_until(without_year(&date_time_utc(until), now)))),
    ];
    lines.into_iter().flatten().collect()
}
