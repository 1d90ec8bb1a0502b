//! `keyhatch gateway`: prints a configuration, or writes its files into a folder. It opens no database.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use ::gateway::print::ConfigFile;

use super::failure::Failure;
use crate::cli::PrintGateway;
use crate::config::Config;

pub(super) fn print(config: &Config, args: &PrintGateway) -> Result<(), Failure> {
    let files = args.gateway.files(&config.gateway_settings()).map_err(|error| Failure::input(error.to_string()))?;
    match (&args.output, &args.part) {
        (Some(folder), _) => files.iter().try_for_each(|file| write_file(folder, file)),
        (None, Some(part)) => {
            let names = || files.iter().map(|file| file.name).collect::<Vec<_>>().join(", ");
            let file = files.iter().find(|file| file.name == part);
            let file = file.ok_or_else(|| Failure::input(format!("--part: there are {}", names())))?;
            print_text(&file.text)
        }
        (None, None) => files.first().map_or(Ok(()), |file| print_text(&file.text)),
    }
}

fn print_text(text: &str) -> Result<(), Failure> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::other(format!("standard output: {error}")))
}

/// Readable by the owner only: it may contain the gate token.
fn write_file(folder: &Path, file: &ConfigFile) -> Result<(), Failure> {
    let path = folder.join(file.name);
    let to_failure = |error: std::io::Error| Failure::other(format!("{}: {error}", path.display()));
    std::fs::create_dir_all(folder).map_err(to_failure)?;
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
    opened.and_then(|mut opened| opened.write_all(file.text.as_bytes())).map_err(to_failure)?;
    println!("{}", path.display());
    Ok(())
}
