//! Inserting, finding, updating and deleting one key, never through another account.

use crate::test_store::{TestStore, account, add_key, new_key, secret, stamp};
use store::{KeyFilter, KeyOrder, KeyRow, KeyUpdate, NewKey, StoreError};

crate::on_both![
    inserted_key_is_found,
    duplicates_and_missing_accounts_are_refused,
    key_is_updated_only_within_its_account,
    deleted_key_keeps_its_rows,
    ledger_deletes_a_key_once,
    key_cap_is_exact_under_concurrent_writers,
];

async fn inserted_key_is_found(db: &TestStore) {
    db.with_acme().await;
    let bare = NewKey {
        channel: None,
        whitelist: String::new(),
        privileges: String::new(),
        expires_at: None,
        ..new_key("bare", "acme")
    };
    let mut tx = db.store.begin().await.unwrap();
    tx.keys().insert(&new_key("k1", "acme"), &secret("k1")).await.unwrap();
    tx.keys().insert(&bare, &secret("bare")).await.unwrap();
    assert_eq!(tx.keys().count("acme").await.unwrap(), 2);
    tx.commit().await.unwrap();

    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!(key, KeyRow::from_new(&new_key("k1", "acme"), &secret("k1")));
    assert_eq!(key.name, "Key k1");
    assert_eq!(key.channel.as_deref(), Some("rest"));
    assert!(key.enabled);
    assert_eq!(key.whitelist, "203.0.113.7\n2001:db8::/32");
    assert_eq!(key.privileges, "contacts:read orders:write");
    assert_eq!((key.created_at, key.updated_at), (1_000, 1_000));
    assert_eq!((key.expires_at, key.deleted_at), (Some(9_000), None));
    assert_eq!((key.limits.as_str(), key.last_used_at, key.last_used_from), ("second=10 uses=1000", None, None));
    assert_eq!((key.public_id.as_str(), key.last_chars.as_str()), ("p-k1", "9xQ2f"));

    let call = db.store.keys().find_for_auth("p-bare").await.unwrap().unwrap();
    assert_eq!((call.key_id.as_str(), call.account_id.as_str()), ("bare", "acme"));
    assert_eq!(call.hash, b"bare");
    assert!(call.enabled && call.whitelist.is_empty() && call.privileges.is_empty());
    assert_eq!((call.channel, call.expires_at, call.retires_at), (None, None, None));
    assert_eq!(db.store.keys().find_for_auth("P-BARE").await.unwrap(), None);
}

async fn duplicates_and_missing_accounts_are_refused(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    for (key, secret, what) in [
        (new_key("k1", "acme"), secret("k1"), "key"),
        (new_key("k2", "acme"), store::KeySecretRow { public_id: "p-k1".into(), ..secret("k2") }, "public id"),
        (new_key("k3", "unknown"), secret("k3"), "referenced row is missing"),
    ] {
        let mut tx = db.store.begin().await.unwrap();
        let refused = tx.keys().insert(&key, &secret).await;
        assert!(matches!(refused, Err(StoreError::Conflict(named)) if named == what), "{refused:?}");
    }
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.keys().count("acme").await.unwrap(), 1);
}

async fn key_is_updated_only_within_its_account(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "Before", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.accounts().insert(&account("rival")).await.unwrap();
    let update = KeyUpdate {
        account_id: "acme",
        id: "k1",
        name: "After",
        whitelist: "10.0.0.0/8",
        privileges: "*",
        limits: "hour=5",
        expires_at: None,
        updated_at: 2_000,
        updated_by: "jo",
        generation: 7,
    };
    let foreign = KeyUpdate { account_id: "rival", name: "Stolen", ..update };
    assert!(!tx.keys().update(&foreign).await.unwrap());
    assert_eq!(tx.keys().delete(&stamp("rival", "k1", 3_000, 8), None).await.unwrap(), None);
    assert!(tx.keys().update(&update).await.unwrap());
    assert_eq!(tx.keys().find("rival", "k1").await.unwrap(), None);
    assert_eq!(tx.keys().find("acme", "k1").await.unwrap().unwrap().name, "After");
    assert!(!tx.keys().update(&KeyUpdate { id: "k2", ..update }).await.unwrap());
    tx.commit().await.unwrap();

    assert_eq!(db.store.keys().find("rival", "k1").await.unwrap(), None);
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.name.as_str(), key.whitelist.as_str()), ("After", "10.0.0.0/8"));
    assert_eq!((key.limits.as_str(), key.expires_at), ("hour=5", None));
    assert_eq!((key.privileges.as_str(), key.generation), ("*", 7));
    assert_eq!((key.created_at, key.updated_at), (1, 2_000));
    let found = async |text| {
        db.store
            .keys()
            .list("acme", KeyFilter { search: Some(text), ..KeyFilter::default() }, KeyOrder::default(), 10)
            .await
            .unwrap()
            .len()
    };
    assert_eq!((found("before").await, found("after").await), (0, 1));
}

async fn deleted_key_keeps_its_rows(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    let deleted = tx.keys().delete(&stamp("acme", "k1", 5_000, 9), None).await.unwrap();
    assert_eq!(deleted, Some(vec!["p-k1".to_owned()]));
    assert_eq!(tx.keys().delete(&stamp("acme", "k1", 6_000, 10), None).await.unwrap(), None);
    assert_eq!(tx.keys().count("acme").await.unwrap(), 0);
    tx.commit().await.unwrap();

    assert_eq!(db.store.keys().find("acme", "k1").await.unwrap(), None);
    assert!(db.store.keys().list("acme", KeyFilter::default(), KeyOrder::default(), 10).await.unwrap().is_empty());
    let call = db.store.keys().find_for_auth("p-k1").await.unwrap().unwrap();
    assert_eq!((call.deleted_at, call.generation), (Some(5_000), 9));
    assert_eq!(db.store.key_secrets().list_public_ids_of_deleted_keys().await.unwrap(), ["p-k1"]);

    let mut tx = db.store.begin().await.unwrap();
    let again = tx.keys().insert(&new_key("k1", "acme"), &secret("k1")).await;
    assert!(matches!(again, Err(StoreError::Conflict("key"))), "{again:?}");
}

async fn ledger_deletes_a_key_once(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.keys().delete_by_public_id("p-k1", 5_000, "ledger", 9).await.unwrap());
    assert!(!tx.keys().delete_by_public_id("p-k1", 6_000, "ledger", 10).await.unwrap());
    assert!(!tx.keys().delete_by_public_id("p-unknown", 6_000, "ledger", 10).await.unwrap());
    tx.commit().await.unwrap();
    let call = db.store.keys().find_for_auth("p-k1").await.unwrap().unwrap();
    assert_eq!((call.deleted_at, call.generation), (Some(5_000), 9));
}

/// 64 writers compete for 10 keys.
async fn key_cap_is_exact_under_concurrent_writers(db: &TestStore) {
    db.with_acme().await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..64 {
        let store = db.store.clone();
        writers.spawn(async move {
            let mut tx = store.begin().await?;
            if tx.keys().count("acme").await? >= 10 {
                return Ok(false);
            }
            add_key(&mut tx, &format!("k{writer}"), "Key", writer).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(true)
        });
    }
    let inserted = writers.join_all().await;
    assert_eq!(inserted.into_iter().filter(|inserted| *inserted.as_ref().unwrap()).count(), 10);
    assert_eq!(db.store.keys().list("acme", KeyFilter::default(), KeyOrder::default(), 100).await.unwrap().len(), 10);
}
