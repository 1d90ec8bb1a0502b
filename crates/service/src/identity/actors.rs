//! The actors of the management interface: programs with an operator token or an API key.

use super::Identity;
use super::tokens::{TOKEN_MARK, hash_operator_token};
use crate::accounts::is_below;
use crate::actor::{Actor, KeyActor, TokenActor};
use crate::error::Error;
use domain::key::Environment;
use gate::AuthenticatedKey;
use std::net::IpAddr;

impl Identity {
    /// Whether a credential has the form of an operator token rather than of a key.
    #[must_use]
    pub fn looks_like_token(&self, credential: &str) -> bool {
        credential
            .strip_prefix(self.context.policy.key_prefix.as_str())
            .is_some_and(|rest| rest.starts_with(TOKEN_MARK))
    }

    /// The program with this operator token. Read from the database each time, so that a deleted token is refused at
    /// once.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a token that is unknown or deleted.
    pub async fn actor_of_token(&self, token: &str, address: Option<IpAddr>) -> Result<Actor, Error> {
        let found = self.context.store.tokens().find_by_hash(&hash_operator_token(&self.context.pepper, token)).await?;
        let row = found.filter(|row| row.deleted_at.is_none()).ok_or(Error::Unauthenticated)?;
        Ok(Actor::Token(TokenActor { id: row.id, name: row.name, address }))
    }

    /// The program that called with this key, for a request about the account `about`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn actor_of_key(
        &self,
        key: &AuthenticatedKey,
        about: Option<&str>,
        address: Option<IpAddr>,
    ) -> Result<Actor, Error> {
        let below = match about {
            Some(about) if is_below(&self.context.store, about, key.account()).await? => Some(about.to_owned()),
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
}
