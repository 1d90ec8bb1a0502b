//! The `[text]` table: texts of the console in the operator's own words. `[text.list]` holds those of the area `list` for all
//! languages, `[text.de.list]` those for German alone.

use std::collections::BTreeMap;

use i18n::{Locale, MessageCatalogue, Override};
use serde::Deserialize;

/// The table as it is written.
pub(super) type RawTexts = BTreeMap<String, RawText>;

/// A text, or a table of texts by name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RawText {
    /// In the syntax of Project Fluent.
    Text(String),
    /// An area, or a language.
    Table(RawTexts),
}

/// The catalogue with these texts in it.
///
/// # Errors
/// The key of a text that cannot be used, and why.
pub(super) fn build_catalogue(raw: RawTexts) -> Result<MessageCatalogue, (String, String)> {
    let mut keys = Vec::new();
    let mut overrides = Vec::new();
    for (name, value) in raw {
        let key = format!("text.{name}");
        match (Locale::parse(&name), value) {
            (_, RawText::Text(_)) => {
                return Err((key, "must be a table: [text.<area>] or [text.<language>.<area>]".into()));
            }
            (None, RawText::Table(texts)) => collect(&key, None, &name, texts, &mut keys, &mut overrides)?,
            (locale, RawText::Table(areas)) => {
                for (area, value) in areas {
                    let key = format!("{key}.{area}");
                    let RawText::Table(texts) = value else {
                        return Err((key, "must be a table of texts".into()));
                    };
                    collect(&key, locale, &area, texts, &mut keys, &mut overrides)?;
                }
            }
        }
    }
    MessageCatalogue::new(&overrides).map_err(|(at, error)| (std::mem::take(&mut keys[at]), error.to_string()))
}

fn collect(
    table: &str,
    locale: Option<Locale>,
    area: &str,
    texts: RawTexts,
    keys: &mut Vec<String>,
    overrides: &mut Vec<Override>,
) -> Result<(), (String, String)> {
    for (name, value) in texts {
        let key = format!("{table}.{name}");
        let RawText::Text(text) = value else { return Err((key, "must be a text".into())) };
        overrides.push(Override { locale, id: format!("{area}-{name}"), text });
        keys.push(key);
    }
    Ok(())
}
