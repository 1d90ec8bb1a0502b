//! Shapes one line of text into glyphs from left to right: a font for each character, direction resolved, Arabic joined.
//!
//! Complex scripts are shaped by the font's own rules (`allsorts`). Simple scripts are mapped character by character,
//! which keeps rendering fast and the file small.

use super::PdfError;
use super::font::{Face, Style};
use super::spell;
use allsorts::font::MatchingPresentation;
use allsorts::glyph_position::{GlyphLayout, GlyphPosition, TextDirection};
use allsorts::gsub::{FeatureMask, FeatureMaskExt as _};
use unicode_bidi::BidiInfo;

/// A line of text as runs from left to right.
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
}

/// A run of glyphs of one font.
pub(super) struct Run {
    pub(super) face: Face,
    /// The text, in reading order.
    pub(super) text: String,
    /// The glyphs, from left to right.
    pub(super) glyphs: Vec<Glyph>,
    /// Whether extracting the glyphs one by one may give a text other than `text`.
    pub(super) must_state_text: bool,
}

/// One glyph; distances in thousandths of an em.
pub(super) struct Glyph {
    /// `None` for a glyph that is invisible and only carries text.
    pub(super) id: Option<u16>,
    /// The text that a reader extracts for it.
    pub(super) text: String,
    pub(super) advance: f32,
    pub(super) dx: f32,
    pub(super) dy: f32,
}

impl Glyph {
    /// Whether it is moved away from its position in the line.
    pub(super) fn is_moved(&self) -> bool {
        self.dx != 0.0 || self.dy != 0.0
    }
}

impl Line {
    /// Shapes `text` as one line, whatever its length.
    pub(super) fn new(style: Style, text: &str) -> Result<Self, PdfError> {
        let text = spell::spell_out(style, text)?;
        let mut runs = Vec::new();
        if text.is_ascii() {
            add_runs(style, &text, false, &mut runs)?;
            return Ok(Self { runs });
        }
        let order = BidiInfo::new(&text, None);
        for paragraph in &order.paragraphs {
            let (levels, ranges) = order.visual_runs(paragraph, paragraph.range.clone());
            for range in ranges {
                let right_to_left = levels.get(range.start).is_some_and(unicode_bidi::Level::is_rtl);
                if let Some(part) = text.get(range) {
                    add_runs(style, part, right_to_left, &mut runs)?;
                }
            }
        }
        Ok(Self { runs })
    }

    /// The width in points at a font size in points.
    pub(super) fn width(&self, size: f32) -> f32 {
        let advances = self.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance);
        advances.sum::<f32>() * size / 1000.0
    }
}

/// Splits text of one direction into runs of one font and appends them from left to right.
fn add_runs(style: Style, text: &str, right_to_left: bool, runs: &mut Vec<Run>) -> Result<(), PdfError> {
    let first = runs.len();
    let mut start = 0;
    let mut current = None;
    for (at, c) in text.char_indices() {
        let face = match current {
            Some(face) if spell::is_combining(c) && has(face, c)? => face,
            _ => style.face_for(c)?.unwrap_or(Face::Sans),
        };
        if let Some(previous) = current
            && previous != face
        {
            runs.push(run(previous, &text[start..at], right_to_left)?);
            start = at;
        }
        current = Some(face);
    }
    if let Some(face) = current {
        runs.push(run(face, &text[start..], right_to_left)?);
    }
    if right_to_left {
        runs[first..].reverse();
    }
    Ok(())
}

fn has(face: Face, c: char) -> Result<bool, PdfError> {
    Ok(face.table()?.glyph(c).is_some())
}

fn run(face: Face, text: &str, right_to_left: bool) -> Result<Run, PdfError> {
    let has_marks = text.chars().any(spell::is_combining);
    let glyphs = if right_to_left || has_marks {
        shape(face, text, right_to_left)?
    } else {
        let table = face.table()?;
        let glyph = |c: char| {
            let id = table.glyph(c).unwrap_or(0);
            Glyph { id: Some(id), text: c.into(), advance: table.advance(id), dx: 0.0, dy: 0.0 }
        };
        text.chars().map(glyph).collect()
    };
    // A mark is drawn over its letter, and a wide space looks like the end of a column. Not for right-to-left scripts:
    // readers reorder their glyphs, and would reverse the stated text as well.
    let is_misread = has_marks || text.chars().any(|c| c != ' ' && c.is_whitespace());
    Ok(Run { face, text: text.to_owned(), glyphs, must_state_text: is_misread && !right_to_left })
}

/// Applies the font's rules for joining, ligatures and marks.
fn shape(face: Face, text: &str, right_to_left: bool) -> Result<Vec<Glyph>, PdfError> {
    let table = face.table()?;
    let mut font = allsorts::Font::new(face.provider()?).map_err(|e| face.broken(e))?;
    let script = script_of(text);
    let glyphs = font.map_glyphs(text, script, MatchingPresentation::NotRequired);
    let features = FeatureMask::default_mask();
    // Here and below: if a rule fails, the glyphs are placed less well, but none is missing.
    let infos = font
        .shape(glyphs, script, None, features, &[], None, false)
        .unwrap_or_else(|(_, as_far_as_it_went)| as_far_as_it_went);
    let direction = if right_to_left { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    let places = GlyphLayout::new(&mut font, &infos, direction, false)
        .glyph_positions()
        .unwrap_or_else(|_| vec![GlyphPosition::default(); infos.len()]);

    let mut shaped: Vec<Glyph> = infos
        .iter()
        .zip(&places)
        .map(|(info, place)| Glyph {
            id: Some(info.glyph.glyph_index),
            text: info.glyph.unicodes.iter().collect(),
            advance: table.advance(info.glyph.glyph_index),
            dx: table.thousandths(place.x_offset),
            dy: table.thousandths(place.y_offset),
        })
        .collect();
    if right_to_left {
        shaped = shaped.iter().flat_map(one_character_each).collect();
        keep_order_of_marks(text, &mut shaped);
        shaped.reverse();
        mirror(face, &mut shaped)?;
    }
    Ok(shaped)
}

/// Separates a right-to-left glyph from text that it cannot carry itself.
///
/// Readers such as pdftotext reverse right-to-left text character by character. The characters of a ligature would be
/// extracted in the wrong order, and a mark that is moved off the baseline on another line.
fn one_character_each(glyph: &Glyph) -> Vec<Glyph> {
    let carrier = |c: char| Glyph { id: None, text: c.into(), advance: 0.0, dx: 0.0, dy: 0.0 };
    let mut characters = glyph.text.chars();
    let is_mark = glyph.is_moved() || glyph.text.starts_with(spell::is_combining);
    let own = if is_mark { None } else { characters.next() };
    let carriers: Vec<Glyph> = characters.map(carrier).collect();
    let text = own.map(String::from).unwrap_or_default();
    std::iter::once(Glyph { text, ..*glyph }).chain(carriers).collect()
}

/// Restores the order of the marks of one letter, which shaping may swap. They look the same, but the extracted text
/// should equal the input.
fn keep_order_of_marks(text: &str, glyphs: &mut [Glyph]) {
    let given: Vec<char> = text.chars().filter(|&c| spell::is_combining(c)).collect();
    let is_mark = |glyph: &Glyph| glyph.id.is_none() && glyph.text.starts_with(spell::is_combining);
    if glyphs.iter().filter(|glyph| is_mark(glyph)).count() == given.len() {
        for (glyph, c) in glyphs.iter_mut().filter(|glyph| is_mark(glyph)).zip(given) {
            glyph.text = c.into();
        }
    }
}

/// Mirrors brackets in right-to-left text.
fn mirror(face: Face, glyphs: &mut [Glyph]) -> Result<(), PdfError> {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»')];
    for glyph in glyphs {
        let Some(c) = glyph.text.chars().next() else {
            continue;
        };
        let other = PAIRS.iter().find_map(|&(open, close)| match c {
            _ if c == open => Some(close),
            _ if c == close => Some(open),
            _ => None,
        });
        if let Some(other) = other
            && let Some(id) = face.table()?.glyph(other)
        {
            glyph.id = Some(id);
        }
    }
    Ok(())
}

/// The OpenType script of `text`, by its first letter that belongs to one.
fn script_of(text: &str) -> u32 {
    let tag = text.chars().find_map(|c| match c {
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Some(*b"hebr"),
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Some(*b"arab"),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(*b"grek"),
        '\u{400}'..='\u{52f}' => Some(*b"cyrl"),
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(*b"latn"),
        _ => None,
    });
    u32::from_be_bytes(tag.unwrap_or(*b"latn"))
}
