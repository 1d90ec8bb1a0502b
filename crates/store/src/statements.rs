//! How one SQL text and one function body serve both databases.
//!
//! Functions generic over the database would need a page of trait bounds. These macros write the `match` over the two
//! drivers of [`crate::database::Database`] instead.

/// Declares SQL texts and lists them in `STATEMENTS`, so that the test that prepares every statement misses none.
macro_rules! statements {
    ($($name:ident = $sql:expr;)+) => {
        $(const $name: &str = $sql;)+
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

/// Runs a query on a read connection, within the store's time-out.
macro_rules! read {
    ($store:expr, $db:ident => $query:expr) => {{
        let store: &$crate::store::Store = $store;
        match &store.database {
            $crate::database::Database::Sqlite(sqlite) => {
                let $db = &sqlite.pools.readers;
                $crate::database::with_timeout(store.timeout, $query).await
            }
            $crate::database::Database::Postgres(pools) => {
                let $db = &pools.readers;
                $crate::database::with_timeout(store.timeout, $query).await
            }
        }
    }};
}

/// Runs a query inside a transaction. A failed or abandoned query poisons it: see [`crate::Tx`].
macro_rules! query_in {
    ($tx:expr, $db:ident => $query:expr) => {{
        let tx: &mut $crate::transaction::Tx = $tx;
        tx.enter()?;
        let done = match &mut tx.connection {
            $crate::transaction::TxConnection::Sqlite(transaction) => {
                let $db = &mut **transaction;
                $crate::database::with_timeout(tx.timeout, $query).await
            }
            $crate::transaction::TxConnection::Postgres(transaction) => {
                let $db = &mut **transaction;
                $crate::database::with_timeout(tx.timeout, $query).await
            }
        };
        tx.leave(done)
    }};
}

/// As [`query_in!`], for a statement without result rows. Returns the number of affected rows.
macro_rules! execute_in {
    ($tx:expr, $query:expr) => {
        $crate::statements::query_in!($tx, db => async {
            $query.execute(db).await.map(|done| done.rows_affected())
        })
    };
}

pub(crate) use {execute_in, query_in, read, statements};
