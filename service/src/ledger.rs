//! The revocation ledger: a file beside the database that remembers every revoked public id.
//!
//! A database that is put back from an old backup knows nothing of what was revoked since. At the start every id in
//! the ledger is revoked again. One line an entry, appended and synced before the revocation is acknowledged.

use crate::error::OpenError;
use domain::key::PublicId;
use domain::time::Millis;
use parking_lot::Mutex;
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FILE: &str = "revocations.ledger";
const VERSION: &str = "v1";
const TORN: &str = " torn";

/// The open ledger. Several processes may append to the same file.
#[derive(Clone)]
pub(crate) struct Ledger {
    path: PathBuf,
    file: Arc<Mutex<File>>,
    sync: bool,
}

impl Ledger {
    /// Opens or makes the ledger and returns the ids in it.
    pub(crate) fn open(data_dir: &Path, sync: bool) -> Result<(Self, HashSet<String>), OpenError> {
        let path = data_dir.join(FILE);
        let failed = |source| OpenError::DataDir { path: path.display().to_string(), source };
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed)?;
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        file.read_to_string(&mut text).map_err(failed)?;
        if !text.is_empty() && !text.ends_with('\n') {
            // A crash cut the last line; it was never acknowledged. Closed as such, it is told from a damaged one.
            file.write_all(format!("{TORN}\n").as_bytes()).map_err(failed)?;
        }
        let ids = read(&text, &path)?;
        Ok((Self { path, file: Arc::new(Mutex::new(file)), sync }, ids))
    }

    /// Remembers these ids for good.
    pub(crate) async fn append(&self, ids: &[String], at: Millis) -> std::io::Result<()> {
        let lines: String = ids.iter().map(|id| line(id, at)).collect();
        let ledger = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut file = ledger.file.lock();
            file.write_all(lines.as_bytes())?;
            if ledger.sync { file.sync_data() } else { Ok(()) }
        })
        .await
        .unwrap_or_else(|_| Err(std::io::Error::other("the ledger's writer stopped")))
        .inspect_err(|error| tracing::error!(%error, path = %self.path.display(), "the revocation ledger failed"))
    }
}

fn line(id: &str, at: Millis) -> String {
    let body = format!("{VERSION} {id} {at}");
    format!("{body} {:08x}\n", crc32fast::hash(body.as_bytes()))
}

fn read(text: &str, path: &Path) -> Result<HashSet<String>, OpenError> {
    let mut ids = HashSet::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        match parse(line) {
            Some(id) => drop(ids.insert(id.to_owned())),
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
    Ok(ids)
}

fn parse(line: &str) -> Option<&str> {
    let (body, sum) = line.rsplit_once(' ')?;
    if u32::from_str_radix(sum, 16).ok()? != crc32fast::hash(body.as_bytes()) {
        return None;
    }
    let id = body.strip_prefix(VERSION)?.strip_prefix(' ')?.split(' ').next()?;
    PublicId::parse(id).map(|_| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn remembers_across_a_restart_and_ignores_a_cut_line() {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, ids) = Ledger::open(folder.path(), true).unwrap();
        assert!(ids.is_empty());
        ledger.append(&["0123456789".to_owned(), "abcdefghij".to_owned()], 5).await.unwrap();
        let path = folder.path().join(FILE);
        let whole = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{whole}v1 ABCDEFG")).unwrap();
        let (ledger, ids) = Ledger::open(folder.path(), true).unwrap();
        assert_eq!(ids.len(), 2);
        ledger.append(&["ABCDEFGHIJ".to_owned()], 6).await.unwrap();
        let (_, ids) = Ledger::open(folder.path(), true).unwrap();
        assert_eq!(ids.len(), 3);
    }

    #[test]
    fn a_damaged_line_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "rubbish\nmore\n").unwrap();
        assert!(Ledger::open(folder.path(), true).is_err());
    }
}
