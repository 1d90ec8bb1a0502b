//! When and from where a key was used last: how long ago, and the exact words on hover and focus.

use crate::dom::{Element, el};
use domain::time::{self, Millis};
use domain::views::LastUse;

/// The cell of the table.
pub(super) fn last_used(last_use: Option<&LastUse>, now: Millis) -> Element {
    let Some(LastUse { at, address }) = last_use else { return el("td").class("quiet used never").child("Never") };
    let exact = match address {
        Some(address) => format!("{} from {address}", time::date_time_utc(*at)),
        None => format!("{}, from an address that is not known", time::date_time_utc(*at)),
    };
    // Always in the page, so that it is read out too; only its place changes.
    let tip = el("span").class("tip").child(exact);
    let moment = el("time").attr("datetime", time::iso(*at)).child(time::ago(*at, now));
    el("td").class("quiet used").child(el("span").class("tipped").attr("tabindex", "0").child(moment).child(tip))
}
