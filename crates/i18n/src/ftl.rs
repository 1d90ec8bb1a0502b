//! Reads texts in the syntax of Project Fluent. Comments are for translators. What [`Pattern`] has no room for is refused:
//! attributes, terms, functions, and references to other texts.

use crate::pattern::{Part, Pattern};
use fluent_syntax::ast;
use fluent_syntax::parser;
use std::collections::HashMap;

/// Why a file of texts cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FtlError {
    /// Not the syntax of Fluent.
    #[error("line {line}: {message}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// The parser's message.
        message: String,
    },
    /// A text that uses more of Fluent than is supported.
    #[error("{id}: {construct} cannot be used here")]
    Unsupported {
        /// The text's id.
        id: String,
        /// What it uses.
        construct: &'static str,
    },
    /// An id that stands in the file twice.
    #[error("{0} is there twice")]
    Duplicate(String),
}

/// The texts of a file by id.
pub(crate) fn parse(source: &str) -> Result<HashMap<Box<str>, Pattern>, FtlError> {
    let resource = parser::parse_runtime(source).map_err(|(_, errors)| {
        errors.first().map_or_else(
            || FtlError::Syntax { line: 1, message: "cannot be read".to_owned() },
            |error| FtlError::Syntax {
                line: source[..error.pos.start.min(source.len())].matches('\n').count() + 1,
                message: error.to_string(),
            },
        )
    })?;
    let mut texts = HashMap::with_capacity(resource.body.len());
    for entry in resource.body {
        match entry {
            ast::Entry::Message(message) => {
                let (id, pattern) = read_message(message)?;
                if texts.insert(id.into(), pattern).is_some() {
                    return Err(FtlError::Duplicate(id.to_owned()));
                }
            }
            ast::Entry::Term(term) => return Err(unsupported(term.id.name, "a term")),
            _ => {}
        }
    }
    Ok(texts)
}

/// One text, as an operator writes it in a configuration.
pub(crate) fn parse_text(id: &str, text: &str) -> Result<Pattern, FtlError> {
    let mut source = format!("{id} =\n");
    let mut open_braces = 0;
    for line in text.lines() {
        // Outside a selection these would begin an attribute or a variant.
        let line = match line.chars().next() {
            Some(first @ ('.' | '[' | '*')) if open_braces == 0 => format!("{{\"{first}\"}}{}", &line[1..]),
            _ => line.to_owned(),
        };
        open_braces += line.matches('{').count();
        open_braces = open_braces.saturating_sub(line.matches('}').count());
        source.push_str("    ");
        source.push_str(&line);
        source.push('\n');
    }
    let mut texts = parse(&source)?;
    texts.remove(id).ok_or_else(|| FtlError::Syntax { line: 1, message: "cannot be read".to_owned() })
}

fn unsupported(id: &str, construct: &'static str) -> FtlError {
    FtlError::Unsupported { id: id.to_owned(), construct }
}

fn read_message(message: ast::Message<&str>) -> Result<(&str, Pattern), FtlError> {
    let id = message.id.name;
    if !message.attributes.is_empty() {
        return Err(unsupported(id, "an attribute"));
    }
    let pattern = message.value.ok_or_else(|| unsupported(id, "an empty text"))?;
    Ok((id, read_pattern(id, &pattern)?))
}

fn read_pattern(id: &str, pattern: &ast::Pattern<&str>) -> Result<Pattern, FtlError> {
    let mut parts = Vec::with_capacity(pattern.elements.len());
    for element in &pattern.elements {
        let part = match element {
            ast::PatternElement::TextElement { value } => Part::Text((*value).into()),
            ast::PatternElement::Placeable { expression } => read_expression(id, expression)?,
        };
        match (parts.last_mut(), part) {
            // A line of a text is an element of its own.
            (Some(Part::Text(last)), Part::Text(next)) => *last = format!("{last}{next}").into(),
            (_, part) => parts.push(part),
        }
    }
    Ok(Pattern(parts))
}

fn read_expression(id: &str, expression: &ast::Expression<&str>) -> Result<Part, FtlError> {
    match expression {
        ast::Expression::Inline(inline) => read_inline(id, inline),
        ast::Expression::Select { selector, variants } => {
            let ast::InlineExpression::VariableReference { id: argument } = selector else {
                return Err(unsupported(id, "a selection by anything but an argument"));
            };
            let read = |variant: &ast::Variant<&str>| {
                let key = match variant.key {
                    ast::VariantKey::Identifier { name } => name,
                    ast::VariantKey::NumberLiteral { value } => value,
                };
                Ok((key.into(), read_pattern(id, &variant.value)?))
            };
            Ok(Part::Selection {
                argument: argument.name.into(),
                variants: variants.iter().map(read).collect::<Result<_, FtlError>>()?,
                default: variants.iter().position(|variant| variant.default).unwrap_or_default(),
            })
        }
    }
}

fn read_inline(id: &str, inline: &ast::InlineExpression<&str>) -> Result<Part, FtlError> {
    match inline {
        ast::InlineExpression::VariableReference { id: argument } => Ok(Part::Argument(argument.name.into())),
        ast::InlineExpression::StringLiteral { value } => {
            Ok(Part::Text(fluent_syntax::unicode::unescape_unicode_to_string(value).into()))
        }
        ast::InlineExpression::NumberLiteral { value } => Ok(Part::Text((*value).into())),
        ast::InlineExpression::Placeable { expression } => read_expression(id, expression),
        ast::InlineExpression::FunctionReference { .. } => Err(unsupported(id, "a function")),
        ast::InlineExpression::MessageReference { .. } => Err(unsupported(id, "a reference to another text")),
        ast::InlineExpression::TermReference { .. } => Err(unsupported(id, "a term")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plural::PluralForms;
    use crate::value::Value;

    fn formatted(source: &str, language: &str, arguments: &[(&str, Value<'_>)]) -> String {
        let texts = parse(source).expect("readable");
        let mut parts = Vec::new();
        texts["t"].format(arguments, &PluralForms::new(language), &mut parts);
        parts.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn arguments_and_selections_are_put_in() {
        let count = |number: u64| [("count", Value::from(number))];
        let days = "t = { $count ->\n    [0] no day\n    [one] one day\n   *[other] { $count } days\n }, that is all\n";
        assert_eq!(formatted(days, "en", &count(0)), "no day, that is all");
        assert_eq!(formatted(days, "en", &count(1)), "one day, that is all");
        assert_eq!(formatted(days, "de", &count(21)), "21 days, that is all");
        let polish = "t = { $count ->\n    [one] klucz\n    [few] klucze\n   *[many] kluczy\n }\n";
        assert_eq!([1, 2, 5, 22].map(|n| formatted(polish, "pl", &count(n))), ["klucz", "klucze", "kluczy", "klucze"]);
        let role = "t = { $role ->\n    [owner] an owner\n   *[member] a { $role }\n }\n";
        assert_eq!(formatted(role, "en", &[("role", "owner".into())]), "an owner");
        assert_eq!(formatted(role, "en", &[("role", "viewer".into())]), "a viewer");
        assert_eq!(formatted("t = a{\" \"}\n", "en", &[]), "a ");
        assert_eq!(formatted("t =\n    one\n    two { $x }\n", "en", &[]), "one\ntwo {x}");
    }

    #[test]
    fn what_is_not_supported_is_refused() {
        for (source, message) in [
            ("t = { NUMBER($x) }\n", "t: a function cannot be used here"),
            ("t = { other }\n", "t: a reference to another text cannot be used here"),
            ("t = { -brand }\n", "t: a term cannot be used here"),
            ("t = a\n    .b = c\n", "t: an attribute cannot be used here"),
            ("t = a\nt = b\n", "t is there twice"),
        ] {
            assert_eq!(parse(source).expect_err(source).to_string(), message);
        }
        let error = parse("a = b\nt = { $x\n").expect_err("open").to_string();
        assert!(error.starts_with("line 3: "), "{error}");
    }

    #[test]
    fn a_single_text_may_have_several_lines_and_any_first_character() {
        let text = |text: &str| parse_text("t", text).expect(text).as_plain().map(ToOwned::to_owned);
        assert_eq!(text("+ Create API Key").as_deref(), Some("+ Create API Key"));
        assert_eq!(text("one\n.two\n[three]").as_deref(), Some("one\n.two\n[three]"));
        assert_eq!(text("*").as_deref(), Some("*"));
        let selection = parse_text("t", "{ $x ->\n[one] a\n*[other] b\n}\n*c").expect("a selection");
        assert_eq!(selection.arguments().into_iter().collect::<Vec<_>>(), ["x"]);
        assert!(parse_text("t", "").is_err());
        assert!(parse_text("t", "{ open").is_err());
        assert!(parse_text("t", "a\nb = c").is_ok(), "an indented line is no other text");
    }
}
