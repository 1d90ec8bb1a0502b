//! The page of one key.

use domain::explain::LimitStatus;
use domain::time::{Millis, ago, date_time_utc};
use domain::views::LastUse;

i18n::texts! { "key_details";
    title,
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
    copy_id,
    copy_example_in(language),
    used_from(ago, address),
    used_from_unknown(ago),
    old_key_used_by(ago, address),
    old_key_used_by_unknown(ago),
    old_key_works_until(at),
    limit_left(limit, left),
    limit_left_until(limit, left, at),
}

/// The last use, in the head of the page.
pub fn last_used(last_use: &LastUse, now: Millis) -> String {
    let ago = ago(last_use.at, now);
    match &last_use.address {
        Some(address) => used_from(ago, address),
        None => used_from_unknown(ago),
    }
}

/// An address that still uses the old key.
pub fn old_key_use(last_use: &LastUse, now: Millis) -> String {
    let ago = ago(last_use.at, now);
    match &last_use.address {
        Some(address) => old_key_used_by(ago, address),
        None => old_key_used_by_unknown(ago),
    }
}

pub fn old_key_until(until: Millis) -> String {
    old_key_works_until(date_time_utc(until))
}

/// A limit, what is left of it, and when it begins anew.
pub fn limit(status: &LimitStatus) -> String {
    let (limit, left) = (status.allowance.describe(), status.left_text());
    match status.resets_at {
        Some(at) => limit_left_until(limit, left, date_time_utc(at)),
        None => limit_left(limit, left),
    }
}
