//! Breaks text into lines that fit a width, and finds the size at which a line fits. Draws nothing.

use super::PdfError;
use super::font::Style;
use super::line::Line;
use super::spell;

/// The largest size, from `size` down to `smallest`, at which `text` is at most `width` points wide; `smallest` if none is.
pub(super) fn fitting_size(style: Style, text: &str, width: f32, size: f32, smallest: f32) -> Result<f32, PdfError> {
    let per_point = Line::new(style, text)?.width(1.0);
    if per_point * size <= width {
        return Ok(size);
    }
    // Rounded down to a quarter point, to keep the number of sizes small.
    Ok(((width / per_point * 4.0).floor() / 4.0).clamp(smallest, size))
}

/// `text` in lines of at most `width` points: broken at spaces and between ideographs; only a word wider than a line is
/// broken.
pub(super) fn lines(style: Style, text: &str, size: f32, width: f32) -> Result<Vec<String>, PdfError> {
    let shown = spell::spell_out(style, text)?;
    pack(style, &pieces(&shown), size, width)
}

/// `items` separated by commas, in lines of at most `width` points; only an item wider than a line is broken.
pub(super) fn listed(style: Style, items: &[String], size: f32, width: f32) -> Result<Vec<String>, PdfError> {
    let mut spelled = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let separator = if index + 1 < items.len() { ", " } else { "" };
        spelled.push(format!("{}{separator}", spell::spell_out(style, item)?));
    }
    pack(style, &spelled.iter().map(String::as_str).collect::<Vec<_>>(), size, width)
}

/// Fills lines with pieces; only a piece wider than a line is broken.
fn pack(style: Style, pieces: &[&str], size: f32, width: f32) -> Result<Vec<String>, PdfError> {
    let room = width * 1000.0 / size;
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces {
        if used + measure(style, piece.trim_end())? > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        for c in piece.chars() {
            let advance = measure_char(style, c)?;
            if used + advance > room && c != ' ' && !line.is_empty() && !spell::is_combining(c) {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += advance;
        }
    }
    lines.push(line);
    Ok(lines.into_iter().map(|line| line.trim_end().to_owned()).collect())
}

/// Splits after spaces and around ideographs.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may_break =
            previous.is_some_and(|before| (before == ' ' && c != ' ') || (is_ideograph(before) && is_ideograph(c)));
        if may_break {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The width in thousandths of an em before shaping, which only makes Arabic narrower.
fn measure(style: Style, text: &str) -> Result<f32, PdfError> {
    text.chars().try_fold(0.0, |sum, c| Ok(sum + measure_char(style, c)?))
}

fn measure_char(style: Style, c: char) -> Result<f32, PdfError> {
    let Some(face) = style.face_for(c)? else {
        return Ok(0.0);
    };
    let table = face.table()?;
    Ok(table.glyph(c).map_or(0.0, |glyph| table.advance(glyph)))
}
