//! Adding one address to a key's whitelist, as the page offers after a call from that address was refused. Every other
//! change to a key's rules is in `update`.

use super::Keys;
use super::update::begin_update;
use crate::actor::Actor;
use crate::detached::run_detached;
use crate::error::{Error, invalid};
use domain::views::KeyView;
use domain::whitelist::Whitelist;
use store::KeyUpdate;

impl Keys {
    /// Adds one address to the key's whitelist, and waits for the first call anew. Once this returns, no call is decided
    /// by the old rules. `revision` as for [`Self::update`]; without one the address is added to the list as it is now.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the field `address` if it is no single address, if calls from it are allowed already, or
    /// if the list is full; [`Error::NotFound`] for a deleted or foreign key; [`Error::EditConflict`] if the key has
    /// another revision by now.
    pub async fn allow_address(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        address: &str,
        revision: Option<i64>,
    ) -> Result<KeyView, Error> {
        actor.may_manage_keys(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id, address) = (account_id.to_owned(), id.to_owned(), address.to_owned());
        run_detached(async move { this.write_address(&actor, (&account_id, &id), &address, revision).await }).await
    }

    async fn write_address(
        &self,
        actor: &Actor,
        (account_id, id): (&str, &str),
        address: &str,
        revision: Option<i64>,
    ) -> Result<KeyView, Error> {
        let now = self.context.now();
        let (tx, generation, before) = begin_update(&self.context, account_id, id, revision).await?;
        actor.may_manage_in(&before.environment)?;
        let whitelist = Whitelist::from_stored(&before.whitelist).map_err(|_| Error::Internal)?;
        let whitelist = whitelist
            .with_address(address, self.context.policy.whitelist_max)
            .map_err(|error| invalid("address", error))?;
        let change = KeyUpdate {
            account_id,
            id,
            name: &before.name,
            whitelist: &whitelist.to_stored(),
            privileges: &before.privileges,
            limits: &before.limits,
            expires_at: before.expires_at,
            updated_at: now,
            updated_by: &actor.name(),
            generation,
        };
        let key = self.finish_update(tx, actor, &before, &change).await?;
        self.gate.watch(&before.public_id, account_id);
        Ok(key)
    }
}
