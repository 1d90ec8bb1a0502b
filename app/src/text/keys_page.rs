//! The page of the key list as a whole.

i18n::texts! { "keys_page";
    cannot_be_shown,
    try_again,
}
