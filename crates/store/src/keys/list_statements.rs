//! The statements of pages and counts of keys: one for each order and state, so that each uses its own index.

use super::rows::KeyStateFilter;

/// A statement for each state of keys.
pub(super) struct StatementOfState {
    not_deleted: &'static str,
    disabled: &'static str,
    expired: &'static str,
    deleted: &'static str,
}

impl StatementOfState {
    /// The statement for this state, and its time parameter.
    pub(super) const fn of(&self, state: KeyStateFilter) -> (&'static str, i64) {
        match state {
            KeyStateFilter::NotDeleted => (self.not_deleted, 0),
            KeyStateFilter::Disabled => (self.disabled, 0),
            KeyStateFilter::ExpiredAt(now) => (self.expired, now),
            KeyStateFilter::DeletedAfter(time) => (self.deleted, time),
        }
    }
}

/// The condition of every statement: the account $1, the search text $2, the environment $3, and the state with its time
/// $4. States that need no time take it as well, so that all statements have the same parameters.
macro_rules! matches_filter {
    ($state:literal) => {
        concat!(
            "p.account_id = $1 AND (instr(p.name_folded, $2) > 0 OR instr(p.last_chars_folded, $2) > 0) ",
            "AND (CAST($3 AS TEXT) IS NULL OR p.environment = $3) AND ",
            $state
        )
    };
}

/// A page in one order: at most $7 keys after the value $5 and the id $6. The subquery finds the page, where possible
/// from an index alone; only the keys of the page are joined with the other tables.
macro_rules! list {
    ($state:literal, $from:literal, $after:literal, $order:literal, $outer_order:literal) => {
        select_keys!(
            "WHERE k.id IN (SELECT p.id FROM ",
            $from,
            " WHERE ",
            $after,
            " AND ",
            matches_filter!($state),
            " ORDER BY ",
            $order,
            " LIMIT $7) ORDER BY ",
            $outer_order
        )
    };
}

macro_rules! count {
    ($state:literal) => {
        concat!("SELECT COUNT(*) AS matching FROM keys p WHERE ", matches_filter!($state))
    };
}

/// Expands a statement for each state. With a name for each, they are listed for the test that prepares all.
macro_rules! statements_of_state {
    ($($name:ident = $statement:ident!($($part:literal),*);)+) => {
        $(pub(super) const $name: StatementOfState = StatementOfState {
            not_deleted: $statement!("p.deleted_at IS NULL AND CAST($4 AS BIGINT) IS NOT NULL" $(, $part)*),
            disabled: $statement!(
                "p.deleted_at IS NULL AND p.enabled = FALSE AND CAST($4 AS BIGINT) IS NOT NULL" $(, $part)*
            ),
            expired: $statement!("p.deleted_at IS NULL AND p.expires_at <= $4" $(, $part)*),
            deleted: $statement!("p.deleted_at > $4" $(, $part)*),
        };)+
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$(
            (stringify!($name), $name.not_deleted),
            (concat!(stringify!($name), "_DISABLED"), $name.disabled),
            (concat!(stringify!($name), "_EXPIRED"), $name.expired),
            (concat!(stringify!($name), "_DELETED"), $name.deleted),
        )+];
    };
}

statements_of_state! {
    CREATED_ASCENDING = list!(
        "keys p", "(p.created_at, p.id) > ($5, $6)", "p.created_at, p.id", "k.created_at, k.id"
    );
    CREATED_DESCENDING = list!(
        "keys p", "(p.created_at, p.id) < ($5, $6)", "p.created_at DESC, p.id DESC", "k.created_at DESC, k.id DESC"
    );
    NAME_ASCENDING = list!(
        "keys p", "(p.name_folded, p.id) > ($5, $6)", "p.name_folded, p.id", "k.name_folded, k.id"
    );
    NAME_DESCENDING = list!(
        "keys p", "(p.name_folded, p.id) < ($5, $6)", "p.name_folded DESC, p.id DESC", "k.name_folded DESC, k.id DESC"
    );
    EXPIRES_ASCENDING = list!(
        "keys p", "p.expires_at IS NOT NULL AND (p.expires_at, p.id) > ($5, $6)",
        "p.expires_at, p.id", "k.expires_at, k.id"
    );
    EXPIRES_DESCENDING = list!(
        "keys p", "p.expires_at IS NOT NULL AND (p.expires_at, p.id) < ($5, $6)",
        "p.expires_at DESC, p.id DESC", "k.expires_at DESC, k.id DESC"
    );
    NEVER_EXPIRES = list!(
        "keys p", "p.expires_at IS NULL AND (p.created_at, p.id) < ($5, $6)",
        "p.created_at DESC, p.id DESC", "k.created_at DESC, k.id DESC"
    );
    // CROSS JOIN: SQLite keeps the order of the tables, so that it begins with the index of last uses.
    USED_ASCENDING = list!(
        "last_uses v CROSS JOIN keys p", "v.account_id = $1 AND (v.at, v.key_id) > ($5, $6) AND p.id = v.key_id",
        "v.at, v.key_id", "u.at, k.id"
    );
    USED_DESCENDING = list!(
        "last_uses v CROSS JOIN keys p", "v.account_id = $1 AND (v.at, v.key_id) < ($5, $6) AND p.id = v.key_id",
        "v.at DESC, v.key_id DESC", "u.at DESC, k.id DESC"
    );
    NEVER_USED = list!(
        "keys p", "NOT EXISTS (SELECT 1 FROM last_uses v WHERE v.key_id = p.id) AND (p.created_at, p.id) < ($5, $6)",
        "p.created_at DESC, p.id DESC", "k.created_at DESC, k.id DESC"
    );
    COUNT = count!();
}
