//! Session tokens: 256 random bits in a cookie, their hash in the database, an idle time-out and an absolute one.

use crate::context::Context;
use crate::error::Error;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Millis;
use secrets::{ExposeSecret, Random, SecretString, random_bytes};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use store::{SessionRow, Tx};

const MINUTE: Millis = 60_000;
/// The idle time-out, in milliseconds: 12 hours.
pub const SESSION_IDLE: Millis = 12 * 60 * MINUTE;
/// The absolute time-out after signing in, in milliseconds: 7 days.
const SESSION_LIFETIME: Millis = 7 * 24 * 60 * MINUTE;
/// How long the second factor may take after the password, in milliseconds: 5 minutes.
pub const PENDING_LIFETIME: Millis = 5 * MINUTE;

/// A new session, or a sign-in that waits for its second factor.
pub struct SignedIn {
    /// The value of the session's cookie.
    pub token: SecretString,
    /// Whether the token is worthless until a code is shown with it.
    pub needs_code: bool,
}

/// The hash of a token: all that the database holds of it.
pub(crate) fn hash_token(token: &SecretString) -> Vec<u8> {
    Sha256::digest(token.expose_secret().as_bytes()).to_vec()
}

/// A token of 256 random bits for a cookie or a link.
pub(crate) fn new_token(random: &dyn Random) -> SecretString {
    SecretString::from(URL_SAFE_NO_PAD.encode(random_bytes::<32>(random)))
}

/// Whether a session has timed out.
pub(crate) fn is_timed_out(last_seen_at: Millis, expires_at: Millis, now: Millis) -> bool {
    expires_at <= now || last_seen_at + SESSION_IDLE <= now
}

/// Begins a session in the caller's transaction; returns its token.
pub(crate) async fn begin_session(
    context: &Context,
    tx: &mut Tx,
    member_id: &str,
    address: Option<IpAddr>,
) -> Result<SecretString, Error> {
    let token = new_token(&*context.random);
    let now = context.now();
    tx.sessions()
        .insert(&SessionRow {
            token_hash: hash_token(&token),
            member_id: member_id.to_owned(),
            created_at: now,
            last_seen_at: now,
            expires_at: now + SESSION_LIFETIME,
            address: address.map(|address| address.to_string()).unwrap_or_default(),
        })
        .await?;
    Ok(token)
}
