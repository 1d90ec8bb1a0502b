//! The page of one key.

use domain::explain::LimitStatus;
use domain::time::{Millis, ago, date_time_utc};
use domain::views::LastUse;

i18n::texts! { "key_details";
    cannot_be_shown,
    back_to_list,
    back,
    edit,
    rotate,
    disable,
    enable,
    delete,
    test,
    copy,
    about,
    danger,
    disable_hint,
    enable_hint,
    delete_hint,
    old_key,
    old_key_not_used,
    old_key_used_from,
    end_old_key,
    how_to_send,
    history,
    older,
    never_used,
    keep_in_variable(variable),
    example_in(language),
    more_entries(count),
    from_address(address),
}

const UNKNOWN_ADDRESS: &str = "an unknown address";

/// The last use, in the head of the page.
pub fn last_used(last_use: &LastUse, now: Millis) -> String {
    let from = last_use.address.as_deref().unwrap_or(UNKNOWN_ADDRESS);
    format!("Used {} from {from}", ago(last_use.at, now))
}

/// An address that still uses the old key.
pub fn old_key_use(last_use: &LastUse, now: Millis) -> String {
    let from = last_use.address.as_deref().unwrap_or(UNKNOWN_ADDRESS);
    format!("{from}, last {}", ago(last_use.at, now))
}

pub fn old_key_until(until: Millis) -> String {
    format!("The old key works until {}.", date_time_utc(until))
}

/// A limit, what is left of it, and when it begins anew.
pub fn limit(status: &LimitStatus) -> String {
    let (limit, left) = (status.allowance.describe(), status.left_text());
    match status.resets_at {
        Some(at) => format!("{limit}: {left} left, resets {}", date_time_utc(at)),
        None => format!("{limit}: {left} left"),
    }
}
