//! SQLite only: a file that is locked, moved away, foreign or backed up.

use crate::test_store::{TestStore, account, add_key, assert_unavailable, short_timeout};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{BackupError, KeyFilter, KeyOrder, Store, StoreError, StoreOptions, Synchronous};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

#[tokio::test]
async fn files_are_readable_only_by_the_owner() {
    let db = TestStore::sqlite().await;
    db.with_acme().await;
    for suffix in ["", "-wal", "-shm"] {
        let file = format!("{}{suffix}", db.file().display());
        assert_eq!(mode(Path::new(&file)), 0o600, "{file}");
    }
}

/// A search with few matches visits every key of the account, so it must read neither the rows nor their secrets.
#[tokio::test]
async fn search_reads_only_the_covering_index() {
    let db = TestStore::sqlite().await;
    let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
    for (name, of_keys) in [
        ("CREATED_DESCENDING", "FROM keys p"),
        ("NAME_ASCENDING", "FROM keys p"),
        ("COUNT", "FROM keys p"),
        ("COUNT", "FROM keys WHERE"),
    ] {
        let (_, sql) = store::all_statements().find(|(found, sql)| *found == name && sql.contains(of_keys)).unwrap();
        let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap();
        let indexes = ["keys_page", "keys_name_page"].map(|name| format!("USING COVERING INDEX {name} (account_id=?"));
        let scans = plan.iter().filter(|step| indexes.iter().any(|index| step.3.contains(index)));
        assert_eq!(scans.count(), 1, "{name}: {plan:?}");
    }
}

/// While another process holds the write lock, a writer waits and times out. Readers do not wait.
#[tokio::test]
async fn second_writer_times_out_and_readers_do_not_wait() {
    let db = TestStore::sqlite().await;
    db.with_acme().await;
    let impatient = db.open_with_short_timeout().await.unwrap();
    let mut other = SqliteConnection::connect(&db.url).await.unwrap();
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert_unavailable(impatient.begin().await);
    assert_eq!(impatient.accounts().count().await.unwrap(), 1);

    let patient = db.store.clone();
    let waiting = tokio::spawn(async move { patient.begin().await?.commit().await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!waiting.is_finished());
    lock.rollback().await.unwrap();
    waiting.await.unwrap().unwrap();
    impatient.begin().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn missing_folder_is_unavailable() {
    let missing = Path::new("/nowhere/keyhatch.db");
    assert_unavailable(Store::open(&url(missing), short_timeout()).await);
}

/// The open connections could go on with the removed file, and their changes would be lost.
#[tokio::test]
async fn moved_file_is_unavailable_until_it_is_back() {
    let db = TestStore::sqlite().await;
    db.with_acme().await;
    let aside = db.file().with_extension("aside");
    fs::rename(db.file(), &aside).unwrap();
    assert_unavailable(db.store.begin().await);
    assert_unavailable(db.store.generation().await);
    assert_unavailable(db.store.check().await);

    fs::write(db.file(), b"").unwrap();
    assert_unavailable(db.store.begin().await);
    assert_unavailable(db.store.check().await);

    fs::rename(&aside, db.file()).unwrap();
    db.store.check().await.unwrap();
    db.store.begin().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn other_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    fs::write(&path, "Dear Sir or Madam, ".repeat(100)).unwrap();
    let refused = Store::open(&url(&path), short_timeout()).await.err();
    assert!(matches!(refused, Some(StoreError::Corrupt(_))), "{refused:?}");
}

#[tokio::test]
async fn database_of_a_newer_version_is_refused() {
    let db = TestStore::sqlite().await;
    db.store.close().await;
    let mut other = SqliteConnection::connect(&db.url).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                   VALUES (9999, 'later', TRUE, x'00', 0)",
    )
    .execute(&mut other)
    .await
    .unwrap();
    let refused = db.open_with_short_timeout().await.err();
    assert!(matches!(&refused, Some(StoreError::Corrupt(why)) if why.contains("newer")), "{refused:?}");
}

#[tokio::test]
async fn synchronous_off_commits_the_same_rows() {
    let db = TestStore::sqlite().await;
    let options = StoreOptions { synchronous: Synchronous::Off, ..StoreOptions::default() };
    let unsynced = Store::open(&db.url, options).await.unwrap();
    let mut tx = unsynced.begin().await.unwrap();
    tx.accounts().insert(&account("acme")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(db.store.accounts().count().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backup_is_consistent_while_writing() {
    let db = TestStore::sqlite().await;
    db.with_acme().await;
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (store, stop) = (db.store.clone(), stop.clone());
        tokio::spawn(async move {
            let mut written = 0_i64;
            while !stop.load(Ordering::Relaxed) {
                let mut tx = store.begin().await.unwrap();
                add_key(&mut tx, &format!("k{written}"), "Key", written).await.unwrap();
                tx.commit().await.unwrap();
                written += 1;
            }
            written
        })
    };
    let mut counts = Vec::new();
    for round in 0..5 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let path = db.file().with_file_name(format!("backup-{round}.db"));
        db.store.backup(&path).await.unwrap();
        assert_eq!(mode(&path), 0o600);
        let copy = Store::open(&url(&path), StoreOptions::default()).await.unwrap();
        let keys = copy.keys().list("acme", KeyFilter::default(), KeyOrder::default(), i64::MAX).await.unwrap();
        // Each key was inserted with its generation in one transaction, so in a consistent copy the numbers agree.
        assert_eq!(i64::try_from(keys.len()).unwrap(), copy.generation().await.unwrap());
        counts.push(keys.len());
        copy.close().await;
    }
    stop.store(true, Ordering::Relaxed);
    let written = writer.await.unwrap();
    assert!(written > 0 && counts.is_sorted() && counts[0] < counts[4], "{counts:?}");
    let leftover = fs::read_dir(db.file().parent().unwrap()).unwrap();
    let leftover = leftover.filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().contains(".part")
    });
    assert_eq!(leftover.count(), 0);
}

#[tokio::test]
async fn backup_never_overwrites() {
    let db = TestStore::sqlite().await;
    let path = db.file().with_file_name("backup.db");
    fs::write(&path, "precious").unwrap();
    let refused = db.store.backup(&path).await;
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    assert_eq!(fs::read(&path).unwrap(), b"precious");
    let refused = db.store.backup(Path::new("/nowhere/backup.db")).await;
    assert!(matches!(refused, Err(BackupError::Io(_))), "{refused:?}");
}
