//! The revocation ledger: a restored database revives no deleted key, and a damaged ledger prevents the start.

use crate::rotation::{end_overlap, rotate};
use domain::verdict::VerdictCode;
use service::OpenError;
use service::audit::ChainCheck;
use service::keys::CreatedKey;
use service::secrets::ExposeSecret;
use std::fs;
use test_support::{HOUR, TestApp, decide};

const FILE: &str = "revocations.ledger";

async fn code(app: &TestApp, key: &CreatedKey) -> VerdictCode {
    decide(&app.keyhatch, key.secret.expose_secret()).await.unwrap()
}

/// Restores the database from `backup` into the same folder and keeps the present ledger.
async fn restore_database(app: &mut TestApp, backup: &str) {
    app.keyhatch.close().await.unwrap();
    for gone in ["keyhatch.db-wal", "keyhatch.db-shm"] {
        let _ = fs::remove_file(app.file(gone));
    }
    fs::copy(app.file(backup), app.file("keyhatch.db")).unwrap();
}

#[tokio::test]
async fn restored_database_revives_no_deleted_key() {
    let mut app = TestApp::sqlite().await;
    let (gone, kept) = (app.create_key("Gone").await, app.create_key("Kept").await);
    app.keyhatch.backup(&app.file("old.db")).await.unwrap();
    app.delete_key(&gone.key.id).await.unwrap();
    let later = app.create_key("Later").await;
    app.delete_key(&later.key.id).await.unwrap();

    restore_database(&mut app, "old.db").await;
    app.start().await.unwrap();
    assert_eq!(code(&app, &gone).await, VerdictCode::NotFound);
    assert_eq!(code(&app, &later).await, VerdictCode::NotFound, "the old database does not know it");
    assert_eq!(code(&app, &kept).await, VerdictCode::Valid);
    let again = format!("SELECT COUNT(*) FROM audit WHERE action = 'key.delete_again' AND key_id = '{}'", gone.key.id);
    assert_eq!(app.query_number(&again).await, 1);
    assert!(matches!(app.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));

    // Only once: the next start finds nothing to delete.
    app.restart().await;
    assert_eq!(app.query_number("SELECT COUNT(*) FROM audit WHERE action = 'key.delete_again'").await, 1);
    assert_eq!(code(&app, &gone).await, VerdictCode::NotFound);
}

/// The counterpart of the test above: without the ledger, the restored key is valid again.
#[tokio::test]
async fn restored_database_without_the_ledger_revives_the_key() {
    let mut app = TestApp::sqlite().await;
    let gone = app.create_key("Gone").await;
    app.keyhatch.backup(&app.file("old.db")).await.unwrap();
    app.delete_key(&gone.key.id).await.unwrap();
    restore_database(&mut app, "old.db").await;
    fs::remove_file(app.file(FILE)).unwrap();
    app.start().await.unwrap();
    assert_eq!(code(&app, &gone).await, VerdictCode::Valid);
}

/// After a crash between the commit and the ledger, or the loss of the ledger, the next start completes it.
#[tokio::test]
async fn missing_deletions_are_added_to_the_ledger() {
    let mut app = TestApp::sqlite().await;
    let gone = app.create_key("Gone").await;
    app.keyhatch.backup(&app.file("old.db")).await.unwrap();
    app.delete_key(&gone.key.id).await.unwrap();
    app.keyhatch.close().await.unwrap();
    fs::write(app.file(FILE), "").unwrap();
    app.start().await.unwrap();
    assert_eq!(fs::read_to_string(app.file(FILE)).unwrap().lines().count(), 1);
    restore_database(&mut app, "old.db").await;
    app.start().await.unwrap();
    assert_eq!(code(&app, &gone).await, VerdictCode::NotFound);
}

/// A line cut off by a crash was never acknowledged: it is ignored, and lines appended after it count.
#[tokio::test]
async fn incomplete_last_line_is_ignored() {
    let mut app = TestApp::sqlite().await;
    let (first, second) = (app.create_key("First").await, app.create_key("Second").await);
    app.keyhatch.backup(&app.file("old.db")).await.unwrap();
    app.delete_key(&first.key.id).await.unwrap();
    let whole = fs::read_to_string(app.file(FILE)).unwrap();
    for cut in 1..whole.len() {
        app.keyhatch.close().await.unwrap();
        fs::write(app.file(FILE), format!("{whole}{}", &whole[..cut])).unwrap();
        app.start().await.unwrap();
    }
    app.delete_key(&second.key.id).await.unwrap();
    restore_database(&mut app, "old.db").await;
    app.start().await.unwrap();
    assert_eq!(code(&app, &first).await, VerdictCode::NotFound);
    assert_eq!(code(&app, &second).await, VerdictCode::NotFound);
}

/// Each changed character of a complete line prevents the start; the message names the line and the file.
#[tokio::test]
async fn damaged_line_prevents_the_start() {
    let mut app = TestApp::sqlite().await;
    for name in ["First", "Second"] {
        let created = app.create_key(name).await;
        app.delete_key(&created.key.id).await.unwrap();
    }
    app.keyhatch.close().await.unwrap();
    let whole = fs::read(app.file(FILE)).unwrap();
    let first_line = whole.iter().position(|byte| *byte == b'\n').unwrap();
    for at in 0..first_line {
        let mut damaged = whole.clone();
        damaged[at] = if damaged[at] == b'0' { b'1' } else { b'0' };
        fs::write(app.file(FILE), &damaged).unwrap();
        let Err(OpenError::Ledger(message)) = app.open_second().await else { panic!("started: {at}") };
        assert!(message.contains("Line 1 of") && message.contains(FILE), "{message}");
    }
    for damaged in [b"rubbish\n".to_vec(), [b"\0\0\0\n", &whole[..]].concat(), whole[5..].to_vec()] {
        fs::write(app.file(FILE), &damaged).unwrap();
        assert!(matches!(app.open_second().await, Err(OpenError::Ledger(_))));
    }
    // Bytes that are not UTF-8 prevent the start as well.
    fs::write(app.file(FILE), [&whole[..], &[0xff, 0xfe, b'\n']].concat()).unwrap();
    assert!(app.open_second().await.is_err());
    fs::write(app.file(FILE), &whole).unwrap();
    app.start().await.unwrap();
}

/// A database from before a rotation has the old secret as the current one. That secret must stay refused while the key
/// continues to exist and can be rotated again.
#[tokio::test]
async fn restored_database_revives_no_rotated_secret() {
    let mut app = TestApp::sqlite().await;
    let (first, other, kept) =
        (app.create_key("Changed").await, app.create_key("Overlap").await, app.create_key("Kept").await);
    app.keyhatch.backup(&app.file("old.db")).await.unwrap();
    let second = rotate(&app, &first.key.id, "none").await.unwrap();
    rotate(&app, &other.key.id, "7d").await.unwrap();
    app.keyhatch.backup(&app.file("later.db")).await.unwrap();
    app.clock.advance(HOUR);
    end_overlap(&app, &other.key.id).await.unwrap();

    for backup in ["old.db", "later.db", "old.db"] {
        restore_database(&mut app, backup).await;
        app.start().await.unwrap();
        assert_eq!(code(&app, &first).await, VerdictCode::NotFound, "{backup}");
        assert_eq!(code(&app, &other).await, VerdictCode::NotFound, "{backup}: its overlap was ended");
        assert_eq!(code(&app, &kept).await, VerdictCode::Valid, "{backup}");
        let view = app.key_without_last_use(&first.key.id).await.unwrap();
        assert_eq!(view.needs_rotation, backup == "old.db", "the old database does not know the new secret");
        let expected = if view.needs_rotation { VerdictCode::NotFound } else { VerdictCode::Valid };
        assert_eq!(code(&app, &second).await, expected, "{backup}");
    }
    let again = "SELECT COUNT(*) FROM audit WHERE action = 'key.retire_again'";
    assert_eq!(app.query_number(again).await, 2);
    assert_eq!(app.query_number("SELECT COUNT(*) FROM keys WHERE deleted_at IS NOT NULL").await, 0);
    app.restart().await;
    assert_eq!(app.query_number(again).await, 2, "once");
    let third = rotate(&app, &first.key.id, "24h").await.unwrap();
    assert!(!third.key.needs_rotation);
    assert_eq!((code(&app, &third).await, code(&app, &first).await), (VerdictCode::Valid, VerdictCode::NotFound));
    assert!(matches!(app.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));
}

/// After a crash between the commit and the ledger, the next start adds the missing rotation.
#[tokio::test]
async fn missing_rotations_are_added_to_the_ledger() {
    let mut app = TestApp::sqlite().await;
    let old = app.create_key("Changed").await;
    app.keyhatch.backup(&app.file("old.db")).await.unwrap();
    rotate(&app, &old.key.id, "1h").await.unwrap();
    app.keyhatch.close().await.unwrap();
    fs::write(app.file(FILE), "").unwrap();
    app.start().await.unwrap();
    assert_eq!(fs::read_to_string(app.file(FILE)).unwrap().lines().count(), 1);
    restore_database(&mut app, "old.db").await;
    app.start().await.unwrap();
    assert_eq!(code(&app, &old).await, VerdictCode::Valid, "the overlap has not ended");
    app.clock.advance(HOUR);
    assert_eq!(code(&app, &old).await, VerdictCode::NotFound);
}

#[tokio::test]
async fn ledger_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::sqlite().await;
    for file in [FILE, "pepper", "keyhatch.db"] {
        assert_eq!(fs::metadata(app.file(file)).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }
}
