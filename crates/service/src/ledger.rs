//! The revocation ledger: an append-only file beside the database that records every revoked secret.
//!
//! A database restored from an old backup has lost the revocations since; at the start, everything in the ledger is
//! revoked again. Each entry is one line, appended and synced before the revocation is acknowledged:
//! `v1 <public id> <when> <crc>` for a secret whose key was deleted, `v2 retired <public id> <until> <crc>` for a secret
//! that was replaced and works until then at the latest.

use crate::error::OpenError;
use domain::key::PublicId;
use domain::time::Millis;
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FILE: &str = "revocations.ledger";
const DELETED: &str = "v1 ";
const RETIRED: &str = "v2 retired ";
const TORN: &str = " torn";

/// The open ledger. Several processes may append to the same file.
#[derive(Clone)]
pub(crate) struct Ledger {
    path: PathBuf,
    file: Arc<Mutex<Lines<File>>>,
    sync: bool,
}

/// The entries of the ledger.
#[derive(Debug, Default)]
pub(crate) struct Revocations {
    /// Public ids of deleted keys.
    pub deleted: HashSet<String>,
    /// Public ids of replaced secrets, and until when each may work.
    pub retired: HashMap<String, Millis>,
}

/// Writes whole lines; after a partial write, the next entry starts on a line of its own.
struct Lines<W> {
    to: W,
    is_torn: bool,
}

impl<W: Write> Lines<W> {
    fn append(&mut self, lines: &str) -> std::io::Result<()> {
        if self.is_torn {
            self.to.write_all(format!("{TORN}\n").as_bytes())?;
        }
        // A full disk may take part of a line. An entry appended to it would look like damage.
        self.is_torn = true;
        self.to.write_all(lines.as_bytes())?;
        self.is_torn = false;
        Ok(())
    }
}

impl Ledger {
    /// Opens or creates the ledger and returns its entries.
    pub(crate) fn open(data_dir: &Path, sync: bool) -> Result<(Self, Revocations), OpenError> {
        let path = data_dir.join(FILE);
        let failed = |source| OpenError::DataDir { path: path.display().to_string(), source };
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&path).map_err(failed)?;
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        file.read_to_string(&mut text).map_err(failed)?;
        if !text.is_empty() && !text.ends_with('\n') {
            // A crash cut the last line, which was never acknowledged. The mark distinguishes it from a damaged one.
            file.write_all(format!("{TORN}\n").as_bytes()).map_err(failed)?;
        }
        let revocations = parse_ledger(&text, &path)?;
        let file = Arc::new(Mutex::new(Lines { to: file, is_torn: false }));
        Ok((Self { path, file, sync }, revocations))
    }

    /// Records that the keys of these secrets were deleted.
    pub(crate) async fn append_deleted(&self, ids: &[String], at: Millis) -> std::io::Result<()> {
        self.append(ids.iter().map(|id| format_line(DELETED, id, at)).collect()).await
    }

    /// Records until when these secrets may work.
    pub(crate) async fn append_retired(&self, secrets: &[(String, Millis)]) -> std::io::Result<()> {
        self.append(secrets.iter().map(|(id, until)| format_line(RETIRED, id, *until)).collect()).await
    }

    async fn append(&self, lines: String) -> std::io::Result<()> {
        let ledger = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut file = ledger.file.lock();
            file.append(&lines)?;
            if ledger.sync { file.to.sync_data() } else { Ok(()) }
        })
        .await
        .unwrap_or_else(|_| Err(std::io::Error::other("the ledger's writer stopped")))
        .inspect_err(|error| tracing::error!(%error, path = %self.path.display(), "the revocation ledger failed"))
    }
}

fn format_line(kind: &str, id: &str, at: Millis) -> String {
    let body = format!("{kind}{id} {at}");
    format!("{body} {:08x}\n", crc32fast::hash(body.as_bytes()))
}

fn parse_ledger(text: &str, path: &Path) -> Result<Revocations, OpenError> {
    let mut known = Revocations::default();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        match parse_line(line) {
            Some((id, None)) => drop(known.deleted.insert(id.to_owned())),
            Some((id, Some(until))) => {
                // An overlap that was ended early has a second line.
                known.retired.entry(id.to_owned()).and_modify(|at| *at = until.min(*at)).or_insert(until);
            }
            None if line.is_empty() => {}
            None if line.ends_with(TORN) || (lines.peek().is_none() && !text.ends_with('\n')) => {
                tracing::warn!(line = index + 1, "an unfinished line in the revocation ledger is ignored");
            }
            None => {
                return Err(OpenError::Ledger(format!(
                    "Line {} of {} is damaged. Put the file back from your backup; without it revoked keys could \
                     work again.",
                    index + 1,
                    path.display()
                )));
            }
        }
    }
    Ok(known)
}

/// A public id, and until when it may work if it was replaced.
fn parse_line(line: &str) -> Option<(&str, Option<Millis>)> {
    let (body, sum) = line.rsplit_once(' ')?;
    if u32::from_str_radix(sum, 16).ok()? != crc32fast::hash(body.as_bytes()) {
        return None;
    }
    let (rest, is_retired) = match body.strip_prefix(RETIRED) {
        Some(rest) => (rest, true),
        None => (body.strip_prefix(DELETED)?, false),
    };
    let (id, at) = rest.split_once(' ')?;
    PublicId::parse(id)?;
    let at = at.parse().ok()?;
    Some((id, is_retired.then_some(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn entries_survive_a_restart_and_a_cut_line_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, known) = Ledger::open(folder.path(), true).unwrap();
        assert!(known.deleted.is_empty() && known.retired.is_empty());
        ledger.append_deleted(&["0123456789".to_owned(), "abcdefghij".to_owned()], 5).await.unwrap();
        let path = folder.path().join(FILE);
        let whole = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{whole}v1 ABCDEFG")).unwrap();
        let (ledger, known) = Ledger::open(folder.path(), true).unwrap();
        assert_eq!(known.deleted.len(), 2);
        ledger.append_deleted(&["ABCDEFGHIJ".to_owned()], 6).await.unwrap();
        let (_, known) = Ledger::open(folder.path(), true).unwrap();
        assert_eq!((known.deleted.len(), known.retired.len()), (3, 0));
    }

    #[tokio::test]
    async fn retired_secret_is_no_deleted_key_and_its_earliest_end_counts() {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, _) = Ledger::open(folder.path(), true).unwrap();
        let id = "0123456789".to_owned();
        for until in [90, 50, 70] {
            ledger.append_retired(&[(id.clone(), until)]).await.unwrap();
        }
        let (_, known) = Ledger::open(folder.path(), true).unwrap();
        assert!(known.deleted.is_empty());
        assert_eq!(known.retired, HashMap::from([(id, 50)]));
    }

    #[test]
    fn lines_of_version_1_are_read() {
        let line = "v1 0123456789 1794992645120 ";
        let line = format!("{line}{:08x}\n", crc32fast::hash(line.trim_end().as_bytes()));
        assert_eq!(parse_ledger(&line, Path::new(FILE)).unwrap().deleted, HashSet::from(["0123456789".to_owned()]));
    }

    /// A disk with `room` bytes left.
    struct Full<'a> {
        taken: &'a mut Vec<u8>,
        room: usize,
    }

    impl Write for Full<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let part = bytes.len().min(self.room);
            self.room -= part;
            self.taken.extend_from_slice(&bytes[..part]);
            if part == 0 { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(part) }
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn full_disk_damages_no_line() {
        let (first, second) = (format_line(DELETED, "0123456789", 5), format_line(DELETED, "abcdefghij", 6));
        for room in 0..first.len() {
            let mut taken = Vec::new();
            let mut lines = Lines { to: Full { taken: &mut taken, room }, is_torn: false };
            assert!(lines.append(&first).is_err());
            assert!(lines.append(&first).is_err(), "still full");
            lines.to.room = 1_000;
            lines.append(&second).unwrap();
            lines.append(&first).unwrap();
            let known = parse_ledger(&String::from_utf8(taken).unwrap(), Path::new(FILE)).unwrap();
            assert_eq!(known.deleted.len(), 2, "{room}");
        }
    }

    #[test]
    fn damaged_line_prevents_opening() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "rubbish\nmore\n").unwrap();
        assert!(Ledger::open(folder.path(), true).is_err());
    }
}
