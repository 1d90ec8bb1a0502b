//! The bundled fonts: the glyph of each character and its width. Text direction does not belong here.
//!
//! Each font is parsed once, on first use; the large one for Chinese, Japanese and Korean only for a character that the
//! others lack.

use super::PdfError;
use allsorts::binary::read::ReadScope;
use allsorts::font_data::{DynamicFontTableProvider, FontData};
use allsorts::tables::cmap::Cmap;
use allsorts::tables::loca::LocaTable;
use allsorts::tables::{FontTableProvider, HeadTable, HheaTable, HmtxTable, MaxpTable};
use allsorts::tag;
use std::sync::OnceLock;

/// One bundled font file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    Sans,
    Bold,
    Mono,
    Cjk,
}

/// The style of a text, which determines the fonts to try, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Regular,
    Bold,
    Mono,
}

impl Style {
    fn faces(self) -> &'static [Face] {
        match self {
            Self::Regular => &[Face::Sans, Face::Cjk],
            Self::Bold => &[Face::Bold, Face::Sans, Face::Cjk],
            Self::Mono => &[Face::Mono, Face::Sans, Face::Cjk],
        }
    }

    /// The first font that has `c`.
    pub(super) fn face_for(self, c: char) -> Result<Option<Face>, PdfError> {
        for &face in self.faces() {
            if face.table()?.glyph(c).is_some() {
                return Ok(Some(face));
            }
        }
        Ok(None)
    }
}

impl Face {
    /// The font's PostScript name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sans => "DejaVuSans",
            Self::Bold => "DejaVuSans-Bold",
            Self::Mono => "DejaVuSansMono",
            Self::Cjk => "DroidSansFallback",
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sans => include_bytes!("../../assets/fonts/DejaVuSans.ttf"),
            Self::Bold => include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf"),
            Self::Mono => include_bytes!("../../assets/fonts/DejaVuSansMono.ttf"),
            Self::Cjk => include_bytes!("../../assets/fonts/DroidSansFallback.ttf"),
        }
    }

    /// The font's tables, for subsetting and shaping. Cheap: only the directory is parsed.
    pub(super) fn provider(self) -> Result<DynamicFontTableProvider<'static>, PdfError> {
        let data = ReadScope::new(self.bytes()).read::<FontData<'static>>().map_err(|e| self.broken(e))?;
        data.table_provider(0).map_err(|e| self.broken(e))
    }

    /// The font's characters and widths, parsed at the first call.
    pub(super) fn table(self) -> Result<&'static FaceTable, PdfError> {
        static TABLES: [OnceLock<Result<FaceTable, PdfError>>; 4] = [const { OnceLock::new() }; 4];
        TABLES[self as usize].get_or_init(|| FaceTable::read(self)).as_ref().map_err(Clone::clone)
    }

    /// An error that names this font.
    pub(super) fn broken(self, reason: impl std::fmt::Display) -> PdfError {
        PdfError::Font { font: self.name(), reason: reason.to_string() }
    }
}

/// Characters, glyphs and widths of one font.
pub(super) struct FaceTable {
    units_per_em: u16,
    glyphs: Vec<(u32, u16)>,
    advances: Vec<u16>,
    blanks: Vec<u16>,
}

impl FaceTable {
    fn read(face: Face) -> Result<Self, PdfError> {
        let provider = face.provider()?;
        let table = |tag| provider.read_table_data(tag).map_err(|e| face.broken(e));
        let head = ReadScope::new(&table(tag::HEAD)?).read::<HeadTable>().map_err(|e| face.broken(e))?;
        let maxp = ReadScope::new(&table(tag::MAXP)?).read::<MaxpTable>().map_err(|e| face.broken(e))?;
        let hhea = ReadScope::new(&table(tag::HHEA)?).read::<HheaTable>().map_err(|e| face.broken(e))?;
        let hmtx_data = table(tag::HMTX)?;
        let hmtx = ReadScope::new(&hmtx_data)
            .read_dep::<HmtxTable<'_>>((usize::from(maxp.num_glyphs), usize::from(hhea.num_h_metrics)))
            .map_err(|e| face.broken(e))?;
        let advances: Vec<u16> =
            (0..maxp.num_glyphs).map(|glyph| hmtx.horizontal_advance(glyph).unwrap_or(0)).collect();
        let loca_data = table(tag::LOCA)?;
        let loca = ReadScope::new(&loca_data)
            .read_dep::<LocaTable<'_>>((maxp.num_glyphs, head.index_to_loc_format))
            .map_err(|e| face.broken(e))?;
        let outline = |glyph: usize| (loca.offsets.get(glyph), loca.offsets.get(glyph + 1));
        let blanks = (1..maxp.num_glyphs)
            .filter(|&glyph| advances.get(usize::from(glyph)) == Some(&0))
            .filter(|&glyph| matches!(outline(usize::from(glyph)), (Some(start), Some(end)) if start == end))
            .collect();
        let glyphs = characters(face, &table(tag::CMAP)?)?;
        Ok(Self { units_per_em: head.units_per_em.max(1), glyphs, advances, blanks })
    }

    /// The glyph for `c`, if the font has one.
    pub(super) fn glyph(&self, c: char) -> Option<u16> {
        let at = self.glyphs.binary_search_by_key(&u32::from(c), |&(character, _)| character).ok()?;
        self.glyphs.get(at).map(|&(_, glyph)| glyph)
    }

    /// The width of a glyph in thousandths of an em, rounded down as the PDF states it.
    pub(super) fn advance(&self, glyph: u16) -> f32 {
        let units = self.advances.get(usize::from(glyph)).copied().unwrap_or(0);
        self.thousandths(units.into()).trunc()
    }

    /// Glyphs without outline and width, which can carry the text of other glyphs.
    pub(super) fn blanks(&self) -> &[u16] {
        &self.blanks
    }

    /// Font units as thousandths of an em.
    #[expect(clippy::cast_precision_loss, reason = "font units stay far below 2^24")]
    pub(super) fn thousandths(&self, units: i32) -> f32 {
        units as f32 * 1000.0 / f32::from(self.units_per_em)
    }
}

/// The font's characters with their glyphs, sorted by character.
fn characters(face: Face, cmap: &[u8]) -> Result<Vec<(u32, u16)>, PdfError> {
    let cmap = ReadScope::new(cmap).read::<Cmap<'_>>().map_err(|e| face.broken(e))?;
    let (_, characters) = allsorts::font::read_cmap_subtable(&cmap)
        .map_err(|e| face.broken(e))?
        .ok_or_else(|| face.broken("it maps no Unicode characters"))?;
    let mut glyphs = Vec::new();
    let note = |character, glyph| {
        if glyph != 0 {
            glyphs.push((character, glyph));
        }
    };
    characters.mappings_fn(note).map_err(|e| face.broken(e))?;
    glyphs.sort_unstable();
    Ok(glyphs)
}
