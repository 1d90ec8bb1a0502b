//! Reserving quotas.

use crate::test_store::TestStore;
use store::{QuotaGrant, QuotaRequest};

crate::on_both![
    grants_never_exceed_the_limit,
    period_advances_and_never_moves_back,
    released_quota_can_be_reserved_again,
    concurrent_grants_never_exceed_the_limit
];

const REQUEST: QuotaRequest<'static> =
    QuotaRequest { key_id: "k1", meter: "minute", period: 60_000, wanted: 40, limit: 100 };

async fn reserve(db: &TestStore, request: QuotaRequest<'_>) -> QuotaGrant {
    let mut tx = db.store.begin().await.unwrap();
    let grant = tx.quotas().reserve(&request).await.unwrap();
    tx.commit().await.unwrap();
    grant
}

async fn grants_never_exceed_the_limit(db: &TestStore) {
    for (used, granted) in [(40, 40), (80, 40), (100, 20), (100, 0)] {
        assert_eq!(reserve(db, REQUEST).await, QuotaGrant { period: 60_000, used, granted });
    }
    // A lowered limit, a raised limit, another meter and another key.
    assert_eq!(reserve(db, QuotaRequest { limit: 50, ..REQUEST }).await.granted, 0);
    assert_eq!(
        reserve(db, QuotaRequest { limit: 130, ..REQUEST }).await,
        QuotaGrant { period: 60_000, used: 130, granted: 30 }
    );
    assert_eq!(reserve(db, QuotaRequest { meter: "uses", ..REQUEST }).await.granted, 40);
    assert_eq!(reserve(db, QuotaRequest { key_id: "k2", limit: 7, ..REQUEST }).await.granted, 7);
    let rows = db.store.quotas().list_by_key("k1").await.unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (row.meter.as_str(), row.used)).collect();
    assert_eq!(seen, [("minute", 130), ("uses", 40)]);
}

async fn period_advances_and_never_moves_back(db: &TestStore) {
    assert_eq!(reserve(db, QuotaRequest { wanted: 100, ..REQUEST }).await.granted, 100);
    let next = QuotaRequest { period: 120_000, ..REQUEST };
    assert_eq!(reserve(db, next).await, QuotaGrant { period: 120_000, used: 40, granted: 40 });
    // A node whose clock is behind reserves from the newest period.
    assert_eq!(reserve(db, REQUEST).await, QuotaGrant { period: 120_000, used: 80, granted: 40 });
}

async fn released_quota_can_be_reserved_again(db: &TestStore) {
    reserve(db, QuotaRequest { wanted: 100, ..REQUEST }).await;
    let mut tx = db.store.begin().await.unwrap();
    tx.quotas().release("k1", "minute", 60_000, 30).await.unwrap();
    // Another period, and more than was reserved: no effect.
    tx.quotas().release("k1", "minute", 0, 30).await.unwrap();
    tx.quotas().release("k1", "minute", 60_000, 71).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        reserve(db, QuotaRequest { wanted: 100, ..REQUEST }).await,
        QuotaGrant { period: 60_000, used: 100, granted: 30 }
    );
}

async fn concurrent_grants_never_exceed_the_limit(db: &TestStore) {
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let store = db.store.clone();
        writers.spawn(async move {
            let mut sum = 0;
            for _ in 0..5 {
                let mut tx = store.begin().await.unwrap();
                sum += tx.quotas().reserve(&QuotaRequest { wanted: 3, ..REQUEST }).await.unwrap().granted;
                tx.commit().await.unwrap();
            }
            sum
        });
    }
    let sums = writers.join_all().await;
    assert_eq!(sums.into_iter().sum::<i64>(), 100);
}
