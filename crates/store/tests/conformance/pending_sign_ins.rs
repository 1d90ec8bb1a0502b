//! Pending sign-ins.

use crate::test_store::TestStore;
use store::PendingSignInRow;

crate::on_both![failed_attempts_are_counted];

async fn failed_attempts_are_counted(db: &TestStore) {
    db.with_acme().await;
    let row = |token: u8, expires_at| PendingSignInRow {
        token_hash: vec![token; 32],
        member_id: "ada".to_owned(),
        expires_at,
        failed_attempts: 0,
    };
    let mut tx = db.store.begin().await.unwrap();
    for (token, expires_at) in [(1, 100), (2, 200), (3, 300)] {
        tx.pending_sign_ins().insert(&row(token, expires_at)).await.unwrap();
    }
    tx.pending_sign_ins().increment_failed_attempts(&[2; 32]).await.unwrap();
    assert_eq!(tx.pending_sign_ins().find(&[2; 32]).await.unwrap().unwrap().failed_attempts, 1);
    assert_eq!(tx.pending_sign_ins().delete_expired(100).await.unwrap(), 1);
    assert!(tx.pending_sign_ins().delete(&[3; 32]).await.unwrap());
    assert!(!tx.pending_sign_ins().delete(&[3; 32]).await.unwrap());
    tx.commit().await.unwrap();
    assert!(db.store.pending_sign_ins().find(&[2; 32]).await.unwrap().is_some());
    let mut tx = db.store.begin().await.unwrap();
    tx.pending_sign_ins().delete_by_member("ada").await.unwrap();
    tx.commit().await.unwrap();
    assert!(db.store.pending_sign_ins().find(&[2; 32]).await.unwrap().is_none());
}
