//! The table with its sortable columns. A row belongs in `row`.

use super::data::KeyListData;
use super::row::key_row;
use crate::keys::url::KeyQuery;
use crate::text::list as text;
use domain::privilege::Catalogue;
use domain::views::{KeySort, KeySortBy};
use leptos::prelude::*;

/// The table; none if no key matches.
pub(super) fn key_table(list: &KeyListData) -> Option<AnyView> {
    if list.page.keys.is_empty() {
        return None;
    }
    let catalogue = Catalogue::from_validated(list.policy.modules.clone());
    let rows: Vec<_> =
        list.page.keys.iter().enumerate().map(|(index, key)| key_row(list, &catalogue, index, key)).collect();
    let pick = list.may_manage.then(|| {
        view! {
            <th class="pick">
                // Disabled until the island that makes it work is there.
                <label><input type="checkbox" id="select-all" aria-label=text::select_all() disabled=true /></label>
            </th>
        }
    });
    let table = view! {
        <table class="key-list" aria-label=text::table()>
            <thead>
                <tr>
                    {pick}
                    {column(list, KeySortBy::Name, text::name(), None)}
                    <th class="masked" scope="col">{text::key()}</th>
                    <th scope="col">{text::privileges()}</th>
                    <th scope="col">{text::whitelist()}</th>
                    {column(list, KeySortBy::Used, text::last_used(), None)}
                    {time_column(list)}
                    <th scope="col"><span class="hidden">{text::actions()}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_any())
}

/// The last column of times: creations, or expiries while the list is sorted by them. A quiet link leads to the other.
fn time_column(list: &KeyListData) -> AnyView {
    let (created, expires) = ((KeySortBy::Created, text::created()), (KeySortBy::Expires, text::expires()));
    let ((by, label), other) = match list.query.sort.by {
        KeySortBy::Expires => (expires, created),
        _ => (created, expires),
    };
    column(list, by, label, Some(other))
}

/// The heading of a column: a link that sorts by it, and in reverse order if it is sorted by already.
fn column(list: &KeyListData, by: KeySortBy, label: &'static str, other: Option<(KeySortBy, &'static str)>) -> AnyView {
    let sort = list.query.sort;
    let direction = (sort.by == by).then_some(if sort.is_descending { "descending" } else { "ascending" });
    let link = |sort: KeySort, label: &'static str| {
        let target = KeyQuery { sort, ..list.query.from_start() };
        view! { <a href=target.relative_url(None)>{label}</a> }
    };
    let other = other.map(|(other, label)| link(KeySort::first(other), label));
    // The cells below are announced with the column's own name alone.
    let name = other.is_some().then_some(label);
    let class = other.is_some().then_some("created");
    view! {
        <th class=class scope="col" aria-sort=direction aria-label=name>
            {link(sort.toggled(by), label)}
            {other}
        </th>
    }
    .into_any()
}
