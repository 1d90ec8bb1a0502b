//! The list as a whole: its data, and the order of its parts.

use super::bulk::{bulk_bar, phone_bar, row_action_form};
use super::data::KeyListData;
use super::filters::{filter_sheet, tools};
use super::head::{empty_state, page_head};
use super::paging::{nothing, paging};
use super::shortcuts::shortcuts_help;
use super::table::key_table;
use leptos::prelude::*;

/// Everything inside the settings layout.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub fn KeyListSection(
    /// What it shows.
    list: KeyListData,
    /// What the last act did, shown at the foot of the screen.
    #[prop(optional_no_strip)]
    notice: Option<AnyView>,
) -> impl IntoView {
    let is_empty = list.page.total == 0 && !list.query.is_filtered();
    if is_empty {
        return view! {
            {page_head(&list)}
            {empty_state(&list)}
            <div class="dock">{notice}</div>
            {shortcuts_help()}
        }
        .into_any();
    }
    let forms = list.may_manage.then(|| row_action_form(&list));
    view! {
        {page_head(&list)}
        {tools(&list)}
        {filter_sheet(&list)}
        <div class="card">{key_table(&list)} {nothing(&list)}</div>
        {paging(&list)}
        {forms}
        <div class="dock">{notice} {list.may_manage.then(|| (bulk_bar(&list), phone_bar(&list)))}</div>
        {shortcuts_help()}
    }
    .into_any()
}
