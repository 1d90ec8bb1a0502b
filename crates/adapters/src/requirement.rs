//! What a call requires: privilege, channel and cost. The requirement comes from the query in the gateway's
//! configuration, never from the caller, so anything unexpected in it is a configuration error.

use std::borrow::Cow;

use domain::limits::COST_MAX;
use domain::privilege::Privilege;
use domain::verdict::Channel;

use super::query::parse_parameters;

/// The requirement of a call.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Requirement<'a> {
    pub privilege: Option<Cow<'a, str>>,
    pub channel: Option<Channel>,
    /// How many units of the key's limits the call consumes, 0 to [`COST_MAX`].
    pub cost: Option<u32>,
}

/// The gateway's query is invalid; the message is for its operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum RequirementError {
    #[error("the query has a parameter other than privilege, channel and cost")]
    UnknownParameter,
    #[error("the query has a duplicate parameter")]
    DuplicateParameter,
    #[error("the privilege must look like contacts:read")]
    Privilege,
    #[error("the channel must be rest, http, web-service, ftp, email or database")]
    Channel,
    #[error("the cost must be a whole number from 0 to 1000000")]
    Cost,
}

impl<'a> Requirement<'a> {
    pub fn from_query(query: &'a str) -> Result<Self, RequirementError> {
        let mut requirement = Self::default();
        for parameter in parse_parameters(query) {
            let (name, value) = parameter.ok_or(RequirementError::UnknownParameter)?;
            match &*name {
                "privilege" => set_once(&mut requirement.privilege, check_privilege(value)?)?,
                "channel" => set_once(&mut requirement.channel, parse_channel(&value)?)?,
                "cost" => {
                    let cost = value.parse().map_err(|_| RequirementError::Cost)?;
                    set_once(&mut requirement.cost, check_cost(cost)?)?;
                }
                _ => return Err(RequirementError::UnknownParameter),
            }
        }
        Ok(requirement)
    }
}

/// Checks the form of a privilege.
pub(super) fn check_privilege(text: Cow<'_, str>) -> Result<Cow<'_, str>, RequirementError> {
    if Privilege::is_well_formed(&text) { Ok(text) } else { Err(RequirementError::Privilege) }
}

/// Parses a channel.
pub(super) fn parse_channel(text: &str) -> Result<Channel, RequirementError> {
    Channel::parse(text).ok_or(RequirementError::Channel)
}

/// Checks that a cost is at most [`COST_MAX`].
pub(super) fn check_cost(cost: u32) -> Result<u32, RequirementError> {
    if cost > COST_MAX { Err(RequirementError::Cost) } else { Ok(cost) }
}

fn set_once<T>(parameter: &mut Option<T>, value: T) -> Result<(), RequirementError> {
    if parameter.replace(value).is_some() { Err(RequirementError::DuplicateParameter) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_queries_are_parsed() {
        assert_eq!(Requirement::from_query(""), Ok(Requirement::default()));
        let requirement = Requirement::from_query("privilege=contacts%3Aread&channel=web-service&cost=3");
        let expected =
            Requirement { privilege: Some("contacts:read".into()), channel: Some(Channel::WebService), cost: Some(3) };
        assert_eq!(requirement, Ok(expected));
    }

    #[test]
    fn invalid_queries_are_refused() {
        for (query, error) in [
            ("privilege=contacts:read&privilege=contacts:read", RequirementError::DuplicateParameter),
            ("channel=rest&channel=ftp", RequirementError::DuplicateParameter),
            ("priviledge=contacts:read", RequirementError::UnknownParameter),
            ("Privilege=contacts:read", RequirementError::UnknownParameter),
            ("privilege=contacts:read&x", RequirementError::UnknownParameter),
            ("%ff=1", RequirementError::UnknownParameter),
            ("privilege=", RequirementError::Privilege),
            ("privilege=contacts", RequirementError::Privilege),
            ("privilege=*", RequirementError::Privilege),
            ("channel=", RequirementError::Channel),
            ("channel=REST", RequirementError::Channel),
            ("cost=", RequirementError::Cost),
            ("cost=-1", RequirementError::Cost),
            ("cost=1.5", RequirementError::Cost),
            ("cost=1000001", RequirementError::Cost),
        ] {
            assert_eq!(Requirement::from_query(query), Err(error), "{query}");
        }
    }
}
