//! Both databases accept every SQL text, with the same number of parameters and the same columns.

use crate::test_store::TestStore;
use sqlx::{Column, Connection, Either, Executor, PgConnection, SqlStr, SqliteConnection, Statement};

/// Number of parameters and names of columns.
type Shape = (usize, Vec<String>);

#[tokio::test]
async fn every_statement_prepares_on_both_databases() {
    let (sqlite, postgres) = (TestStore::sqlite().await, TestStore::postgres().await);
    let mut on_sqlite = SqliteConnection::connect(&sqlite.url).await.unwrap();
    let mut on_postgres = PgConnection::connect(&postgres.url).await.unwrap();
    let mut count = 0;
    for (name, sql) in store::all_statements() {
        let first = on_sqlite.prepare(SqlStr::from_static(sql)).await;
        let second = on_postgres.prepare(SqlStr::from_static(sql)).await;
        let first = shape(&first.unwrap_or_else(|error| panic!("{name} on SQLite: {error}")));
        let second = shape(&second.unwrap_or_else(|error| panic!("{name} on PostgreSQL: {error}")));
        assert_eq!(first, second, "{name}");
        count += 1;
    }
    assert!(count >= 30, "only {count} statements");
}

fn shape<S: Statement>(statement: &S) -> Shape {
    let parameters = match statement.parameters() {
        Some(Either::Left(types)) => types.len(),
        Some(Either::Right(count)) => count,
        None => 0,
    };
    let columns = statement.columns().iter();
    (parameters, columns.map(|column| column.name().to_owned()).collect())
}
