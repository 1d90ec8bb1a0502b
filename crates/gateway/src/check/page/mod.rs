//! The check as a page for the operator: on a loopback port of its own, behind a secret in its address, for as long as
//! the command runs. What is checked and how is `check::run`; here it is asked for and shown, without a script.

mod board;
mod escape;
mod routes;
mod view;

use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use service::{Keyhatch, Random as _, SystemRandom};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::client::Client;
use super::way::Way;
use super::{Asked, CheckError};
use crate::GatewaySettings;
use board::{Board, Gate};
use console::{Assets, PublicUrl};
use listener::ListenerLimits;
use routes::Site;
use view::About;

/// A page that listens and is not served yet.
#[derive(Debug)]
pub struct Page {
    listener: TcpListener,
    origin: PublicUrl,
    host: String,
    token: String,
}

impl Page {
    /// Takes a free port, if what is to be checked can be called at all.
    ///
    /// # Errors
    /// [`CheckError::Input`] otherwise.
    pub async fn open(asked: &Asked) -> Result<Self, CheckError> {
        Client::new(&asked.url, asked.ca.as_deref()).map_err(CheckError::Input)?;
        let none = |error: std::io::Error| CheckError::Input(format!("there is no port for the page: {error}"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(none)?;
        let host = listener.local_addr().map_err(none)?.to_string();
        let origin = PublicUrl::parse(&format!("http://{host}")).map_err(CheckError::Input)?;
        Ok(Self { listener, origin, host, token: token() })
    }

    /// Where the page is. Whoever knows this may check.
    pub fn address(&self) -> String {
        format!("{}/{}", self.origin.origin(), self.token)
    }

    /// Shows the page and does what is asked for there, until `stop` holds true. The keys of a check that is under way
    /// then are deleted first.
    pub async fn serve(
        self,
        keyhatch: &Keyhatch,
        settings: &GatewaySettings,
        asked: &Asked,
        stop: watch::Receiver<bool>,
    ) {
        let way = Way::choose(&settings.policy, asked.path.as_deref());
        let assets = Assets::embedded();
        let about = About {
            root: format!("/{}", self.token),
            style: format!("pkg/{}.css", assets.output_name()),
            url: asked.url.to_string(),
            account: asked.account.clone(),
            call: format!("{} {}", way.method, way.path),
            echo: asked.echo,
            gate: settings.gate(),
        };
        let (board, mut wanted) = Board::new();
        let site = Arc::new(Site { host: self.host, token: self.token, about, board });
        let router = routes::router(Arc::clone(&site), self.origin, &assets);
        let limits = ListenerLimits { drain: Duration::from_secs(1), ..ListenerLimits::default() };
        let serving = tokio::spawn(listener::serve(self.listener, router, limits, stopped(stop.clone())));
        loop {
            let gate = tokio::select! {
                Some(gate) = wanted.recv() => gate,
                () = stopped(stop.clone()) => break,
            };
            let (began, asked) = (Instant::now(), Asked { gate_down: gate == Gate::Stopped, ..asked.clone() });
            let found = super::run(keyhatch, settings, &asked, stopped(stop.clone())).await;
            site.board.done(gate, began.elapsed(), found.map_err(|error| error.to_string()));
        }
        let _ = serving.await;
    }
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that nobody can tell any more, which is a reason to stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// 128 bits that nobody can guess.
fn token() -> String {
    let mut bytes = [0; 16];
    SystemRandom.fill(&mut bytes);
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
