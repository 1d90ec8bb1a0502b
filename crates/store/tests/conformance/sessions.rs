//! Sessions.

use crate::test_store::{TestStore, member};
use store::{SessionRow, StoreError};

crate::on_both![
    session_is_found_used_and_deleted,
    sessions_are_deleted_by_expiry_and_by_member,
    session_without_member_is_refused
];

fn session(token: u8, member_id: &str) -> SessionRow {
    SessionRow {
        token_hash: vec![token; 32],
        member_id: member_id.to_owned(),
        created_at: 100,
        last_seen_at: 100,
        expires_at: 1_000,
        address: "203.0.113.7".to_owned(),
    }
}

async fn session_is_found_used_and_deleted(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.sessions().insert(&session(1, "ada")).await.unwrap();
    tx.commit().await.unwrap();

    let found = db.store.sessions().find(&[1; 32]).await.unwrap().unwrap();
    assert_eq!(found.member_id, "ada");
    assert_eq!(found.email, "ada@example.com");
    assert_eq!(found.role, "owner");
    assert_eq!(found.account_id, "acme");
    assert_eq!(found.account_name, "Account acme");
    assert_eq!((found.created_at, found.expires_at), (100, 1_000));
    assert_eq!(db.store.sessions().find(&[2; 32]).await.unwrap(), None);

    let from = async |address, since| db.store.sessions().exists_from_address("ada", address, since).await.unwrap();
    assert!(from("203.0.113.7", 100).await);
    assert!(!from("203.0.113.7", 101).await);
    assert!(!from("203.0.113.8", 0).await);

    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.sessions().update_last_seen(&[1; 32], 200).await.unwrap());
    assert!(!tx.sessions().update_last_seen(&[1; 32], 150).await.unwrap(), "never moves backwards");
    assert!(!tx.sessions().update_last_seen(&[9; 32], 200).await.unwrap());
    tx.commit().await.unwrap();
    let found = db.store.sessions().find(&[1; 32]).await.unwrap().unwrap();
    assert_eq!((found.last_seen_at, found.language), (200, None));

    for language in [Some("de"), None] {
        let mut tx = db.store.begin().await.unwrap();
        tx.members().update_language("ada", language).await.unwrap();
        tx.commit().await.unwrap();
        let found = db.store.sessions().find(&[1; 32]).await.unwrap().unwrap();
        assert_eq!(found.language.as_deref(), language);
    }

    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.sessions().delete(&[1; 32]).await.unwrap());
    assert!(!tx.sessions().delete(&[1; 32]).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(db.store.sessions().find(&[1; 32]).await.unwrap(), None);
}

async fn sessions_are_deleted_by_expiry_and_by_member(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.members().insert(&member("bob", "acme")).await.unwrap();
    let idle = SessionRow { last_seen_at: 50, ..session(1, "ada") };
    let expired = SessionRow { expires_at: 500, ..session(2, "ada") };
    for row in [idle, expired, session(3, "ada"), session(4, "ada"), session(5, "bob")] {
        tx.sessions().insert(&row).await.unwrap();
    }
    assert_eq!(tx.sessions().delete_expired(100, 500).await.unwrap(), 2);
    assert_eq!(tx.sessions().delete_by_member("ada").await.unwrap(), 2);
    tx.commit().await.unwrap();
    assert!(db.store.sessions().find(&[3; 32]).await.unwrap().is_none());
    assert!(db.store.sessions().find(&[5; 32]).await.unwrap().is_some());
}

async fn session_without_member_is_refused(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.sessions().insert(&session(1, "unknown")).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
