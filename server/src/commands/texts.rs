//! `keyhatch texts`: prints the texts of a language, for an operator who wants other words. It opens no database.

use std::io::Write as _;

use i18n::Locale;

use super::failure::Failure;
use crate::cli::PrintTexts;

pub(super) fn print(args: &PrintTexts) -> Result<(), Failure> {
    let locale = Locale::parse(&args.language).unwrap_or(Locale::ENGLISH);
    std::io::stdout()
        .write_all(locale.source().as_bytes())
        .map_err(|error| Failure::other(format!("standard output: {error}")))
}
