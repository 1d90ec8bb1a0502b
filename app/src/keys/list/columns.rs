//! The columns between a key's name and its menu: each with its heading and its cell. A new column is one more entry of
//! [`COLUMNS`].

use super::data::KeyListData;
use super::dates::short_date;
use crate::keys::url::KeyQuery;
use crate::text::list as text;
use domain::privilege::{Catalogue, Privileges};
use domain::time::{self, Millis, date_time_utc};
use domain::views::{KeySort, KeySortBy, KeyView, LastUse};
use domain::whitelist::Whitelist;
use leptos::prelude::*;

/// A column of the table.
pub(super) struct Column {
    /// Its `<th>`.
    pub head: fn(&KeyListData) -> AnyView,
    /// The `<td>` of a key.
    pub cell: fn(&KeyListData, &Catalogue, &KeyView) -> AnyView,
}

/// In their order on screen.
pub(super) const COLUMNS: [Column; 5] = [
    Column {
        head: |_| view! { <th class="masked" scope="col">{text::key()}</th> }.into_any(),
        cell: |_, _, key| view! { <td class="masked">{key.masked.clone()}</td> }.into_any(),
    },
    Column {
        head: |_| view! { <th scope="col">{text::privileges()}</th> }.into_any(),
        cell: |_, catalogue, key| view! { <td class="privileges">{privileges(key, catalogue)}</td> }.into_any(),
    },
    Column {
        head: |_| view! { <th scope="col">{text::whitelist()}</th> }.into_any(),
        cell: |_, _, key| view! { <td class="addresses">{addresses(key)}</td> }.into_any(),
    },
    Column {
        head: |list| sortable_head(list, KeySortBy::Used, text::last_used(), None),
        cell: |list, _, key| last_used(key.last_use.as_ref(), list.now),
    },
    Column {
        head: time_head,
        cell: |list, _, key| view! { <td class="created">{created_or_expires(list, key)}</td> }.into_any(),
    },
];

/// The last column of times: creations, or expiries while the list is sorted by them. A quiet link leads to the other.
fn time_head(list: &KeyListData) -> AnyView {
    let (created, expires) = ((KeySortBy::Created, text::created()), (KeySortBy::Expires, text::expires()));
    let ((by, label), other) = match list.query.sort.by {
        KeySortBy::Expires => (expires, created),
        _ => (created, expires),
    };
    sortable_head(list, by, label, Some(other))
}

/// The heading of a column: a link that sorts by it, and in reverse order if it is sorted by already.
pub(super) fn sortable_head(
    list: &KeyListData,
    by: KeySortBy,
    label: &'static str,
    other: Option<(KeySortBy, &'static str)>,
) -> AnyView {
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

fn privileges(key: &KeyView, catalogue: &Catalogue) -> String {
    Privileges::from_stored(&key.privileges).map(|privileges| privileges.summary(catalogue)).unwrap_or_default()
}

fn addresses(key: &KeyView) -> AnyView {
    let summary = Whitelist::from_stored(&key.whitelist).map(|whitelist| whitelist.summary()).unwrap_or_default();
    if key.whitelist.is_empty() {
        view! { <span class="tag warn">{summary}</span> }.into_any()
    } else {
        summary.into_any()
    }
}

/// How long ago; the exact time and the address appear on hover and focus, and are always read out.
fn last_used(last_use: Option<&LastUse>, now: Millis) -> AnyView {
    let Some(LastUse { at, address }) = last_use else {
        return view! { <td class="used never" data-phone=text::never_used()>{text::never()}</td> }.into_any();
    };
    let exact = text::used_from(&date_time_utc(*at), address.as_deref());
    let ago = time::ago(*at, now);
    // Without the column's heading, on a small screen, the cell says what it is.
    view! { <td class="used" tabindex="0"><i>{text::used()}</i>{ago}<span>{exact}</span></td> }.into_any()
}

fn created_or_expires(list: &KeyListData, key: &KeyView) -> String {
    match list.query.sort.by {
        KeySortBy::Expires => key.expires_at.map_or_else(|| text::never().to_owned(), |at| short_date(at, list.now)),
        _ => short_date(key.created_at, list.now),
    }
}
