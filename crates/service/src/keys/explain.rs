//! Explaining a hypothetical call, behind "Test this key" and `POST /v1/explain`: what the gate would answer, and why. It
//! charges nothing to the key's limits and records no use.

use super::Keys;
use crate::actor::Actor;
use crate::error::{Error, invalid};
use domain::explain::{Explained, Explanation, explain};
use domain::limits::Limits;
use domain::privilege::Privileges;
use domain::verdict::{Call, Channel, Rules};
use domain::whitelist::{Packed, Whitelist};
use std::net::IpAddr;
use store::KeyRow;

/// A hypothetical call.
#[derive(Debug, Clone, Copy)]
pub struct ExplainRequest<'a> {
    /// The client's address; `None` if unknown.
    pub address: Option<IpAddr>,
    /// The privilege that the call requires.
    pub privilege: Option<&'a str>,
    /// The channel of the call.
    pub channel: Option<Channel>,
    /// What the call charges to the key's limits; 1 for a plain call.
    pub cost: u32,
}

impl Keys {
    /// Explains a call for a member of the key's account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for an unknown channel.
    pub async fn explain(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        request: &ExplainRequest<'_>,
    ) -> Result<Explanation, Error> {
        actor.may_see_keys(account_id)?;
        let known = request.channel.map_or(Ok(()), |channel| self.context.policy.check_channel(channel));
        known.map_err(|message| invalid("channel", message))?;
        let row = self.context.store.find_key(account_id, id).await?.ok_or(Error::NotFound)?;
        self.explain_row(&row, request).await
    }

    /// Explains a call for the operator, who knows a key's id from a log.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted key.
    pub async fn explain_any(&self, id: &str, request: &ExplainRequest<'_>) -> Result<Explanation, Error> {
        let row = self.context.store.find_key_of_any_account(id).await?.ok_or(Error::NotFound)?;
        self.explain_row(&row, request).await
    }

    async fn explain_row(&self, row: &KeyRow, request: &ExplainRequest<'_>) -> Result<Explanation, Error> {
        let now = self.context.now();
        let StoredRules { whitelist, privileges, limits, channel } = parse_rules(row).ok_or_else(|| {
            tracing::error!(key = %row.id, "a key's row cannot be read; its calls are refused");
            Error::Internal
        })?;
        let packed = whitelist.pack();
        let rules = Rules {
            enabled: row.enabled,
            expires_at: row.expires_at,
            channel,
            whitelist: Packed::new(&packed),
            privileges: &privileges,
        };
        let limits = self.gate.limit_status(&row.id, &limits, now).await?;
        let ExplainRequest { address, privilege, channel, cost } = *request;
        let call = Call { address, privilege, channel, now };
        Ok(explain(&Explained { rules, whitelist: &whitelist, limits: &limits }, &call, cost))
    }
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
