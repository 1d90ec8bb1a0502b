//! Small helpers on characters and numbers that several rules share. No rule of its own lives here.

/// Whether a character shows nothing, or changes how its neighbours are shown, so that a text could pass for another.
///
/// The zero-width joiner and non-joiner are not in here: Persian and emoji need them, see `name`.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// The two characters that join or part letters without being seen themselves.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// What was typed, safe to repeat in a message: nothing invisible, no line breaks, no reversal of the text around it.
pub(crate) fn shown(typed: &str) -> String {
    typed.chars().map(|c| if c.is_control() || is_invisible(c) || is_joiner(c) { '\u{fffd}' } else { c }).collect()
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Whether a text is an identifier of the operator's configuration: `[a-z0-9-]{1,32}`.
pub(crate) fn is_identifier(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [(0, "0"), (7, "7"), (999, "999"), (1_024, "1,024"), (1_048_576, "1,048,576")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn repeated_text_hides_nothing() {
        assert_eq!(shown("a\u{202e}b\nc\u{200d}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(shown("Zürich 東京"), "Zürich 東京");
    }
}
