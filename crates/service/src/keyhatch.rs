//! The composition of all services. Use cases belong in the services, opening in `open`, periodic work in
//! `maintenance`.

use crate::accounts::Accounts;
use crate::audit::Audit;
use crate::context::Context;
use crate::identity::{Identity, InitialSetup, MemberSessions, OperatorTokens, PasswordResets};
use crate::keys::{KeyCalls, KeySecrets, Keys};
use crate::members::Members;
use crate::security::Security;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::time::Millis;
use gate::Gate;
use std::sync::Arc;

/// An open Keyhatch. Clones share everything and are cheap.
#[derive(Clone)]
pub struct Keyhatch(pub(crate) Arc<Services>);

pub(crate) struct Services {
    pub(crate) context: Arc<Context>,
    pub(crate) accounts: Accounts,
    pub(crate) members: Members,
    pub(crate) keys: Keys,
    pub(crate) key_secrets: KeySecrets,
    pub(crate) key_calls: KeyCalls,
    pub(crate) identity: Identity,
    pub(crate) sessions: MemberSessions,
    pub(crate) setup: InitialSetup,
    pub(crate) password_resets: PasswordResets,
    pub(crate) operator_tokens: OperatorTokens,
    pub(crate) security: Security,
    pub(crate) audit: Audit,
    pub(crate) gate: Arc<Gate>,
}

impl Keyhatch {
    /// Accounts and sub-accounts.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.0.accounts
    }

    /// The members of an account, and invitations to it.
    #[must_use]
    pub fn members(&self) -> &Members {
        &self.0.members
    }

    /// The API keys of an account: create, find, update, disable, enable, delete.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The secrets of a key: rotating it, and the overlap with the old secret.
    #[must_use]
    pub fn key_secrets(&self) -> &KeySecrets {
        &self.0.key_secrets
    }

    /// The calls with a key: explaining one, waiting for the first one, what the limits leave.
    #[must_use]
    pub fn key_calls(&self) -> &KeyCalls {
        &self.0.key_calls
    }

    /// Who makes a request: the member of a session, the program with a token or a key.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Signing in and out.
    #[must_use]
    pub fn sessions(&self) -> &MemberSessions {
        &self.0.sessions
    }

    /// Creating the first account and its owner.
    #[must_use]
    pub fn setup(&self) -> &InitialSetup {
        &self.0.setup
    }

    /// Lost passwords: requesting and using a one-time link.
    #[must_use]
    pub fn password_resets(&self) -> &PasswordResets {
        &self.0.password_resets
    }

    /// Operator tokens: creating, listing and deleting them.
    #[must_use]
    pub fn operator_tokens(&self) -> &OperatorTokens {
        &self.0.operator_tokens
    }

    /// A member's own password, sessions and second factor.
    #[must_use]
    pub fn security(&self) -> &Security {
        &self.0.security
    }

    /// The record of who did what.
    #[must_use]
    pub fn audit(&self) -> &Audit {
        &self.0.audit
    }

    /// Decisions about calls.
    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// The operator's policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.0.context.policy
    }

    /// The modules and actions that privileges name.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.context.catalogue
    }

    /// The current time, in epoch milliseconds; never runs backwards.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.0.context.now()
    }
}
