//! Why a plain form was refused, where the words of `errors` would be about keys.

i18n::texts! { "forms";
    forbidden,
    not_found,
}
