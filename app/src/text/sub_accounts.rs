//! `/settings/sub-accounts`. A pair of texts stands around a name.

i18n::texts! { "sub_accounts";
    title,
    created,
    renamed,
    deleted,
    none_yet,
    none_possible,
    name,
    keys,
    created_on,
    actions,
    show_older,
    open,
    rename,
    delete,
    add_title,
    name_hint,
    add,
    rename_title,
    delete_title,
    lead(account),
    act_on(act, name),
    delete_question[account],
}

/// How many keys an account has.
pub fn count_of_keys(count: usize) -> String {
    if count == 1 { "1 key".to_owned() } else { format!("{count} keys") }
}

/// What deleting an account with so many keys does.
pub fn delete_consequence(keys: usize) -> String {
    let keys = match keys {
        0 => "It has no keys.".to_owned(),
        1 => "Its key is deleted, and requests with it will fail immediately.".to_owned(),
        keys => format!("Its {keys} keys are deleted, and requests with them will fail immediately."),
    };
    format!("{keys} Its members and the accounts below it are deleted as well. This cannot be undone.")
}
