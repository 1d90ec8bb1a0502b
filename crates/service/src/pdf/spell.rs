//! Makes every character of a text visible: invisible characters, and those that no bundled font has, are replaced by
//! their code points.

use super::PdfError;
use super::font::Style;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with each invisible character replaced by its code point, such as `U+1F600`, between spaces.
pub(super) fn spell_out(style: Style, text: &str) -> Result<Cow<'_, str>, PdfError> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return Ok(Cow::Borrowed(text));
    }
    let mut shown = String::with_capacity(text.len());
    let mut after_code_point = false;
    for c in text.chars() {
        let code_point = is_invisible(c) || style.face_for(c)?.is_none();
        if (code_point || after_code_point) && !shown.is_empty() && !shown.ends_with(' ') && c != ' ' {
            shown.push(' ');
        }
        if code_point {
            // Writing into a String cannot fail.
            let _ = write!(shown, "U+{:04X}", u32::from(c));
        } else {
            shown.push(c);
        }
        after_code_point = code_point;
    }
    Ok(Cow::Owned(shown))
}

/// Control and format characters: fonts draw nothing for them, and some would reorder the text around them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `c` attaches to the character before it; the two must not be separated.
pub(super) fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}'
        | '\u{fe20}'..='\u{fe2f}')
}
