//! The layout of a key PDF: colours and distances, in the style of the console. All distances are in points.

use super::canvas::{Canvas, Colour, Item, PAGE_HEIGHT, PAGE_WIDTH, Panel};
use super::font::Style;
use super::line::Line;
use super::{KeyPdf, PdfError, wrap};
use crate::texts::pdf as texts;

const INK: Colour = Colour(0x15, 0x18, 0x1d);
const QUIET: Colour = Colour(0x5a, 0x62, 0x70);
const GROUND: Colour = Colour(0xf6, 0xf7, 0xf9);
const HAIRLINE: Colour = Colour(0xe3, 0xe6, 0xeb);
const BORDER: Colour = Colour(0xcf, 0xd4, 0xdc);
const ACCENT: Colour = Colour(0x0b, 0x6e, 0x5f);
const PAPER: Colour = Colour(0xff, 0xff, 0xff);
const WARN: Colour = Colour(0x8a, 0x53, 0x00);

const LEFT: f32 = 56.0;
const WIDTH: f32 = PAGE_WIDTH - 2.0 * LEFT;
const TOP: f32 = PAGE_HEIGHT - 56.0;
const BOTTOM: f32 = 68.0;
const FOOT: f32 = 40.0;
const VALUE: f32 = LEFT + 88.0;
const VALUE_WIDTH: f32 = LEFT + WIDTH - VALUE;
const PADDING: f32 = 14.0;

/// Draws the whole document.
pub(super) fn draw(content: &KeyPdf<'_>) -> Result<Canvas, PdfError> {
    let mut pen = Pen { canvas: Canvas::default(), y: TOP, name: content.name };
    pen.canvas.add_page();
    pen.product(content.product)?;
    pen.heading(content.name)?;
    pen.key(content.key)?;
    pen.example(content.example, content.variable)?;
    pen.details(content)?;
    pen.feet()?;
    Ok(pen.canvas)
}

/// Draws downwards; `y` is the lower edge of what has been drawn.
struct Pen<'a> {
    canvas: Canvas,
    y: f32,
    name: &'a str,
}

/// How a line of text looks.
#[derive(Clone, Copy)]
struct Type {
    style: Style,
    size: f32,
    colour: Colour,
}

impl Type {
    const fn new(style: Style, size: f32, colour: Colour) -> Self {
        Self { style, size, colour }
    }
}

const LABEL: Type = Type::new(Style::Regular, 9.0, QUIET);
const VALUES: Type = Type::new(Style::Regular, 10.0, INK);

impl Pen<'_> {
    fn text(&mut self, x: f32, baseline: f32, kind: Type, text: &str) -> Result<(), PdfError> {
        let line = Line::new(kind.style, text)?;
        self.canvas.draw(Item::Text { x, baseline, size: kind.size, colour: kind.colour, line });
        Ok(())
    }

    /// Draws lines below one another, the first `leading` below `y`.
    fn lines(&mut self, x: f32, kind: Type, leading: f32, lines: &[String]) -> Result<(), PdfError> {
        for line in lines {
            self.y -= leading;
            self.text(x, self.y, kind, line)?;
        }
        Ok(())
    }

    fn rule(&mut self, y: f32) {
        self.canvas.draw(Item::Panel(Panel {
            x: LEFT,
            y,
            width: WIDTH,
            height: 0.75,
            radius: 0.0,
            fill: HAIRLINE,
            border: None,
        }));
    }

    /// The mark and the product's name, as in the console's head.
    fn product(&mut self, product: &str) -> Result<(), PdfError> {
        const MARK: f32 = 16.0;
        const DOT: f32 = 6.5;
        self.y -= MARK;
        let inset = (MARK - DOT) / 2.0;
        let (x, y) = (LEFT, self.y);
        self.canvas.draw(Item::Panel(Panel {
            x,
            y,
            width: MARK,
            height: MARK,
            radius: 5.0,
            fill: ACCENT,
            border: None,
        }));
        let (x, y) = (LEFT + inset, self.y + inset);
        self.canvas.draw(Item::Panel(Panel {
            x,
            y,
            width: DOT,
            height: DOT,
            radius: DOT / 2.0,
            fill: PAPER,
            border: None,
        }));
        let size = wrap::fitting_size(Style::Bold, product, WIDTH - 24.0, 11.0, 6.0)?;
        self.text(LEFT + 24.0, self.y + 4.0, Type::new(Style::Bold, size, INK), product)?;
        self.y -= 14.0;
        self.rule(self.y);
        Ok(())
    }

    fn heading(&mut self, name: &str) -> Result<(), PdfError> {
        self.y -= 34.0;
        self.text(LEFT, self.y, Type::new(Style::Bold, 10.0, ACCENT), texts::api_key())?;
        self.y -= 4.0;
        let size = wrap::fitting_size(Style::Bold, name, WIDTH, 20.0, 12.0)?;
        let lines = wrap::lines(Style::Bold, name, size, WIDTH)?;
        self.lines(LEFT, Type::new(Style::Bold, size, INK), size * 1.25, &lines)?;
        self.y -= 8.0;
        let note = wrap::lines(Style::Regular, texts::note(), 10.0, WIDTH)?;
        self.lines(LEFT, Type::new(Style::Regular, 10.0, QUIET), 15.0, &note)
    }

    fn panel(&mut self, height: f32, border: Colour) {
        let y = self.y - height;
        self.canvas.draw(Item::Panel(Panel {
            x: LEFT,
            y,
            width: WIDTH,
            height,
            radius: 6.0,
            fill: GROUND,
            border: Some(border),
        }));
    }

    /// The only place that shows the secret: one line, whatever its length, so that it can be selected as a whole.
    fn key(&mut self, key: &str) -> Result<(), PdfError> {
        const HEIGHT: f32 = 40.0;
        let size = wrap::fitting_size(Style::Mono, key, WIDTH - 2.0 * PADDING, 10.0, 4.0)?;
        self.y -= 18.0;
        self.panel(HEIGHT, BORDER);
        let baseline = self.y - HEIGHT / 2.0 - size * 0.36;
        self.text(LEFT + PADDING, baseline, Type::new(Style::Mono, size, INK), key)?;
        self.y -= HEIGHT;
        Ok(())
    }

    fn example(&mut self, example: &str, variable: &str) -> Result<(), PdfError> {
        const CODE: Type = Type::new(Style::Mono, 9.0, INK);
        const LEADING: f32 = 14.0;
        self.y -= 24.0;
        self.text(LEFT, self.y, LABEL, texts::send_it())?;
        let mut lines = Vec::new();
        for line in example.lines() {
            lines.extend(wrap::lines(Style::Mono, line, CODE.size, WIDTH - 2.0 * PADDING)?);
        }
        self.y -= 8.0;
        let height = lines.iter().map(|_| LEADING).sum::<f32>() + 18.0;
        self.panel(height, HAIRLINE);
        let bottom = self.y - height;
        self.y -= 6.5;
        self.lines(LEFT + PADDING, CODE, LEADING, &lines)?;
        self.y = bottom - 16.0;
        self.text(LEFT, self.y, Type::new(Style::Regular, 8.5, QUIET), &texts::variable_hint(variable))
    }

    fn details(&mut self, content: &KeyPdf<'_>) -> Result<(), PdfError> {
        self.y -= 20.0;
        let account = wrap::lines(VALUES.style, content.account, VALUES.size, VALUE_WIDTH)?;
        self.row(texts::account(), VALUES, &account)?;
        self.row(texts::created(), VALUES, &[domain::time::date_time_utc(content.created_at)])?;
        let expires = content.expires_at.map_or_else(|| texts::never().to_owned(), domain::time::date_time_utc);
        self.row(texts::expires(), VALUES, &[expires])?;
        let privileges = wrap::listed(VALUES.style, content.privileges, VALUES.size, VALUE_WIDTH)?;
        self.row(texts::privileges(), VALUES, &privileges)?;
        let limits = match content.limits {
            [] => vec![texts::no_limits().to_owned()],
            limits => wrap::listed(VALUES.style, limits, VALUES.size, VALUE_WIDTH)?,
        };
        self.row(texts::limits(), VALUES, &limits)?;
        if content.whitelist.is_empty() {
            let risky = Type::new(Style::Regular, 10.0, WARN);
            return self.row(texts::whitelist(), risky, &[texts::any_address().to_owned()]);
        }
        self.whitelist(content.whitelist)
    }

    fn whitelist(&mut self, entries: &[String]) -> Result<(), PdfError> {
        let mut size: f32 = 9.0;
        for entry in entries {
            size = size.min(wrap::fitting_size(Style::Mono, entry, VALUE_WIDTH, 9.0, 6.5)?);
        }
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            lines.extend(wrap::lines(Style::Mono, entry, size, VALUE_WIDTH)?);
        }
        self.row(texts::whitelist(), Type::new(Style::Mono, size, INK), &lines)
    }

    /// A label with its value, over as many pages as the value needs; each page repeats the label.
    fn row(&mut self, label: &str, kind: Type, lines: &[String]) -> Result<(), PdfError> {
        const LEADING: f32 = 15.0;
        const GAP: f32 = 7.0;
        if self.y - GAP - LEADING - GAP < BOTTOM {
            self.next_page()?;
        }
        self.rule(self.y);
        self.y -= GAP + LEADING - 4.0;
        self.text(LEFT, self.y, LABEL, label)?;
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.y -= LEADING;
                if self.y < BOTTOM {
                    self.next_page()?;
                    self.rule(self.y);
                    self.y -= GAP + LEADING - 4.0;
                    self.text(LEFT, self.y, LABEL, label)?;
                }
            }
            self.text(VALUE, self.y, kind, line)?;
        }
        self.y -= GAP + 4.0;
        Ok(())
    }

    fn next_page(&mut self) -> Result<(), PdfError> {
        self.canvas.add_page();
        self.y = TOP - 10.0;
        let name = texts::title(self.name);
        let size = wrap::fitting_size(Style::Bold, &name, WIDTH, 10.0, 5.0)?;
        let lines = wrap::lines(Style::Bold, &name, size, WIDTH)?;
        self.lines(LEFT, Type::new(Style::Bold, size, INK), size * 1.4, &lines)?;
        self.y -= 14.0;
        Ok(())
    }

    /// Page numbers, once the number of pages is known.
    fn feet(&mut self) -> Result<(), PdfError> {
        const NUMBER: Type = Type::new(Style::Regular, 8.5, QUIET);
        let count = self.canvas.pages.len();
        for (index, page) in self.canvas.pages.iter_mut().enumerate() {
            let line = Line::new(NUMBER.style, &texts::page(index + 1, count))?;
            let x = LEFT + WIDTH - line.width(NUMBER.size);
            page.push(Item::Text { x, baseline: FOOT, size: NUMBER.size, colour: NUMBER.colour, line });
        }
        Ok(())
    }
}
