//! `keyhatch gateway`: a configuration on standard output, or its files in a folder. It opens no database.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use ::gateway::print::{ConfigFile, Gateway};

use super::failure::Failure;
use crate::cli::{GatewayName, PrintGateway};
use crate::config::Config;

pub(super) fn print(config: &Config, asked: &PrintGateway) -> Result<(), Failure> {
    let gateway = match asked.profile {
        GatewayName::Nginx => Gateway::Nginx,
        GatewayName::Caddy => Gateway::Caddy,
        GatewayName::Traefik => Gateway::Traefik,
        GatewayName::Envoy => Gateway::Envoy,
        GatewayName::Haproxy => Gateway::Haproxy,
    };
    let files = gateway.files(&config.gateway_settings()).map_err(|error| Failure::input(error.to_string()))?;
    match (&asked.output, &asked.part) {
        (Some(folder), _) => files.iter().try_for_each(|file| write(folder, file)),
        (None, Some(part)) => {
            let names = || files.iter().map(|file| file.name).collect::<Vec<_>>().join(", ");
            let file = files.iter().find(|file| file.name == part);
            let file = file.ok_or_else(|| Failure::input(format!("--part: there are {}", names())))?;
            say(&file.text)
        }
        (None, None) => files.first().map_or(Ok(()), |file| say(&file.text)),
    }
}

fn say(text: &str) -> Result<(), Failure> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::other(format!("standard output: {error}")))
}

/// For the owner alone: the gate token may stand in it.
fn write(folder: &Path, file: &ConfigFile) -> Result<(), Failure> {
    let path = folder.join(file.name);
    let told = |error: std::io::Error| Failure::other(format!("{}: {error}", path.display()));
    std::fs::create_dir_all(folder).map_err(told)?;
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
    opened.and_then(|mut opened| opened.write_all(file.text.as_bytes())).map_err(told)?;
    println!("{}", path.display());
    Ok(())
}
