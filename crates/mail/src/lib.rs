//! Sends the links of invitations by the operator's SMTP server. Creating invitations belongs to `service`. Sending is bounded
//! in time, and a failure never fails the invitation.

use std::time::Duration;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

/// Time-out of the mail server. The link is also shown on the page.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Sends mail from one address by one server.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Mailer {
    /// `smtp` is an address such as `smtps://user@mail.example.com` or `smtp://127.0.0.1:25`, `from` a mailbox. The
    /// password may be part of the address or, better, separate.
    ///
    /// # Errors
    /// The invalid setting, and its error.
    pub fn new(
        smtp: &SecretString,
        password: Option<&SecretString>,
        from: &str,
    ) -> Result<Self, (&'static str, String)> {
        let wanted = "must be an address such as smtps://user@mail.example.com or smtp://127.0.0.1:25";
        let from = from.parse().map_err(|_| ("mail.from", "must be such as Keyhatch <keys@example.com>".to_owned()))?;
        let address = match password {
            Some(password) => with_password(smtp.expose_secret(), password.expose_secret()).ok_or_else(|| {
                (
                    "mail.smtp",
                    "must name the user, and no password, before @ if KEYHATCH_MAIL_PASSWORD is set".to_owned(),
                )
            })?,
            None => smtp.clone(),
        };
        // The library's message may repeat the address.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address.expose_secret())
            .map_err(|_| ("mail.smtp", wanted.to_owned()))?;
        Ok(Self { transport: builder.timeout(Some(TIMEOUT)).build(), from })
    }

    /// Sends the link of an invitation. Returns whether the mail server accepted it; otherwise the reason is logged.
    pub async fn send_invitation(&self, to: &str, product: &str, account: &str, link: &SecretString) -> bool {
        let message = match self.invitation(to, product, account, link) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(%error, "the mail of an invitation could not be written");
                return false;
            }
        };
        match tokio::time::timeout(TIMEOUT, self.transport.send(message)).await {
            Ok(Ok(_)) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the mail of an invitation could not be sent");
                false
            }
            Err(_) => {
                tracing::warn!("the mail of an invitation could not be sent: the mail server took too long");
                false
            }
        }
    }

    fn invitation(&self, to: &str, product: &str, account: &str, link: &SecretString) -> Result<Message, MailError> {
        let text = format!(
            "You are invited to {account} on {product}.\r\n\r\nOpen this link to choose a password and join. It works \
             once, for 7 days:\r\n\r\n{}\r\n\r\nIf you did not expect this, ignore it: without the link nothing \
             happens.\r\n",
            link.expose_secret()
        );
        Ok(Message::builder()
            .from(self.from.clone())
            .to(to.parse()?)
            .subject(format!("Join {account} on {product}"))
            .header(ContentType::TEXT_PLAIN)
            .body(text)?)
    }
}

/// A mail cannot be composed. The message never repeats its content.
#[derive(Debug, thiserror::Error)]
enum MailError {
    #[error("mail cannot be sent to this address: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("{0}")]
    Message(#[from] lettre::error::Error),
}

/// Adds a password to the address. `None` if it names no user, or a password already.
fn with_password(smtp: &str, password: &str) -> Option<SecretString> {
    let (scheme, rest) = smtp.split_once("://")?;
    let (user, host) = rest.rsplit_once('@')?;
    if user.is_empty() || user.contains(':') {
        return None;
    }
    let password = utf8_percent_encode(password, NON_ALPHANUMERIC);
    Some(SecretString::from(format!("{scheme}://{user}:{password}@{host}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(smtp: &str, password: Option<&str>, from: &str) -> &'static str {
        let password = password.map(SecretString::from);
        Mailer::new(&SecretString::from(smtp), password.as_ref(), from).expect_err(smtp).0
    }

    #[test]
    fn invalid_setting_is_named() {
        assert_eq!(refused("mail.example.com", None, "a@b.example"), "mail.smtp");
        assert_eq!(refused("http://mail.example.com", None, "a@b.example"), "mail.smtp");
        assert_eq!(refused("smtp://127.0.0.1", None, "nobody"), "mail.from");
        assert_eq!(refused("smtp://127.0.0.1", Some("secret"), "a@b.example"), "mail.smtp");
        assert_eq!(refused("smtp://user:old@127.0.0.1", Some("secret"), "a@b.example"), "mail.smtp");
    }

    #[test]
    fn password_is_not_in_debug_output() {
        let password = SecretString::from("ca nary/+@:");
        let address = with_password("smtps://jo%40a.example@mail.example.com:465", password.expose_secret());
        let address = address.expect("a user");
        assert_eq!(address.expose_secret(), "smtps://jo%40a.example:ca%20nary%2F%2B%40%3A@mail.example.com:465");
        let mailer = Mailer::new(&SecretString::from("smtp://jo@127.0.0.1"), Some(&password), "Keys <a@b.example>");
        assert!(!format!("{:?}", mailer.expect("usable")).contains("nary"));
    }
}
