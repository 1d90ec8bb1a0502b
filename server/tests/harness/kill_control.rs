//! The control of `kill`: where acknowledged work is really lost, the same check must notice.
//!
//! `kill -9` alone loses nothing even with syncing off, since what the process wrote is in the system's cache and
//! survives it; only a power cut empties that. So the cut is played: the files as they were before the last acknowledged
//! changes are put back, which is what a disk holds that was never told to sync.

use std::fs;
use std::path::PathBuf;

use crate::console::Browser;
use crate::kill::{change, delete, issue, place};
use crate::kill_check::{Fault, Key, World};
use crate::program::{EMAIL, PASSWORD, Place, Server};

const DATABASE: [&str; 3] = ["keyhatch.db", "keyhatch.db-wal", "keyhatch.db-shm"];
const LEDGER: &str = "revocations.ledger";

/// Copies of files of the data directory; a missing one is kept as missing.
struct Snapshot(Vec<(PathBuf, Option<Vec<u8>>)>);

impl Snapshot {
    /// While nothing is written.
    fn of(place: &Place, names: &[&str]) -> Self {
        Self(names.iter().map(|name| place.data(name)).map(|path| (path.clone(), fs::read(path).ok())).collect())
    }

    fn put_back(&self) {
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

/// Three keys that stay, and after the snapshot: two more, two changed, two deleted. All acknowledged.
fn work(place: &Place, server: &Server, world: &mut World) -> (Snapshot, Snapshot) {
    let browser = Browser::signed_in(server, EMAIL, PASSWORD);
    let keys: &mut Vec<Key> = world.split(1).next().unwrap();
    for _ in 0..7 {
        issue(&browser, keys).unwrap();
    }
    let snapshots = (Snapshot::of(place, &DATABASE), Snapshot::of(place, &[LEDGER]));
    for at in 0..2 {
        issue(&browser, keys).unwrap();
        change(&browser, &mut keys[at]).unwrap();
        delete(&browser, &mut keys[2 + at]).unwrap();
    }
    snapshots
}

fn check(place: &Place, world: &mut World) -> Vec<Fault> {
    let mut server = place.serve();
    let browser = Browser::signed_in(&server, EMAIL, PASSWORD);
    let faults = world.check(&server, &browser, |_| true);
    server.kill();
    faults
}

#[test]
fn lost_work_is_noticed() {
    let place = place();
    let mut world = World::default();
    let mut server = place.serve();
    let (database, ledger) = work(&place, &server, &mut world);
    server.kill();
    assert_eq!(check(&place, &mut world), [], "the kill alone loses nothing");

    // The database lost what it had acknowledged; the ledger, which is synced by itself, still revokes.
    database.put_back();
    let faults = check(&place, &mut world);
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::LostKey(_))), 2, "{faults:?}");
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::LostChange(_))), 2, "{faults:?}");
    assert_eq!(faults.len(), 4, "{faults:?}");

    // The ledger lost its last lines as well.
    database.put_back();
    ledger.put_back();
    let faults = check(&place, &mut world);
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::Revived(_))), 2, "{faults:?}");
    assert_eq!(faults.len(), 6, "{faults:?}");
}

/// The log alone cut short, as after a cut in the middle of writing it: SQLite takes the part that is whole.
#[test]
fn a_cut_log_is_noticed() {
    let place = place();
    let mut world = World::default();
    let mut server = place.serve();
    work(&place, &server, &mut world);
    server.kill();
    let log = fs::File::options().write(true).open(place.data("keyhatch.db-wal")).unwrap();
    log.set_len(log.metadata().unwrap().len() / 2).unwrap();
    drop(log);
    fs::remove_file(place.data("keyhatch.db-shm")).unwrap();
    let faults = check(&place, &mut world);
    assert!(count(&faults, |fault| matches!(fault, Fault::LostKey(_))) > 0, "{faults:?}");
    assert_eq!(count(&faults, |fault| matches!(fault, Fault::Torn(_))), 0, "{faults:?}");
}
