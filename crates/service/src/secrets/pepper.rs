//! The pepper: 256 secret bits beside the database, never in it. A copy of the database alone verifies no key.
//!
//! The file is made once, at the very first start. If it is missing later, or is another one, the start stops:
//! a second pepper would silently turn every key into an unknown one.

use crate::error::OpenError;
use crate::random::{self, Random};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use store::{Store, StoreError};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const FILE: &str = "pepper";
const SETTING: &str = "pepper_fingerprint";

/// Keys the hashes of everything that is stored hashed.
pub struct Pepper {
    bytes: SecretBox<[u8; 32]>,
    // Keyed once: cloning the state spares two of the four compressions of each hash.
    keys: Hmac<Sha256>,
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pepper(…)")
    }
}

impl Pepper {
    /// A pepper of these bytes.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "HMAC takes keys of every length")]
    pub fn new(bytes: [u8; 32]) -> Self {
        let keys = <Hmac<Sha256> as KeyInit>::new_from_slice(&bytes).expect("HMAC takes keys of every length");
        Self { bytes: SecretBox::new(Box::new(bytes)), keys }
    }

    /// The stored form of a key.
    pub(crate) fn hash_key(&self, key: &str) -> [u8; 32] {
        let mut mac = self.keys.clone();
        mac.update(key.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Whether `key` is the one that `hash` was made of, in constant time.
    pub(crate) fn matches(&self, key: &str, hash: &[u8; 32]) -> bool {
        self.hash_key(key).ct_eq(hash).into()
    }

    /// A key for another purpose, so that no two purposes share one.
    pub(crate) fn derive(&self, purpose: &str) -> Hmac<Sha256> {
        let key = self.derive_key(purpose);
        <Hmac<Sha256> as KeyInit>::new_from_slice(&*key).expect("HMAC takes keys of every length")
    }

    /// The same as its 32 bytes.
    pub(crate) fn derive_key(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(Self::mac(self.bytes.expose_secret(), &format!("keyhatch {purpose}")))
    }

    fn fingerprint(&self) -> String {
        hex(&Self::mac(self.bytes.expose_secret(), "keyhatch pepper fingerprint")[..16])
    }

    fn mac(key: &[u8], text: &str) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of every length");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// Finds the pepper that belongs to this database, or makes the first one.
///
/// # Errors
/// The pepper is missing, readable by others, damaged, or not the one that the database was used with.
pub(crate) async fn load(
    data_dir: &Path,
    from_environment: Option<&secrecy::SecretString>,
    store: &Store,
    random: &dyn Random,
) -> Result<Pepper, OpenError> {
    let path = data_dir.join(FILE);
    let known = store.settings().find(SETTING).await?;
    let pepper = match from_environment {
        Some(text) => parse(text.expose_secret())
            .ok_or_else(|| OpenError::Pepper("KEYHATCH_PEPPER must be 64 hexadecimal digits (32 bytes).".to_owned()))?,
        None => match read(&path)? {
            Some(pepper) => pepper,
            None if known.is_none() => create(&path, random)?,
            None => return Err(OpenError::Pepper(missing(&path))),
        },
    };
    let known = match known {
        Some(known) => known,
        None => note(store, pepper.fingerprint()).await?,
    };
    if known == pepper.fingerprint() { Ok(pepper) } else { Err(OpenError::Pepper(another(&path))) }
}

/// Notes the first pepper's fingerprint, unless another first start was faster; answers the one that counts.
async fn note(store: &Store, fingerprint: String) -> Result<String, StoreError> {
    let mut tx = store.begin().await?;
    if let Some(known) = tx.settings().find(SETTING).await? {
        return Ok(known);
    }
    tx.settings().upsert(SETTING, &fingerprint).await?;
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

fn another(path: &Path) -> String {
    format!(
        "The pepper ({} or KEYHATCH_PEPPER) is not the one that this database was used with. \
         Put back the pepper, or the database, that belong together.",
        path.display()
    )
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> OpenError + '_ {
    |source| OpenError::DataDir { path: path.display().to_string(), source }
}

fn read(path: &Path) -> Result<Option<Pepper>, OpenError> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(path)(error)),
    };
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(OpenError::Pepper(format!("Others may read the pepper {0}. Run: chmod 600 {0}", path.display())));
    }
    let text = fs::read_to_string(path).map_err(io(path))?;
    let pepper = parse(text.trim_end()).ok_or_else(|| {
        OpenError::Pepper(format!("The pepper {} is damaged: it must be 64 hexadecimal digits.", path.display()))
    })?;
    Ok(Some(pepper))
}

/// Written beside and linked into place, so that two first starts at once agree on one pepper.
fn create(path: &Path, random: &dyn Random) -> Result<Pepper, OpenError> {
    // Not the process's number: in containers that share the folder it is 1 in each.
    let temporary: PathBuf = path.with_extension(format!("new-{}", hex(&random::bytes::<8>(random))));
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary).map_err(io(&temporary))?;
    writeln!(file, "{}", hex(&random::bytes::<32>(random))).map_err(io(&temporary))?;
    file.sync_all().map_err(io(&temporary))?;
    let linked = fs::hard_link(&temporary, path);
    fs::remove_file(&temporary).map_err(io(&temporary))?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(io(path)(error)),
        _ => {}
    }
    if let Some(folder) = path.parent() {
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io(folder))?;
    }
    read(path)?.ok_or_else(|| OpenError::Pepper(missing(path)))
}

fn parse(text: &str) -> Option<Pepper> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(Pepper::new(bytes))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
