//! Members, their invitations, second factors and pending sign-ins.

use crate::test_store::{TestStore, member};
use store::{InvitationRow, PendingSignInRow, SessionRow, StoreError, TwoFactorRow};

crate::on_both![members_change_and_go, invitations_end_once, codes_are_taken_once, pending_sign_ins_count_tries];

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

fn factor(confirmed_at: Option<i64>) -> TwoFactorRow {
    TwoFactorRow {
        member_id: "ada".to_owned(),
        sealed_secret: vec![1, 2, 3],
        created_at: 100,
        confirmed_at,
        last_step: 0,
    }
}

async fn members_change_and_go(db: &TestStore) {
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
    tx.two_factor().upsert(&factor(Some(5))).await.unwrap();
    assert_eq!(tx.members().count_by_role("acme", "owner").await.unwrap(), 2);
    assert!(tx.members().update_role("bob", "viewer").await.unwrap());
    assert!(tx.members().update_password_hash("bob", "other").await.unwrap());
    assert!(!tx.members().update_role("nobody", "viewer").await.unwrap());
    assert_eq!(tx.members().count_by_role("acme", "owner").await.unwrap(), 1);
    tx.members().update_last_sign_in("ada", 7).await.unwrap();
    assert_eq!(tx.members().find_by_email("bob@example.com").await.unwrap().unwrap().password_hash, "other");
    tx.commit().await.unwrap();

    let listed = db.store.members().list("acme").await.unwrap();
    let shown: Vec<_> = listed.iter().map(|row| (row.id.as_str(), row.last_sign_in_at, row.has_two_factor)).collect();
    assert_eq!(shown, [("ada", Some(7), true), ("bob", None, false)]);

    // A member's sessions and second factor go with them.
    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.members().delete("ada").await.unwrap());
    assert!(!tx.members().delete("ada").await.unwrap());
    tx.commit().await.unwrap();
    assert!(db.store.sessions().find(&[1; 32]).await.unwrap().is_none());
    assert!(db.store.two_factor().find("ada").await.unwrap().is_none());
}

async fn invitations_end_once(db: &TestStore) {
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
    assert_eq!(listed(999).await.collect::<Vec<_>>(), ["two", "one"], "by email");
    assert_eq!(listed(1_000).await.count(), 0, "too late");
    assert_eq!(db.store.invitations().find_by_token(b"one").await.unwrap().unwrap().email, "b@example.com");

    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.invitations().accept("one").await.unwrap());
    assert!(!tx.invitations().delete("one").await.unwrap());
    assert!(tx.invitations().delete_by_email("acme", "a@example.com").await.unwrap());
    assert!(!tx.invitations().delete_by_email("acme", "a@example.com").await.unwrap());
    // One that is over stands in nobody's way.
    tx.invitations().insert(&invitation("three", "a@example.com")).await.unwrap();
    assert_eq!(tx.invitations().find("two").await.unwrap().unwrap().state, "deleted");
    assert_eq!(tx.invitations().delete_expired(1_001).await.unwrap(), 3);
    tx.commit().await.unwrap();
}

async fn codes_are_taken_once(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.two_factor().upsert(&factor(None)).await.unwrap();
    tx.two_factor().upsert(&factor(Some(9))).await.unwrap();
    assert_eq!(tx.two_factor().find("ada").await.unwrap(), Some(factor(Some(9))));
    assert!(tx.two_factor().consume_step("ada", 5).await.unwrap());
    assert!(!tx.two_factor().consume_step("ada", 5).await.unwrap());
    assert!(!tx.two_factor().consume_step("ada", 4).await.unwrap());
    tx.two_factor().replace_recovery_codes("ada", &[vec![1], vec![2]]).await.unwrap();
    tx.two_factor().replace_recovery_codes("ada", &[vec![3], vec![4]]).await.unwrap();
    assert!(!tx.two_factor().consume_recovery_code("ada", &[1]).await.unwrap());
    assert!(tx.two_factor().consume_recovery_code("ada", &[3]).await.unwrap());
    assert!(!tx.two_factor().consume_recovery_code("ada", &[3]).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(db.store.two_factor().count_recovery_codes("ada").await.unwrap(), 1);
    assert_eq!(db.store.accounts().requires_two_factor("nobody").await.unwrap(), None);
    assert_eq!(db.store.accounts().requires_two_factor("acme").await.unwrap(), Some(false));
    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.accounts().update_requires_two_factor("acme", true).await.unwrap());
    assert_eq!(tx.accounts().requires_two_factor("acme").await.unwrap(), Some(true));
    assert!(tx.two_factor().delete("ada").await.unwrap());
    assert!(!tx.two_factor().delete("ada").await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(db.store.two_factor().count_recovery_codes("ada").await.unwrap(), 0);
}

async fn pending_sign_ins_count_tries(db: &TestStore) {
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
