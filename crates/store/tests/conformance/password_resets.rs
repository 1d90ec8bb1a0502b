//! One-time links for a new password.

use crate::test_store::{TestStore, member};
use store::{PasswordResetRow, StoreError};

crate::on_both![links_go_with_their_member_and_their_time];

fn reset(token: &[u8], member_id: &str, expires_at: i64) -> PasswordResetRow {
    PasswordResetRow { token_hash: token.to_vec(), member_id: member_id.to_owned(), created_at: 100, expires_at }
}

async fn links_go_with_their_member_and_their_time(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.members().insert(&member("bob", "acme")).await.unwrap();
    for (token, member, expires_at) in [(1, "ada", 1_000), (2, "ada", 2_000), (3, "bob", 1_000), (4, "bob", 3_000)] {
        tx.password_resets().insert(&reset(&[token], member, expires_at)).await.unwrap();
    }
    tx.commit().await.unwrap();

    let mut tx = db.store.begin().await.unwrap();
    let again = tx.password_resets().insert(&reset(&[1], "bob", 9_000)).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    drop(tx);
    let mut tx = db.store.begin().await.unwrap();
    let stranger = tx.password_resets().insert(&reset(&[9], "nobody", 9_000)).await;
    assert!(matches!(stranger, Err(StoreError::Conflict(_))), "{stranger:?}");
    drop(tx);

    assert_eq!(db.store.password_resets().find(&[1]).await.unwrap(), Some(reset(&[1], "ada", 1_000)));
    assert_eq!(db.store.password_resets().find(&[9]).await.unwrap(), None);
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.password_resets().count_open("ada", 999).await.unwrap(), 2);
    assert_eq!(tx.password_resets().count_open("ada", 1_000).await.unwrap(), 1);
    assert_eq!(tx.password_resets().delete_expired(1_000).await.unwrap(), 2);
    tx.password_resets().delete_by_member("ada").await.unwrap();
    assert_eq!(tx.password_resets().find(&[2]).await.unwrap(), None);
    assert_eq!(tx.password_resets().find(&[4]).await.unwrap(), Some(reset(&[4], "bob", 3_000)));
    assert!(tx.members().delete("bob").await.unwrap());
    assert_eq!(tx.password_resets().find(&[4]).await.unwrap(), None, "deleted with the member");
    tx.commit().await.unwrap();
}
