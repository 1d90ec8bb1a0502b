//! The first listener: pages and server functions, for browsers. One file a layer; pages are `app`, and what each
//! request may do is decided in `service`.

mod activity;
mod assets;
mod compression;
mod forgery;
mod forms;
#[doc(hidden)]
pub mod fuzzing;
mod layers;
mod limits;
mod own_origin;
mod public_url;
mod referer;
mod router;
mod security_headers;
mod session;
mod trace;

use ipnet::IpNet;

use mail::Mailer;

pub use assets::Assets;
#[doc(hidden)]
pub use forms::names as form_names;
pub use layers::{guarded, layers};
pub use public_url::PublicUrl;
pub use router::router;
pub use trace::RequestId;

/// What the console needs to know of the configuration.
#[derive(Debug, Clone)]
pub struct ConsoleConfig {
    /// The console's address as a browser types it.
    pub public_url: PublicUrl,
    /// Proxies whose word about the client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What sends mail, if the operator named a mail server.
    pub mailer: Option<Mailer>,
}
