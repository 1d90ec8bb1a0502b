//! All texts of all languages, with those that the operator has replaced.

use crate::ftl;
use crate::locale::Locale;
use crate::pattern::Pattern;
use crate::translations::Translations;
use std::collections::HashMap;
use std::sync::LazyLock;

static BUILT_IN: LazyLock<[&'static Translations; Locale::ALL.len()]> = LazyLock::new(|| load(&[]));

/// The texts of every language. Cheap to copy; the texts are kept until the process ends.
#[derive(Clone, Copy)]
pub struct MessageCatalogue([&'static Translations; Locale::ALL.len()]);

/// A text in the operator's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The language; all of them if `None`.
    pub locale: Option<Locale>,
    /// The id of the text.
    pub id: String,
    /// The words, in the syntax of Fluent.
    pub text: String,
}

/// Why a text of the operator is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverrideError {
    /// There is no such text.
    #[error("there is no text of this name")]
    Unknown,
    /// It cannot be read.
    #[error("{0}")]
    Malformed(String),
    /// It uses an argument that the text does not have.
    #[error("it uses {{ ${argument} }}, but this text has {known}")]
    Argument {
        /// The unknown argument.
        argument: String,
        /// Those that it may use, for people.
        known: String,
    },
}

impl std::fmt::Debug for MessageCatalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MessageCatalogue")
    }
}

impl Default for MessageCatalogue {
    fn default() -> Self {
        Self(*BUILT_IN)
    }
}

impl MessageCatalogue {
    /// The catalogue with the operator's words in it.
    ///
    /// # Errors
    /// The index of the first override that is refused, and why.
    pub fn new(overrides: &[Override]) -> Result<Self, (usize, OverrideError)> {
        if overrides.is_empty() {
            return Ok(Self::default());
        }
        let mut patterns = Vec::with_capacity(overrides.len());
        for (at, one) in overrides.iter().enumerate() {
            let pattern = check(one).map_err(|error| (at, error))?;
            patterns.push((one.locale, one.id.as_str(), pattern));
        }
        Ok(Self(load(&patterns)))
    }

    /// The texts of one language.
    pub fn translations(self, locale: Locale) -> &'static Translations {
        let at = Locale::ALL.iter().position(|one| *one == locale).unwrap_or_default();
        self.0[at]
    }

    /// English, without anybody's own words.
    pub fn english() -> &'static Translations {
        BUILT_IN[0]
    }

    /// The id and the words of every text of one language, in order of the ids; the words in the syntax of Fluent.
    pub fn ids() -> Vec<(&'static str, Vec<&'static str>)> {
        let english: &'static Translations = Self::english();
        let mut ids: Vec<_> =
            english.patterns().iter().map(|(id, pattern)| (&**id, pattern.arguments().into_iter().collect())).collect();
        ids.sort_unstable();
        ids
    }
}

fn check(one: &Override) -> Result<Pattern, OverrideError> {
    let original = BUILT_IN[0].patterns().get(one.id.as_str()).ok_or(OverrideError::Unknown)?;
    let pattern = ftl::parse_text(&one.id, &one.text).map_err(|error| OverrideError::Malformed(error.to_string()))?;
    let known = original.arguments();
    if let Some(argument) = pattern.arguments().into_iter().find(|argument| !known.contains(argument)) {
        let names: Vec<String> = known.iter().map(|name| format!("{{ ${name} }}")).collect();
        let known = if names.is_empty() { "no arguments".to_owned() } else { names.join(", ") };
        return Err(OverrideError::Argument { argument: argument.to_owned(), known });
    }
    Ok(pattern)
}

/// Reads the files, which tests have read before. A language takes what it lacks from English.
fn load(overrides: &[(Option<Locale>, &str, Pattern)]) -> [&'static Translations; Locale::ALL.len()] {
    Locale::ALL.map(|locale| {
        let mut patterns = built_in(Locale::ENGLISH);
        if locale != Locale::ENGLISH {
            patterns.extend(built_in(locale));
        }
        // Those for one language come last, because they are meant more precisely.
        for only in [None, Some(locale)] {
            let own = overrides.iter().filter(|(for_locale, ..)| *for_locale == only);
            patterns.extend(own.map(|(_, id, pattern)| ((*id).into(), pattern.clone())));
        }
        &*Box::leak(Box::new(Translations::new(locale.code(), patterns)))
    })
}

fn built_in(locale: Locale) -> HashMap<Box<str>, Pattern> {
    ftl::parse(locale.source()).unwrap_or_else(|error| {
        debug_assert!(false, "{}.ftl: {error}", locale.code());
        HashMap::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_language_has_every_text_with_the_same_arguments() {
        let english = ftl::parse(Locale::ENGLISH.source()).expect("en.ftl");
        for locale in Locale::ALL {
            let texts = ftl::parse(locale.source()).unwrap_or_else(|error| panic!("{}.ftl: {error}", locale.code()));
            let ids = |texts: &HashMap<Box<str>, Pattern>| texts.keys().cloned().collect::<BTreeSet<_>>();
            let (missing, unknown) = (&ids(&english) - &ids(&texts), &ids(&texts) - &ids(&english));
            assert!(
                missing.is_empty() && unknown.is_empty(),
                "{}: missing {missing:?}, unknown {unknown:?}",
                locale.code()
            );
            for (id, pattern) in &texts {
                assert_eq!(pattern.arguments(), english[id].arguments(), "{}: {id}", locale.code());
                assert_eq!(pattern.as_plain().is_some(), english[id].as_plain().is_some(), "{}: {id}", locale.code());
            }
        }
    }

    fn replace(locale: Option<Locale>, id: &str, text: &str) -> Override {
        Override { locale, id: id.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn operators_words_replace_ours_in_all_languages_or_in_one() {
        let german = Locale::parse("de");
        let catalogue = MessageCatalogue::new(&[
            replace(german, "editor-save", "Übernehmen"),
            replace(None, "editor-save", "Apply"),
        ])
        .unwrap_or_else(|(_, error)| panic!("{error}"));
        assert_eq!(catalogue.translations(Locale::ENGLISH).plain("editor-save"), "Apply");
        assert_eq!(catalogue.translations(german.expect("German")).plain("editor-save"), "Übernehmen");
        assert_eq!(MessageCatalogue::default().translations(Locale::ENGLISH).plain("editor-save"), "Save");
    }

    #[test]
    fn faulty_words_are_refused() {
        for (id, text, message) in [
            ("editor-nothing", "a", "there is no text of this name"),
            ("editor-save", "{ $name }", "it uses { $name }, but this text has no arguments"),
            ("editor-count_of", "{ $name }", "it uses { $name }, but this text has { $count }, { $limit }"),
        ] {
            let good = replace(None, "editor-cancel", "Stop");
            let error = MessageCatalogue::new(&[good, replace(None, id, text)]).map(drop).expect_err(id);
            assert_eq!((error.0, error.1.to_string().as_str()), (1, message));
        }
        assert!(MessageCatalogue::new(&[replace(None, "editor-save", "{")]).is_err());
    }

    #[test]
    fn a_selection_of_texts_reaches_the_browser_whole() {
        let texts = MessageCatalogue::english();
        let json = texts.select(&[&[("editor-save", &[]), ("editor-count_of", &["count", "limit"])]]);
        let texts: &'static Translations = Box::leak(Box::new(Translations::from_selection(&json).expect("readable")));
        assert_eq!(texts.plain("editor-save"), "Save");
        let arguments = [("count", 3_u64.into()), ("limit", 50_u64.into())];
        assert_eq!(texts.format("editor-count_of", &arguments), "3 of 50");
        assert_eq!((texts.language(), texts.plain("editor-cancel")), ("en", "editor-cancel"));
    }
}
