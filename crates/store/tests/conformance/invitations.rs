//! Invitations.

use crate::test_store::TestStore;
use store::{InvitationRow, StoreError};

crate::on_both![invitation_is_closed_once];

fn invitation(id: &str, email: &str) -> InvitationRow {
    InvitationRow {
        id: id.to_owned(),
        account_id: "acme".to_owned(),
        email: email.to_owned(),
        role: "viewer".to_owned(),
        token_hash: id.as_bytes().to_vec(),
        state: "open".to_owned(),
        created_at: 100,
        created_by: "ada@example.com".to_owned(),
        expires_at: 1_000,
    }
}

async fn invitation_is_closed_once(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.invitations().insert(&invitation("one", "b@example.com")).await.unwrap();
    tx.invitations().insert(&invitation("two", "a@example.com")).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.store.begin().await.unwrap();
    let second = tx.invitations().insert(&invitation("three", "a@example.com")).await;
    assert!(matches!(second, Err(StoreError::Conflict("invitation"))), "{second:?}");
    drop(tx);

    let listed = async |now| db.store.invitations().list_open("acme", now).await.unwrap().into_iter().map(|row| row.id);
    assert_eq!(listed(999).await.collect::<Vec<_>>(), ["two", "one"], "ordered by email");
    assert_eq!(listed(1_000).await.count(), 0, "expired");
    assert_eq!(db.store.invitations().find_by_token(b"one").await.unwrap().unwrap().email, "b@example.com");

    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.invitations().accept("one").await.unwrap());
    assert!(!tx.invitations().delete("one").await.unwrap());
    assert!(tx.invitations().delete_by_email("acme", "a@example.com").await.unwrap());
    assert!(!tx.invitations().delete_by_email("acme", "a@example.com").await.unwrap());
    // Closed invitations do not block a new one.
    tx.invitations().insert(&invitation("three", "a@example.com")).await.unwrap();
    assert_eq!(tx.invitations().find("two").await.unwrap().unwrap().state, "deleted");
    assert_eq!(tx.invitations().delete_expired(1_001).await.unwrap(), 3);
    tx.commit().await.unwrap();
}
