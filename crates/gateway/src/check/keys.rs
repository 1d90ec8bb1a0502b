//! The temporary keys of a check: created before it and deleted after it, however it ends.

use domain::form::KeyForm;
use secrecy::{ExposeSecret as _, SecretString};
use service::actor::Actor;
use service::{Error, Keyhatch};

use super::CheckError;

/// An address without callers: it is reserved for documentation.
pub(super) const NOWHERE: &str = "192.0.2.1";
/// Every address as a whitelist, which an unknown address does not match.
const EVERYWHERE: &str = "0.0.0.0/1\n128.0.0.0/1\n::/1\n8000::/1";

/// The four keys, in the order of their accessors.
pub(super) struct CheckKeys {
    account: String,
    ids: Vec<String>,
    secrets: Vec<SecretString>,
}

impl CheckKeys {
    /// Creates the keys in `account`.
    pub async fn create(keyhatch: &Keyhatch, account: &str) -> Result<Self, CheckError> {
        let mut keys = Self { account: account.to_owned(), ids: Vec::new(), secrets: Vec::new() };
        for (name, whitelist, all) in
            [("open", "", true), ("nowhere", NOWHERE, true), ("known", EVERYWHERE, true), ("weak", "", false)]
        {
            if let Err(error) = keys.create_one(keyhatch, name, whitelist, all).await {
                let _ = keys.delete(keyhatch).await;
                return Err(match error {
                    Error::NotFound => CheckError::Input("--account: There is no such account.".to_owned()),
                    error => CheckError::CheckKeys(error),
                });
            }
        }
        Ok(keys)
    }

    async fn create_one(&mut self, keyhatch: &Keyhatch, name: &str, whitelist: &str, all: bool) -> Result<(), Error> {
        let form = KeyForm {
            name: format!("Gateway check {name}"),
            whitelist: whitelist.to_owned(),
            all_privileges: all,
            privileges: Vec::new(),
            ..KeyForm::default()
        };
        let issued = keyhatch.keys().create(&Actor::Operator, &self.account, &form).await?;
        self.ids.push(issued.key.id.clone());
        self.secrets.push(issued.secret);
        Ok(())
    }

    pub async fn delete(&self, keyhatch: &Keyhatch) -> Result<(), Error> {
        let mut done = Ok(());
        for id in &self.ids {
            done = keyhatch.keys().delete(&Actor::Operator, &self.account, id, "").await.and(done);
        }
        done
    }

    /// An unguessable value by which the echo server identifies itself.
    pub fn mark(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }

    pub fn account(&self) -> &str {
        &self.account
    }

    /// All privileges, from any address.
    pub fn unrestricted(&self) -> &str {
        self.secret(0)
    }

    /// Valid from [`NOWHERE`] only.
    pub fn wrong_address(&self) -> &str {
        self.secret(1)
    }

    /// Valid from every known address.
    pub fn any_known_address(&self) -> &str {
        self.secret(2)
    }

    /// No privileges.
    pub fn without_privileges(&self) -> &str {
        self.secret(3)
    }

    fn secret(&self, at: usize) -> &str {
        self.secrets.get(at).map_or("", |secret| secret.expose_secret())
    }
}
