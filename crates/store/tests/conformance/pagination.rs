//! Keyset pagination of the list.

use crate::test_store::{TestStore, account, add_key, new_key, secret, stamp};
use store::{KeyFilter, KeyOrder, KeyOrderBy, KeyOrderPosition, KeyRow, NewKey};

crate::on_both![
    pages_have_no_gaps_and_no_duplicates,
    pages_are_stable_while_keys_are_added_and_deleted,
    list_is_filtered_by_environment,
    public_ids_are_listed_in_pages
];

/// Many keys share few creation times, and their ids sort differently by locale and by bytes.
async fn pages_have_no_gaps_and_no_duplicates(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    let mut expected = Vec::new();
    for (at, letter) in ('A'..='Z').chain('a'..='z').enumerate().filter(|(at, _)| at % 2 == 0) {
        let (created_at, id) = (i64::try_from(at % 3).unwrap(), format!("{letter}_{at}"));
        add_key(&mut tx, &id, "Key", created_at).await.unwrap();
        expected.push((created_at, id));
    }
    tx.accounts().insert(&account("rival")).await.unwrap();
    tx.keys().insert(&new_key("foreign", "rival"), &secret("foreign")).await.unwrap();
    tx.commit().await.unwrap();
    expected.sort();
    expected.reverse();

    for size in [1, 2, 7, 25, 100] {
        assert_eq!(list_all_pages(db, size).await, expected, "pages of {size}");
    }
}

async fn list_all_pages(db: &TestStore, size: i64) -> Vec<(i64, String)> {
    let mut seen: Vec<(i64, String)> = Vec::new();
    loop {
        let last = seen.last().map(|(at, id)| (KeyOrderPosition::At(*at), id.as_str()));
        let after = last.as_ref().map(|(position, id)| (position, *id));
        let order = KeyOrder { after, ..KeyOrder::default() };
        let page = db.store.keys().list("acme", KeyFilter::default(), order, size).await.unwrap();
        assert!(i64::try_from(page.len()).unwrap() <= size);
        if page.is_empty() {
            return seen;
        }
        seen.extend(page.into_iter().map(|key| (key.created_at, key.id)));
    }
}

async fn pages_are_stable_while_keys_are_added_and_deleted(db: &TestStore) {
    db.with_acme().await;
    for at in 1..=6 {
        db.add_key(&format!("k{at}"), "Key", at).await;
    }
    let first = db.store.keys().list("acme", KeyFilter::default(), KeyOrder::default(), 3).await.unwrap();
    let last = first.last().unwrap();
    assert_eq!(ids(&first), ["k6", "k5", "k4"]);

    db.add_key("k7", "Newer", 7).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.keys().delete(&stamp("acme", "k4", 9, 9), None).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let position = last.position(KeyOrderBy::Created);
    let order = KeyOrder { after: Some((&position, &last.id)), ..KeyOrder::default() };
    let second = db.store.keys().list("acme", KeyFilter::default(), order, 3).await.unwrap();
    assert_eq!(ids(&second), ["k3", "k2", "k1"]);
}

fn ids(keys: &[KeyRow]) -> Vec<&str> {
    keys.iter().map(|key| key.id.as_str()).collect()
}

async fn list_is_filtered_by_environment(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    for (id, environment) in [("k1", "live"), ("k2", "sandbox"), ("k3", "live")] {
        let key = NewKey { environment: environment.to_owned(), ..new_key(id, "acme") };
        tx.keys().insert(&key, &secret(id)).await.unwrap();
    }
    tx.commit().await.unwrap();
    for (environment, ids) in
        [(None, &["k3", "k2", "k1"][..]), (Some("live"), &["k3", "k1"]), (Some("sandbox"), &["k2"])]
    {
        let filter = KeyFilter { environment, ..KeyFilter::default() };
        let keys = db.store.keys().list("acme", filter, KeyOrder::default(), 10).await.unwrap();
        assert_eq!(keys.iter().map(|key| key.id.as_str()).collect::<Vec<_>>(), ids, "{environment:?}");
    }
}

async fn public_ids_are_listed_in_pages(db: &TestStore) {
    db.with_acme().await;
    for number in 1..=5 {
        db.add_key(&format!("k{number}"), "Key", number).await;
    }
    let mut tx = db.store.begin().await.unwrap();
    tx.keys().delete(&stamp("acme", "k3", 9, 9), None).await.unwrap();
    tx.commit().await.unwrap();
    let first = db.store.key_secrets().list_public_ids("", 3).await.unwrap();
    assert_eq!(first, ["p-k1", "p-k2", "p-k3"]);
    assert_eq!(db.store.key_secrets().list_public_ids("p-k3", 3).await.unwrap(), ["p-k4", "p-k5"]);
}
