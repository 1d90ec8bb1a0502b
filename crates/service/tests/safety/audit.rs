//! The audit log: an entry for each change, and detection of edited or deleted entries.

use crate::on_both;
use domain::member::Role;
use service::actor::Actor;
use service::audit::ChainCheck;
use test_support::{PASSWORD, TestApp, unrestricted_key_form};

on_both!(
    every_change_writes_an_audit_entry,
    edited_or_deleted_audit_entries_are_detected,
    edited_or_deleted_audit_head_is_detected,
    deleted_entry_is_detected_after_further_changes
);

async fn verify_chain(app: &TestApp) -> ChainCheck {
    app.keyhatch.audit().verify().await.unwrap()
}

/// Two accounts, then a member, a session and three changes of a key.
async fn write_entries(app: &TestApp) {
    let actor = app.member(Role::Admin).await;
    let created = app.keyhatch.keys().create(&actor, &app.account, &unrestricted_key_form("A")).await.unwrap();
    app.keyhatch.keys().update(&actor, &app.account, &created.key.id, &unrestricted_key_form("B"), None).await.unwrap();
    app.keyhatch.keys().delete(&actor, &app.account, &created.key.id, "").await.unwrap();
}

async fn every_change_writes_an_audit_entry(app: TestApp) {
    write_entries(&app).await;
    let rows = app.store().await.audit().list(1, 100).await.unwrap();
    let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "account.create",
            "account.create",
            "member.create",
            "member.sign_in",
            "key.create",
            "key.update",
            "key.delete"
        ]
    );
    assert_eq!(verify_chain(&app).await, ChainCheck::Intact { rows: 7 });
    for row in &rows[3..] {
        assert!(row.actor.starts_with("admin@") && row.address.as_deref() == Some("198.51.100.7"), "{row:?}");
        assert_eq!(row.account_id, app.account);
        assert!(!row.details.contains(PASSWORD));
    }
    assert!(rows[5].details.contains(r#""name":["A","B"]"#), "{}", rows[5].details);

    // Refused requests write nothing.
    let foreign_member = app.member_of(&app.foreign_account, Role::Owner).await;
    let before = app.row_counts().await;
    assert!(app.keyhatch.keys().create(&foreign_member, &app.account, &unrestricted_key_form("C")).await.is_err());
    assert!(app.delete_key("key_none").await.is_err());
    assert_eq!(app.row_counts().await, before);
}

/// Each column of a row in the middle is edited; rows are missing at the start, in the middle, at the end. With the `seq`
/// of the first entry at which the chain breaks.
const TAMPERINGS: [(&str, i64); 19] = [
    ("UPDATE audit SET at = at + 1 WHERE seq = 5", 5),
    ("UPDATE audit SET account_id = 'x' WHERE seq = 5", 5),
    ("UPDATE audit SET member_id = NULL WHERE seq = 5", 5),
    ("UPDATE audit SET actor = 'eve' WHERE seq = 5", 5),
    ("UPDATE audit SET action = 'key.look' WHERE seq = 5", 5),
    ("UPDATE audit SET key_id = NULL WHERE seq = 5", 5),
    ("UPDATE audit SET details = '{}' WHERE seq = 5", 5),
    ("UPDATE audit SET address = NULL WHERE seq = 5", 5),
    ("UPDATE audit SET address = '' WHERE seq = 1", 1),
    ("UPDATE audit SET hash = previous_hash WHERE seq = 5", 5),
    ("UPDATE audit SET previous_hash = hash WHERE seq = 5", 5),
    ("UPDATE audit SET actor = account_id, account_id = actor WHERE seq = 5", 5),
    ("DELETE FROM audit WHERE seq = 1", 1),
    ("DELETE FROM audit WHERE seq = 4", 4),
    (
        "DELETE FROM audit WHERE seq = 4; UPDATE audit SET seq = -seq WHERE seq > 4; UPDATE audit SET seq = -seq - 1 WHERE seq < 0",
        4,
    ),
    ("DELETE FROM audit WHERE seq = 7", 7),
    ("DELETE FROM audit WHERE seq > 3", 4),
    ("DELETE FROM audit", 1),
    (
        "INSERT INTO audit SELECT 8, at, account_id, member_id, actor, action, key_id, details, address, hash, hash FROM audit WHERE seq = 7",
        8,
    ),
];

const RESTORE: &str = "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept";

async fn edited_or_deleted_audit_entries_are_detected(app: TestApp) {
    write_entries(&app).await;
    app.run_sql("CREATE TABLE kept AS SELECT * FROM audit").await;
    for (tampering, at) in TAMPERINGS {
        app.run_sql(tampering).await;
        assert_eq!(verify_chain(&app).await, ChainCheck::Broken { at }, "{tampering}");
        app.run_sql(RESTORE).await;
        assert_eq!(verify_chain(&app).await, ChainCheck::Intact { rows: 7 }, "restored after {tampering}");
    }
}

/// The last row is deleted together with the recorded head, which is changed to fit the rest or deleted.
async fn edited_or_deleted_audit_head_is_detected(app: TestApp) {
    write_entries(&app).await;
    app.run_sql("CREATE TABLE kept AS SELECT * FROM audit").await;
    app.run_sql("CREATE TABLE kept_settings AS SELECT * FROM settings").await;
    let hex = if app.postgres.is_some() { "encode(hash, 'hex')" } else { "lower(hex(hash))" };
    let fitting = format!("(SELECT '6 ' || {hex} FROM audit WHERE seq = 6)");
    for head in [
        &format!("UPDATE settings SET value = {fitting} WHERE name = 'audit_head'"),
        "DELETE FROM settings WHERE name = 'audit_head'",
    ] {
        app.run_sql(&format!("DELETE FROM audit WHERE seq = 7; {head}")).await;
        assert_eq!(verify_chain(&app).await, ChainCheck::Broken { at: 7 }, "{head}");
        app.run_sql(&format!("{RESTORE}; DELETE FROM settings; INSERT INTO settings SELECT * FROM kept_settings"))
            .await;
        assert_eq!(verify_chain(&app).await, ChainCheck::Intact { rows: 7 });
    }
}

async fn deleted_entry_is_detected_after_further_changes(app: TestApp) {
    write_entries(&app).await;
    app.run_sql("DELETE FROM audit WHERE seq = 7").await;
    app.keyhatch.accounts().create(&Actor::Operator, "Next", None).await.unwrap();
    assert_eq!(verify_chain(&app).await, ChainCheck::Broken { at: 7 });
    app.run_sql("DELETE FROM audit").await;
    app.run_sql("DELETE FROM settings WHERE name = 'audit_head'").await;
    assert_eq!(verify_chain(&app).await, ChainCheck::Broken { at: 1 }, "accounts exist, so there were entries");
}
