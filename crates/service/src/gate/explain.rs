//! The use case behind "Test this key" and `POST /v1/explain`: what the gate would answer and why. It takes nothing
//! from the key's limits and notes no use.

use crate::access::Actor;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use domain::explain::{ExplainedKey, Explanation, HypotheticalCall, LimitStatus, explain};
use domain::limits::Limits;
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::verdict::{Channel, KeyRules};
use domain::whitelist::{CompiledWhitelist, Whitelist};
use store::KeyRow;

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
        call: &HypotheticalCall<'_>,
    ) -> Result<Explanation, Error> {
        actor.may_see_keys(account_id)?;
        let known = call.channel.map_or(Ok(()), |channel| self.policy().check_channel(channel));
        known.map_err(|message| invalid("channel", message))?;
        let row = self.store().keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        self.explain_row(&row, call).await
    }

    /// Explains for the operator, who has a key's id from a log.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted key.
    pub async fn explain_any_key(&self, id: &str, call: &HypotheticalCall<'_>) -> Result<Explanation, Error> {
        let row = self.store().keys().find_in_any_account(id).await?.ok_or(Error::NotFound)?;
        self.explain_row(&row, call).await
    }

    async fn explain_row(&self, row: &KeyRow, call: &HypotheticalCall<'_>) -> Result<Explanation, Error> {
        let now = self.now();
        let (whitelist, privileges, limits, channel) = read(row).ok_or_else(|| {
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
        let limits = self.standings(&row.id, &limits, now).await?;
        Ok(explain(&ExplainedKey { rules, whitelist: &whitelist, limits: &limits }, call, now))
    }

    /// How a key's limits stand: what all nodes took, without what this one holds and did not use.
    async fn standings(&self, id: &str, limits: &Limits, now: Millis) -> Result<Vec<LimitStatus>, Error> {
        if limits.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.store().quotas().list_by_key(id).await?;
        let held = self.counters().find(id).map(|counter| counter.held(now)).unwrap_or_default();
        let standing = |allowance: &domain::limits::Allowance| {
            let period = allowance.meter.period(now);
            let row = rows.iter().find(|row| row.meter == allowance.meter.as_str() && row.period == period.start);
            let taken = row.map_or(0, |row| u64::try_from(row.used).unwrap_or(0));
            let held = held.iter().find(|unused| (unused.meter, unused.period) == (allowance.meter, period.start));
            let used = taken.saturating_sub(held.map_or(0, |unused| unused.amount));
            let left = allowance.limit.saturating_sub(used);
            LimitStatus { allowance: *allowance, left, resets_at: period.end }
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
