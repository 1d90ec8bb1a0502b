//! The control experiment of `kill`: when acknowledged changes are really lost, its check must notice.
//!
//! `kill -9` alone loses nothing even without syncing, because written data is in the system's page cache; only a power
//! failure loses that. It is simulated by restoring the files as they were before the last acknowledged changes, which is
//! what a disk without syncing would hold.

use crate::kill::{create, delete, folder_with_long_pages, update};
use crate::kill_model::{Fault, Key, Model};
use crate::requests::Browser;
use std::fs;
use std::path::PathBuf;
use test_support::{ProgramFolder, RunningProgram};

const DATABASE: [&str; 3] = ["keyhatch.db", "keyhatch.db-wal", "keyhatch.db-shm"];
const LEDGER: &str = "revocations.ledger";

/// Copies of files of the data directory; a missing file is restored as missing.
struct Snapshot(Vec<(PathBuf, Option<Vec<u8>>)>);

impl Snapshot {
    /// Must not run during a write.
    fn take(folder: &ProgramFolder, names: &[&str]) -> Self {
        Self(names.iter().map(|name| folder.data_file(name)).map(|path| (path.clone(), fs::read(path).ok())).collect())
    }

    fn restore(&self) {
        for (path, bytes) in &self.0 {
            match bytes {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => drop(fs::remove_file(path)),
            }
        }
    }
}

fn count(faults: &[Fault], is: fn(&Fault) -> bool) -> usize {
    faults.iter().filter(|fault| is(fault)).count()
}

/// Creates seven keys, takes snapshots, then creates two more, updates two and deletes two. All is acknowledged.
fn work(folder: &ProgramFolder, server: &RunningProgram, model: &mut Model) -> (Snapshot, Snapshot) {
    let browser = Browser::of_owner(server);
    let keys: &mut Vec<Key> = model.split(1).next().unwrap();
    for _ in 0..7 {
        create(&browser, keys).unwrap();
    }
    let snapshots = (Snapshot::take(folder, &DATABASE), Snapshot::take(folder, &[LEDGER]));
    for number in 0..2 {
        create(&browser, keys).unwrap();
        update(&browser, &mut keys[number]).unwrap();
        delete(&browser, &mut keys[2 + number]).unwrap();
    }
    snapshots
}

fn check(folder: &ProgramFolder, model: &mut Model) -> Vec<Fault> {
    let mut server = folder.serve();
    let browser = Browser::of_owner(&server);
    let faults = model.check(&server, &browser, |_| true);
    server.kill();
    faults
}

#[test]
fn lost_changes_are_detected() {
    let folder = folder_with_long_pages();
    let mut model = Model::default();
    let mut server = folder.serve();
    let (database, ledger) = work(&folder, &server, &mut model);
    server.kill();
    assert_eq!(check(&folder, &mut model), [], "the kill alone loses nothing");

    // The database lost acknowledged changes; the ledger, which is synced separately, still revokes.
    database.restore();
    let faults = check(&folder, &mut model);
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::LostKey(_))), 2, "{faults:?}");
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::LostUpdate(_))), 2, "{faults:?}");
    assert_eq!(faults.len(), 4, "{faults:?}");

    // The ledger lost its last lines too.
    database.restore();
    ledger.restore();
    let faults = check(&folder, &mut model);
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::Revived(_))), 2, "{faults:?}");
    assert_eq!(faults.len(), 6, "{faults:?}");
}

/// As after a power failure in the middle of a write: SQLite recovers the complete part of the log.
#[test]
fn a_truncated_write_ahead_log_is_detected() {
    let folder = folder_with_long_pages();
    let mut model = Model::default();
    let mut server = folder.serve();
    work(&folder, &server, &mut model);
    server.kill();
    let log = fs::File::options().write(true).open(folder.data_file("keyhatch.db-wal")).unwrap();
    log.set_len(log.metadata().unwrap().len() / 2).unwrap();
    drop(log);
    fs::remove_file(folder.data_file("keyhatch.db-shm")).unwrap();
    let faults = check(&folder, &mut model);
    assert!(count(&faults, |fault| matches!(fault, Fault::LostKey(_))) > 0, "{faults:?}");
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::Torn(_))), 0, "{faults:?}");
}
