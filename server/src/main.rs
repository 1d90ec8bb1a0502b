//! The binary `keyhatch`. Everything is in the library, where tests can use it.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    server::commands::run(server::cli::Cli::parse()).await
}
