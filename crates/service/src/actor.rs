//! The actor of a request and what it is authorized to do. Every use case checks this itself, whatever page or route
//! calls it.

use crate::error::{Error, invalid};
use domain::key::Environment;
use domain::member::Role;
use domain::permission::{AccountRelation, Authorization, Permission, Principal, authorize};
use domain::privilege::Privileges;
use domain::time::Millis;
use i18n::Locale;
use std::net::IpAddr;
use std::sync::Arc;
use store::MemberRow;

/// A member who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The member's id.
    pub member_id: String,
    /// The member's email.
    pub email: String,
    /// The member's role.
    pub role: Role,
    /// The account that the member belongs to.
    pub account_id: String,
    /// That account's name.
    pub account_name: String,
    /// The sub-account that is open in this session, if any.
    pub open: Option<OpenAccount>,
    /// Whether there are sub-accounts that the member may open.
    pub has_sub_accounts: bool,
    /// From when the account requires the two-factor codes that the member has not set up, in epoch milliseconds; `None`
    /// if nothing is missing.
    pub two_factor_due_at: Option<Millis>,
    /// The language of the console; `None` for that of the browser.
    pub language: Option<Locale>,
    /// The client's address.
    pub address: Option<IpAddr>,
    pub(crate) session: Vec<u8>,
}

/// A member who has no session yet, while signing in or joining.
pub(crate) fn member_actor(member: &MemberRow, address: Option<IpAddr>) -> Result<Actor, Error> {
    Ok(Actor::Member(Viewer {
        role: Role::parse(&member.role).ok_or(Error::Internal)?,
        member_id: member.id.clone(),
        email: member.email.clone(),
        account_id: member.account_id.clone(),
        account_name: String::new(),
        open: None,
        has_sub_accounts: false,
        two_factor_due_at: None,
        language: None,
        address,
        session: Vec::new(),
    }))
}

/// An account that is open in a session, or can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAccount {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Viewer {
    /// The id of the account that the pages show.
    #[must_use]
    pub fn shown_account(&self) -> &str {
        self.open.as_ref().map_or(&self.account_id, |open| &open.id)
    }

    /// The name of the account that the pages show.
    #[must_use]
    pub fn shown_account_name(&self) -> &str {
        self.open.as_ref().map_or(&self.account_name, |open| &open.name)
    }
}

/// A program with an account's own key.
#[derive(Debug, Clone)]
pub struct KeyActor {
    /// The key's id.
    pub id: String,
    /// The key's name.
    pub name: String,
    /// The account that owns it.
    pub account_id: String,
    /// What it may do; a key that it makes may do no more.
    pub privileges: Arc<Privileges>,
    /// Whether it is for real; one for trying out neither makes nor manages one that is.
    pub environment: Environment,
    /// The account that is asked about, if it is one below the key's own.
    pub about: Option<String>,
    /// The client's address.
    pub address: Option<IpAddr>,
}

/// A program with a token of the operator's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenActor {
    /// The token's id.
    pub id: String,
    /// The token's name.
    pub name: String,
    /// The client's address.
    pub address: Option<IpAddr>,
}

/// Who acts.
#[derive(Debug, Clone)]
pub enum Actor {
    /// A member, in the browser.
    Member(Viewer),
    /// A program with a key, over the management interface.
    Key(KeyActor),
    /// A program with an operator token, over the management interface.
    Token(TokenActor),
    /// The operator, at the command line beside the data directory.
    Operator,
    /// Keyhatch itself, at the start.
    Keyhatch,
}

/// The privilege with which a key sees the keys of sub-accounts.
pub const READ_SUB_ACCOUNTS: &str = "sub-accounts:read";
/// The privilege with which a key manages the keys of sub-accounts.
pub const WRITE_SUB_ACCOUNTS: &str = "sub-accounts:write";

impl Actor {
    pub(crate) fn member_id(&self) -> Option<&str> {
        match self {
            Self::Member(viewer) => Some(&viewer.member_id),
            _ => None,
        }
    }

    /// The actor's name in the audit and in "created by".
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Member(viewer) => viewer.email.clone(),
            Self::Key(key) => format!("key {} ({})", key.name, key.id),
            Self::Token(token) => format!("token {} ({})", token.name, token.id),
            Self::Operator => "operator".to_owned(),
            Self::Keyhatch => "keyhatch".to_owned(),
        }
    }

    /// An id that no two actors share.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Member(viewer) => &viewer.member_id,
            Self::Key(key) => &key.id,
            Self::Token(token) => &token.id,
            Self::Operator => "operator",
            Self::Keyhatch => "keyhatch",
        }
    }

    pub(crate) fn address(&self) -> Option<IpAddr> {
        match self {
            Self::Member(viewer) => viewer.address,
            Self::Key(key) => key.address,
            Self::Token(token) => token.address,
            Self::Operator | Self::Keyhatch => None,
        }
    }

    /// Authorizes an act on `account`. If the actor may not even see the account, it does not exist for them.
    ///
    /// # Errors
    /// [`Error::Forbidden`] or [`Error::NotFound`].
    pub fn may(&self, permission: Permission, account: &str) -> Result<(), Error> {
        match authorize(self.principal(), self.relation(account), permission) {
            Authorization::Allowed => Ok(()),
            Authorization::Forbidden => Err(Error::Forbidden),
            Authorization::Hidden => Err(Error::NotFound),
        }
    }

    pub(crate) fn may_see_keys(&self, account: &str) -> Result<(), Error> {
        self.may(Permission::SeeKeys, account)
    }

    pub(crate) fn may_manage_keys(&self, account: &str) -> Result<(), Error> {
        self.may(Permission::ManageKeys, account)
    }

    /// Authorizes the operator's acts: top-level accounts, members without an invitation, resets.
    pub(crate) fn may_operate(&self) -> Result<(), Error> {
        match self.principal() {
            Principal::Operator => Ok(()),
            _ => Err(Error::Forbidden),
        }
    }

    /// Authorizes giving these privileges to a key that has those of `before`. A key cannot give privileges that it lacks
    /// itself.
    pub(crate) fn may_give(&self, privileges: &Privileges, before: Option<&Privileges>) -> Result<(), Error> {
        let Self::Key(key) = self else { return Ok(()) };
        let has = |privilege: &str| key.privileges.allows(privilege);
        let had = |privilege: &str| before.is_some_and(|before| before.allows(privilege));
        if privileges.is_all() {
            let may = key.privileges.is_all() || before.is_some_and(Privileges::is_all);
            return if may { Ok(()) } else { Err(lacks("all privileges")) };
        }
        privileges.iter().find(|privilege| !has(privilege) && !had(privilege)).map_or(Ok(()), |one| Err(lacks(one)))
    }

    /// Authorizes creating keys in this environment: a sandbox key creates sandbox keys only.
    pub(crate) fn may_create_in(&self, environment: Environment) -> Result<(), Error> {
        match self {
            Self::Key(key) if key.environment == Environment::Sandbox && environment == Environment::Live => {
                Err(invalid("environment", "A sandbox key makes sandbox keys only. Use a live key, or write sandbox."))
            }
            _ => Ok(()),
        }
    }

    /// Authorizes updating and rotating a key in this stored environment: a sandbox key must not obtain a live secret.
    pub(crate) fn may_manage_in(&self, environment: &str) -> Result<(), Error> {
        match self {
            Self::Key(key)
                if key.environment == Environment::Sandbox && environment != Environment::Sandbox.as_str() =>
            {
                Err(Error::Forbidden)
            }
            _ => Ok(()),
        }
    }

    /// Authorizes listing the members of `account`.
    pub(crate) fn may_see_members(&self, account: &str) -> Result<(), Error> {
        self.may(Permission::SeeMembers, account)
    }

    /// Authorizes inviting, updating and deleting members of `account` with the role `other`, and assigning that role.
    pub(crate) fn may_manage_members(&self, account: &str, other: Role) -> Result<(), Error> {
        self.may(Permission::ManageMembers, account)?;
        match self {
            Self::Member(viewer) if !viewer.role.may_manage(other) => Err(Error::Forbidden),
            _ => Ok(()),
        }
    }

    /// Authorizes updating the sign-in rules of `account`.
    pub(crate) fn may_set_sign_in_rules(&self, account: &str) -> Result<(), Error> {
        self.may_manage_members(account, Role::Owner)
    }

    /// Authorizes making links with which members of `account` choose a new password.
    pub(crate) fn may_reset_passwords(&self, account: &str) -> Result<(), Error> {
        self.may_manage_members(account, Role::Owner)
    }

    fn principal(&self) -> Principal {
        match self {
            Self::Member(viewer) => Principal::Member(viewer.role),
            Self::Key(key) => Principal::Key {
                reads: key.privileges.allows(READ_SUB_ACCOUNTS),
                writes: key.privileges.allows(WRITE_SUB_ACCOUNTS),
            },
            Self::Token(_) | Self::Operator | Self::Keyhatch => Principal::Operator,
        }
    }

    fn relation(&self, account: &str) -> AccountRelation {
        let (own, below) = match self {
            Self::Member(viewer) => (Some(&viewer.account_id), viewer.open.as_ref().map(|open| &open.id)),
            Self::Key(key) => (Some(&key.account_id), key.about.as_ref()),
            Self::Token(_) | Self::Operator | Self::Keyhatch => (None, None),
        };
        if own.is_some_and(|own| own == account) {
            AccountRelation::Own
        } else if below.is_some_and(|below| below == account) {
            AccountRelation::Sub
        } else {
            AccountRelation::Foreign
        }
    }
}

fn lacks(what: &str) -> Error {
    invalid("privileges", format!("Your own key lacks {what}, so it cannot give it. Leave it out, or use another key."))
}
