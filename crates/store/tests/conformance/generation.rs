//! The generation, and the list of keys changed since one.

use crate::test_store::{TestStore, add_key};
use std::collections::BTreeSet;
use store::StoreError;

crate::on_both![
    generation_is_unique_and_increasing_under_concurrent_writers,
    generation_is_visible_only_after_commit,
    list_of_changes_never_splits_a_generation,
];

async fn generation_is_unique_and_increasing_under_concurrent_writers(db: &TestStore) {
    assert_eq!(db.store.generation().await.unwrap(), 0);
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let store = db.store.clone();
        writers.spawn(async move {
            let mut taken = Vec::new();
            for _ in 0..10 {
                let before = store.generation().await?;
                let mut tx = store.begin().await?;
                let generation = tx.next_generation().await?;
                tx.commit().await?;
                assert!(generation > before);
                assert!(store.generation().await? >= generation);
                taken.push(generation);
            }
            assert!(taken.is_sorted());
            Ok::<_, StoreError>(taken)
        });
    }
    let taken = writers.join_all().await;
    let all: Vec<i64> = taken.into_iter().flat_map(Result::unwrap).collect();
    let distinct: BTreeSet<i64> = all.iter().copied().collect();
    assert_eq!(distinct, (1..=160).collect());
    assert_eq!(all.len(), 160);
    assert_eq!(db.store.generation().await.unwrap(), 160);
}

async fn generation_is_visible_only_after_commit(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.next_generation().await.unwrap(), 1);
    assert_eq!(tx.next_generation().await.unwrap(), 2);
    assert_eq!(db.store.generation().await.unwrap(), 0);
    drop(tx);
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.next_generation().await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(db.store.generation().await.unwrap(), 1);
}

async fn list_of_changes_never_splits_a_generation(db: &TestStore) {
    db.with_acme().await;
    for id in ["a", "b", "c", "d"] {
        db.add_key(id, id, 1).await;
    }
    // One generation for three keys, as when the revocation ledger is replayed.
    let mut tx = db.store.begin().await.unwrap();
    let generation = tx.next_generation().await.unwrap();
    for public_id in ["p-a", "p-b", "p-c"] {
        tx.keys().delete_by_public_id(public_id, 9, "ledger", generation).await.unwrap();
    }
    add_key(&mut tx, "e", "e", 1).await.unwrap();
    tx.commit().await.unwrap();

    let changed = async |after, limit| db.store.keys().list_changed_after(after, limit).await.unwrap();
    let row = |id: &str, generation| (format!("p-{id}"), generation);
    assert_eq!(changed(0, 1).await, [row("d", 4)]);
    assert_eq!(changed(4, 1).await, [row("a", 5), row("b", 5), row("c", 5)]);
    assert_eq!(changed(5, 1).await, [row("e", 6)]);
    assert_eq!(changed(6, 1).await, []);
    assert_eq!(changed(0, 100).await.len(), 5);
}
