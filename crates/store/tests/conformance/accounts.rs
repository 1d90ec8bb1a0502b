//! Accounts and their members.

use crate::test_store::{TestStore, account, member};
use store::{AccountRow, MemberRow, StoreError};

crate::on_both![inserted_accounts_and_members_are_found, duplicates_and_missing_references_are_refused];

async fn inserted_accounts_and_members_are_found(db: &TestStore) {
    let child =
        AccountRow { parent_id: Some("acme".to_owned()), name: "Ωmega — 支店".to_owned(), ..account("child") };
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.accounts().count().await.unwrap(), 0);
    tx.accounts().insert(&account("acme")).await.unwrap();
    tx.accounts().insert(&child).await.unwrap();
    tx.members().insert(&member("ada", "acme")).await.unwrap();
    assert_eq!(tx.accounts().count().await.unwrap(), 2);
    assert_eq!(db.store.accounts().count().await.unwrap(), 0, "visible before the commit");
    tx.commit().await.unwrap();

    let store = &db.store;
    assert_eq!(store.accounts().count().await.unwrap(), 2);
    assert_eq!(store.accounts().find("acme").await.unwrap(), Some(account("acme")));
    assert_eq!(store.accounts().find("child").await.unwrap(), Some(child));
    assert_eq!(store.accounts().find("ACME").await.unwrap(), None);
    let ada = Some(member("ada", "acme"));
    assert_eq!(store.members().find("ada").await.unwrap(), ada);
    assert_eq!(store.members().find_by_email("ada@example.com").await.unwrap(), ada);
    assert_eq!(store.members().find_by_email("eve@example.com").await.unwrap(), None);
}

async fn duplicates_and_missing_references_are_refused(db: &TestStore) {
    db.with_acme().await;
    let same_email = MemberRow { email: "ada@example.com".to_owned(), ..member("other", "acme") };
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.members().insert(&same_email).await;
    assert!(matches!(refused, Err(StoreError::Conflict("member"))), "{refused:?}");

    drop(tx);
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.accounts().insert(&account("acme")).await;
    assert!(matches!(refused, Err(StoreError::Conflict("account"))), "{refused:?}");

    drop(tx);
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.members().insert(&member("eve", "unknown")).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");

    drop(tx);
    let orphan = AccountRow { parent_id: Some("unknown".to_owned()), ..account("orphan") };
    let mut tx = db.store.begin().await.unwrap();
    let refused = tx.accounts().insert(&orphan).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
