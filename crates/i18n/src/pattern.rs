//! A text with its arguments left open, and putting them in.

use crate::plural::PluralForms;
use crate::value::Value;
use serde::{Deserialize, Serialize};

/// One text of one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pattern(pub(crate) Vec<Part>);

/// The names are short because a page carries them for each of its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Part {
    /// Words.
    #[serde(rename = "t")]
    Text(Box<str>),
    /// An argument, by its name.
    #[serde(rename = "a")]
    Argument(Box<str>),
    /// One of several patterns, chosen by an argument.
    #[serde(rename = "s")]
    Selection {
        #[serde(rename = "a")]
        argument: Box<str>,
        /// Patterns by a plural form (`one`, `few` …), a number, or the argument's words.
        #[serde(rename = "v")]
        variants: Vec<(Box<str>, Pattern)>,
        /// The index of the pattern for every other value.
        #[serde(rename = "d")]
        default: usize,
    },
}

/// A part of a formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPart {
    /// The text, with the spaces around it.
    pub text: String,
    /// Whether it is the value of an argument.
    pub is_argument: bool,
}

impl Pattern {
    /// The text, if it has no arguments.
    pub(crate) fn as_plain(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Puts the arguments in. A missing argument is printed as its name in braces.
    pub(crate) fn format(&self, arguments: &[(&str, Value<'_>)], plurals: &PluralForms, out: &mut Vec<TextPart>) {
        for part in &self.0 {
            match part {
                Part::Text(text) => push(out, text, false),
                Part::Argument(name) => {
                    let mut text = String::new();
                    match find(arguments, name) {
                        Some(value) => value.print(&mut text),
                        None => text = format!("{{{name}}}"),
                    }
                    push(out, &text, true);
                }
                Part::Selection { argument, variants, default } => {
                    let chosen = find(arguments, argument).and_then(|value| select(value, variants, plurals));
                    if let Some(pattern) = chosen.or_else(|| variants.get(*default).map(|(_, pattern)| pattern)) {
                        pattern.format(arguments, plurals, out);
                    }
                }
            }
        }
    }

    /// The names of all arguments, each once.
    #[cfg(feature = "catalogue")]
    pub(crate) fn arguments(&self) -> std::collections::BTreeSet<&str> {
        let mut names = std::collections::BTreeSet::new();
        for part in &self.0 {
            match part {
                Part::Text(_) => {}
                Part::Argument(name) => drop(names.insert(&**name)),
                Part::Selection { argument, variants, .. } => {
                    names.insert(argument);
                    names.extend(variants.iter().flat_map(|(_, pattern)| pattern.arguments()));
                }
            }
        }
        names
    }
}

fn find<'a, 'v>(arguments: &'a [(&str, Value<'v>)], name: &str) -> Option<&'a Value<'v>> {
    arguments.iter().find(|(argument, _)| *argument == name).map(|(_, value)| value)
}

/// An exact value is chosen before a plural form.
fn select<'a>(value: &Value<'_>, variants: &'a [(Box<str>, Pattern)], plurals: &PluralForms) -> Option<&'a Pattern> {
    let by_key = |key: &str| variants.iter().find(|(variant, _)| **variant == *key).map(|(_, pattern)| pattern);
    match value {
        Value::Text(text) => by_key(text),
        Value::Number(number) => by_key(&number.to_string()).or_else(|| by_key(plurals.of(*number))),
    }
}

/// Neighbouring words are one part.
fn push(out: &mut Vec<TextPart>, text: &str, is_argument: bool) {
    match out.last_mut() {
        Some(last) if last.is_argument == is_argument => last.text.push_str(text),
        _ => out.push(TextPart { text: text.to_owned(), is_argument }),
    }
}
