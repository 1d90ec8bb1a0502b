//! Members.

use crate::test_store::{TestStore, member, two_factor};
use store::SessionRow;

crate::on_both![members_are_updated_and_deleted];

async fn members_are_updated_and_deleted(db: &TestStore) {
    db.with_acme().await;
    let session = SessionRow {
        token_hash: vec![1; 32],
        member_id: "ada".to_owned(),
        created_at: 1,
        last_seen_at: 1,
        expires_at: 1_000,
        address: String::new(),
    };
    let mut tx = db.store.begin().await.unwrap();
    tx.members().insert(&member("bob", "acme")).await.unwrap();
    tx.sessions().insert(&session).await.unwrap();
    tx.two_factor().upsert(&two_factor(Some(5))).await.unwrap();
    assert_eq!(tx.members().count_by_role("acme", "owner").await.unwrap(), 2);
    assert!(tx.members().update_role("bob", "viewer").await.unwrap());
    assert!(tx.members().update_password_hash("bob", "other").await.unwrap());
    assert!(!tx.members().update_role("unknown", "viewer").await.unwrap());
    assert_eq!(tx.members().count_by_role("acme", "owner").await.unwrap(), 1);
    tx.members().update_last_sign_in("ada", 7).await.unwrap();
    assert_eq!(tx.members().find_by_email("bob@example.com").await.unwrap().unwrap().password_hash, "other");
    tx.commit().await.unwrap();

    let listed = db.store.members().list("acme").await.unwrap();
    let shown: Vec<_> = listed.iter().map(|row| (row.id.as_str(), row.last_sign_in_at, row.has_two_factor)).collect();
    assert_eq!(shown, [("ada", Some(7), true), ("bob", None, false)]);

    // Sessions and second factor are deleted with the member.
    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.members().delete("ada").await.unwrap());
    assert!(!tx.members().delete("ada").await.unwrap());
    tx.commit().await.unwrap();
    assert!(db.store.sessions().find(&[1; 32]).await.unwrap().is_none());
    assert!(db.store.two_factor().find("ada").await.unwrap().is_none());
}
