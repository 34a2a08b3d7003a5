//! A deck of slides composed from a map: which slides there are, and what stands where on each.
//!
//! A slide is finished before any file format sees it: the same deck is what the composer previews
//! and what the PPTX writer writes. Not here: files, templates and the look of a company.

use std::sync::Arc;

use crate::geom::{Point, Rect, pt, rect};
use crate::model::choice::{SlidePart, SlideSize};
use crate::model::{Doc, Graph, Id, Index, record};
use crate::scene::{Detail, Scene};
use crate::text::Text;

use super::{ExportError, Progress};

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
    /// The cover's; elsewhere a line under the title, where there is one.
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
    /// Lines of text in a box that is as wide as `room`.
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
    /// In points.
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

/// Composes the deck that the options ask for, in the rooms of a template or in our own.
///
/// # Errors
/// [`ExportError::Cancelled`].
pub fn compose(
    _doc: &Doc,
    _index: &Index,
    _graph: &Graph,
    _text: &mut Text,
    _options: &DeckOptions,
    frame: &Frame,
    progress: &Progress,
) -> Result<Deck, ExportError> {
    progress.step(0, 1)?;
    let _ = pt(0.0, 0.0);
    Ok(Deck { frame: *frame, title: String::new(), slides: Vec::new() })
}
