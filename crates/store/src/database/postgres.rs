//! Opening PostgreSQL: migrations, pools and their session settings.

use super::pools::{ConnectionPools, with_timeout};
use crate::error::{Result, StoreError};
use crate::options::StoreOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Postgres};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/postgres");

const CONFIGURE_SESSION: &str = "SELECT set_config('statement_timeout', $1, false), \
                                 set_config('lock_timeout', $1, false), \
                                 set_config('default_transaction_read_only', $2, false)";

pub(super) async fn open(url: &str, options: &StoreOptions) -> Result<ConnectionPools<Postgres>> {
    // sqlx's message may repeat parts of the address, and with it the password.
    let server: PgConnectOptions =
        url.parse().map_err(|_| StoreError::Corrupt("its address cannot be read".to_owned()))?;
    migrate(&server, options).await?;
    Ok(ConnectionPools {
        writer: pool(1, false, options).connect_with(server.clone()).await?,
        readers: pool(options.readers.max(1), true, options).connect_with(server).await?,
    })
}

/// On a connection of its own without time-outs: a migration may take longer than a statement.
async fn migrate(server: &PgConnectOptions, options: &StoreOptions) -> Result<()> {
    let mut connection = with_timeout(options.timeout, server.connect()).await?;
    // Not `run`: the compiler cannot prove that its future is Send.
    MIGRATIONS.run_direct(None, &mut connection, false).await?;
    Ok(connection.close().await?)
}

fn pool(connections: u32, read_only: bool, options: &StoreOptions) -> PgPoolOptions {
    let timeout = format!("{}ms", options.timeout.as_millis());
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(options.timeout)
        // Not as start-up parameters, which connection poolers refuse.
        .after_connect(move |connection, _| {
            let timeout = timeout.clone();
            Box::pin(async move {
                sqlx::query(CONFIGURE_SESSION)
                    .bind(timeout)
                    .bind(if read_only { "on" } else { "off" })
                    .execute(connection)
                    .await
                    .map(drop)
            })
        })
}
