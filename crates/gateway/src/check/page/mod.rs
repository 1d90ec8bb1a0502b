//! The check as a web page: on a loopback port of its own, behind a secret path, as long as the command runs. The check
//! itself is `check::run`; the page starts it and shows its result, without JavaScript.

mod routes;
mod run_state;
mod view;

use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use service::{Keyhatch, Random as _, SystemRandom};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::client::Client;
use super::target::TargetRoute;
use super::{CheckError, CheckRequest};
use crate::GatewaySettings;
use console::{Assets, PublicUrl};
use listener::ListenerLimits;
use routes::Site;
use run_state::{CheckMode, RunState};
use view::CheckInfo;

/// A page whose port is open but not served yet.
#[derive(Debug)]
pub struct CheckPage {
    listener: TcpListener,
    origin: PublicUrl,
    host: String,
    token: String,
}

impl CheckPage {
    /// Opens a free port, if the request is valid.
    ///
    /// # Errors
    /// [`CheckError::Input`] otherwise.
    pub async fn open(request: &CheckRequest) -> Result<Self, CheckError> {
        Client::new(&request.url, request.ca.as_deref()).map_err(CheckError::Input)?;
        let none = |error: std::io::Error| CheckError::Input(format!("there is no port for the page: {error}"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(none)?;
        let host = listener.local_addr().map_err(none)?.to_string();
        let origin = PublicUrl::parse(&format!("http://{host}")).map_err(CheckError::Input)?;
        Ok(Self { listener, origin, host, token: random_token() })
    }

    /// The page's URL. Knowing it is the authorization to run checks.
    pub fn address(&self) -> String {
        format!("{}/{}", self.origin.origin(), self.token)
    }

    /// Serves the page and runs the checks that it starts, until `stop` is true. The keys of a running check are deleted
    /// first.
    pub async fn serve(
        self,
        keyhatch: &Keyhatch,
        settings: &GatewaySettings,
        request: &CheckRequest,
        stop: watch::Receiver<bool>,
    ) {
        let target = TargetRoute::select(&settings.policy, request.path.as_deref());
        let assets = Assets::embedded();
        let info = CheckInfo {
            root: format!("/{}", self.token),
            style: format!("pkg/{}.css", assets.output_name()),
            url: request.url.to_string(),
            account: request.account.clone(),
            call: format!("{} {}", target.method, target.path),
            echo: request.echo,
            gate: settings.gate(),
        };
        let (state, mut requests) = RunState::new();
        let site = Arc::new(Site { host: self.host, token: self.token, info, state });
        let router = routes::router(Arc::clone(&site), self.origin, &assets);
        let limits = ListenerLimits { drain: Duration::from_secs(1), ..ListenerLimits::default() };
        let serving = tokio::spawn(listener::serve(self.listener, router, limits, stopped(stop.clone())));
        loop {
            let mode = tokio::select! {
                Some(mode) = requests.recv() => mode,
                () = stopped(stop.clone()) => break,
            };
            let (started, request) =
                (Instant::now(), CheckRequest { gate_down: mode == CheckMode::GateStopped, ..request.clone() });
            let result = super::run(keyhatch, settings, &request, stopped(stop.clone())).await;
            site.state.finish(mode, started.elapsed(), result.map_err(|error| error.to_string()));
        }
        let _ = serving.await;
    }
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // The sender is gone only when the process ends.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// 128 random bits, hexadecimal.
fn random_token() -> String {
    let mut bytes = [0; 16];
    SystemRandom.fill(&mut bytes);
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
