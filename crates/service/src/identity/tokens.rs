//! Operator tokens: credentials of the management interface that may do everything. Created, listed and deleted at the
//! command line.

use super::OperatorTokens;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::error::{Error, invalid};
use crate::ids;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::name::KeyName;
use domain::time::Millis;
use hmac::Mac;
use secrets::{ExposeSecret, Pepper, SecretString, random_bytes};
use serde_json::json;
use store::TokenRow;

/// Separates the key prefix from the random part, which distinguishes tokens from keys.
pub(super) const TOKEN_MARK: &str = "_op_";
/// How many last characters a list shows.
const LAST_SHOWN: usize = 5;

/// A new token with its value, which is shown once.
pub struct NewToken {
    /// The token's id.
    pub id: String,
    /// The whole token.
    pub value: SecretString,
}

/// A token in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenView {
    /// The token's id.
    pub id: String,
    /// The token's name.
    pub name: String,
    /// Its beginning and its last characters.
    pub masked: String,
    /// When it was created, in epoch milliseconds.
    pub created_at: Millis,
    /// When it was deleted, in epoch milliseconds.
    pub deleted_at: Option<Millis>,
}

impl OperatorTokens {
    /// Creates a token.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `name`; [`Error::Forbidden`] for every actor but the operator at the command line.
    pub async fn create(&self, actor: &Actor, name: &str) -> Result<NewToken, Error> {
        may_manage_tokens(actor)?;
        let policy = &self.context.policy;
        let name = KeyName::parse(name, policy.name_max).map_err(|error| invalid("name", error.to_string()))?;
        let random = URL_SAFE_NO_PAD.encode(random_bytes::<32>(&*self.context.random));
        let value = SecretString::from(format!("{}{TOKEN_MARK}{random}", policy.key_prefix));
        let text = value.expose_secret();
        let row = TokenRow {
            id: ids::new("tok", &*self.context.random),
            name: name.as_str().to_owned(),
            hash: hash_operator_token(&self.context.pepper, text),
            last_chars: text[text.len() - LAST_SHOWN..].to_owned(),
            created_at: self.context.now(),
            deleted_at: None,
        };
        let event = AuditEvent {
            at: row.created_at,
            account_id: "",
            actor,
            action: "token.create",
            key_id: None,
            details: json!({ "token": row.id, "name": row.name }),
        };
        let mut tx = self.context.store.begin().await?;
        tx.tokens().insert(&row).await?;
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(NewToken { id: row.id, value })
    }

    /// All tokens, oldest first, including deleted ones.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for every actor but the operator at the command line.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<TokenView>, Error> {
        may_manage_tokens(actor)?;
        let prefix = &self.context.policy.key_prefix;
        let view = |row: TokenRow| TokenView {
            masked: format!("{prefix}{TOKEN_MARK}…{}", row.last_chars),
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            deleted_at: row.deleted_at,
        };
        Ok(self.context.store.tokens().list().await?.into_iter().map(view).collect())
    }

    /// Deletes a token: the next request with it is refused.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no active token with this id.
    pub async fn delete(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        may_manage_tokens(actor)?;
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        if !tx.tokens().delete(id, now).await? {
            return Err(Error::NotFound);
        }
        let event = AuditEvent {
            at: now,
            account_id: "",
            actor,
            action: "token.delete",
            key_id: None,
            details: json!({ "token": id, "name": id }),
        };
        self.context.audit.append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}

/// What the database holds of a token.
pub(super) fn hash_operator_token(pepper: &Pepper, token: &str) -> Vec<u8> {
    let mut mac = pepper.derive("operator token");
    mac.update(token.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Only the operator at the command line: a stolen token that could create tokens would outlive its deletion.
fn may_manage_tokens(actor: &Actor) -> Result<(), Error> {
    if matches!(actor, Actor::Operator) { Ok(()) } else { Err(Error::Forbidden) }
}
