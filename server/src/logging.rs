//! The log: to standard error, filtered as configured. A panic is logged by its location without its message, which may
//! repeat request data.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Starts the log. `filter` was validated with the configuration. A second call has no effect.
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
