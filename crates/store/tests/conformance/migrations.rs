//! Migrations: the same steps for both databases, once, whoever opens first.

use crate::test_store::TestStore;
use std::path::Path;
use store::{Store, StoreOptions};

crate::on_both![opens_again_with_its_rows, many_open_at_once];

#[test]
fn equal_names_on_both() {
    let names = |database: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database);
        let files = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

async fn opens_again_with_its_rows(db: &TestStore) {
    db.with_acme().await;
    db.store.close().await;
    let again = Store::open(&db.url, StoreOptions::default()).await.unwrap();
    again.check().await.unwrap();
    assert_eq!(again.accounts().count().await.unwrap(), 1);
    assert_eq!(again.generation().await.unwrap(), 0);
}

/// As when the command line is used while the server starts for the first time.
async fn many_open_at_once(db: &TestStore) {
    let url = match &db.database {
        crate::test_store::TestDatabase::Sqlite(folder) => {
            format!("sqlite://{}/new.db", folder.path().display())
        }
        crate::test_store::TestDatabase::Postgres(_) => {
            return many_open_at_once_on_postgres().await;
        }
    };
    open_eight(&url).await;
}

async fn many_open_at_once_on_postgres() {
    let database = crate::server::PostgresDatabase::create();
    open_eight(database.url()).await;
}

async fn open_eight(url: &str) {
    let mut openers = tokio::task::JoinSet::new();
    for opener in 0..8 {
        let url = url.to_owned();
        openers.spawn(async move {
            let store = Store::open(&url, StoreOptions::default()).await.unwrap();
            let mut tx = store.begin().await.unwrap();
            let name = format!("opener {opener}");
            tx.settings().upsert(&name, "here").await.unwrap();
            tx.commit().await.unwrap();
            store.close().await;
        });
    }
    openers.join_all().await;
    let store = Store::open(url, StoreOptions::default()).await.unwrap();
    for opener in 0..8 {
        let name = format!("opener {opener}");
        assert!(store.settings().find(&name).await.unwrap().is_some());
    }
    store.close().await;
}
