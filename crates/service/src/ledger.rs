//! The revocation ledger: a file beside the database that remembers every secret that was revoked.
//!
//! A database that is put back from an old backup knows nothing of what was revoked since. At the start everything in
//! the ledger is revoked again. One line an entry, appended and synced before the revocation is acknowledged:
//! `v1 <public id> <when> <crc>` for a secret whose key was deleted, `v2 retired <public id> <until> <crc>` for one that
//! was replaced and works until then at the latest, while its key lives on.

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

/// What the ledger says.
#[derive(Debug, Default)]
pub(crate) struct Revocations {
    /// Public ids whose keys were deleted.
    pub deleted: HashSet<String>,
    /// Public ids that were replaced, and until when each may work.
    pub retired: HashMap<String, Millis>,
}

/// Writes whole lines, or else makes sure that the next one begins on a line of its own.
struct Lines<W> {
    to: W,
    is_torn: bool,
}

impl<W: Write> Lines<W> {
    fn append(&mut self, lines: &str) -> std::io::Result<()> {
        if self.is_torn {
            self.to.write_all(format!("{TORN}\n").as_bytes())?;
        }
        // A full disk takes a part of a line; glued to it, the next one would pass for damage.
        self.is_torn = true;
        self.to.write_all(lines.as_bytes())?;
        self.is_torn = false;
        Ok(())
    }
}

impl Ledger {
    /// Opens or makes the ledger and returns what is in it.
    pub(crate) fn open(data_dir: &Path, sync: bool) -> Result<(Self, Revocations), OpenError> {
        let path = data_dir.join(FILE);
        let failed = |source| OpenError::DataDir { path: path.display().to_string(), source };
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&path).map_err(failed)?;
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        file.read_to_string(&mut text).map_err(failed)?;
        if !text.is_empty() && !text.ends_with('\n') {
            // A crash cut the last line; it was never acknowledged. Closed as such, it is told from a damaged one.
            file.write_all(format!("{TORN}\n").as_bytes()).map_err(failed)?;
        }
        let revocations = read(&text, &path)?;
        let file = Arc::new(Mutex::new(Lines { to: file, is_torn: false }));
        Ok((Self { path, file, sync }, revocations))
    }

    /// Remembers for good that the keys of these secrets were deleted.
    pub(crate) async fn append_deleted(&self, ids: &[String], at: Millis) -> std::io::Result<()> {
        self.append(ids.iter().map(|id| line(DELETED, id, at)).collect()).await
    }

    /// Remembers for good until when these secrets may work.
    pub(crate) async fn append_retired(&self, secrets: &[(String, Millis)]) -> std::io::Result<()> {
        self.append(secrets.iter().map(|(id, until)| line(RETIRED, id, *until)).collect()).await
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

fn line(kind: &str, id: &str, at: Millis) -> String {
    let body = format!("{kind}{id} {at}");
    format!("{body} {:08x}\n", crc32fast::hash(body.as_bytes()))
}

fn read(text: &str, path: &Path) -> Result<Revocations, OpenError> {
    let mut known = Revocations::default();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        match parse(line) {
            Some((id, None)) => drop(known.deleted.insert(id.to_owned())),
            Some((id, Some(until))) => {
                // An overlap may have been ended early, which is a second line.
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
fn parse(line: &str) -> Option<(&str, Option<Millis>)> {
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
    async fn remembers_across_a_restart_and_ignores_a_cut_line() {
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
    async fn a_replaced_secret_is_no_deleted_key_and_its_earliest_end_counts() {
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
    fn the_first_version_s_lines_are_still_read() {
        let line = "v1 0123456789 1794992645120 ";
        let line = format!("{line}{:08x}\n", crc32fast::hash(line.trim_end().as_bytes()));
        assert_eq!(read(&line, Path::new(FILE)).unwrap().deleted, HashSet::from(["0123456789".to_owned()]));
    }

    /// A disk that takes `room` more bytes.
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
    fn a_full_disk_damages_no_line() {
        let (first, second) = (line(DELETED, "0123456789", 5), line(DELETED, "abcdefghij", 6));
        for room in 0..first.len() {
            let mut taken = Vec::new();
            let mut lines = Lines { to: Full { taken: &mut taken, room }, is_torn: false };
            assert!(lines.append(&first).is_err());
            assert!(lines.append(&first).is_err(), "still full");
            lines.to.room = 1_000;
            lines.append(&second).unwrap();
            lines.append(&first).unwrap();
            let known = read(&String::from_utf8(taken).unwrap(), Path::new(FILE)).unwrap();
            assert_eq!(known.deleted.len(), 2, "{room}");
        }
    }

    #[test]
    fn a_damaged_line_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "rubbish\nmore\n").unwrap();
        assert!(Ledger::open(folder.path(), true).is_err());
    }
}
