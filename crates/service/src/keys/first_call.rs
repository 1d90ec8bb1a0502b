//! The first call with a key's current secret, which the page awaits after a key was created or rotated: whether it was
//! allowed, or why not and what to change. What the gate remembers of calls is in `gate`.
//!
//! The process that created or rotated the key watches for its calls. A call that another process decides is seen only
//! if it is allowed, and as a last use, which takes up to a minute to be written.

use super::KeyCalls;
use super::explain::explain_row;
use super::view::last_use;
use crate::actor::Actor;
use crate::error::Error;
use domain::explain::{Explanation, HypotheticalCall};
use domain::first_call::{FirstCall, SEND_AGAIN, advise_name};
use domain::time::Millis;
use domain::verdict::VerdictCode;
use domain::views::LastUse;
use domain::whitelist::Whitelist;
use gate::WatchedCall;
use store::KeyRow;

/// How long after its end a secret's last call may be recorded, in milliseconds: the end is chosen before the commit,
/// and another process notices the commit within two seconds.
const OLD_SECRET_LAG: Millis = 5_000;

impl KeyCalls {
    /// Watches for the first call with the key's current secret for 15 minutes, and forgets what was seen of earlier
    /// ones. Creating and rotating a key begin this by themselves.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn watch_first_call(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        actor.may_see_keys(account_id)?;
        let row = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        self.gate.watch(&row.public_id, account_id);
        Ok(())
    }

    /// The first call with the key's current secret. Without a watch, or after it, only an allowed call is known.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn first_call(&self, actor: &Actor, account_id: &str, id: &str) -> Result<FirstCall, Error> {
        actor.may_see_keys(account_id)?;
        let row = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        let watched = self.gate.watched_call(&row.public_id);
        if let Some(call) = watched.as_ref().filter(|call| call.code == VerdictCode::Valid) {
            return Ok(FirstCall::Allowed { at: call.at, address: address_of(call) });
        }
        if let Some(LastUse { at, address }) =
            last_use(&self.gate, &row).filter(|last| is_of_current_secret(&row, last.at))
        {
            return Ok(FirstCall::Allowed { at, address });
        }
        match watched {
            Some(call) => self.explain_refusal(actor, &row, call).await,
            None => Ok(FirstCall::Waiting),
        }
    }

    async fn explain_refusal(&self, actor: &Actor, row: &KeyRow, call: WatchedCall) -> Result<FirstCall, Error> {
        let repeated = HypotheticalCall {
            address: call.address,
            privilege: call.privilege.as_deref(),
            channel: call.channel,
            cost: call.cost,
        };
        let Explanation { code, advice, .. } = explain_row(&self.gate, row, self.context.now(), &repeated).await?;
        let address = address_of(&call);
        let is_about_address = call.code == VerdictCode::IpNotAllowed && code == VerdictCode::IpNotAllowed;
        let can_allow_address =
            address.clone().filter(|address| is_about_address && self.may_allow_address(actor, row, address));
        Ok(FirstCall::Refused {
            at: call.at,
            address,
            code: call.code,
            privilege: call.privilege.map(Into::into),
            channel: call.channel,
            advice: match (call.code, advice) {
                (VerdictCode::NotFound, _) => advise_name(&row.name),
                (_, Some(advice)) => advice,
                (_, None) => SEND_AGAIN.to_owned(),
            },
            can_allow_address,
        })
    }

    /// Whether [`Keys::allow_address`](super::Keys::allow_address) would succeed.
    fn may_allow_address(&self, actor: &Actor, row: &KeyRow, address: &str) -> bool {
        actor.may_manage_keys(&row.account_id).is_ok()
            && actor.may_manage_in(&row.environment).is_ok()
            && Whitelist::from_stored(&row.whitelist)
                .is_ok_and(|list| list.with_address(address, self.context.policy.whitelist_max).is_ok())
    }
}

fn address_of(call: &WatchedCall) -> Option<String> {
    call.address.map(|address| address.to_canonical().to_string())
}

/// Whether a use of the key at this time was one of its current secret. Uses are recorded by key, and a retired secret
/// may be used as long as it works.
fn is_of_current_secret(row: &KeyRow, at: Millis) -> bool {
    row.previous_retires_at.is_none_or(|end| at > end.saturating_add(OLD_SECRET_LAG))
}
