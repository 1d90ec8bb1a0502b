//! The history of a key: a sentence for each entry.

i18n::texts! { "history";
    created(who, name),
    updated(who, changes),
    saved(who),
    change(field, from, to),
    any_address,
    all,
    none,
    never,
    rotated(who),
    rotated_until(who, until),
    overlap_ended(who),
    disabled(who),
    enabled(who),
    deleted(who),
    deleted_because(who, reason),
    deleted_again,
    retired_again,
    other(who, action),
}
