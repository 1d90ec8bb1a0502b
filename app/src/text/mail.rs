//! Mails: a subject and a text each. Sending them belongs to the crate `mail`.

/// Subject of an invitation.
pub fn invitation_subject(account: &str, product: &str) -> String {
    format!("Join {account} on {product}")
}

/// Text of an invitation.
pub fn invitation(account: &str, product: &str, link: &str) -> String {
    format!(
        "You are invited to {account} on {product}.\n\n\
         Open this link to choose a password and join. It works once, for 7 days:\n\n{link}\n\n\
         If you did not expect this, ignore it: nothing happens unless the link is opened.\n"
    )
}

/// Subject of a link for a new password.
pub fn reset_subject(product: &str) -> String {
    format!("Choose a new password for {product}")
}

/// Text of a link for a new password.
pub fn reset(email: &str, product: &str, link: &str) -> String {
    format!(
        "Someone, probably you, asked for a new password for {email} on {product}.\n\n\
         Open this link to choose one. It works once, for one hour:\n\n{link}\n\n\
         If it was not you, ignore this mail: your password stays as it is.\n"
    )
}

/// Subject of the message that a password was changed.
pub fn password_changed_subject(product: &str) -> String {
    format!("Your password for {product} was changed")
}

/// Text of the message that a password was changed; `at` is a date and time, `link` leads to the page for a lost password.
pub fn password_changed(email: &str, product: &str, at: &str, link: &str) -> String {
    format!(
        "The password of {email} on {product} was changed with a one-time link on {at}. Every session has ended.\n\n\
         If it was not you, choose a new one at once:\n\n{link}\n\n\
         Then tell an owner of your account.\n"
    )
}
