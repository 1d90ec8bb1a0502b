//! The authorization table: which principal may do what with which account. Every use case consults it. Authentication,
//! and finding out how two accounts are related, belong to `service`.

use crate::member::Role;

/// Who makes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The operator, on the command line or with a token; may do everything.
    Operator,
    /// A member of an account.
    Member(Role),
    /// An API key, over the management interface.
    Key {
        /// It has `sub-accounts:read`.
        reads: bool,
        /// It has `sub-accounts:write`.
        writes: bool,
    },
}

/// How the requested account is related to the principal's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRelation {
    /// The same account.
    Own,
    /// An account below it, at any depth.
    Sub,
    /// Any other account, including one that does not exist.
    Foreign,
}

/// What a request needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See the account's keys, and explain calls with them.
    SeeKeys,
    /// Create, update, rotate and delete its keys.
    ManageKeys,
    /// See its name and the accounts below it.
    SeeAccount,
    /// Create, update and delete accounts below it.
    ManageSubAccounts,
    /// See its members.
    SeeMembers,
    /// Invite, update and delete its members.
    ManageMembers,
    /// See its activity.
    SeeActivity,
    /// Create accounts without a parent and members without an invitation, and see all accounts.
    Operate,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 8] = [
        Self::SeeKeys,
        Self::ManageKeys,
        Self::SeeAccount,
        Self::ManageSubAccounts,
        Self::SeeMembers,
        Self::ManageMembers,
        Self::SeeActivity,
        Self::Operate,
    ];

    fn is_read_only(self) -> bool {
        matches!(self, Self::SeeKeys | Self::SeeAccount | Self::SeeMembers | Self::SeeActivity)
    }
}

/// The outcome of [`authorize`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// The request may proceed.
    Allowed,
    /// Refused; the principal may know that the account exists.
    Forbidden,
    /// Refused as if the account did not exist.
    Hidden,
}

/// Looks a request up in the table.
pub fn authorize(principal: Principal, relation: AccountRelation, permission: Permission) -> Authorization {
    match (principal, relation) {
        (Principal::Operator, _) => Authorization::Allowed,
        (_, AccountRelation::Foreign) => Authorization::Hidden,
        (Principal::Member(role), relation) => authorize_member(role, relation, permission),
        (Principal::Key { reads, writes }, relation) => authorize_key(reads, writes, relation, permission),
    }
}

fn authorize_member(role: Role, relation: AccountRelation, permission: Permission) -> Authorization {
    match (role, relation) {
        (_, _) if permission == Permission::Operate => Authorization::Forbidden,
        (Role::Owner | Role::Admin, _) => Authorization::Allowed,
        // A viewer sees the own account, not those below it.
        (Role::Viewer, AccountRelation::Own) if permission.is_read_only() => Authorization::Allowed,
        (Role::Viewer, AccountRelation::Own) => Authorization::Forbidden,
        (Role::Viewer, _) => Authorization::Hidden,
    }
}

/// A key manages only the keys of sub-accounts. With access to its own account it could raise its own privileges, or
/// survive its deletion by creating a copy.
fn authorize_key(reads: bool, writes: bool, relation: AccountRelation, permission: Permission) -> Authorization {
    match (permission, relation) {
        (Permission::SeeKeys, AccountRelation::Sub) if reads => Authorization::Allowed,
        (Permission::ManageKeys, AccountRelation::Sub) if writes => Authorization::Allowed,
        _ => Authorization::Forbidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: [AccountRelation; 3] = [AccountRelation::Own, AccountRelation::Sub, AccountRelation::Foreign];

    /// One letter per permission (yes, no, hidden), in the order of [`Permission::ALL`].
    fn row(principal: Principal, relation: AccountRelation) -> String {
        let letter = |permission| match authorize(principal, relation, permission) {
            Authorization::Allowed => 'y',
            Authorization::Forbidden => 'n',
            Authorization::Hidden => 'h',
        };
        Permission::ALL.into_iter().map(letter).collect()
    }

    #[test]
    fn the_table_is_exactly_as_specified() {
        let key = |reads, writes| Principal::Key { reads, writes };
        let table = [
            (Principal::Operator, ["yyyyyyyy", "yyyyyyyy", "yyyyyyyy"]),
            (Principal::Member(Role::Owner), ["yyyyyyyn", "yyyyyyyn", "hhhhhhhh"]),
            (Principal::Member(Role::Admin), ["yyyyyyyn", "yyyyyyyn", "hhhhhhhh"]),
            (Principal::Member(Role::Viewer), ["ynynynyn", "hhhhhhhn", "hhhhhhhh"]),
            (key(false, false), ["nnnnnnnn", "nnnnnnnn", "hhhhhhhh"]),
            (key(true, false), ["nnnnnnnn", "ynnnnnnn", "hhhhhhhh"]),
            (key(false, true), ["nnnnnnnn", "nynnnnnn", "hhhhhhhh"]),
            (key(true, true), ["nnnnnnnn", "yynnnnnn", "hhhhhhhh"]),
        ];
        for (principal, rows) in table {
            assert_eq!(EVERY.map(|relation| row(principal, relation)), rows, "{principal:?}");
        }
    }
}
