//! Who may do what with whose account: one table, asked by every use case. Who somebody is and how two accounts are
//! related is found out by `service`.

use crate::member::Role;

/// Whoever asks, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The operator, by the command line or with a token: everything.
    Operator,
    /// A person of the account.
    Member(Role),
    /// An account's own key, over the management interface.
    Key {
        /// It has `sub-accounts:read`.
        reads: bool,
        /// It has `sub-accounts:write`.
        writes: bool,
    },
}

/// How the account in question is related to the asker's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRelation {
    /// The same one.
    Own,
    /// Below it, at whatever depth.
    Sub,
    /// Any other: above it, beside it, of somebody else, or none at all.
    Foreign,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See the account's keys, and test them.
    SeeKeys,
    /// Issue, change and delete its keys.
    ManageKeys,
    /// See its name and the accounts below it.
    SeeAccount,
    /// Make accounts below it, and rename and close those.
    ManageSubAccounts,
    /// See its members.
    SeeMembers,
    /// Invite, change and remove its members.
    ManageMembers,
    /// See who did what.
    SeeActivity,
    /// Make accounts without a parent, see all of them, and members without an invitation.
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

    fn is_to_look(self) -> bool {
        matches!(self, Self::SeeKeys | Self::SeeAccount | Self::SeeMembers | Self::SeeActivity)
    }
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// Yes.
    Allowed,
    /// No, and the asker may know that there is such an account.
    Forbidden,
    /// No, and to this asker there is no such account.
    Hidden,
}

/// The table.
pub fn authorize(asker: Principal, relation: AccountRelation, permission: Permission) -> Authorization {
    match (asker, relation) {
        (Principal::Operator, _) => Authorization::Allowed,
        (_, AccountRelation::Foreign) => Authorization::Hidden,
        (Principal::Member(role), relation) => member(role, relation, permission),
        (Principal::Key { reads, writes }, relation) => key(reads, writes, relation, permission),
    }
}

fn member(role: Role, relation: AccountRelation, permission: Permission) -> Authorization {
    match (role, relation) {
        (_, _) if permission == Permission::Operate => Authorization::Forbidden,
        (Role::Owner | Role::Admin, _) => Authorization::Allowed,
        // Who only looks sees the own account, not those below it.
        (Role::Viewer, AccountRelation::Own) if permission.is_to_look() => Authorization::Allowed,
        (Role::Viewer, AccountRelation::Own) => Authorization::Forbidden,
        (Role::Viewer, _) => Authorization::Hidden,
    }
}

/// A key manages the keys of the accounts below its own and nothing else: one that reached its own account could make
/// itself stronger, or outlive its deletion by a copy.
fn key(reads: bool, writes: bool, relation: AccountRelation, permission: Permission) -> Authorization {
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

    /// One letter an answer (yes, no, hidden), in the order of [`Permission::ALL`].
    fn line(asker: Principal, relation: AccountRelation) -> String {
        let letter = |permission| match authorize(asker, relation, permission) {
            Authorization::Allowed => 'y',
            Authorization::Forbidden => 'n',
            Authorization::Hidden => 'h',
        };
        Permission::ALL.into_iter().map(letter).collect()
    }

    #[test]
    fn the_whole_table() {
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
        for (asker, lines) in table {
            assert_eq!(EVERY.map(|relation| line(asker, relation)), lines, "{asker:?}");
        }
    }
}
