//! Who asks for a change, and what that allows. Every use case asks here, whatever page or route it was called from.

use crate::error::Error;
use domain::member::Role;
use std::net::IpAddr;
use store::MemberRow;

/// A member who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The member's id.
    pub member_id: String,
    /// The member's email.
    pub email: String,
    /// What the member may do.
    pub role: Role,
    /// The account that the member belongs to.
    pub account_id: String,
    /// That account's name.
    pub account_name: String,
    /// Where the request came from.
    pub address: Option<IpAddr>,
    pub(crate) session: Vec<u8>,
}

/// A member who acts without a session yet: who is signing in or joining.
pub(crate) fn member_actor(member: &MemberRow, address: Option<IpAddr>) -> Result<Actor, Error> {
    Ok(Actor::Member(Viewer {
        role: Role::parse(&member.role).ok_or(Error::Internal)?,
        member_id: member.id.clone(),
        email: member.email.clone(),
        account_id: member.account_id.clone(),
        account_name: String::new(),
        address,
        session: Vec::new(),
    }))
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A member, in the browser.
    Member(Viewer),
    /// Whoever can run commands beside the data directory.
    Operator,
    /// Keyhatch itself, at the start.
    Keyhatch,
}

impl Actor {
    pub(crate) fn member_id(&self) -> Option<&str> {
        match self {
            Self::Member(viewer) => Some(&viewer.member_id),
            Self::Operator | Self::Keyhatch => None,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Member(viewer) => &viewer.email,
            Self::Operator => "operator",
            Self::Keyhatch => "keyhatch",
        }
    }

    pub(crate) fn address(&self) -> Option<IpAddr> {
        match self {
            Self::Member(viewer) => viewer.address,
            Self::Operator | Self::Keyhatch => None,
        }
    }

    /// May this actor see the keys of `account`? To a foreign member the account does not exist.
    pub(crate) fn may_see_keys(&self, account: &str) -> Result<(), Error> {
        match self {
            Self::Member(viewer) if viewer.account_id != account => Err(Error::NotFound),
            _ => Ok(()),
        }
    }

    /// May this actor issue, change and delete keys of `account`?
    pub(crate) fn may_manage_keys(&self, account: &str) -> Result<(), Error> {
        self.may_see_keys(account)?;
        match self {
            Self::Member(viewer) if viewer.role == Role::Viewer => Err(Error::Forbidden),
            _ => Ok(()),
        }
    }

    /// May this actor see who belongs to `account`?
    pub(crate) fn may_see_members(&self, account: &str) -> Result<(), Error> {
        self.may_see_keys(account)
    }

    /// May this actor invite, change and remove members of `account` that have the role `other`, and give it?
    pub(crate) fn may_manage_members(&self, account: &str, other: Role) -> Result<(), Error> {
        self.may_see_members(account)?;
        match self {
            Self::Member(viewer) if !viewer.role.may_manage(other) => Err(Error::Forbidden),
            _ => Ok(()),
        }
    }

    /// May this actor decide how members of `account` have to sign in?
    pub(crate) fn may_set_sign_in_rules(&self, account: &str) -> Result<(), Error> {
        self.may_manage_members(account, Role::Owner)
    }

    /// May this actor make accounts and members?
    pub(crate) fn may_manage_accounts(&self) -> Result<(), Error> {
        match self {
            Self::Member(_) => Err(Error::Forbidden),
            Self::Operator | Self::Keyhatch => Ok(()),
        }
    }
}
