//! Mail sent in the background, so that the time of a response does not reveal whether a mail was sent. The number of
//! pending mails is bounded.

use std::sync::Arc;

use i18n::in_current_language;
use tokio::sync::Semaphore;

/// The most mails that are composed or sent at the same time.
const CONCURRENCY: usize = 32;
/// Seconds after which a refused request may be repeated.
const RETRY_AFTER: u64 = 10;

/// Runs what sends a mail in the background.
#[derive(Clone)]
pub(super) struct BackgroundMail(Arc<Semaphore>);

impl Default for BackgroundMail {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(CONCURRENCY)))
    }
}

impl BackgroundMail {
    /// Starts `send` and returns at once.
    ///
    /// # Errors
    /// [`service::Error::Limited`] if too many mails are on their way.
    pub fn spawn(&self, send: impl Future<Output = ()> + Send + 'static) -> Result<(), service::Error> {
        let permit = Arc::clone(&self.0).try_acquire_owned();
        let permit = permit.map_err(|_| service::Error::Limited { retry_after_seconds: RETRY_AFTER })?;
        // A mail is in the language of the request that causes it.
        tokio::spawn(in_current_language(async move {
            send.await;
            drop(permit);
        }));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn mails_on_their_way_are_bounded() {
        let mail = BackgroundMail::default();
        for _ in 0..CONCURRENCY {
            assert!(mail.spawn(std::future::pending()).is_ok());
        }
        assert!(matches!(mail.spawn(async {}), Err(service::Error::Limited { .. })));
    }
}
