//! Writes a canvas as a PDF file with `printpdf`. Positions on a page do not belong here.
//!
//! The file contains no time but the key's own, and no identifier: `printpdf` would add a random one, which only an
//! encrypted PDF needs.

use super::PdfError;
use super::canvas::{Canvas, Colour, Item, PAGE_HEIGHT, PAGE_WIDTH, Panel};
use super::line::{Line, Run};
use super::subset::{Fonts, font_id};
use domain::time::Millis;
use printpdf::{
    Codepoint, Color, DictItem, LinePoint, OffsetDateTime, Op, PaintMode, PdfDocument, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rgb, TextItem, TextMatrix, WindingOrder,
};
use std::collections::BTreeMap;

/// The metadata of the file; never the secret.
pub(super) struct About {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) creator: String,
    /// Date of the file, in epoch milliseconds.
    pub(super) created_at: Millis,
}

/// Writes the canvas as a PDF file.
pub(super) fn write(canvas: &Canvas, about: About) -> Result<Vec<u8>, PdfError> {
    let fonts = Fonts::collect(canvas)?;
    let mut document = PdfDocument::new(&about.title);
    document.resources.fonts.map = fonts.programs()?;
    document.pages = canvas
        .pages
        .iter()
        .map(|items| {
            let ops = items.iter().flat_map(|item| operators(item, &fonts)).collect();
            PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), ops)
        })
        .collect();
    describe(&mut document, about)?;
    save(&document)
}

fn describe(document: &mut PdfDocument, about: About) -> Result<(), PdfError> {
    let date = OffsetDateTime::from_unix_timestamp(about.created_at.div_euclid(1000))
        .map_err(|e| PdfError::Write(e.to_owned()))?;
    let info = &mut document.metadata.info;
    info.author = about.author;
    info.creator = about.creator;
    "Keyhatch".clone_into(&mut info.producer);
    info.creation_date = date;
    info.modification_date = date;
    info.metadata_date = date;
    Ok(())
}

fn save(document: &PdfDocument) -> Result<Vec<u8>, PdfError> {
    let failed = |e: &dyn std::fmt::Display| PdfError::Write(e.to_string());
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    "1.7".clone_into(&mut file.version);
    file.trailer.remove(b"ID");
    if let Ok(info) = file.trailer.get(b"Info")
        && let Ok(id) = info.as_reference()
        && let Ok(info) = file.get_object_mut(id)
        && let Ok(info) = info.as_dict_mut()
    {
        for unused in [&b"GTS_PDFXVersion"[..], b"Identifier", b"Keywords", b"Subject", b"Trapped"] {
            info.remove(unused);
        }
    }
    let catalog = file.catalog_mut().map_err(|e| failed(&e))?;
    catalog.set(
        "Lang",
        DictItem::String { data: i18n::current().language().as_bytes().to_vec(), literal: true }.to_lopdf(),
    );
    let show_title = BTreeMap::from([("DisplayDocTitle".to_owned(), DictItem::Bool(true))]);
    catalog.set("ViewerPreferences", DictItem::Dict { map: show_title }.to_lopdf());
    file.compress();
    let mut bytes = Vec::with_capacity(64 * 1024);
    file.save_to(&mut bytes).map_err(|e| failed(&e))?;
    Ok(bytes)
}

fn operators(item: &Item, fonts: &Fonts) -> Vec<Op> {
    match item {
        Item::Panel(panel) => panel_operators(panel),
        Item::Text { x, baseline, size, colour, line } => {
            let mut ops = vec![Op::StartTextSection, Op::SetFillColor { col: rgb(*colour) }];
            line_operators(line, (*x, *baseline), *size, fonts, &mut ops);
            ops.push(Op::EndTextSection);
            ops
        }
    }
}

fn line_operators(line: &Line, (mut x, baseline): (f32, f32), size: f32, fonts: &Fonts, ops: &mut Vec<Op>) {
    for run in &line.runs {
        let states_its_text = run.must_state_text || fonts.is_ambiguous(run);
        if states_its_text {
            ops.push(Op::BeginMarkedContentWithProperties {
                tag: "Span".to_owned(),
                properties: actual_text(&run.text),
            });
        }
        ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(run.face)), size: Pt(size) });
        x = run_operators(run, (x, baseline), size, fonts, ops);
        if states_its_text {
            ops.push(Op::EndMarkedContentWithProperties);
        }
    }
}

/// Shows a run and returns the position of the next one.
fn run_operators(run: &Run, (start, baseline): (f32, f32), size: f32, fonts: &Fonts, ops: &mut Vec<Op>) -> f32 {
    let em = size / 1000.0;
    let mut show = |x: f32, y: f32, codes| {
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codes)] });
    };
    let code = |glyph| {
        let (number, text) = fonts.find(run.face, glyph)?;
        Some(Codepoint::with_cid(number, 0.0, text.to_owned()))
    };
    // Glyphs on the baseline in one operation, so that readers extract them as one piece; then the glyphs that are moved
    // off it. A moved glyph has no width.
    show(start, baseline, run.glyphs.iter().filter(|glyph| !glyph.is_moved()).filter_map(code).collect());
    let mut x = start;
    for glyph in &run.glyphs {
        if glyph.is_moved()
            && let Some(code) = code(glyph)
        {
            show(x + glyph.dx * em, baseline + glyph.dy * em, vec![code]);
        }
        x += glyph.advance * em;
    }
    x
}

/// The property (`ActualText`) with the text of a piece of content.
fn actual_text(text: &str) -> DictItem {
    let data = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), DictItem::String { data, literal: false })]) }
}

fn rgb(Colour(r, g, b): Colour) -> Color {
    let part = |value| f32::from(value) / 255.0;
    Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}

fn panel_operators(panel: &Panel) -> Vec<Op> {
    let mut ops = vec![Op::SetFillColor { col: rgb(panel.fill) }];
    let mode = if let Some(border) = panel.border {
        ops.push(Op::SetOutlineColor { col: rgb(border) });
        ops.push(Op::SetOutlineThickness { pt: Pt(0.75) });
        PaintMode::FillStroke
    } else {
        PaintMode::Fill
    };
    let rings = vec![PolygonRing { points: outline(panel) }];
    ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order: WindingOrder::NonZero } });
    ops
}

/// A rectangle with rounded corners, anticlockwise from the lower left.
fn outline(panel: &Panel) -> Vec<LinePoint> {
    // The length of a Bézier handle that best approximates a quarter circle of radius 1.
    const HANDLE: f32 = 0.552_285;
    let (left, right) = (panel.x, panel.x + panel.width);
    let (low, high) = (panel.y, panel.y + panel.height);
    let r = panel.radius;
    let h = r * (1.0 - HANDLE);
    let point = |x, y, bezier| LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier };
    if r <= 0.0 {
        return vec![
            point(left, low, false),
            point(right, low, false),
            point(right, high, false),
            point(left, high, false),
        ];
    }
    vec![
        point(left + r, low, false),
        point(right - r, low, false),
        point(right - h, low, true),
        point(right, low + h, true),
        point(right, low + r, false),
        point(right, high - r, false),
        point(right, high - h, true),
        point(right - h, high, true),
        point(right - r, high, false),
        point(left + r, high, false),
        point(left + h, high, true),
        point(left, high - h, true),
        point(left, high - r, false),
        point(left, low + r, false),
        point(left, low + h, true),
        point(left + h, low, true),
        point(left + r, low, false),
    ]
}
