//! Replacing a key's secret, disabling, deleting with a reason, and the lists of keys in each state.

use crate::test_store::{TestStore, account, new_key, secret, stamp};
use store::{KeyFilter, KeySecretRow, KeyStateFilter, NewKey, StoreError};

crate::on_both![
    a_secret_is_replaced_and_the_old_one_ends,
    one_secret_is_current,
    the_ledger_ends_secrets_and_never_sooner_than_it_says,
    only_its_own_is_disabled,
    each_state_has_its_list,
    a_deleted_key_is_shown_for_a_while,
    the_latest_addresses_are_kept,
    the_audit_of_one_key,
];

fn next(public_id: &str, key_id: &str) -> KeySecretRow {
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

/// A key whose secret `p-k1` was replaced by `p-new` and works until 7000.
async fn replaced(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.key_secrets().retire_current("k1", 7_000).await.unwrap().as_deref(), Some("p-k1"));
    tx.key_secrets().insert(&next("p-new", "k1")).await.unwrap();
    assert!(tx.keys().update_stamp(&stamp("acme", "k1", 2_000, 5)).await.unwrap());
    assert!(!tx.keys().update_stamp(&stamp("rival", "k1", 2_000, 6)).await.unwrap());
    tx.commit().await.unwrap();
}

async fn a_secret_is_replaced_and_the_old_one_ends(db: &TestStore) {
    replaced(db).await;
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.public_id.as_str(), key.last_chars.as_str(), key.generation), ("p-new", "later", 5));
    assert_eq!((key.previous_public_id.as_deref(), key.previous_retires_at), (Some("p-k1"), Some(7_000)));
    assert_eq!((key.updated_at, key.updated_by.as_str(), key.created_by.as_str()), (2_000, "jo", "ada"));
    assert_eq!((retires_at(db, "p-k1").await, retires_at(db, "p-new").await), (Some(7_000), None));
    assert_eq!(db.store.key_secrets().list_retired().await.unwrap(), [("p-k1".to_owned(), 7_000)]);
    for (typed, count) in [("LATER", 1), (secret("k1").last_chars.as_str(), 0)] {
        let filter = KeyFilter { search: Some(typed), ..KeyFilter::default() };
        assert_eq!(db.store.keys().list("acme", filter, None, 9).await.unwrap().len(), count, "{typed}");
    }

    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.key_secrets().end_retired("k1", 3_000).await.unwrap(), ["p-k1"]);
    assert!(tx.key_secrets().end_retired("k1", 3_000).await.unwrap().is_empty(), "it has ended");
    assert_eq!(tx.key_secrets().list_public_ids_by_key("k1").await.unwrap(), ["p-k1", "p-new"]);
    // A third: of those that were replaced, the row shows the one that ends last.
    tx.key_secrets().retire_current("k1", 9_000).await.unwrap();
    tx.key_secrets().insert(&next("p-third", "k1")).await.unwrap();
    tx.commit().await.unwrap();
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.previous_public_id.as_deref(), key.previous_retires_at), (Some("p-new"), Some(9_000)));
    assert_eq!(retires_at(db, "p-k1").await, Some(3_000));
}

async fn one_secret_is_current(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.key_secrets().insert(&next("p-new", "k1")).await;
    assert!(matches!(refused, Err(StoreError::Conflict("public id"))), "{refused:?}");
}

async fn the_ledger_ends_secrets_and_never_sooner_than_it_says(db: &TestStore) {
    replaced(db).await;
    let again = async |public_id: &'static str, at, generation| {
        let mut tx = db.store.begin().await.unwrap();
        let key = tx.key_secrets().revoke(public_id, at, generation).await.unwrap();
        tx.commit().await.unwrap();
        key
    };
    assert_eq!(again("p-k1", 8_000, 11).await, None, "it ends before");
    assert_eq!(again("p-k1", 6_000, 12).await.as_deref(), Some("k1"));
    assert_eq!(retires_at(db, "p-k1").await, Some(6_000));
    assert_eq!(again("p-unknown", 6_000, 13).await, None);
    // As in a database from before the secret was replaced.
    assert_eq!(again("p-new", 5_000, 14).await.as_deref(), Some("k1"));
    assert_eq!(again("p-new", 5_000, 15).await, None, "once");
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.public_id.as_str(), key.revoked_at, key.deleted_at), ("p-new", Some(5_000), None));
    assert_eq!((retires_at(db, "p-new").await, key.generation), (Some(5_000), 14));
    // Replaced now, it does not come back.
    let mut tx = db.store.begin().await.unwrap();
    tx.key_secrets().retire_current("k1", 90_000).await.unwrap();
    tx.key_secrets().insert(&next("p-third", "k1")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(retires_at(db, "p-new").await, Some(5_000));
}

async fn only_its_own_is_disabled(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.accounts().insert(&account("rival")).await.unwrap();
    assert!(!tx.keys().update_enabled(&stamp("rival", "k1", 9, 5), false).await.unwrap());
    assert!(!tx.keys().update_enabled(&stamp("acme", "k1", 9, 5), true).await.unwrap(), "it is enabled");
    assert!(tx.keys().update_enabled(&stamp("acme", "k1", 9, 5), false).await.unwrap());
    tx.commit().await.unwrap();
    let key = db.store.keys().find("acme", "k1").await.unwrap().unwrap();
    assert_eq!((key.enabled, key.generation, key.updated_at, key.updated_by.as_str()), (false, 5, 9, "jo"));
    assert!(!db.store.keys().find_for_auth("p-k1").await.unwrap().unwrap().enabled);
    let mut tx = db.store.begin().await.unwrap();
    tx.keys().delete(&stamp("acme", "k1", 10, 6), None).await.unwrap();
    assert!(!tx.keys().update_enabled(&stamp("acme", "k1", 11, 7), true).await.unwrap(), "it is deleted");
}

async fn each_state_has_its_list(db: &TestStore) {
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
        let keys = db.store.keys().list("acme", filter, None, 10).await.unwrap();
        assert_eq!(keys.iter().map(|key| key.id.as_str()).collect::<Vec<_>>(), ids, "{state:?}");
        let search = KeyFilter { search: Some("key off"), environment: Some("live"), state };
        let found = db.store.keys().list("acme", search, None, 10).await.unwrap();
        assert_eq!(found.len(), ids.iter().filter(|id| id.starts_with("off")).count(), "{state:?}");
        // A page at a time: nothing twice, nothing left out.
        let mut after: Option<(i64, String)> = None;
        let mut seen = Vec::new();
        loop {
            let from = after.as_ref().map(|(at, id)| (*at, id.as_str()));
            let Some(key) = db.store.keys().list("acme", filter, from, 1).await.unwrap().pop() else { break };
            after = Some((key.created_at, key.id.clone()));
            seen.push(key.id);
        }
        assert_eq!(seen, ids, "{state:?}");
    }
}

async fn a_deleted_key_is_shown_for_a_while(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    assert!(db.store.keys().find_or_deleted("acme", "k1", 9_999).await.unwrap().is_some(), "it is not deleted");
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

async fn the_latest_addresses_are_kept(db: &TestStore) {
    replaced(db).await;
    let mut tx = db.store.begin().await.unwrap();
    for (address, at) in [("203.0.113.7", 5), ("", 6), ("203.0.113.8", 3), ("203.0.113.7", 4), ("203.0.113.9", 9)] {
        tx.key_secrets().upsert_use("p-k1", address, at).await.unwrap();
    }
    tx.key_secrets().upsert_use("p-other", "203.0.113.1", 50).await.unwrap();
    tx.key_secrets().delete_older_uses("p-k1", 3).await.unwrap();
    tx.commit().await.unwrap();
    let uses = db.store.key_secrets().list_uses("p-k1").await.unwrap();
    let uses: Vec<_> = uses.iter().map(|known| (known.address.as_str(), known.at)).collect();
    assert_eq!(uses, [("203.0.113.9", 9), ("", 6), ("203.0.113.7", 5)]);
    assert_eq!(db.store.key_secrets().list_uses("p-other").await.unwrap().len(), 1);
    assert_eq!(db.store.keys().find("acme", "k1").await.unwrap().unwrap().previous_used_at, Some(9));
}

async fn the_audit_of_one_key(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    for (seq, account_id, key_id) in [
        (1, "acme", Some("k1")),
        (2, "acme", Some("k2")),
        (3, "acme", None),
        (4, "rival", Some("k1")),
        (5, "acme", Some("k1")),
    ] {
        let row = store::AuditRow {
            seq,
            at: seq,
            account_id: account_id.to_owned(),
            member_id: None,
            actor: "ada".to_owned(),
            action: "key.update".to_owned(),
            key_id: key_id.map(ToOwned::to_owned),
            details: "{}".to_owned(),
            address: None,
            previous_hash: vec![0],
            hash: vec![1],
        };
        tx.audit().insert(&row).await.unwrap();
    }
    tx.commit().await.unwrap();
    let page = async |before, limit| {
        let rows = db.store.audit().list_by_key("acme", "k1", before, limit).await.unwrap();
        rows.iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    assert_eq!(page(i64::MAX, 10).await, [5, 1]);
    assert_eq!(page(i64::MAX, 1).await, [5]);
    assert_eq!(page(5, 10).await, [1]);
}
