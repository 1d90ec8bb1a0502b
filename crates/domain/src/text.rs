//! Helpers on characters that several rules share. Rules themselves do not belong here.

/// Whether a character is invisible or changes how its neighbours are rendered, so that one text could pass for
/// another.
///
/// Excludes the zero-width joiner and non-joiner, which Persian and emoji need; see `name`.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a text is a label: 1 to 64 visible characters.
pub(crate) fn is_label(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= 64 && !text.chars().any(|c| c.is_control() || is_invisible(c))
}

/// Whether a character is the zero-width joiner or non-joiner.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Makes typed text safe to quote in a message: replaces control and invisible characters, including those that reverse
/// the text around them.
pub(crate) fn sanitize(typed: &str) -> String {
    typed.chars().map(|c| if c.is_control() || is_invisible(c) || is_joiner(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a text is an identifier in the operator's configuration: `[a-z0-9-]{1,32}`.
pub(crate) fn is_identifier(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sanitized_text_hides_nothing() {
        assert_eq!(sanitize("a\u{202e}b\nc\u{200d}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(sanitize("Zürich 東京"), "Zürich 東京");
    }
}
