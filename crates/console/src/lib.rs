//! The console's HTTP side: sessions, forms, assets and the middleware around the pages of `app`. One file for each layer;
//! authorization is up to `service`.

mod activity_csv;
mod assets;
mod background_mail;
mod compression;
mod cross_site;
mod executor;
mod forms;
#[doc(hidden)]
pub mod fuzzing;
mod language;
mod layers;
mod origin;
mod public_url;
mod referer;
mod request_limits;
mod request_log;
mod router;
mod secret_responses;
mod security_headers;
mod session;
mod signed_out;

use i18n::MessageCatalogue;
use ipnet::IpNet;

use mail::Mailer;

pub use assets::Assets;
#[doc(hidden)]
pub use forms::form_names;
pub use layers::{layers, protected};
pub use public_url::PublicUrl;
pub use request_log::RequestId;
pub use router::router;

/// Configuration of the console.
#[derive(Debug, Clone)]
pub struct ConsoleConfig {
    /// The console's URL as a browser sees it.
    pub public_url: PublicUrl,
    /// Proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// Sends mail, if a mail server is configured.
    pub mailer: Option<Mailer>,
    /// The texts of every language.
    pub texts: MessageCatalogue,
}
