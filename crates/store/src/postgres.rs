//! Opening PostgreSQL. What is read and written does not belong here.

use crate::pool::{Pair, bounded};
use crate::{Options, Result, StoreError};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Postgres};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/postgres");

const SET: &str = "SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $1, false), \
                   set_config('default_transaction_read_only', $2, false)";

pub(crate) async fn open(url: &str, options: &Options) -> Result<Pair<Postgres>> {
    // The message may repeat parts of the address, and with it the password.
    let server: PgConnectOptions =
        url.parse().map_err(|_| StoreError::Corrupt("its address cannot be read".to_owned()))?;
    // Its own connection: a migration may take longer than a statement.
    let mut setup = bounded(options.patience, server.connect()).await?;
    // Not `run`, whose future the compiler cannot prove to be Send.
    MIGRATIONS.run_direct(None, &mut setup, false).await?;
    setup.close().await?;
    Ok(Pair {
        writer: pool(1, false, options).connect_with(server.clone()).await?,
        readers: pool(options.readers.max(1), true, options).connect_with(server).await?,
    })
}

fn pool(connections: u32, read_only: bool, options: &Options) -> PgPoolOptions {
    let patience = format!("{}ms", options.patience.as_millis());
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(options.patience)
        // Not as start-up parameters, which connection poolers refuse.
        .after_connect(move |connection, _| {
            let patience = patience.clone();
            Box::pin(async move {
                sqlx::query(SET)
                    .bind(patience)
                    .bind(if read_only { "on" } else { "off" })
                    .execute(connection)
                    .await
                    .map(drop)
            })
        })
}
