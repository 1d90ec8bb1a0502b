//! Second factors and recovery codes.

use crate::test_store::{TestStore, two_factor};

crate::on_both![codes_are_consumed_once];

async fn codes_are_consumed_once(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.two_factor().upsert(&two_factor(None)).await.unwrap();
    tx.two_factor().upsert(&two_factor(Some(9))).await.unwrap();
    assert_eq!(tx.two_factor().find("ada").await.unwrap(), Some(two_factor(Some(9))));
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
    assert_eq!(db.store.accounts().two_factor_required_from("unknown").await.unwrap(), None);
    assert_eq!(db.store.accounts().two_factor_required_from("acme").await.unwrap(), Some(None));
    let mut tx = db.store.begin().await.unwrap();
    assert!(tx.accounts().update_two_factor_required_from("acme", Some(7)).await.unwrap());
    assert!(!tx.accounts().update_two_factor_required_from("unknown", Some(7)).await.unwrap());
    assert_eq!(tx.accounts().two_factor_required_from("acme").await.unwrap(), Some(Some(7)));
    assert!(tx.two_factor().delete("ada").await.unwrap());
    assert!(!tx.two_factor().delete("ada").await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(db.store.two_factor().count_recovery_codes("ada").await.unwrap(), 0);
}
