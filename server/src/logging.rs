//! The log: to standard error, filtered as configured. What goes in is decided where it is said; here only that a
//! panic tells its place and not its words, which may repeat what somebody sent.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Starts the log. `filter` was checked when the configuration was read. A second call changes nothing.
pub(crate) fn start(filter: &str) {
    let started = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "a fault of ours: a panic");
        }));
    }
}
