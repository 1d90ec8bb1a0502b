//! How one SQL text and one function body serve both databases.
//!
//! sqlx's `Any` driver fails on booleans and emits `?` on PostgreSQL; functions generic over the database need a page of
//! bounds. So a pool is an enum of two concrete drivers, and these macros write the `match`.

/// Declares SQL texts and lists them in `STATEMENTS`, so that none can miss the test that prepares all.
macro_rules! statements {
    ($($name:ident = $sql:expr;)+) => {
        $(const $name: &str = $sql;)+
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

/// Runs a read on a reader of whichever database is open, for at most the store's patience.
macro_rules! read {
    ($store:expr, $db:ident => $body:expr) => {{
        let store: &$crate::Store = $store;
        match &store.pool {
            $crate::pool::Pool::Sqlite(open) => {
                let $db = &open.pair.readers;
                $crate::pool::bounded(store.patience, $body).await
            }
            $crate::pool::Pool::Postgres(pair) => {
                let $db = &pair.readers;
                $crate::pool::bounded(store.patience, $body).await
            }
        }
    }};
}

/// Runs a statement inside a transaction. A failed or abandoned one spoils it: see [`crate::Tx`].
macro_rules! write {
    ($tx:expr, $db:ident => $body:expr) => {{
        let tx: &mut $crate::Tx = $tx;
        tx.enter()?;
        let done = match &mut tx.inner {
            $crate::tx::Inner::Sqlite(inner) => {
                let $db = &mut **inner;
                $crate::pool::bounded(tx.patience, $body).await
            }
            $crate::tx::Inner::Postgres(inner) => {
                let $db = &mut **inner;
                $crate::pool::bounded(tx.patience, $body).await
            }
        };
        tx.leave(done)
    }};
}

/// Runs a statement that answers no rows inside a transaction, as [`write!`] does. How many rows it touched.
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        $crate::statements::write!($tx, db => async {
            $query.execute(db).await.map(|done| done.rows_affected())
        })
    };
}

pub(crate) use {execute, read, statements, write};
