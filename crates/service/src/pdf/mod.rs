//! The key sheet: a PDF with a new key and everything needed to use it, made in the request that creates the key.
//!
//! `render` is pure: no clock, no randomness, no files. The same sheet gives the same bytes. What stands where is in
//! `layout`; how text becomes glyphs in `font`, `spell`, `line` and `wrap`; how glyphs become a file in `canvas`,
//! `subset` and `file`. Who may have a sheet, and when, does not belong here.
//!
//! What readers such as pdftotext get back is the text as it was given, with two limits: words of both directions on
//! one line, digits and brackets beside Arabic included, come in the order that the reader chooses (the title has the
//! name as it is), and what no bundled font has (see `assets/fonts/README.md`) comes as its code point.
//!
//! The returned bytes hold the secret, once, on the first page. The libraries below copy text as they work, and
//! those copies are freed without being wiped.

mod canvas;
mod file;
mod font;
mod layout;
mod line;
mod spell;
mod subset;
mod wrap;

use domain::time::Millis;

/// What a key sheet shows.
///
/// Deliberately without `Debug`: `key` is the secret.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The product's name, from the policy.
    pub product: &'a str,
    /// The name of the account that owns the key.
    pub account: &'a str,
    /// The key's name.
    pub name: &'a str,
    /// The whole key, the secret included.
    pub key: &'a str,
    /// When the key was made, in epoch milliseconds; also the date of the file.
    pub created_at: Millis,
    /// The whitelist's entries in canonical form; empty means any address.
    pub whitelist: &'a [String],
    /// What the key may do, in words for people; the caller says so when that is nothing.
    pub privileges: &'a [String],
    /// Where calls are sent, for the example.
    pub api_url: &'a str,
}

/// Why a sheet could not be made. Each is a fault of the program, never of what the sheet shows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A bundled font could not be read or cut down.
    #[error("the bundled font {font} could not be used: {reason}")]
    Font {
        /// The font's name.
        font: &'static str,
        /// What the font library said.
        reason: String,
    },
    /// The document could not be put together.
    #[error("the PDF could not be written: {0}")]
    Write(String),
}

/// Makes the key sheet as a PDF file.
///
/// # Errors
/// Only when a bundled font or the PDF library fails; no text is refused.
pub fn render(sheet: &Sheet<'_>) -> Result<Vec<u8>, PdfError> {
    let canvas = layout::draw(sheet)?;
    let about = file::About {
        title: format!("API key: {}", sheet.name),
        author: sheet.account.to_owned(),
        creator: sheet.product.to_owned(),
        created_at: sheet.created_at,
    };
    file::write(&canvas, about)
}
