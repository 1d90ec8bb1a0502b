//! Mail: the links of invitations, by the operator's mail server. What an invitation is and who may make one belongs to
//! `service`; nothing waits long for a mail, and nothing fails because one could not be sent.

use std::time::Duration;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};

/// How long a page waits for the mail server. Whoever invited can hand over the link themselves.
const PATIENCE: Duration = Duration::from_secs(5);

/// Sends mail by one server, in one name.
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
    /// password may stand in the address or, better, apart.
    ///
    /// # Errors
    /// The setting that cannot be used, and what is wrong with it.
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
        // The library's own words may repeat the address.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address.expose_secret())
            .map_err(|_| ("mail.smtp", wanted.to_owned()))?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from })
    }

    /// Mails the link of an invitation. Whether the mail server took it; if not, the log says why.
    pub async fn send_invitation(&self, to: &str, product: &str, account: &str, link: &SecretString) -> bool {
        let message = match self.invitation(to, product, account, link) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(%error, "the mail of an invitation could not be written");
                return false;
            }
        };
        match tokio::time::timeout(PATIENCE, self.transport.send(message)).await {
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

/// Why a mail cannot be written. Never repeats what is in it.
#[derive(Debug, thiserror::Error)]
enum MailError {
    #[error("mail cannot be sent to this address: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("{0}")]
    Message(#[from] lettre::error::Error),
}

/// The address with a password for its user.
fn with_password(smtp: &str, password: &str) -> Option<SecretString> {
    let (scheme, rest) = smtp.split_once("://")?;
    let (user, host) = rest.rsplit_once('@')?;
    if user.is_empty() || user.contains(':') {
        return None;
    }
    let password: String = form_urlencoded::byte_serialize(password.as_bytes()).collect();
    // That writes a space as forms do.
    Some(SecretString::from(format!("{scheme}://{user}:{}@{host}", password.replace('+', "%20"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(smtp: &str, password: Option<&str>, from: &str) -> &'static str {
        let password = password.map(SecretString::from);
        Mailer::new(&SecretString::from(smtp), password.as_ref(), from).expect_err(smtp).0
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        assert_eq!(refused("mail.example.com", None, "a@b.example"), "mail.smtp");
        assert_eq!(refused("http://mail.example.com", None, "a@b.example"), "mail.smtp");
        assert_eq!(refused("smtp://127.0.0.1", None, "nobody"), "mail.from");
        assert_eq!(refused("smtp://127.0.0.1", Some("secret"), "a@b.example"), "mail.smtp");
        assert_eq!(refused("smtp://user:old@127.0.0.1", Some("secret"), "a@b.example"), "mail.smtp");
    }

    #[test]
    fn a_password_shows_in_nothing() {
        let password = SecretString::from("ca nary/+@:");
        let address = with_password("smtps://jo%40a.example@mail.example.com:465", password.expose_secret());
        let address = address.expect("a user");
        assert_eq!(address.expose_secret(), "smtps://jo%40a.example:ca%20nary%2F%2B%40%3A@mail.example.com:465");
        let mailer = Mailer::new(&SecretString::from("smtp://jo@127.0.0.1"), Some(&password), "Keys <a@b.example>");
        assert!(!format!("{:?}", mailer.expect("usable")).contains("nary"));
    }
}
