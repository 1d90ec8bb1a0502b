//! `keyhatch`, the program. All of it is in the library, where tests reach it.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    server::commands::run(server::cli::Cli::parse()).await
}
