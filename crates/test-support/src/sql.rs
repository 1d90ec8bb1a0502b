//! SQL that no part of the product runs: damage that a test does, and counts that it checks.

use crate::app::TestApp;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

impl TestApp {
    /// Runs SQL on a connection of its own.
    pub async fn run_sql(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        if let Some(database) = &self.postgres {
            let mut connection = PgConnection::connect(database.url()).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        } else {
            sqlx::raw_sql(sql).execute(&mut self.sqlite_connection().await).await.unwrap();
        }
    }

    /// The one number that a query returns.
    pub async fn query_number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        if let Some(database) = &self.postgres {
            let mut connection = PgConnection::connect(database.url()).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        } else {
            sqlx::query_scalar(sql).fetch_one(&mut self.sqlite_connection().await).await.unwrap()
        }
    }

    /// A connection to the database file, which no part of the product knows about.
    pub async fn sqlite_connection(&self) -> SqliteConnection {
        SqliteConnection::connect(&format!("sqlite:{}", self.file("keyhatch.db").display())).await.unwrap()
    }

    /// How many rows there are of keys, living keys, secrets, audit entries and sessions: a change that failed must not
    /// have altered any of them.
    pub async fn row_counts(&self) -> [i64; 5] {
        [
            self.query_number("SELECT COUNT(*) FROM keys").await,
            self.query_number("SELECT COUNT(*) FROM keys WHERE deleted_at IS NULL").await,
            self.query_number("SELECT COUNT(*) FROM key_secrets").await,
            self.query_number("SELECT COUNT(*) FROM audit").await,
            self.query_number("SELECT COUNT(*) FROM sessions").await,
        ]
    }
}
