//! A member's own settings: password, sessions, two-factor codes, recovery codes and language. The member always follows from the
//! session of the request; no method takes another member's id.

mod language;
mod overview;
mod password;
mod recovery_codes;
mod sessions;
mod two_factor;

pub use overview::SecurityView;
pub use sessions::SessionView;
pub use two_factor::TwoFactorSetUp;

use crate::actor::{Actor, Viewer};
use crate::audit_chain::AuditEvent;
use crate::context::Context;
use crate::credentials::{Attempt, Credentials};
use crate::error::Error;
use secrets::SecretString;
use serde_json::Value;
use std::sync::Arc;
use store::{MemberRow, Tx};

/// A member's own security settings.
#[derive(Clone)]
pub struct Security {
    context: Arc<Context>,
    credentials: Arc<Credentials>,
}

impl Security {
    pub(crate) fn new(context: Arc<Context>, credentials: Arc<Credentials>) -> Self {
        Self { context, credentials }
    }

    /// The viewer's row, if `typed` is their password.
    async fn check_password(&self, viewer: &Viewer, typed: &SecretString, field: &str) -> Result<MemberRow, Error> {
        let member = self.context.store.members().find(&viewer.member_id).await?.ok_or(Error::Unauthenticated)?;
        self.credentials.check_own_password(&member, viewer.address, typed, field).await?;
        Ok(member)
    }

    /// Counts a code that the viewer shows: an unattended session must be no way to guess one.
    fn begin_code(&self, viewer: &Viewer) -> Result<Attempt, Error> {
        self.credentials.begin_code(viewer.address, &viewer.email, true)
    }

    /// Appends what the viewer did to the audit, in the caller's transaction.
    async fn record(&self, tx: &mut Tx, viewer: &Viewer, event: ActionDetails) -> Result<(), Error> {
        let (action, details) = event;
        let event = AuditEvent {
            at: self.context.now(),
            account_id: &viewer.account_id,
            actor: &Actor::Member(viewer.clone()),
            action,
            key_id: None,
            details,
        };
        Ok(self.context.audit.append(tx, event).await?)
    }
}

/// An audit action and its details.
type ActionDetails = (&'static str, Value);
