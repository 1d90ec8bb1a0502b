//! The key PDF: a new key and everything needed to use it, rendered in the request that creates or rotates the key.
//!
//! `render` is pure: no clock, no randomness, no files; equal input in the same current language gives equal bytes. Positions are in `layout`; turning
//! text into glyphs in `font`, `spell`, `line` and `wrap`; turning glyphs into a file in `canvas`, `subset` and `file`.
//! Who may obtain a PDF, and when, does not belong here.
//!
//! Readers such as pdftotext extract the original text, with two limits: on a line that mixes directions (digits and
//! brackets beside Arabic included) the reader chooses the order of the words, although the title has the name
//! unchanged; and a character that no bundled font has (see `assets/fonts/README.md`) is extracted as its code point.
//!
//! The returned bytes contain the secret once, on the first page. The libraries below copy text while they work, and
//! those copies are freed without being wiped.

mod canvas;
mod file;
mod font;
mod layout;
mod line;
mod spell;
mod subset;
mod wrap;

use crate::texts::pdf as texts;
use domain::time::Millis;

/// The content of a key PDF. Not `Debug`, because `key` is the secret.
#[derive(Clone, Copy)]
pub struct KeyPdf<'a> {
    /// The product's name, from the policy.
    pub product: &'a str,
    /// The name of the account that owns the key.
    pub account: &'a str,
    /// The key's name.
    pub name: &'a str,
    /// The whole key, the secret included.
    pub key: &'a str,
    /// When the key was created, in epoch milliseconds; also the date of the file.
    pub created_at: Millis,
    /// The whitelist's entries in canonical form; empty means any address.
    pub whitelist: &'a [String],
    /// The key's privileges, for people. If it has none, the caller passes an entry that says so.
    pub privileges: &'a [String],
    /// The time from which the key no longer works, in epoch milliseconds.
    pub expires_at: Option<Millis>,
    /// The key's limits, for people; empty for none.
    pub limits: &'a [String],
    /// The example call, which reads the key from `variable`. Lines that are too wide are broken.
    pub example: &'a str,
    /// The environment variable that holds the key in the example.
    pub variable: &'a str,
}

/// Why a PDF could not be rendered. Always a fault of the program, never of the content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A bundled font could not be read or cut down.
    #[error("the bundled font {font} could not be used: {reason}")]
    Font {
        /// The font's name.
        font: &'static str,
        /// The font library's error.
        reason: String,
    },
    /// The document could not be put together.
    #[error("the PDF could not be written: {0}")]
    Write(String),
}

/// Renders a key PDF.
///
/// # Errors
/// A bundled font or the PDF library failed. No text is refused.
pub fn render(content: &KeyPdf<'_>) -> Result<Vec<u8>, PdfError> {
    let canvas = layout::draw(content)?;
    let about = file::About {
        title: texts::title(content.name),
        author: content.account.to_owned(),
        creator: content.product.to_owned(),
        created_at: content.created_at,
    };
    file::write(&canvas, about)
}
