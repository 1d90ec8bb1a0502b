//! Operator tokens and keys, as programs show them to the management interface: making and revoking tokens, and finding
//! out who acts.

use super::actor::{Actor, KeyActor, TokenActor};
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::gate::Identity;
use crate::ids;
use crate::keyhatch::Keyhatch;
use crate::random;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::key::Environment;
use domain::name::KeyName;
use domain::time::Millis;
use hmac::Mac;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::net::IpAddr;
use store::TokenRow;

/// What stands between the key prefix and the random part of a token, so that neither is taken for the other.
const MARK: &str = "_op_";
/// The end of a token that is shown in a list, characters.
const SHOWN: usize = 5;

/// A token that was made just now, and its value, which is in no other place.
pub struct NewToken {
    /// Its id.
    pub id: String,
    /// The whole token.
    pub value: SecretString,
}

/// A token in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its beginning and its last characters.
    pub masked: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it was revoked.
    pub revoked_at: Option<Millis>,
}

impl Keyhatch {
    /// Makes a token, which may do everything over the management interface.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `name`; [`Error::Forbidden`] for anybody but the operator at the command line.
    pub async fn create_token(&self, actor: &Actor, name: &str) -> Result<NewToken, Error> {
        may_make_tokens(actor)?;
        let name = KeyName::parse(name, self.policy().name_max).map_err(|error| invalid("name", error.to_string()))?;
        let random = URL_SAFE_NO_PAD.encode(random::bytes::<32>(self.random()));
        let value = SecretString::from(format!("{}{MARK}{random}", self.policy().key_prefix));
        let text = value.expose_secret();
        let row = TokenRow {
            id: ids::new("tok", self.random()),
            name: name.as_str().to_owned(),
            hash: self.token_hash(text),
            last_chars: text[text.len() - SHOWN..].to_owned(),
            created_at: self.now(),
            deleted_at: None,
        };
        let mut tx = self.store().begin().await?;
        tx.tokens().insert(&row).await?;
        self.chain().append(&mut tx, event(actor, &row.id, row.created_at, "token.create", name.as_str())).await?;
        tx.commit().await?;
        Ok(NewToken { id: row.id, value })
    }

    /// All tokens, oldest first, revoked ones too.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anybody but the operator.
    pub async fn list_tokens(&self, actor: &Actor) -> Result<Vec<TokenView>, Error> {
        may_make_tokens(actor)?;
        let prefix = &self.policy().key_prefix;
        let view = |row: TokenRow| TokenView {
            masked: format!("{prefix}{MARK}…{}", row.last_chars),
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            revoked_at: row.deleted_at,
        };
        Ok(self.store().tokens().list().await?.into_iter().map(view).collect())
    }

    /// Revokes a token: the next request with it is refused.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none of this id that still works.
    pub async fn revoke_token(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        may_make_tokens(actor)?;
        let mut tx = self.store().begin().await?;
        if !tx.tokens().delete(id, self.now()).await? {
            return Err(Error::NotFound);
        }
        self.chain().append(&mut tx, event(actor, id, self.now(), "token.revoke", id)).await?;
        Ok(tx.commit().await?)
    }

    /// Whether this text is a token and not a key, by its looks alone.
    #[must_use]
    pub fn looks_like_token(&self, credential: &str) -> bool {
        credential.strip_prefix(self.policy().key_prefix.as_str()).is_some_and(|rest| rest.starts_with(MARK))
    }

    /// Whoever shows this token. Asked of the database each time, so that a revoked one is refused at once.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a token that is unknown or revoked.
    pub async fn actor_of_token(&self, token: &str, address: Option<IpAddr>) -> Result<Actor, Error> {
        let found = self.store().tokens().find_by_hash(&self.token_hash(token)).await?;
        let row = found.filter(|row| row.deleted_at.is_none()).ok_or(Error::Unauthenticated)?;
        Ok(Actor::Token(TokenActor { id: row.id, name: row.name, address }))
    }

    /// Whoever called with this key, for a request about the account `about`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn actor_of_key(
        &self,
        key: &Identity,
        about: Option<&str>,
        address: Option<IpAddr>,
    ) -> Result<Actor, Error> {
        let below = match about {
            Some(about) if self.is_below(about, key.account()).await? => Some(about.to_owned()),
            _ => None,
        };
        Ok(Actor::Key(KeyActor {
            id: key.id().to_owned(),
            name: key.name().to_owned(),
            account_id: key.account().to_owned(),
            privileges: key.shared_privileges(),
            environment: Environment::parse(key.environment()).unwrap_or(Environment::Sandbox),
            about: below,
            address,
        }))
    }

    fn token_hash(&self, token: &str) -> Vec<u8> {
        let mut mac = self.pepper().derive("operator token");
        mac.update(token.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

/// Only whoever is beside the data directory: a token that makes tokens could not be revoked.
fn may_make_tokens(actor: &Actor) -> Result<(), Error> {
    if matches!(actor, Actor::Operator) { Ok(()) } else { Err(Error::Forbidden) }
}

fn event<'a>(actor: &'a Actor, id: &str, at: Millis, action: &'static str, name: &str) -> Event<'a> {
    Event { at, account_id: "", actor, action, key_id: None, details: json!({ "token": id, "name": name }) }
}
