//! `keyhatch serve`: both listeners, until the process is told to stop.

use std::net::SocketAddr;

use adapters::{EndpointConfig, FastPath, GateEndpoints};
use console::{Assets, ConsoleConfig, PublicUrl};
use listener::ListenerLimits;
use secrecy::ExposeSecret as _;
use service::Keyhatch;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::failure::Failure;
use crate::config::Config;

pub(super) async fn run(config: Config) -> Result<(), Failure> {
    raise_descriptor_limit();
    // Bound before the data is touched: a second server on the same port must not go further than this.
    let console_listener = bind("console_addr", config.console_addr)?;
    let gate_listener = bind("gate_addr", config.gate_addr)?;
    let stop = stop_signal()?;
    let keyhatch = super::open(&config).await?;
    keyhatch.start_background();

    let public_url = match (config.public_url.is_configured(), console_listener.local_addr()) {
        // The port may have been chosen by the operating system.
        (false, Ok(address)) => PublicUrl::of_listener(address),
        _ => config.public_url,
    };
    let gate_address = gate_listener.local_addr().unwrap_or(config.gate_addr);
    let console_config = ConsoleConfig {
        public_url: public_url.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        mailer: config.mailer,
    };
    let console = console::router(keyhatch.clone(), &console_config, &Assets::embedded());
    let gate_config = EndpointConfig {
        trusted_proxies: config.trusted_proxies,
        token: config.gate_token,
        key_prefix: config.policy.key_prefix,
    };
    let gate = FastPath::new(GateEndpoints::new(keyhatch.clone(), gate_config), |routes| routes);

    let limits = ListenerLimits::default();
    let console = tokio::spawn(listener::serve(console_listener, console, limits, stopped(stop.clone())));
    let gate = tokio::spawn(listener::serve(gate_listener, gate, limits, stopped(stop)));
    greet(&keyhatch, &public_url, gate_address).await?;
    let (console, gate) = tokio::join!(console, gate);
    if let Err(error) = keyhatch.close().await {
        tracing::warn!(%error, "the database was not closed properly");
    }
    match console.and(gate) {
        Ok(()) => Ok(()),
        Err(error) => Err(Failure::other(format!("a listener ended: {error}"))),
    }
}

/// Callers that may wait to be accepted: with the usual 1,024 the kernel took a crowd for an attack.
const BACKLOG: u32 = 4_096;

fn bind(key: &str, address: SocketAddr) -> Result<TcpListener, Failure> {
    let socket = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Or a restart would have to wait for the kernel to forget the old connections.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    socket().map_err(|error| Failure::other(format!("{key}: cannot listen on {address}: {error}")))
}

/// Where to go, on standard output: scripts and people read it.
async fn greet(keyhatch: &Keyhatch, public_url: &PublicUrl, gate: SocketAddr) -> Result<(), Failure> {
    let origin = public_url.origin();
    println!("Console  {origin}");
    println!("Gate     http://{gate}");
    if let Some(token) = keyhatch.identity().create_setup_link().await.map_err(|error| Failure::of(error, |_| ""))? {
        println!(
            "\nSet up your account with this link; it works once:\n{origin}/setup?token={}",
            token.expose_secret()
        );
    }
    Ok(())
}

/// Becomes true at SIGTERM or SIGINT. A second signal ends the process at once.
fn stop_signal() -> Result<watch::Receiver<bool>, Failure> {
    let failed = |error: std::io::Error| Failure::other(format!("signals cannot be received: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        for round in 0..2 {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            if round == 1 {
                std::process::exit(1);
            }
            tracing::info!("stopping");
            sender.send_replace(true);
        }
    });
    Ok(receiver)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that nobody can tell any more, which is a reason to stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Two listeners of 1,024 connections do not fit into the 1,024 descriptors that many systems give at first.
fn raise_descriptor_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(65_536) {
        tracing::warn!(%error, "the limit of open files could not be raised");
    }
}
