//! Settings.

use crate::test_store::TestStore;

crate::on_both![setting_is_replaced];

async fn setting_is_replaced(db: &TestStore) {
    assert_eq!(db.store.settings().find("mark").await.unwrap(), None);
    for value in ["1", "2"] {
        let mut tx = db.store.begin().await.unwrap();
        tx.settings().upsert("mark", value).await.unwrap();
        assert_eq!(tx.settings().find("mark").await.unwrap().as_deref(), Some(value));
        tx.commit().await.unwrap();
        let found = db.store.settings().find("mark").await.unwrap();
        assert_eq!(found.as_deref(), Some(value));
    }
}
