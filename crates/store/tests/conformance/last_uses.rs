//! Last uses of keys.

use crate::test_store::TestStore;
use store::{KeyFilter, KeyOrder};

crate::on_both![latest_use_is_kept];

async fn latest_use_is_kept(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "One", 1).await;
    db.add_key("k2", "Two", 2).await;
    for (at, from) in [(50, Some("203.0.113.7")), (70, None), (60, Some("203.0.113.8"))] {
        let mut tx = db.store.begin().await.unwrap();
        tx.last_uses().upsert("k1", at, from).await.unwrap();
        tx.commit().await.unwrap();
    }
    let keys = db.store.keys().list("acme", KeyFilter::default(), KeyOrder::default(), 10).await.unwrap();
    let seen: Vec<_> = keys.iter().map(|key| (key.id.as_str(), key.last_used_at, &key.last_used_from)).collect();
    assert_eq!(seen, [("k2", None, &None), ("k1", Some(70), &None)]);
    assert_eq!(db.store.keys().find("acme", "k1").await.unwrap().unwrap().last_used_at, Some(70));
}
