//! The texts of one language.

use crate::pattern::{Pattern, TextPart};
use crate::plural::PluralForms;
use crate::value::Value;
use std::collections::HashMap;

/// A text that code uses: its id, and the names of its arguments.
pub type TextId = (&'static str, &'static [&'static str]);

/// The texts of one language. Made once for each language and kept until the process ends.
pub struct Translations {
    language: Box<str>,
    patterns: HashMap<Box<str>, Pattern>,
    plurals: PluralForms,
}

impl Translations {
    pub(crate) fn new(language: &str, patterns: HashMap<Box<str>, Pattern>) -> Self {
        Self { language: language.into(), patterns, plurals: PluralForms::new(language) }
    }

    /// The language's code, such as `de`: for `lang` in HTML.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A text without arguments. A text that is missing is shown as its id.
    pub fn plain(&'static self, id: &'static str) -> &'static str {
        self.patterns.get(id).and_then(Pattern::as_plain).unwrap_or(id)
    }

    /// A text with its arguments put in.
    pub fn format(&self, id: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.format_parts(id, arguments).into_iter().map(|part| part.text).collect()
    }

    /// As [`Self::format`], with the values of arguments kept apart from the words around them.
    pub fn format_parts(&self, id: &str, arguments: &[(&str, Value<'_>)]) -> Vec<TextPart> {
        let mut parts = Vec::new();
        match self.patterns.get(id) {
            Some(pattern) => pattern.format(arguments, &self.plurals, &mut parts),
            None => parts.push(TextPart { text: id.to_owned(), is_argument: false }),
        }
        parts
    }

    #[cfg(feature = "catalogue")]
    pub(crate) fn patterns(&self) -> &HashMap<Box<str>, Pattern> {
        &self.patterns
    }

    /// The language and these texts, as JSON for [`install`](crate::install) in the browser.
    #[cfg(feature = "catalogue")]
    pub fn select(&self, ids: &[&[TextId]]) -> String {
        let chosen: std::collections::BTreeMap<&str, &Pattern> = ids
            .iter()
            .flat_map(|ids| ids.iter())
            .filter_map(|(id, _)| self.patterns.get(*id).map(|pattern| (*id, pattern)))
            .collect();
        // `<` could end the element that carries the texts.
        serde_json::to_string(&(&self.language, chosen)).unwrap_or_default().replace('<', "\\u003c")
    }

    /// The counterpart of [`Self::select`].
    #[cfg(any(target_arch = "wasm32", test))]
    pub(crate) fn from_selection(json: &str) -> Option<Self> {
        let (language, patterns): (Box<str>, HashMap<Box<str>, Pattern>) = serde_json::from_str(json).ok()?;
        Some(Self::new(&language, patterns))
    }
}
