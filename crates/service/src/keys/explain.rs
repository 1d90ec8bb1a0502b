//! Explaining a hypothetical call, behind "Test this key" and `POST /v1/explain`: what the gate would answer, and why. It
//! charges nothing to the key's limits and records no use.

use super::KeyCalls;
use crate::actor::Actor;
use crate::error::{Error, invalid};
use domain::explain::{ExplainedKey, Explanation, HypotheticalCall, LimitStatus, explain};
use domain::limits::Limits;
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::verdict::{Channel, KeyRules};
use domain::whitelist::{CompiledWhitelist, Whitelist};
use gate::Gate;
use store::KeyRow;

impl KeyCalls {
    /// Explains a call for a member of the key's account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for an unknown channel.
    pub async fn explain(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        call: &HypotheticalCall<'_>,
    ) -> Result<Explanation, Error> {
        actor.may_see_keys(account_id)?;
        let known = call.channel.map_or(Ok(()), |channel| self.context.policy.check_channel(channel));
        known.map_err(|message| invalid("channel", message))?;
        let row = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        explain_row(&self.gate, &row, self.context.now(), call).await
    }

    /// What is left of each limit of a key, in the order in which they are checked.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn limit_status(&self, actor: &Actor, account_id: &str, id: &str) -> Result<Vec<LimitStatus>, Error> {
        actor.may_see_keys(account_id)?;
        let row = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        let limits = Limits::from_stored(&row.limits).map_err(|_| Error::Internal)?;
        Ok(self.gate.limit_status(&row.id, &limits, self.context.now()).await?)
    }

    /// Explains a call for the operator, who knows a key's id from a log.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted key.
    pub async fn explain_any(&self, id: &str, call: &HypotheticalCall<'_>) -> Result<Explanation, Error> {
        let row = self.context.store.keys().find_in_any_account(id).await?.ok_or(Error::NotFound)?;
        explain_row(&self.gate, &row, self.context.now(), call).await
    }
}

pub(super) async fn explain_row(
    gate: &Gate,
    row: &KeyRow,
    now: Millis,
    call: &HypotheticalCall<'_>,
) -> Result<Explanation, Error> {
    let StoredRules { whitelist, privileges, limits, channel } = parse_rules(row).ok_or_else(|| {
        tracing::error!(key = %row.id, "a key's row cannot be read; its calls are refused");
        Error::Internal
    })?;
    let compiled = whitelist.compile();
    let rules = KeyRules {
        enabled: row.enabled,
        expires_at: row.expires_at,
        channel,
        whitelist: CompiledWhitelist::new(&compiled),
        privileges: &privileges,
    };
    let limits = gate.limit_status(&row.id, &limits, now).await?;
    Ok(explain(&ExplainedKey { rules, whitelist: &whitelist, limits: &limits }, call, now))
}

/// The rules of a key, parsed from its row.
struct StoredRules {
    whitelist: Whitelist,
    privileges: Privileges,
    limits: Limits,
    channel: Option<Channel>,
}

fn parse_rules(row: &KeyRow) -> Option<StoredRules> {
    let channel = match &row.channel {
        Some(channel) => Some(Channel::parse(channel)?),
        None => None,
    };
    Some(StoredRules {
        whitelist: Whitelist::from_stored(&row.whitelist).ok()?,
        privileges: Privileges::from_stored(&row.privileges).ok()?,
        limits: Limits::from_stored(&row.limits).ok()?,
        channel,
    })
}
