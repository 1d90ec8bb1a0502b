//! The use case behind "Test this key" and `POST /v1/explain`: what the gate would answer and why. It takes nothing
//! from the key's limits and notes no use.

use crate::access::Actor;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use domain::explain::{Explained, Explanation, Standing, explain};
use domain::limits::Limits;
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::verdict::{Call, Channel, Rules};
use domain::whitelist::{Packed, Whitelist};
use std::net::IpAddr;
use store::KeyRow;

/// A call that is only thought of.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Where it would come from; `None` if that is not known.
    pub address: Option<IpAddr>,
    /// The privilege that it would need.
    pub privilege: Option<&'a str>,
    /// The channel that it would come through.
    pub channel: Option<Channel>,
    /// How much of the key's limits it would use; 1 is a plain call.
    pub cost: u32,
}

impl Keyhatch {
    /// Explains for a member of the account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for a channel that does not exist.
    pub async fn explain_key(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        question: &Question<'_>,
    ) -> Result<Explanation, Error> {
        actor.may_see_keys(account_id)?;
        let known = question.channel.map_or(Ok(()), |channel| self.policy().check_channel(channel));
        known.map_err(|message| invalid("channel", message))?;
        let row = self.store().find_key(account_id, id).await?.ok_or(Error::NotFound)?;
        self.explain_row(&row, question).await
    }

    /// Explains for the operator, who has a key's id from a log.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted key.
    pub async fn explain_any_key(&self, id: &str, question: &Question<'_>) -> Result<Explanation, Error> {
        let row = self.store().find_key_of_any_account(id).await?.ok_or(Error::NotFound)?;
        self.explain_row(&row, question).await
    }

    async fn explain_row(&self, row: &KeyRow, question: &Question<'_>) -> Result<Explanation, Error> {
        let now = self.now();
        let (whitelist, privileges, limits, channel) = read(row).ok_or_else(|| {
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
        let limits = self.standings(&row.id, &limits, now).await?;
        let Question { address, privilege, channel, cost } = *question;
        let call = Call { address, privilege, channel, now };
        Ok(explain(&Explained { rules, whitelist: &whitelist, limits: &limits }, &call, cost))
    }

    /// How a key's limits stand: what all nodes took, without what this one holds and did not use.
    async fn standings(&self, id: &str, limits: &Limits, now: Millis) -> Result<Vec<Standing>, Error> {
        if limits.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.store().list_meters(id).await?;
        let held = self.counters().find(id).map(|counter| counter.held(now)).unwrap_or_default();
        let standing = |allowance: &domain::limits::Allowance| {
            let period = allowance.meter.period(now);
            let row = rows.iter().find(|row| row.meter == allowance.meter.as_str() && row.period == period.start);
            let taken = row.map_or(0, |row| u64::try_from(row.used).unwrap_or(0));
            let held = held.iter().find(|unused| (unused.meter, unused.period) == (allowance.meter, period.start));
            let used = taken.saturating_sub(held.map_or(0, |unused| unused.amount));
            let left = allowance.limit.saturating_sub(used);
            Standing { allowance: *allowance, left, resets_at: period.end }
        };
        Ok(limits.allowances().iter().map(standing).collect())
    }
}

type Parts = (Whitelist, Privileges, Limits, Option<Channel>);

fn read(row: &KeyRow) -> Option<Parts> {
    let channel = match &row.channel {
        Some(channel) => Some(Channel::parse(channel)?),
        None => None,
    };
    let whitelist = Whitelist::from_stored(&row.whitelist).ok()?;
    Some((whitelist, Privileges::from_stored(&row.privileges).ok()?, Limits::from_stored(&row.limits).ok()?, channel))
}
