//! The keys of a check: made before it, deleted after it, in whatever way it ends.

use domain::form::KeyForm;
use secrecy::{ExposeSecret as _, SecretString};
use service::actor::Actor;
use service::{Error, Keyhatch};

use super::CheckError;

/// An address that nobody calls from: it is reserved for documentation.
pub(super) const NOWHERE: &str = "192.0.2.1";
/// Every address, written so that it counts as a whitelist: an unknown address is not on it.
const EVERYWHERE: &str = "0.0.0.0/1\n128.0.0.0/1\n::/1\n8000::/1";

/// What each is for.
pub(super) struct Keys {
    account: String,
    ids: Vec<String>,
    secrets: Vec<SecretString>,
}

impl Keys {
    pub async fn make(keyhatch: &Keyhatch, account: &str) -> Result<Self, CheckError> {
        let mut keys = Self { account: account.to_owned(), ids: Vec::new(), secrets: Vec::new() };
        for (name, whitelist, all) in
            [("open", "", true), ("nowhere", NOWHERE, true), ("known", EVERYWHERE, true), ("weak", "", false)]
        {
            if let Err(error) = keys.add(keyhatch, name, whitelist, all).await {
                let _ = keys.delete(keyhatch).await;
                return Err(match error {
                    Error::NotFound => CheckError::Input("--account: There is no such account.".to_owned()),
                    error => CheckError::Keys(error),
                });
            }
        }
        Ok(keys)
    }

    async fn add(&mut self, keyhatch: &Keyhatch, name: &str, whitelist: &str, all: bool) -> Result<(), Error> {
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

    /// Something that nobody else can know; the echo shows itself by it.
    pub fn mark(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }

    pub fn account(&self) -> &str {
        &self.account
    }

    /// May do everything, from everywhere.
    pub fn open(&self) -> &str {
        self.secret(0)
    }

    /// Good from [`NOWHERE`] alone.
    pub fn nowhere(&self) -> &str {
        self.secret(1)
    }

    /// Good from every address that is known.
    pub fn known(&self) -> &str {
        self.secret(2)
    }

    /// May do nothing.
    pub fn weak(&self) -> &str {
        self.secret(3)
    }

    fn secret(&self, at: usize) -> &str {
        self.secrets.get(at).map_or("", |secret| secret.expose_secret())
    }
}
