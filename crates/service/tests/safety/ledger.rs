//! The revocation ledger: an old database put back revives no key, and a damaged ledger stops the start.

use crate::world::{HOUR, World, ask};
use domain::verdict::VerdictCode;
use service::OpenError;
use service::audit::ChainCheck;
use service::keys::CreatedKey;
use service::secrets::ExposeSecret;
use std::fs;

const FILE: &str = "revocations.ledger";

async fn code(world: &World, key: &CreatedKey) -> VerdictCode {
    ask(&world.keyhatch, key.secret.expose_secret()).await.unwrap()
}

/// The database as it was at `backup`, in the same folder, with today's ledger.
async fn put_back(world: &mut World, backup: &str) {
    world.keyhatch.close().await.unwrap();
    for gone in ["keyhatch.db-wal", "keyhatch.db-shm"] {
        let _ = fs::remove_file(world.file(gone));
    }
    fs::copy(world.file(backup), world.file("keyhatch.db")).unwrap();
}

#[tokio::test]
async fn an_old_database_revives_nothing() {
    let mut world = World::sqlite().await;
    let (gone, kept) = (world.issue("Gone").await, world.issue("Kept").await);
    world.keyhatch.backup(&world.file("old.db")).await.unwrap();
    world.delete(&gone.key.id).await.unwrap();
    let later = world.issue("Later").await;
    world.delete(&later.key.id).await.unwrap();

    put_back(&mut world, "old.db").await;
    world.start().await.unwrap();
    assert_eq!(code(&world, &gone).await, VerdictCode::NotFound);
    assert_eq!(code(&world, &later).await, VerdictCode::NotFound, "the old database does not know it");
    assert_eq!(code(&world, &kept).await, VerdictCode::Valid);
    let again = format!("SELECT COUNT(*) FROM audit WHERE action = 'key.delete_again' AND key_id = '{}'", gone.key.id);
    assert_eq!(world.number(&again).await, 1);
    assert!(matches!(world.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));

    // Once: the next start finds nothing to revoke.
    world.reopen().await;
    assert_eq!(world.number("SELECT COUNT(*) FROM audit WHERE action = 'key.delete_again'").await, 1);
    assert_eq!(code(&world, &gone).await, VerdictCode::NotFound);
}

/// Without the ledger it would be revived: the test above shows something.
#[tokio::test]
async fn only_the_ledger_knows() {
    let mut world = World::sqlite().await;
    let gone = world.issue("Gone").await;
    world.keyhatch.backup(&world.file("old.db")).await.unwrap();
    world.delete(&gone.key.id).await.unwrap();
    put_back(&mut world, "old.db").await;
    fs::remove_file(world.file(FILE)).unwrap();
    world.start().await.unwrap();
    assert_eq!(code(&world, &gone).await, VerdictCode::Valid);
}

/// Killed between the commit and the ledger, or the ledger was lost: the next start completes it.
#[tokio::test]
async fn a_ledger_that_is_behind_is_completed() {
    let mut world = World::sqlite().await;
    let gone = world.issue("Gone").await;
    world.keyhatch.backup(&world.file("old.db")).await.unwrap();
    world.delete(&gone.key.id).await.unwrap();
    world.keyhatch.close().await.unwrap();
    fs::write(world.file(FILE), "").unwrap();
    world.start().await.unwrap();
    assert_eq!(fs::read_to_string(world.file(FILE)).unwrap().lines().count(), 1);
    put_back(&mut world, "old.db").await;
    world.start().await.unwrap();
    assert_eq!(code(&world, &gone).await, VerdictCode::NotFound);
}

/// A line cut by a crash was never acknowledged: it stops nothing, and what is appended after it counts.
#[tokio::test]
async fn a_torn_line_is_no_damage() {
    let mut world = World::sqlite().await;
    let (first, second) = (world.issue("First").await, world.issue("Second").await);
    world.keyhatch.backup(&world.file("old.db")).await.unwrap();
    world.delete(&first.key.id).await.unwrap();
    let whole = fs::read_to_string(world.file(FILE)).unwrap();
    for cut in 1..whole.len() {
        world.keyhatch.close().await.unwrap();
        fs::write(world.file(FILE), format!("{whole}{}", &whole[..cut])).unwrap();
        world.start().await.unwrap();
    }
    world.delete(&second.key.id).await.unwrap();
    put_back(&mut world, "old.db").await;
    world.start().await.unwrap();
    assert_eq!(code(&world, &first).await, VerdictCode::NotFound);
    assert_eq!(code(&world, &second).await, VerdictCode::NotFound);
}

/// Each single character of a whole line, changed: the start stops and says which line of which file.
#[tokio::test]
async fn a_damaged_line_stops_the_start() {
    let mut world = World::sqlite().await;
    for name in ["First", "Second"] {
        let issued = world.issue(name).await;
        world.delete(&issued.key.id).await.unwrap();
    }
    world.keyhatch.close().await.unwrap();
    let whole = fs::read(world.file(FILE)).unwrap();
    let first_line = whole.iter().position(|byte| *byte == b'\n').unwrap();
    for at in 0..first_line {
        let mut damaged = whole.clone();
        damaged[at] = if damaged[at] == b'0' { b'1' } else { b'0' };
        fs::write(world.file(FILE), &damaged).unwrap();
        let Err(OpenError::Ledger(message)) = world.open_beside().await else { panic!("started: {at}") };
        assert!(message.contains("Line 1 of") && message.contains(FILE), "{message}");
    }
    for damaged in [b"rubbish\n".to_vec(), [b"\0\0\0\n", &whole[..]].concat(), whole[5..].to_vec()] {
        fs::write(world.file(FILE), &damaged).unwrap();
        assert!(matches!(world.open_beside().await, Err(OpenError::Ledger(_))));
    }
    // Binary rubbish is no text at all; that stops the start too.
    fs::write(world.file(FILE), [&whole[..], &[0xff, 0xfe, b'\n']].concat()).unwrap();
    assert!(world.open_beside().await.is_err());
    fs::write(world.file(FILE), &whole).unwrap();
    world.start().await.unwrap();
}

/// A database from before a key was changed has the old secret as the current one. It must not come back, and the key
/// must not go: it is changed once more.
#[tokio::test]
async fn an_old_database_revives_no_replaced_secret() {
    let mut world = World::sqlite().await;
    let (first, other, kept) = (world.issue("Changed").await, world.issue("Overlap").await, world.issue("Kept").await);
    world.keyhatch.backup(&world.file("old.db")).await.unwrap();
    let second = world.rotate(&first.key.id, "none").await.unwrap();
    world.rotate(&other.key.id, "7d").await.unwrap();
    world.keyhatch.backup(&world.file("later.db")).await.unwrap();
    world.clock.advance(HOUR);
    world.end_overlap(&other.key.id).await.unwrap();

    for backup in ["old.db", "later.db", "old.db"] {
        put_back(&mut world, backup).await;
        world.start().await.unwrap();
        assert_eq!(code(&world, &first).await, VerdictCode::NotFound, "{backup}");
        assert_eq!(code(&world, &other).await, VerdictCode::NotFound, "{backup}: its overlap was ended");
        assert_eq!(code(&world, &kept).await, VerdictCode::Valid, "{backup}");
        let view = world.unused_view(&first.key.id).await.unwrap();
        assert_eq!(view.needs_rotation, backup == "old.db", "the old database does not know the new secret");
        let expected = if view.needs_rotation { VerdictCode::NotFound } else { VerdictCode::Valid };
        assert_eq!(code(&world, &second).await, expected, "{backup}");
    }
    let again = "SELECT COUNT(*) FROM audit WHERE action = 'key.retire_again'";
    assert_eq!(world.number(again).await, 2);
    assert_eq!(world.number("SELECT COUNT(*) FROM keys WHERE deleted_at IS NOT NULL").await, 0);
    world.reopen().await;
    assert_eq!(world.number(again).await, 2, "once");
    let third = world.rotate(&first.key.id, "24h").await.unwrap();
    assert!(!third.key.needs_rotation);
    assert_eq!((code(&world, &third).await, code(&world, &first).await), (VerdictCode::Valid, VerdictCode::NotFound));
    assert!(matches!(world.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));
}

/// Killed between the commit and the ledger: the next start adds what it lacks of replaced secrets, too.
#[tokio::test]
async fn a_ledger_without_a_replaced_secret_is_completed() {
    let mut world = World::sqlite().await;
    let old = world.issue("Changed").await;
    world.keyhatch.backup(&world.file("old.db")).await.unwrap();
    world.rotate(&old.key.id, "1h").await.unwrap();
    world.keyhatch.close().await.unwrap();
    fs::write(world.file(FILE), "").unwrap();
    world.start().await.unwrap();
    assert_eq!(fs::read_to_string(world.file(FILE)).unwrap().lines().count(), 1);
    put_back(&mut world, "old.db").await;
    world.start().await.unwrap();
    assert_eq!(code(&world, &old).await, VerdictCode::Valid, "its hour is not over");
    world.clock.advance(HOUR);
    assert_eq!(code(&world, &old).await, VerdictCode::NotFound);
}

#[tokio::test]
async fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::sqlite().await;
    for file in [FILE, "pepper", "keyhatch.db"] {
        assert_eq!(fs::metadata(world.file(file)).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }
}
