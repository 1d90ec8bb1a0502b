//! The audit log.

use crate::test_store::TestStore;
use store::{AuditRow, StoreError};

crate::on_both![audit_rows_are_listed_in_order, audit_chain_never_forks, audit_is_listed_by_key];

fn row(seq: i64, previous_hash: &[u8]) -> AuditRow {
    AuditRow {
        seq,
        at: 1_000 + seq,
        account_id: "acme".to_owned(),
        member_id: Some("ada".to_owned()),
        actor: "ada@example.com".to_owned(),
        action: "key.create".to_owned(),
        key_id: None,
        details: r#"{"name":"Ωmega"}"#.to_owned(),
        address: Some("203.0.113.7".to_owned()),
        previous_hash: previous_hash.to_vec(),
        hash: seq.to_be_bytes().to_vec(),
    }
}

async fn audit_rows_are_listed_in_order(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.audit().find_last().await.unwrap(), None);
    tx.audit().insert(&row(1, b"")).await.unwrap();
    tx.audit().insert(&row(2, b"x")).await.unwrap();
    tx.audit().insert(&row(3, b"y")).await.unwrap();
    assert_eq!(tx.audit().find_last().await.unwrap(), Some((3, row(3, b"").hash)));
    tx.commit().await.unwrap();
    assert_eq!(db.store.audit().list(0, 2).await.unwrap(), [row(1, b""), row(2, b"x")]);
    assert_eq!(db.store.audit().list(3, 2).await.unwrap(), [row(3, b"y")]);

    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.audit().insert(&row(3, b"")).await;
    assert!(matches!(refused, Err(StoreError::Conflict("audit row"))), "{refused:?}");
}

async fn audit_chain_never_forks(db: &TestStore) {
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let store = db.store.clone();
        writers.spawn(async move {
            let mut tx = store.begin().await?;
            let (seq, hash) = tx.audit().find_last().await?.unwrap_or_default();
            tx.audit().insert(&row(seq + 1, &hash)).await?;
            tx.commit().await
        });
    }
    for done in writers.join_all().await {
        done.unwrap();
    }
    let rows = db.store.audit().list(0, 100).await.unwrap();
    assert_eq!(rows.len(), 32);
    assert!(rows.windows(2).all(|pair| pair[1].previous_hash == pair[0].hash));
}

async fn audit_is_listed_by_key(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    for (seq, account_id, key_id) in [
        (1, "acme", Some("k1")),
        (2, "acme", Some("k2")),
        (3, "acme", None),
        (4, "rival", Some("k1")),
        (5, "acme", Some("k1")),
    ] {
        let row = AuditRow {
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
