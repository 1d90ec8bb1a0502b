//! Which pepper belongs to the database. The pepper's file is created once, at the very first start. If it is missing
//! later, or is a different one, opening fails: a second pepper would silently make every key unknown.

use crate::error::OpenError;
use secrets::{ExposeSecret, Pepper, PepperFile, Random, SecretString};
use std::path::Path;
use store::{Store, StoreError};

const FINGERPRINT: &str = "pepper_fingerprint";

/// Loads the pepper that belongs to this database, or creates the first one.
///
/// # Errors
/// The pepper is missing, readable by others, damaged, or not the one that the database was used with.
pub(crate) async fn load(
    data_dir: &Path,
    from_environment: Option<&SecretString>,
    store: &Store,
    random: &dyn Random,
) -> Result<Pepper, OpenError> {
    let file = PepperFile::in_dir(data_dir);
    let recorded = store.settings().find(FINGERPRINT).await?;
    let pepper = match from_environment {
        Some(text) => Pepper::parse(text.expose_secret())
            .ok_or_else(|| OpenError::Pepper("KEYHATCH_PEPPER must be 64 hexadecimal digits (32 bytes).".to_owned()))?,
        None => match file.read()? {
            Some(pepper) => pepper,
            None if recorded.is_none() => file.create(random)?,
            None => return Err(OpenError::Pepper(missing(file.path()))),
        },
    };
    let recorded = match recorded {
        Some(recorded) => recorded,
        None => record(store, pepper.fingerprint()).await?,
    };
    if recorded == pepper.fingerprint() { Ok(pepper) } else { Err(OpenError::Pepper(mismatch(file.path()))) }
}

/// Records the first pepper's fingerprint, unless another process was faster; returns the recorded one.
async fn record(store: &Store, fingerprint: String) -> Result<String, StoreError> {
    let mut tx = store.begin().await?;
    if let Some(recorded) = tx.settings().find(FINGERPRINT).await? {
        return Ok(recorded);
    }
    tx.settings().upsert(FINGERPRINT, &fingerprint).await?;
    tx.commit().await?;
    Ok(fingerprint)
}

fn missing(path: &Path) -> String {
    format!(
        "The pepper {} is missing. The keys in the database were hashed with it and cannot be verified without it. \
         Put the file back from your backup (or set KEYHATCH_PEPPER); Keyhatch does not make a second one.",
        path.display()
    )
}

fn mismatch(path: &Path) -> String {
    format!(
        "The pepper ({} or KEYHATCH_PEPPER) is not the one that this database was used with. \
         Put back the pepper, or the database, that belong together.",
        path.display()
    )
}
