//! One-time links for a new password: creating them and finding them, for `members` (an owner or the operator hands one
//! over) and `identity` (a person asks for one by mail). Who may do either does not belong here.

use crate::context::Context;
use crate::error::Error;
use crate::session::{hash_token, new_token};
use domain::time::Millis;
use secrets::SecretString;
use store::{MemberRow, PasswordResetRow, Tx};

/// How long a link works, in milliseconds: one hour.
pub const PASSWORD_RESET_LIFETIME: Millis = 60 * 60 * 1_000;

/// A new link for a member.
pub struct NewPasswordReset {
    /// The member's email.
    pub email: String,
    /// The token for the link, which is shown or mailed once.
    pub token: SecretString,
    /// When the link expires, in epoch milliseconds.
    pub expires_at: Millis,
}

/// Creates a link in the caller's transaction.
pub(crate) async fn create(context: &Context, tx: &mut Tx, member: &MemberRow) -> Result<NewPasswordReset, Error> {
    let token = new_token(&*context.random);
    let now = context.now();
    let row = PasswordResetRow {
        token_hash: hash_token(&token),
        member_id: member.id.clone(),
        created_at: now,
        expires_at: now + PASSWORD_RESET_LIFETIME,
    };
    tx.password_resets().insert(&row).await?;
    Ok(NewPasswordReset { email: member.email.clone(), token, expires_at: row.expires_at })
}

/// The id of the member whom an open link is for.
///
/// # Errors
/// [`Error::PasswordResetClosed`] if the link is unknown, used or expired.
pub(crate) fn check_open(found: Option<PasswordResetRow>, now: Millis) -> Result<String, Error> {
    found.filter(|row| row.expires_at > now).map(|row| row.member_id).ok_or(Error::PasswordResetClosed)
}
