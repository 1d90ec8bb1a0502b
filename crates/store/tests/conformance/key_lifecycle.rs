//! Disabling and deleting keys, and the lists of keys by state.

use crate::test_store::{TestStore, account, new_key, secret, stamp};
use store::{KeyFilter, KeyOrder, KeyStateFilter, NewKey};

crate::on_both![key_is_disabled_only_within_its_account, keys_are_listed_by_state, deleted_key_is_found_for_a_while,];

async fn key_is_disabled_only_within_its_account(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.accounts().insert(&account("rival")).await.unwrap();
    assert!(!tx.keys().update_enabled(&stamp("rival", "k1", 9, 5), false).await.unwrap());
    assert!(!tx.keys().update_enabled(&stamp("acme", "k1", 9, 5), true).await.unwrap(), "already enabled");
    assert!(tx.keys().update_enabled(&stamp("acme", "k1", 9, 5), false).await.unwrap());
    tx.commit().await.unwrap();
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.enabled, key.generation, key.updated_at, key.updated_by.as_str()), (false, 5, 9, "jo"));
    assert!(!db.store.keys().find_for_auth("p-k1").await.unwrap().unwrap().enabled);
    let mut tx = db.store.begin().await.unwrap();
    tx.keys().delete(&stamp("acme", "k1", 10, 6), None).await.unwrap();
    assert!(!tx.keys().update_enabled(&stamp("acme", "k1", 11, 7), true).await.unwrap(), "deleted");
}

async fn keys_are_listed_by_state(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    for (at, id) in ["plain", "off", "expired", "off-expired", "gone", "gone-long"].into_iter().enumerate() {
        let expires_at = id.ends_with("expired").then_some(4_000);
        let created_at = i64::try_from(at).unwrap();
        let key = NewKey { expires_at, created_at, ..new_key(id, "acme") };
        tx.keys().insert(&key, &secret(id)).await.unwrap();
    }
    for id in ["off", "off-expired"] {
        tx.keys().update_enabled(&stamp("acme", id, 2_000, 2), false).await.unwrap();
    }
    tx.keys().delete(&stamp("acme", "gone", 3_000, 3), None).await.unwrap();
    tx.keys().delete(&stamp("acme", "gone-long", 1_000, 4), None).await.unwrap();
    tx.commit().await.unwrap();
    for (state, ids) in [
        (KeyStateFilter::NotDeleted, &["off-expired", "expired", "off", "plain"][..]),
        (KeyStateFilter::Disabled, &["off-expired", "off"]),
        (KeyStateFilter::ExpiredAt(4_000), &["off-expired", "expired"]),
        (KeyStateFilter::ExpiredAt(3_999), &[]),
        (KeyStateFilter::DeletedAfter(1_000), &["gone"]),
        (KeyStateFilter::DeletedAfter(999), &["gone-long", "gone"]),
    ] {
        let filter = KeyFilter { state, ..KeyFilter::default() };
        let keys = db.store.keys().list("acme", filter, KeyOrder::default(), 10).await.unwrap();
        assert_eq!(keys.iter().map(|key| key.id.as_str()).collect::<Vec<_>>(), ids, "{state:?}");
        let search = KeyFilter { search: Some("key off"), environment: Some("live"), state };
        let found = db.store.keys().list("acme", search, KeyOrder::default(), 10).await.unwrap();
        assert_eq!(found.len(), ids.iter().filter(|id| id.starts_with("off")).count(), "{state:?}");
    }
}

async fn deleted_key_is_found_for_a_while(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    assert!(db.store.keys().find_or_deleted("acme", "k1", 9_999).await.unwrap().is_some(), "not deleted");
    let mut tx = db.store.begin().await.unwrap();
    tx.keys().delete(&stamp("acme", "k1", 5_000, 9), Some("It leaked")).await.unwrap();
    tx.commit().await.unwrap();
    let key = db.store.keys().find_or_deleted("acme", "k1", 4_999).await.unwrap().unwrap();
    assert_eq!((key.deleted_at, key.delete_reason.as_deref()), (Some(5_000), Some("It leaked")));
    assert_eq!(key.updated_by, "jo");
    assert_eq!(db.store.keys().find_or_deleted("acme", "k1", 5_000).await.unwrap(), None);
    assert_eq!(db.store.keys().find_or_deleted("rival", "k1", 0).await.unwrap(), None);
    assert!(db.store.key_secrets().list_retired().await.unwrap().is_empty());
}
