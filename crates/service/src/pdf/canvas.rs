//! Pages of positioned text and boxes, in points from the lower left corner. Font tables and the file format do not
//! belong here.

use super::line::Line;

/// A4, in points.
pub(super) const PAGE_WIDTH: f32 = 595.276;
/// A4, in points.
pub(super) const PAGE_HEIGHT: f32 = 841.89;

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// A drawn item.
pub(super) enum Item {
    Text { x: f32, baseline: f32, size: f32, colour: Colour, line: Line },
    Panel(Panel),
}

/// A box; `x` and `y` are its lower left corner.
pub(super) struct Panel {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) radius: f32,
    pub(super) fill: Colour,
    pub(super) border: Option<Colour>,
}

/// The drawn items, by page.
#[derive(Default)]
pub(super) struct Canvas {
    pub(super) pages: Vec<Vec<Item>>,
}

impl Canvas {
    /// Starts a page, on which all later items are drawn.
    pub(super) fn add_page(&mut self) {
        self.pages.push(Vec::new());
    }

    /// Draws on the last page.
    pub(super) fn draw(&mut self, item: Item) {
        if self.pages.is_empty() {
            self.add_page();
        }
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }
}
