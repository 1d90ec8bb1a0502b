//! The texts of the rules that people read on a page or in a PDF, whose words stand in the catalogue of the crate `i18n`. Here
//! is only which text and which arguments.
//!
//! What operators and programs read is English and stands beside its rule: faults in a configuration, code samples, stored
//! words.

use i18n::TextId;

/// The texts that checks in the browser write. A page with a form carries their words.
pub const ISLAND_IDS: &[&[TextId]] =
    &[time::IDS, lists::IDS, fields::IDS, whitelist::IDS, limits::IDS, templates::IDS, summary::IDS, verdicts::IDS];

/// Every text of the rules.
pub const IDS: &[&[TextId]] = &[
    time::IDS,
    lists::IDS,
    fields::IDS,
    whitelist::IDS,
    limits::IDS,
    templates::IDS,
    summary::IDS,
    verdicts::IDS,
    overview::IDS,
    labels::IDS,
    lifecycle::IDS,
    credentials::IDS,
    activity_filter::IDS,
    policy::IDS,
    first_call::IDS,
    explain_checks::IDS,
];

/// Dates, times and durations.
pub(crate) mod time {
    i18n::texts! { "time";
        date(day, month, year),
        date_without_year(day, month),
        date_time(date, time),
        just_now,
        on_date(date),
        minutes_ago(count),
        hours_ago(count),
        days_ago(count),
        minutes(count),
        hours(count),
        days(count),
    }
}

/// Numbers and enumerations.
pub(crate) mod lists {
    i18n::texts! { "lists";
        thousands_separator,
        comma(list, next),
        and(list, last),
    }
}

/// Wrong fields of the form of a key.
pub(crate) mod fields {
    i18n::texts! { "fields";
        name_missing,
        name_too_long(len, max),
        name_control,
        name_invisible,
        no_live_environment,
        no_sandbox_environment,
        privilege_malformed(typed),
        privilege_unknown(privilege),
        privileges_fixed,
        expiry_malformed,
        expiry_past,
        expiry_too_late,
        expiry_beyond(days, latest),
        limit_malformed,
        limit_zero,
        limit_too_large(max),
        refill_without_uses,
    }
}

/// Refused entries of a whitelist, and refused whitelists.
pub(crate) mod whitelist {
    i18n::texts! { "whitelist";
        empty,
        too_long(len, max),
        text_too_long(max),
        any_address(typed),
        unspecified(typed),
        multicast(typed),
        broadcast(typed),
        leading_zero(typed),
        octet_too_big(typed, part),
        not_four_parts(typed),
        not_decimal(typed),
        port(typed),
        brackets(typed),
        brackets_and_port(typed),
        zone(typed),
        host_bits(typed),
        prefix(typed, max),
        netmask(typed, mask),
        backwards(typed),
        mixed_families(typed),
        abbreviated(typed),
        v4_compatible(typed),
        double_colon_twice(typed),
        group_too_long(typed, part),
        not_ipv6(typed),
        several(typed),
        extra(typed),
        invisible_character(typed, code_point),
        unused_character(typed, character, code_point),
        not_an_address(typed),
        use_instead(suggestion),
        use_network_or_address(network, address),
        use_a_network,
        too_many(count, max, excess),
        missing,
        line(number, error),
        more_lines(count),
    }
}

/// Limits of a key.
pub(crate) mod limits {
    i18n::texts! { "limits";
        per_second(number),
        per_minute(number),
        per_hour(number),
        per_day(number),
        uses(count, number),
        uses_per_day(count, number),
        uses_per_month(count, number),
    }
}

/// The standard starting points of the key editor.
pub(crate) mod templates {
    i18n::texts! { "templates";
        read_only,
        read_only_description,
        full_access,
        full_access_description,
    }
}

/// The sentence above *Save*.
pub(crate) mod summary {
    i18n::texts! { "summary";
        sentence[environment, privileges, sources, expiry, limits],
        all_privileges,
        no_privileges,
        group(actions, modules),
        action(action),
        any_address,
        networks(count),
        addresses(count),
    }
}

/// What each verdict means.
pub(crate) mod verdicts {
    i18n::texts! { "verdicts";
        valid,
        malformed,
        not_found,
        disabled,
        expired,
        channel_not_allowed,
        ip_not_allowed,
        privilege_missing,
        concurrency_limited,
        rate_limited,
        quota_exceeded,
    }
}

/// Properties of a key, in a cell of a table.
pub(crate) mod overview {
    i18n::texts! { "overview";
        all_privileges,
        no_privileges,
        action_of(module, action),
        and_more(named, count),
        any_address,
        addresses(count),
        entries(count),
    }
}

/// Names of things.
pub(crate) mod labels {
    i18n::texts! { "labels";
        action(action, label),
        owner,
        admin,
        viewer,
        activity_keys,
        activity_members,
        activity_account,
    }
}

/// Wrong fields of the forms that rotate and delete keys.
pub(crate) mod lifecycle {
    i18n::texts! { "lifecycle";
        overlap_malformed,
        overlap_past,
        overlap_too_late,
        overlap_after_expiry(expiry),
        overlap_of_expired_key,
        name_missing,
        other_name,
        reason_too_long(len, max),
        reason_control,
    }
}

/// Wrong emails and passwords, and the rule on two-factor codes.
pub(crate) mod credentials {
    i18n::texts! { "credentials";
        email_missing,
        email_too_long(max),
        email_malformed,
        password_too_short(len, min),
        password_too_long(len, max),
        password_guessable,
        choose_start,
        choose_day(first, last),
    }
}

/// Wrong fields of the filter of the activity page.
pub(crate) mod activity_filter {
    i18n::texts! { "activity_filter";
        group,
        day,
        order,
    }
}

/// What the operator's policy does not allow.
pub(crate) mod policy {
    i18n::texts! { "policy";
        unknown_channel(channel, known),
        no_sub_accounts,
        sub_account_too_deep,
        account_too_deep,
    }
}

/// What to do after the first call with a new secret was refused, among it adding the caller's address to the whitelist.
pub(crate) mod first_call {
    i18n::texts! { "first_call";
        send_again,
        send_name(name),
        not_an_address,
        any_address_already,
        already_allowed(address),
        whitelist_full(count, max),
    }
}

/// The checks of a call.
pub(crate) mod explain_checks {
    i18n::texts! { "explain_checks";
        enabled,
        expiry,
        channel,
        address,
        privilege,
        rate,
        quota,
        is_enabled,
        is_disabled,
        enable,
        never_expires,
        expires_on(at),
        expired_on(at),
        choose_later_expiry,
        any_channel,
        for_channel(channel),
        for_other_channel(channel, named),
        for_unnamed_channel(channel),
        use_key_for(channel),
        configure_channel,
        any_address,
        address_unknown,
        configure_address,
        address_listed(address),
        address_in(address, entry),
        address_not_listed(address, whitelist),
        add_address(address),
        no_privilege_needed,
        has_privilege(privilege),
        lacks_privilege(privilege),
        tick_privilege(privilege),
        left(left, limit),
        too_little_left(left, limit, cost),
        too_little_left_until(left, limit, until, cost),
        raise_above_cost,
        wait_until(until),
        raise_uses,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use i18n::{Locale, MessageCatalogue, with_language};

    /// Calls `work` as in a request of somebody who reads German.
    pub(crate) fn in_german<T>(work: impl FnOnce() -> T) -> T {
        with_language(MessageCatalogue::default().translations(Locale::parse("de").expect("German")), work)
    }
}
