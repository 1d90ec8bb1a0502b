//! `keyhatch serve`: runs both listeners until shutdown.

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
    // Bound before the database is opened: a second server on the same ports must fail here.
    let console_listener = bind("console_addr", config.console_addr)?;
    let gate_listener = bind("gate_addr", config.gate_addr)?;
    let stop = stop_signal()?;
    let keyhatch = super::open_keyhatch(&config).await?;
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
        texts: config.texts,
    };
    let console = console::router(keyhatch.clone(), &console_config, &Assets::embedded());
    let gate_config = EndpointConfig {
        trusted_proxies: config.trusted_proxies,
        token: config.gate_token,
        key_prefix: config.policy.key_prefix,
    };
    let gate = FastPath::new(GateEndpoints::new(keyhatch.clone(), gate_config), |routes| routes);

    let limits = ListenerLimits::default();
    let console = tokio::spawn(listener::serve(console_listener, console, limits, shutdown_requested(stop.clone())));
    let gate = tokio::spawn(listener::serve(gate_listener, gate, limits, shutdown_requested(stop)));
    print_addresses(&keyhatch, &public_url, gate_address).await?;
    let (console, gate) = tokio::join!(console, gate);
    if let Err(error) = keyhatch.close().await {
        tracing::warn!(%error, "the database was not closed properly");
    }
    match console.and(gate) {
        Ok(()) => Ok(()),
        Err(error) => Err(Failure::other(format!("a listener ended: {error}"))),
    }
}

/// Length of the accept queue: with the usual 1,024 the kernel treated bursts as a SYN flood.
const BACKLOG: u32 = 4_096;

fn bind(key: &str, address: SocketAddr) -> Result<TcpListener, Failure> {
    let socket = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Otherwise a restart would fail while old connections are in TIME_WAIT.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    socket().map_err(|error| Failure::other(format!("{key}: cannot listen on {address}: {error}")))
}

/// Prints the addresses to standard output, for people and scripts.
async fn print_addresses(keyhatch: &Keyhatch, public_url: &PublicUrl, gate: SocketAddr) -> Result<(), Failure> {
    let origin = public_url.origin();
    println!("Console  {origin}");
    println!("Gate     http://{gate}");
    if let Some(token) = keyhatch.setup().create_link().await.map_err(|error| Failure::from_service(error, |_| ""))? {
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

async fn shutdown_requested(mut stop: watch::Receiver<bool>) {
    // The sender is gone only when the process ends.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Two listeners of 1,024 connections exceed the usual soft limit of 1,024 file descriptors.
fn raise_descriptor_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(65_536) {
        tracing::warn!(%error, "the limit of open files could not be raised");
    }
}
