//! A deck of slides composed from a map: which slides there are, and what stands where on each.
//!
//! A slide is finished before any file format sees it: the same deck is what the composer previews
//! and what the PPTX writer writes. Not here: files, templates and the look of a company.

mod actions;
mod compose;
mod cover;
mod ecosystem;
mod emotions;
mod fit;
mod frictions;
mod notes;
mod options;
mod overview;
mod place;
mod preview;
mod say;
mod spread;
mod stages;
mod table;

use std::sync::Arc;

use crate::geom::{Point, Rect, rect};
use crate::model::choice::{SlidePart, SlideSize};
use crate::model::{Id, record};
use crate::scene::{Detail, Scene};

pub use compose::compose;

/// No text on a slide is smaller, in points.
pub const MIN_TEXT: f32 = 10.0;

/// The distance of two baselines on a slide, in sizes of the text: a little more than what Arimo
/// and its like ask for (2355 / 2048, `hhea`), so that rows have room for a company's own font.
pub const LINE: f32 = 1.2;

/// The room left and right of a cell's text, in points: what PowerPoint leaves where a file says
/// nothing (91,440 EMU, ECMA-376 part 1, 21.1.3.17 `tcPr`).
pub const CELL_PAD_X: f32 = 7.2;

/// The room above and below a cell's text, in points (45,720 EMU, same place).
pub const CELL_PAD_Y: f32 = 3.6;

/// How far the text of a paragraph with a bullet is moved in, in points.
pub const BULLET_INDENT: f32 = 12.0;

/// What a deck is composed of.
#[derive(Debug, Clone, PartialEq)]
pub struct DeckOptions {
    /// The parts, in order; those left out are kept in the list, so that they can come back.
    pub parts: Vec<record::DeckPart>,
    /// Show only this segment's curve and importance.
    pub segment: Option<Id>,
    /// Only this stage: cover, its slides, its emotions and its frictions.
    pub stage: Option<Id>,
    pub size: SlideSize,
}

/// The rooms on a slide, in points (72 an inch), from its top left corner. A company's template has
/// its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub width: f32,
    pub height: f32,
    pub title: Rect,
    pub body: Rect,
}

impl Frame {
    /// The size of titles that fits into their room on one line, in points: that of our own slides.
    pub fn title_size(&self) -> f32 {
        (self.title.height() * 0.55).clamp(16.0, 24.0)
    }

    /// The size of the cover's title, in points; that of its subtitle's first line is half of it.
    pub fn cover_size(&self) -> f32 {
        (self.width / 24.0).clamp(28.0, 40.0)
    }

    /// The size of the lines after that, in points.
    pub fn cover_detail_size(&self) -> f32 {
        (self.cover_size() * 0.35).max(12.0)
    }

    /// Where the cover's title stands on our own slides: its text ends at the lower edge.
    pub fn cover_title(&self) -> Rect {
        let x = self.title.min.x.max(self.width * 0.08);
        rect(x, self.height * 0.2, self.width - 2.0 * x, self.height * 0.24)
    }

    /// Where the cover's subtitle stands on our own slides: its text begins at the upper edge.
    pub fn cover_subtitle(&self) -> Rect {
        let title = self.cover_title();
        let top = self.height * 0.5;
        rect(title.min.x, top, title.width(), self.height * 0.9 - top)
    }

    /// Our own slides.
    pub fn of(size: SlideSize) -> Self {
        let (width, height) = match size {
            SlideSize::Wide => (960.0, 540.0),
            SlideSize::Standard => (720.0, 540.0),
        };
        let margin = 30.0;
        Self {
            width,
            height,
            title: rect(margin, 20.0, width - 2.0 * margin, 44.0),
            body: rect(margin, 74.0, width - 2.0 * margin, height - 74.0 - 26.0),
        }
    }
}

/// A finished deck.
#[derive(Debug, Clone)]
pub struct Deck {
    pub frame: Frame,
    /// The map's title.
    pub title: String,
    pub slides: Vec<Slide>,
}

/// Which layout of the file a slide takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlideLayout {
    /// A title and a subtitle in the middle: the cover.
    Cover,
    /// A title above, all else below it.
    TitleOnly,
}

/// One slide.
#[derive(Debug, Clone)]
pub struct Slide {
    pub part: SlidePart,
    /// What the slide is, the same after any edit: `cover`, `stage/rent`, `stage/rent/2`. By it a
    /// deck that was made before is refreshed.
    pub key: String,
    pub layout: SlideLayout,
    pub title: String,
    /// The cover's, a paragraph a line: the first says what the map is about, the others, smaller,
    /// for whom and whose it is. On other slides what stands under the title is a piece.
    pub subtitle: Option<String>,
    /// From back to front.
    pub pieces: Vec<Piece>,
    /// What the speaker says, a paragraph each.
    pub notes: Vec<String>,
}

/// Something on a slide.
#[derive(Debug, Clone)]
pub enum Piece {
    /// A view of the map, or a part of one.
    View {
        scene: Arc<Scene>,
        /// Where the scene's own origin comes to stand on the slide, in points.
        at: Point,
        /// Points for each unit of the map.
        scale: f32,
        /// Which shapes are drawn.
        detail: Detail,
        /// What it is, for whoever cannot see it.
        alt: String,
    },
    Table(Table),
    /// Lines of text from the top of a box that is as wide as `room`, with no space left inside.
    Text {
        room: Rect,
        paragraphs: Vec<Paragraph>,
        name: String,
    },
}

/// A paragraph of a text or a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    pub text: String,
    /// In points.
    pub size: f32,
    pub bold: bool,
    /// In the colour of what matters less.
    pub muted: bool,
    pub bullet: bool,
}

/// A table on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: String,
    /// Its top left, and how wide it is and how high its rows come to be, in points.
    pub room: Rect,
    /// The columns' widths, in points; together the room's.
    pub widths: Vec<f32>,
    /// The first is the header.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// In points, the room above and below the text included.
    pub height: f32,
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    pub paragraphs: Vec<Paragraph>,
    /// A severity, 1 to 5, whose colour the cell has.
    pub severity: Option<u8>,
}

/// The key of the n-th slide of a kind, from 0: `stage/rent`, `stage/rent/2`.
fn key(of: &str, n: usize) -> String {
    if n == 0 { of.to_owned() } else { format!("{of}/{}", n + 1) }
}
