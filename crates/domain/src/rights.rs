//! Who may do what with whose account: one table, asked by every use case. Who somebody is and how two accounts are
//! related is found out by `service`.

use crate::member::Role;

/// Whoever asks, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
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
pub enum Relation {
    /// The same one.
    Own,
    /// Below it, at whatever depth.
    Sub,
    /// Any other: above it, beside it, of somebody else, or none at all.
    Foreign,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
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

impl Right {
    /// Every right.
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
pub enum Grant {
    /// Yes.
    Allowed,
    /// No, and the asker may know that there is such an account.
    Forbidden,
    /// No, and to this asker there is no such account.
    Hidden,
}

/// The table.
pub fn grant(asker: Asker, relation: Relation, right: Right) -> Grant {
    match (asker, relation) {
        (Asker::Operator, _) => Grant::Allowed,
        (_, Relation::Foreign) => Grant::Hidden,
        (Asker::Member(role), relation) => member(role, relation, right),
        (Asker::Key { reads, writes }, relation) => key(reads, writes, relation, right),
    }
}

fn member(role: Role, relation: Relation, right: Right) -> Grant {
    match (role, relation) {
        (_, _) if right == Right::Operate => Grant::Forbidden,
        (Role::Owner | Role::Admin, _) => Grant::Allowed,
        // Who only looks sees the own account, not those below it.
        (Role::Viewer, Relation::Own) if right.is_to_look() => Grant::Allowed,
        (Role::Viewer, Relation::Own) => Grant::Forbidden,
        (Role::Viewer, _) => Grant::Hidden,
    }
}

/// A key manages the keys of the accounts below its own and nothing else: one that reached its own account could make
/// itself stronger, or outlive its deletion by a copy.
fn key(reads: bool, writes: bool, relation: Relation, right: Right) -> Grant {
    match (right, relation) {
        (Right::SeeKeys, Relation::Sub) if reads => Grant::Allowed,
        (Right::ManageKeys, Relation::Sub) if writes => Grant::Allowed,
        _ => Grant::Forbidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: [Relation; 3] = [Relation::Own, Relation::Sub, Relation::Foreign];

    /// One letter an answer (yes, no, hidden), in the order of [`Right::ALL`].
    fn line(asker: Asker, relation: Relation) -> String {
        let letter = |right| match grant(asker, relation, right) {
            Grant::Allowed => 'y',
            Grant::Forbidden => 'n',
            Grant::Hidden => 'h',
        };
        Right::ALL.into_iter().map(letter).collect()
    }

    #[test]
    fn the_whole_table() {
        let key = |reads, writes| Asker::Key { reads, writes };
        let table = [
            (Asker::Operator, ["yyyyyyyy", "yyyyyyyy", "yyyyyyyy"]),
            (Asker::Member(Role::Owner), ["yyyyyyyn", "yyyyyyyn", "hhhhhhhh"]),
            (Asker::Member(Role::Admin), ["yyyyyyyn", "yyyyyyyn", "hhhhhhhh"]),
            (Asker::Member(Role::Viewer), ["ynynynyn", "hhhhhhhn", "hhhhhhhh"]),
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
