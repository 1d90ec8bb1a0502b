//! The properties of a key on its page, and the badges beside its name.

use domain::time::{Millis, ago, date_time_utc};
use domain::views::LastUse;

i18n::texts! { "key_properties";
    live,
    sandbox,
    deleted_on(date),
    disabled,
    expired,
    needs_rotation,
    key,
    id,
    state,
    whitelist,
    privileges,
    limits,
    expires,
    created,
    updated,
    last_used,
    reason,
    any_address,
    none,
    never,
    at_by(at, member),
    used_from(at, address),
    used_from_unknown(at),
    state_deleted(at, member),
    state_disabled,
    state_expired,
    state_retired,
    state_active,
}

/// The last use, if there was one.
pub fn last_use(last_use: Option<&LastUse>, now: Millis) -> String {
    let Some(LastUse { at, address }) = last_use else { return never().to_owned() };
    let at = format!("{} ({})", date_time_utc(*at), ago(*at, now));
    match address {
        Some(address) => used_from(at, address),
        None => used_from_unknown(at),
    }
}
