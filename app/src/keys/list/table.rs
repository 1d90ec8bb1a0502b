//! The table of keys. Its columns are in `columns`, a row with its name and menu in `row`.

use super::columns::{COLUMNS, sortable_head};
use super::data::KeyListData;
use super::row::key_row;
use crate::text::list as text;
use domain::privilege::Catalogue;
use domain::views::KeySortBy;
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
    let heads: Vec<_> = COLUMNS.iter().map(|column| (column.head)(list)).collect();
    let table = view! {
        <table class="key-list" aria-label=text::table()>
            <thead>
                <tr>
                    {pick}
                    {sortable_head(list, KeySortBy::Name, text::name(), None)}
                    {heads}
                    <th scope="col"><span class="hidden">{text::actions()}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_any())
}
