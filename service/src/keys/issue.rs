//! Issuing a key: the only use case that returns a secret, together with its PDF.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::secrets::{self, NewSecret};
use crate::{ids, pdf};
use domain::form::{KeyDraft, KeyForm, Moment};
use domain::key::PublicId;
use domain::listing::KeyView;
use domain::privilege::{Catalogue, Privileges, action_label};
use domain::time::Millis;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::{AccountRow, KeySecretRow, NewKey};

/// A key that exists from now on, and its secret, which is in no other place.
pub struct Issued {
    /// What the list shows of it.
    pub key: KeyView,
    /// The whole key.
    pub secret: SecretString,
    /// The sheet to keep, a PDF. Holds the secret too.
    pub pdf: Vec<u8>,
}

impl Keyhatch {
    /// Issues a key of `account_id`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the fields, [`Error::TooManyKeys`] at the cap, [`Error::Forbidden`] for a viewer.
    pub async fn issue_key(&self, actor: &Actor, account_id: &str, form: &KeyForm) -> Result<Issued, Error> {
        actor.may_manage_keys(account_id)?;
        let draft = form
            .check(self.policy(), self.catalogue(), Moment { now: self.now(), expires_at: None })
            .map_err(Error::Invalid)?;
        let account = self.store().find_account(account_id).await?.ok_or(Error::NotFound)?;
        let this = self.clone();
        let actor = actor.clone();
        self.finish(async move { this.issue(&actor, &account, draft).await }).await
    }

    async fn issue(&self, actor: &Actor, account: &AccountRow, draft: KeyDraft) -> Result<Issued, Error> {
        let (now, environment) = (self.now(), draft.environment);
        let secret = secrets::new_secret(self.format(), environment, self.pepper(), self.random());
        // Made before the key exists: a sheet that cannot be made must not leave a key that nobody has seen.
        let pdf = self.sheet(account, &draft, &secret, now).await?;
        let mut new = NewKey {
            id: ids::new("key", self.random()),
            account_id: account.id.clone(),
            name: draft.name.as_str().to_owned(),
            environment: environment.as_str().to_owned(),
            channel: None,
            whitelist: draft.whitelist.to_stored(),
            privileges: draft.privileges.to_stored(),
            limits: draft.limits.to_stored(),
            created_at: now,
            created_by: actor.name().to_owned(),
            expires_at: draft.expires_at,
            generation: 0,
        };
        let row = KeySecretRow {
            public_id: secret.public_id.as_str().to_owned(),
            key_id: new.id.clone(),
            hash: secret.hash.to_vec(),
            last_chars: secret.last_chars,
            created_at: now,
            retires_at: None,
        };
        self.insert(actor, account, &mut new, &row).await?;
        let key = KeyView {
            masked: self.format().mask(environment, &row.last_chars),
            id: new.id,
            name: new.name,
            environment,
            whitelist: new.whitelist,
            privileges: new.privileges,
            limits: new.limits,
            expires_at: new.expires_at,
            created_at: now,
            updated_at: now,
            last_use: None,
        };
        Ok(Issued { key, secret: secret.value, pdf })
    }

    async fn insert(
        &self,
        actor: &Actor,
        account: &AccountRow,
        new: &mut NewKey,
        secret: &KeySecretRow,
    ) -> Result<(), Error> {
        let limit = self.policy().keys_of(account.parent_id.is_some());
        let mut tx = self.store().begin().await?;
        // Also the lock that makes racers for the last free place wait for each other.
        new.generation = tx.next_generation().await?;
        if usize::try_from(tx.count_keys(&new.account_id).await?).unwrap_or(usize::MAX) >= limit {
            return Err(Error::TooManyKeys { limit });
        }
        tx.insert_key(new, secret).await?;
        let event = Event {
            at: new.created_at,
            account_id: &new.account_id,
            actor,
            action: "key.issue",
            key_id: Some(&new.id),
            details: json!({
                "name": new.name, "environment": new.environment,
                "whitelist": new.whitelist, "privileges": new.privileges,
                "limits": new.limits, "expires_at": new.expires_at,
            }),
        };
        self.chain().append(&mut tx, event).await?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        if let Some(id) = PublicId::parse(&secret.public_id) {
            self.known().add(&id);
        }
        Ok(committed?)
    }

    async fn sheet(
        &self,
        account: &AccountRow,
        draft: &KeyDraft,
        secret: &NewSecret,
        now: Millis,
    ) -> Result<Vec<u8>, Error> {
        let (product, api_url) = (self.policy().product_name.clone(), self.policy().api_url.clone());
        let (account, name) = (account.name.clone(), draft.name.as_str().to_owned());
        let key = secret.value.clone();
        let whitelist: Vec<String> = draft.whitelist.entries().iter().map(ToString::to_string).collect();
        let privileges = describe(&draft.privileges, self.catalogue());
        let drawn = tokio::task::spawn_blocking(move || {
            pdf::render(&pdf::Sheet {
                product: &product,
                account: &account,
                name: &name,
                key: key.expose_secret(),
                created_at: now,
                whitelist: &whitelist,
                privileges: &privileges,
                api_url: &api_url,
            })
        });
        match drawn.await {
            Ok(Ok(pdf)) => Ok(pdf),
            Ok(Err(error)) => {
                tracing::error!(%error, "the sheet of a key could not be drawn");
                Err(Error::Internal)
            }
            Err(_) => Err(Error::Internal),
        }
    }
}

/// The privileges in words for people, one a line: "Orders: Write (orders:write)".
fn describe(privileges: &Privileges, catalogue: &Catalogue) -> Vec<String> {
    if privileges.is_all() {
        return vec!["All privileges".to_owned()];
    }
    if privileges.is_none() {
        return vec!["No privileges".to_owned()];
    }
    let actions = |module: &domain::privilege::Module| {
        let named = module.actions.iter().map(|action| (action, format!("{}:{action}", module.id)));
        named
            .filter(|(_, privilege)| privileges.allows(privilege))
            .map(|(action, privilege)| format!("{}: {} ({privilege})", module.label, action_label(action)))
            .collect::<Vec<_>>()
    };
    catalogue.modules.iter().flat_map(actions).collect()
}
