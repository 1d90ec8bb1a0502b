//! Sends mail by the operator's SMTP server. What a mail says belongs to the caller. Sending is bounded in time, and a failure
//! never fails what the mail is about.

use std::time::Duration;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

/// Time-out of the mail server.
const TIMEOUT: Duration = Duration::from_secs(5);

/// A mail in plain text.
pub struct Mail {
    /// What it is, for the log: `an invitation`.
    pub kind: &'static str,
    /// The address it goes to.
    pub to: String,
    /// The subject, which contains no secret.
    pub subject: String,
    /// The text, lines separated by `\n`; it may contain a one-time link.
    pub text: SecretString,
}

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

    /// Sends a mail. Returns whether the mail server accepted it; otherwise the reason is logged.
    pub async fn send(&self, mail: &Mail) -> bool {
        let kind = mail.kind;
        let message = match self.compose(mail) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(%error, kind, "a mail could not be written");
                return false;
            }
        };
        match tokio::time::timeout(TIMEOUT, self.transport.send(message)).await {
            Ok(Ok(_)) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, kind, "a mail could not be sent");
                false
            }
            Err(_) => {
                tracing::warn!(kind, "a mail could not be sent: the mail server took too long");
                false
            }
        }
    }

    fn compose(&self, mail: &Mail) -> Result<Message, MailError> {
        Ok(Message::builder()
            .from(self.from.clone())
            .to(mail.to.parse()?)
            .subject(mail.subject.as_str())
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.expose_secret().replace('\n', "\r\n"))?)
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
