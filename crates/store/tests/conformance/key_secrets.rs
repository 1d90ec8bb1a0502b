//! Secrets of keys: rotation, revocation, and the uses of retired secrets.

use crate::test_store::{TestStore, secret, stamp};
use store::{KeyFilter, KeyOrder, KeySecretRow, StoreError};

crate::on_both![
    rotation_retires_the_previous_secret,
    second_current_secret_is_refused,
    ledger_revokes_a_secret_at_the_recorded_time,
    latest_uses_of_a_retired_secret_are_kept,
    retired_secret_works_beside_the_current_one,
];

fn new_secret(public_id: &str, key_id: &str) -> KeySecretRow {
    KeySecretRow {
        public_id: public_id.to_owned(),
        last_chars: "later".to_owned(),
        created_at: 2_000,
        ..secret(key_id)
    }
}

async fn retires_at(db: &TestStore, public_id: &str) -> Option<i64> {
    db.store.keys().find_for_auth(public_id).await.unwrap().unwrap().retires_at
}

/// Inserts a key whose secret `p-k1` was rotated to `p-new` and works until 7000.
async fn rotate_k1(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.key_secrets().retire_current("k1", 7_000).await.unwrap().as_deref(), Some("p-k1"));
    tx.key_secrets().insert(&new_secret("p-new", "k1")).await.unwrap();
    assert!(tx.keys().update_stamp(&stamp("acme", "k1", 2_000, 5)).await.unwrap());
    assert!(!tx.keys().update_stamp(&stamp("rival", "k1", 2_000, 6)).await.unwrap());
    tx.commit().await.unwrap();
}

async fn rotation_retires_the_previous_secret(db: &TestStore) {
    rotate_k1(db).await;
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.public_id.as_str(), key.last_chars.as_str(), key.generation), ("p-new", "later", 5));
    assert_eq!((key.previous_public_id.as_deref(), key.previous_retires_at), (Some("p-k1"), Some(7_000)));
    assert_eq!((key.updated_at, key.updated_by.as_str(), key.created_by.as_str()), (2_000, "jo", "ada"));
    assert_eq!((retires_at(db, "p-k1").await, retires_at(db, "p-new").await), (Some(7_000), None));
    assert_eq!(db.store.key_secrets().list_retired().await.unwrap(), [("p-k1".to_owned(), 7_000)]);
    for (typed, count) in [("LATER", 1), (secret("k1").last_chars.as_str(), 0)] {
        let filter = KeyFilter { search: Some(typed), ..KeyFilter::default() };
        assert_eq!(db.store.keys().list("acme", filter, KeyOrder::default(), 9).await.unwrap().len(), count, "{typed}");
    }

    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.key_secrets().end_retired("k1", 3_000).await.unwrap(), ["p-k1"]);
    assert!(tx.key_secrets().end_retired("k1", 3_000).await.unwrap().is_empty(), "already ended");
    assert_eq!(tx.key_secrets().list_public_ids_by_key("k1").await.unwrap(), ["p-k1", "p-new"]);
    // With two retired secrets, the row shows the one that stops working last.
    tx.key_secrets().retire_current("k1", 9_000).await.unwrap();
    tx.key_secrets().insert(&new_secret("p-third", "k1")).await.unwrap();
    tx.commit().await.unwrap();
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.previous_public_id.as_deref(), key.previous_retires_at), (Some("p-new"), Some(9_000)));
    assert_eq!(retires_at(db, "p-k1").await, Some(3_000));
}

async fn second_current_secret_is_refused(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.key_secrets().insert(&new_secret("p-new", "k1")).await;
    assert!(matches!(refused, Err(StoreError::Conflict("public id"))), "{refused:?}");
}

async fn ledger_revokes_a_secret_at_the_recorded_time(db: &TestStore) {
    rotate_k1(db).await;
    let revoke = async |public_id: &'static str, at, generation| {
        let mut tx = db.store.begin().await.unwrap();
        let key = tx.key_secrets().revoke(public_id, at, generation).await.unwrap();
        tx.commit().await.unwrap();
        key
    };
    assert_eq!(revoke("p-k1", 8_000, 11).await, None, "ends earlier by itself");
    assert_eq!(revoke("p-k1", 6_000, 12).await.as_deref(), Some("k1"));
    assert_eq!(retires_at(db, "p-k1").await, Some(6_000));
    assert_eq!(revoke("p-unknown", 6_000, 13).await, None);
    // As in a database restored from a backup older than the rotation.
    assert_eq!(revoke("p-new", 5_000, 14).await.as_deref(), Some("k1"));
    assert_eq!(revoke("p-new", 5_000, 15).await, None, "already revoked");
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.public_id.as_str(), key.revoked_at, key.deleted_at), ("p-new", Some(5_000), None));
    assert_eq!((retires_at(db, "p-new").await, key.generation), (Some(5_000), 14));
    // A later rotation does not make the revoked secret work again.
    let mut tx = db.store.begin().await.unwrap();
    tx.key_secrets().retire_current("k1", 90_000).await.unwrap();
    tx.key_secrets().insert(&new_secret("p-third", "k1")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(retires_at(db, "p-new").await, Some(5_000));
}

async fn latest_uses_of_a_retired_secret_are_kept(db: &TestStore) {
    rotate_k1(db).await;
    let mut tx = db.store.begin().await.unwrap();
    for (address, at) in [("203.0.113.7", 5), ("", 6), ("203.0.113.8", 3), ("203.0.113.7", 4), ("203.0.113.9", 9)] {
        tx.key_secrets().upsert_use("p-k1", address, at).await.unwrap();
    }
    tx.key_secrets().upsert_use("p-other", "203.0.113.1", 50).await.unwrap();
    tx.key_secrets().delete_older_uses("p-k1", 3).await.unwrap();
    tx.commit().await.unwrap();
    let uses = db.store.key_secrets().list_uses("p-k1").await.unwrap();
    let uses: Vec<_> = uses.iter().map(|found| (found.address.as_str(), found.at)).collect();
    assert_eq!(uses, [("203.0.113.9", 9), ("", 6), ("203.0.113.7", 5)]);
    assert_eq!(db.store.key_secrets().list_uses("p-other").await.unwrap().len(), 1);
    assert_eq!(db.store.keys().find("acme", "k1").await.unwrap().unwrap().previous_used_at, Some(9));
}

/// As after a rotation: the retired secret works until `retires_at`.
async fn retired_secret_works_beside_the_current_one(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    db.run_sql(
        "UPDATE key_secrets SET retires_at = 7000; \
         INSERT INTO key_secrets (public_id, key_id, hash, last_chars, created_at, retires_at) \
         SELECT 'p-new', key_id, hash, 'later', 2000, NULL FROM key_secrets",
    )
    .await;

    let listed = db.store.keys().list("acme", KeyFilter::default(), KeyOrder::default(), 10).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].public_id, "p-new");
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.public_id.as_str(), key.last_chars.as_str()), ("p-new", "later"));
    let call = db.store.keys().find_for_auth("p-k1").await.unwrap().unwrap();
    assert_eq!((call.key_id.as_str(), call.retires_at), ("k1", Some(7_000)));

    let mut tx = db.store.begin().await.unwrap();
    let deleted = tx.keys().delete(&stamp("acme", "k1", 5_000, 9), None).await.unwrap();
    assert_eq!(deleted, Some(vec!["p-k1".to_owned(), "p-new".to_owned()]));
    tx.commit().await.unwrap();
    let mut listed = db.store.key_secrets().list_public_ids_of_deleted_keys().await.unwrap();
    listed.sort();
    assert_eq!(listed, ["p-k1", "p-new"]);
}
