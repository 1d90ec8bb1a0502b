//! What a call needs: privilege, channel and cost. It comes from the query that the operator wrote into the gateway's
//! configuration, never from the caller, so anything unexpected there is a fault of the configuration.

use std::borrow::Cow;

use domain::limits::COST_MAX;
use domain::privilege::Privilege;
use domain::verdict::Channel;

use super::query::parameters;

/// What the gateway asks about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Need<'a> {
    pub privilege: Option<Cow<'a, str>>,
    pub channel: Option<Channel>,
    /// How much of the key's limits the call uses, 0 to [`COST_MAX`].
    pub cost: Option<u32>,
}

/// The gateway's query cannot be understood; the message is for its operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NeedError {
    #[error("the query has a parameter other than privilege, channel and cost")]
    Unknown,
    #[error("the query has a parameter twice")]
    Twice,
    #[error("the privilege must look like contacts:read")]
    Privilege,
    #[error("the channel must be rest, http, web-service, ftp, email or database")]
    Channel,
    #[error("the cost must be a whole number from 0 to 1000000")]
    Cost,
}

impl<'a> Need<'a> {
    pub fn from_query(query: &'a str) -> Result<Self, NeedError> {
        let mut need = Self::default();
        for parameter in parameters(query) {
            let (name, value) = parameter.ok_or(NeedError::Unknown)?;
            match &*name {
                "privilege" => set(&mut need.privilege, privilege(value)?)?,
                "channel" => set(&mut need.channel, channel(&value)?)?,
                "cost" => set(&mut need.cost, cost(value.parse().map_err(|_| NeedError::Cost)?)?)?,
                _ => return Err(NeedError::Unknown),
            }
        }
        Ok(need)
    }
}

/// Refuses what is no privilege.
pub(super) fn privilege(text: Cow<'_, str>) -> Result<Cow<'_, str>, NeedError> {
    if Privilege::is_well_formed(&text) { Ok(text) } else { Err(NeedError::Privilege) }
}

/// Refuses what is no channel.
pub(super) fn channel(text: &str) -> Result<Channel, NeedError> {
    Channel::parse(text).ok_or(NeedError::Channel)
}

/// Refuses what is beyond the largest cost.
pub(super) fn cost(cost: u32) -> Result<u32, NeedError> {
    if cost > COST_MAX { Err(NeedError::Cost) } else { Ok(cost) }
}

fn set<T>(place: &mut Option<T>, value: T) -> Result<(), NeedError> {
    if place.replace(value).is_some() { Err(NeedError::Twice) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_queries() {
        assert_eq!(Need::from_query(""), Ok(Need::default()));
        let need = Need::from_query("privilege=contacts%3Aread&channel=web-service&cost=3");
        let expected =
            Need { privilege: Some("contacts:read".into()), channel: Some(Channel::WebService), cost: Some(3) };
        assert_eq!(need, Ok(expected));
    }

    #[test]
    fn faulty_queries() {
        for (query, error) in [
            ("privilege=contacts:read&privilege=contacts:read", NeedError::Twice),
            ("channel=rest&channel=ftp", NeedError::Twice),
            ("priviledge=contacts:read", NeedError::Unknown),
            ("Privilege=contacts:read", NeedError::Unknown),
            ("privilege=contacts:read&x", NeedError::Unknown),
            ("%ff=1", NeedError::Unknown),
            ("privilege=", NeedError::Privilege),
            ("privilege=contacts", NeedError::Privilege),
            ("privilege=*", NeedError::Privilege),
            ("channel=", NeedError::Channel),
            ("channel=REST", NeedError::Channel),
            ("cost=", NeedError::Cost),
            ("cost=-1", NeedError::Cost),
            ("cost=1.5", NeedError::Cost),
            ("cost=1000001", NeedError::Cost),
        ] {
            assert_eq!(Need::from_query(query), Err(error), "{query}");
        }
    }
}
