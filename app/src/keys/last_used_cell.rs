//! The list's "Last used" cell: how long ago, and the exact time and address on hover and focus.

use crate::dom::{Element, el};
use domain::time::{self, Millis};
use domain::views::LastUse;

/// The cell.
pub(super) fn last_used_cell(last_use: Option<&LastUse>, now: Millis) -> Element {
    let Some(LastUse { at, address }) = last_use else { return el("td").class("quiet used never").child("Never") };
    let exact = match address {
        Some(address) => format!("{} from {address}", time::date_time_utc(*at)),
        None => format!("{} from an unknown address", time::date_time_utc(*at)),
    };
    // Always in the page, so that screen readers announce it; CSS only moves it.
    let tip = el("span").class("tip").child(exact);
    let time = el("time").attr("datetime", time::iso(*at)).child(time::ago(*at, now));
    el("td").class("quiet used").child(el("span").class("tipped").attr("tabindex", "0").child(time).child(tip))
}
