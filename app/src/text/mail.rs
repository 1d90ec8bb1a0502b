//! Mails: a subject and a text each. Sending them belongs to the crate `mail`.

i18n::texts! { "mail";
    invitation_subject(account, product),
    invitation(account, product, link),
    reset_subject(product),
    reset(email, product, link),
    password_changed_subject(product),
    password_changed(email, product, at, link),
}
