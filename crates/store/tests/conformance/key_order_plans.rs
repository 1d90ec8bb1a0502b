//! Every order of the list of keys reads a page from an index, on either database, without sorting the account's keys.

use crate::test_store::TestStore;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

/// Each statement with the index that it must begin with, and the columns by which SQLite searches it.
const PLANS: [(&str, &str, &str); 10] = [
    ("CREATED_ASCENDING", "keys_page", "account_id=? AND (created_at,id)>(?,?)"),
    ("CREATED_DESCENDING", "keys_page", "account_id=? AND (created_at,id)<(?,?)"),
    ("NAME_ASCENDING", "keys_name_page", "account_id=? AND (name_folded,id)>(?,?)"),
    ("NAME_DESCENDING", "keys_name_page", "account_id=? AND (name_folded,id)<(?,?)"),
    ("EXPIRES_ASCENDING", "keys_expiry_page", "account_id=? AND (expires_at,id)>(?,?)"),
    ("EXPIRES_DESCENDING", "keys_expiry_page", "account_id=? AND expires_at>? AND (expires_at,id)<(?,?)"),
    ("USED_ASCENDING", "last_uses_page", "account_id=? AND (at,key_id)>(?,?)"),
    ("USED_DESCENDING", "last_uses_page", "account_id=? AND (at,key_id)<(?,?)"),
    ("NEVER_EXPIRES", "keys_page", "account_id=? AND (created_at,id)<(?,?)"),
    ("NEVER_USED", "keys_page", "account_id=? AND (created_at,id)<(?,?)"),
];

fn sql(name: &str) -> &'static str {
    store::all_statements().find(|(found, _)| *found == name).unwrap().1
}

#[tokio::test]
async fn sqlite_reads_every_order_from_an_index() {
    let db = TestStore::sqlite().await;
    let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
    for (name, index, columns) in PLANS {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql(name)));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain).fetch_all(&mut connection).await.unwrap();
        let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
        let search = format!("INDEX {index} ({columns})");
        assert!(steps.iter().any(|step| step.ends_with(&search)), "{name}: {steps:#?}");
        // The page itself is sorted once more, after the other tables were joined; the account's keys never are.
        let sorted = steps.iter().filter(|step| step.contains("TEMP B-TREE FOR ORDER BY")).count();
        assert!(sorted <= 1, "{name}: {steps:#?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN") && !step.contains("SUBQUERY")), "{name}: {steps:#?}");
    }
}

/// 10,000 keys: with fewer, PostgreSQL prefers to sort.
#[tokio::test]
async fn postgres_reads_every_order_from_an_index() {
    let db = TestStore::postgres().await;
    db.with_acme().await;
    db.run_sql(
        "INSERT INTO keys (id, account_id, name, name_folded, environment, enabled, whitelist, privileges, created_at, \
         created_by, updated_at, expires_at, generation, last_chars_folded) \
         SELECT 'key_' || n, 'acme', 'Key ' || n, 'key ' || n, 'live', TRUE, '', '*', n, 'ada', n, \
         CASE WHEN n % 2 = 0 THEN n END, n, 'abcde' FROM generate_series(1, 10000) AS n; \
         INSERT INTO key_secrets (public_id, key_id, hash, last_chars, created_at) \
         SELECT 'p-' || n, 'key_' || n, '', 'abcde', n FROM generate_series(1, 10000) AS n; \
         INSERT INTO last_uses (key_id, account_id, at) \
         SELECT 'key_' || n, 'acme', n FROM generate_series(1, 5000) AS n; \
         ANALYZE keys; ANALYZE key_secrets; ANALYZE last_uses",
    )
    .await;
    let mut connection = PgConnection::connect(&db.url).await.unwrap();
    for (name, index, _) in PLANS {
        let (value_type, value) = match (name.starts_with("NAME"), name.ends_with("DESCENDING")) {
            (true, false) => ("TEXT", String::new()),
            (true, true) => ("TEXT", char::MAX.to_string()),
            (false, false) if !name.starts_with("NEVER") => ("BIGINT", i64::MIN.to_string()),
            (false, _) => ("BIGINT", i64::MAX.to_string()),
        };
        let prepare = format!("PREPARE {name} (TEXT, TEXT, TEXT, BIGINT, {value_type}, TEXT, BIGINT) AS {}", sql(name));
        sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut connection).await.unwrap();
        let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE {name} ('acme', '', NULL, 0, '{value}', '', 51)"));
        let steps: Vec<String> = sqlx::query_scalar(explain).fetch_all(&mut connection).await.unwrap();
        assert!(steps.iter().any(|step| step.contains(index)), "{name}: {steps:#?}");
        assert!(!steps.iter().any(|step| step.contains("Seq Scan on keys")), "{name}: {steps:#?}");
    }
}
