//! Who makes a request: setting up the first account, signing in (with a second factor for members who use one) and
//! out, lost passwords, sessions, operator tokens. What an actor may do is in `actor`; a member's own password and codes in `security`.

mod actors;
mod password_reset;
mod second_factor;
mod sessions;
mod setup;
mod sign_in;
mod tokens;

pub use password_reset::PasswordResetRequest;
pub use tokens::{NewToken, TokenView};

use crate::context::Context;
use crate::credentials::Credentials;
use setup::SetupLink;
use std::sync::Arc;

/// Identifies the actor of a request.
#[derive(Clone)]
pub struct Identity {
    context: Arc<Context>,
    credentials: Arc<Credentials>,
    setup_link: Arc<SetupLink>,
}

impl Identity {
    pub(crate) fn new(context: Arc<Context>, credentials: Arc<Credentials>) -> Self {
        Self { context, credentials, setup_link: Arc::default() }
    }
}
