//! What is handed out of limits.

use crate::test_store::TestStore;
use store::{QuotaGrant, QuotaRequest};

crate::on_both![never_more_than_the_limit, windows_move_on_and_never_back, what_is_given_back_can_be_taken, racers];

const WISH: QuotaRequest<'static> =
    QuotaRequest { key_id: "k1", meter: "minute", period: 60_000, wanted: 40, limit: 100 };

async fn take(db: &TestStore, wish: QuotaRequest<'_>) -> QuotaGrant {
    let mut tx = db.store.begin().await.unwrap();
    let grant = tx.quotas().reserve(&wish).await.unwrap();
    tx.commit().await.unwrap();
    grant
}

async fn never_more_than_the_limit(db: &TestStore) {
    for (used, granted) in [(40, 40), (80, 40), (100, 20), (100, 0)] {
        assert_eq!(take(db, WISH).await, QuotaGrant { period: 60_000, used, granted });
    }
    // A lowered limit, a raised one, and another meter.
    assert_eq!(take(db, QuotaRequest { limit: 50, ..WISH }).await.granted, 0);
    assert_eq!(
        take(db, QuotaRequest { limit: 130, ..WISH }).await,
        QuotaGrant { period: 60_000, used: 130, granted: 30 }
    );
    assert_eq!(take(db, QuotaRequest { meter: "uses", ..WISH }).await.granted, 40);
    assert_eq!(take(db, QuotaRequest { key_id: "k2", limit: 7, ..WISH }).await.granted, 7);
    let rows = db.store.quotas().list_by_key("k1").await.unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (row.meter.as_str(), row.used)).collect();
    assert_eq!(seen, [("minute", 130), ("uses", 40)]);
}

async fn windows_move_on_and_never_back(db: &TestStore) {
    assert_eq!(take(db, QuotaRequest { wanted: 100, ..WISH }).await.granted, 100);
    let next = QuotaRequest { period: 120_000, ..WISH };
    assert_eq!(take(db, next).await, QuotaGrant { period: 120_000, used: 40, granted: 40 });
    // A node whose clock is behind takes from the newest window.
    assert_eq!(take(db, WISH).await, QuotaGrant { period: 120_000, used: 80, granted: 40 });
}

async fn what_is_given_back_can_be_taken(db: &TestStore) {
    take(db, QuotaRequest { wanted: 100, ..WISH }).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.quotas().release("k1", "minute", 60_000, 30).await.unwrap();
    // Of another window, and more than was ever taken: nothing happens.
    tx.quotas().release("k1", "minute", 0, 30).await.unwrap();
    tx.quotas().release("k1", "minute", 60_000, 71).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        take(db, QuotaRequest { wanted: 100, ..WISH }).await,
        QuotaGrant { period: 60_000, used: 100, granted: 30 }
    );
}

async fn racers(db: &TestStore) {
    let mut racers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let store = db.store.clone();
        racers.spawn(async move {
            let mut sum = 0;
            for _ in 0..5 {
                let mut tx = store.begin().await.unwrap();
                sum += tx.quotas().reserve(&QuotaRequest { wanted: 3, ..WISH }).await.unwrap().granted;
                tx.commit().await.unwrap();
            }
            sum
        });
    }
    let sums = racers.join_all().await;
    assert_eq!(sums.into_iter().sum::<i64>(), 100);
}
