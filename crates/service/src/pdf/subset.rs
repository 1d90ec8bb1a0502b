//! Subsets each font to the glyphs that a document shows. Done here because `printpdf` embeds whole fonts without its
//! layout engine, which has about a hundred dependencies.

use super::PdfError;
use super::canvas::{Canvas, Item};
use super::font::Face;
use super::line::{Glyph, Run};
use allsorts::subset::{CmapTarget, SubsetProfile};
use allsorts::tag;
use printpdf::{FontId, ParsedFont, PdfFont};
use std::collections::BTreeMap;

/// The font subsets of one document.
pub(super) struct Fonts(BTreeMap<Face, Used>);

/// The used glyphs of one font.
#[derive(Default)]
struct Used {
    /// By glyph id in the font: the glyph id in the subset, and the text that a reader extracts for it.
    glyphs: BTreeMap<u16, (u16, String)>,
    /// The blank glyphs that carry the text of other glyphs.
    carriers: BTreeMap<String, u16>,
}

impl Fonts {
    /// Collects the glyphs of a canvas.
    pub(super) fn collect(canvas: &Canvas) -> Result<Self, PdfError> {
        let mut fonts: BTreeMap<Face, Used> = BTreeMap::new();
        for item in canvas.pages.iter().flatten() {
            let Item::Text { line, .. } = item else {
                continue;
            };
            for run in &line.runs {
                fonts.entry(run.face).or_default().note(run)?;
            }
        }
        for (face, used) in &mut fonts {
            used.glyphs.entry(0).or_default();
            for (index, (number, _)) in used.glyphs.values_mut().enumerate() {
                *number = u16::try_from(index).map_err(|e| face.broken(e))?;
            }
        }
        Ok(Self(fonts))
    }

    /// A glyph's id in the subset and the text that a reader extracts for it. `None` for a carrier of text for which the
    /// font had no blank glyph left.
    pub(super) fn find(&self, face: Face, glyph: &Glyph) -> Option<(u16, &str)> {
        let used = self.0.get(&face)?;
        let id = glyph.id.or_else(|| used.carriers.get(&glyph.text).copied())?;
        used.glyphs.get(&id).map(|(number, text)| (*number, text.as_str()))
    }

    /// Whether a glyph of this run has another text elsewhere, so that the run needs an `ActualText`.
    pub(super) fn is_ambiguous(&self, run: &Run) -> bool {
        run.glyphs.iter().any(|glyph| self.find(run.face, glyph).is_some_and(|(_, text)| text != glyph.text))
    }

    /// The font programs, by the names that pages use.
    pub(super) fn programs(&self) -> Result<BTreeMap<FontId, PdfFont>, PdfError> {
        self.0.iter().map(|(&face, used)| Ok((font_id(face), PdfFont::new(program(face, used)?)))).collect()
    }
}

impl Used {
    fn note(&mut self, run: &Run) -> Result<(), PdfError> {
        for glyph in &run.glyphs {
            let Some(id) = glyph.id else {
                self.carry(run.face, &glyph.text)?;
                continue;
            };
            self.glyphs.entry(id).or_insert_with(|| (0, glyph.text.clone()));
        }
        Ok(())
    }

    fn carry(&mut self, face: Face, text: &str) -> Result<(), PdfError> {
        let free = face.table()?.blanks().get(self.carriers.len());
        if let Some(&blank) = free
            && !self.carriers.contains_key(text)
        {
            self.carriers.insert(text.to_owned(), blank);
            self.glyphs.insert(blank, (0, text.to_owned()));
        }
        Ok(())
    }
}

/// The name that pages use for a font.
pub(super) fn font_id(face: Face) -> FontId {
    FontId(face.name().to_owned())
}

fn program(face: Face, used: &Used) -> Result<ParsedFont, PdfError> {
    // Only the tables that a PDF reader needs; the PDF itself contains the names and the character map.
    let tables =
        SubsetProfile::Custom(vec![tag::HEAD, tag::HHEA, tag::HMTX, tag::MAXP, tag::CVT, tag::FPGM, tag::PREP]);
    let glyphs: Vec<u16> = used.glyphs.keys().copied().collect();
    let bytes = allsorts::subset::subset(&face.provider()?, &glyphs, &tables, CmapTarget::Unicode)
        .map_err(|e| face.broken(e))?;
    let mut program = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
        .ok_or_else(|| face.broken("its cut-down form could not be read"))?;
    // Six letters mark a subset of a font; they need not differ between files.
    program.font_name = Some(format!("KHATCH+{}", face.name()));
    Ok(program)
}
