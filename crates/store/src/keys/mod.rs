//! Keys. Which values are valid, and which calls a key authorizes, is decided by the callers.

/// A statement that selects [`KeyRow`]s; only its end differs.
macro_rules! select_keys {
    ($($rest:expr),+) => {
        concat!(
            "SELECT k.id, k.account_id, k.name, k.environment, k.channel, k.enabled, k.whitelist, k.privileges, ",
            "k.limits, k.created_at, k.created_by, k.updated_at, k.updated_by, k.expires_at, k.deleted_at, ",
            "k.delete_reason, k.generation, s.public_id, s.last_chars, s.revoked_at, ",
            "u.at AS last_used_at, u.address AS last_used_from, prev.public_id AS previous_public_id, ",
            "CASE WHEN prev.revoked_at < prev.retires_at THEN prev.revoked_at ELSE prev.retires_at END AS previous_retires_at, ",
            "(SELECT MAX(f.at) FROM retired_secret_uses f WHERE f.public_id = prev.public_id) AS previous_used_at ",
            "FROM keys k JOIN key_secrets s ON s.key_id = k.id AND s.retires_at IS NULL ",
            "LEFT JOIN last_uses u ON u.key_id = k.id ",
            "LEFT JOIN key_secrets prev ON prev.public_id = (SELECT r.public_id FROM key_secrets r WHERE r.key_id = k.id ",
            "AND r.retires_at IS NOT NULL ORDER BY r.retires_at DESC, r.created_at DESC LIMIT 1) ",
            $($rest),+
        )
    };
}

mod delete;
mod find;
mod insert;
mod list;
mod list_statements;
mod rows;
mod update;

pub use rows::{
    AuthRow, KeyFilter, KeyOrder, KeyOrderBy, KeyOrderPosition, KeyRow, KeyStamp, KeyStateFilter, KeyUpdate, NewKey,
};

pub(crate) const STATEMENTS: [&[(&str, &str)]; 6] = [
    delete::STATEMENTS,
    find::STATEMENTS,
    insert::STATEMENTS,
    list::STATEMENTS,
    list_statements::STATEMENTS,
    update::STATEMENTS,
];
