//! The activity of an account: its part of the audit log.

use crate::test_store::{TestStore, account, new_key, secret};
use store::{AuditFilter, AuditRow, KeyStamp, NewKey};

crate::on_both![
    activity_is_paged_newest_first_within_the_account,
    each_filter_selects_its_rows,
    each_action_belongs_to_one_group
];

fn row(seq: i64, account_id: &str, action: &str, key_id: Option<&str>) -> AuditRow {
    AuditRow {
        seq,
        // Three rows share each time.
        at: 1_000 + seq / 3,
        account_id: account_id.to_owned(),
        member_id: None,
        actor: if seq % 2 == 0 { "ada@example.com" } else { "operator" }.to_owned(),
        action: action.to_owned(),
        key_id: key_id.map(ToOwned::to_owned),
        details: "{}".to_owned(),
        address: None,
        previous_hash: vec![1],
        hash: seq.to_be_bytes().to_vec(),
    }
}

async fn seqs(db: &TestStore, filter: AuditFilter<'_>) -> Vec<i64> {
    let rows = db.store.audit().list_activity("acme", filter, None, 100).await.unwrap();
    rows.into_iter().map(|row| row.seq).collect()
}

async fn activity_is_paged_newest_first_within_the_account(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    for seq in 1..=20 {
        let account = if seq % 5 == 0 { "rival" } else { "acme" };
        tx.audit().insert(&row(seq, account, "key.create", None)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let expected: Vec<i64> = (1..=20).rev().filter(|seq| seq % 5 != 0).collect();
    for size in [1, 3, 7, 100] {
        let mut seen = Vec::new();
        loop {
            let after = seen.last().copied();
            let page = db.store.audit().list_activity("acme", AuditFilter::default(), after, size).await.unwrap();
            if page.is_empty() {
                break;
            }
            seen.extend(page.iter().map(|row| row.seq));
        }
        assert_eq!(seen, expected, "pages of {size}");
    }
    assert_eq!(db.store.audit().list_actors("acme", 10).await.unwrap(), ["ada@example.com", "operator"]);
    assert_eq!(db.store.audit().list_actors("acme", 1).await.unwrap().len(), 1);
    assert!(db.store.audit().list_actors("unknown", 10).await.unwrap().is_empty());
}

async fn each_filter_selects_its_rows(db: &TestStore) {
    let mut tx = db.store.begin().await.unwrap();
    tx.accounts().insert(&account("acme")).await.unwrap();
    tx.accounts().insert(&account("rival")).await.unwrap();
    for (id, of) in [("k1", "acme"), ("k2", "acme"), ("k3", "rival")] {
        let key = NewKey { name: format!("Shop 50% {id}"), ..new_key(id, of) };
        tx.keys().insert(&key, &secret(id)).await.unwrap();
    }
    for (seq, action, key) in [
        (1, "account.set_up", None),
        (2, "member.sign_in", None),
        (3, "key.create", Some("k1")),
        (4, "key.create", Some("k2")),
        (5, "key.update", Some("k1")),
        (6, "two_factor.enable", None),
        (7, "key.delete", Some("gone")),
    ] {
        tx.audit().insert(&row(seq, "acme", action, key)).await.unwrap();
    }
    let stamp = KeyStamp { account_id: "acme", id: "k2", updated_at: 9, updated_by: "operator", generation: 9 };
    tx.keys().delete(&stamp, None).await.unwrap();
    tx.commit().await.unwrap();
    let all = AuditFilter::default();
    assert_eq!(seqs(db, all).await, [7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(seqs(db, AuditFilter { actor: Some("ada@example.com"), ..all }).await, [6, 4, 2]);
    assert_eq!(seqs(db, AuditFilter { actor: Some("ada"), ..all }).await, [0; 0]);
    assert_eq!(seqs(db, AuditFilter { group: Some("keys"), ..all }).await, [7, 5, 4, 3]);
    assert_eq!(seqs(db, AuditFilter { group: Some("members"), ..all }).await, [6, 2]);
    assert_eq!(seqs(db, AuditFilter { group: Some("account"), ..all }).await, [1]);
    assert_eq!(seqs(db, AuditFilter { key: Some("gone"), ..all }).await, [7]);
    assert_eq!(seqs(db, AuditFilter { key: Some("SHOP 50% k1"), ..all }).await, [5, 3]);
    assert_eq!(seqs(db, AuditFilter { key: Some("9xq2f"), ..all }).await, [5, 4, 3]);
    assert_eq!(seqs(db, AuditFilter { key: Some("k%1"), ..all }).await, [0; 0]);
    assert_eq!(seqs(db, AuditFilter { from: Some(1_001), before: Some(1_002), ..all }).await, [5, 4, 3]);
    let both = AuditFilter { actor: Some("operator"), group: Some("keys"), from: Some(1_001), ..all };
    assert_eq!(seqs(db, both).await, [7, 5, 3]);
    let rows = db.store.audit().list_activity("acme", all, None, 4).await.unwrap();
    let names: Vec<_> = rows.iter().map(|row| row.key_name.as_deref()).collect();
    assert_eq!(names, [None, None, Some("Shop 50% k1"), Some("Shop 50% k2")]);
}

async fn each_action_belongs_to_one_group(db: &TestStore) {
    let groups: [(&str, &[&str]); 3] = [
        ("keys", &["key.create", "key.rotate", "key.delete"]),
        ("members", &["member.sign_in", "invitation.create", "session.end", "password.update", "two_factor.enable"]),
        ("account", &["account.update", "account.require_two_factor", "token.create"]),
    ];
    let mut tx = db.store.begin().await.unwrap();
    for (seq, action) in (1..).zip(groups.iter().flat_map(|(_, actions)| *actions)) {
        tx.audit().insert(&row(seq, "acme", action, None)).await.unwrap();
    }
    tx.commit().await.unwrap();
    for (group, actions) in groups {
        let filter = AuditFilter { group: Some(group), ..AuditFilter::default() };
        let mut rows = db.store.audit().list_activity("acme", filter, None, 100).await.unwrap();
        rows.reverse();
        assert_eq!(rows.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), actions, "{group}");
    }
}
