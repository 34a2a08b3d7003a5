//! Items and shapes of a scene.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::geom::{Grid, Path, Point, Rect};
use crate::model::Id;
use crate::text::{Block, Line};

use super::{Icon, Ink};

/// A finished picture of a map, independent of theme and zoom.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// In painting order: by layer, then as made.
    pub items: Vec<Item>,
    /// Everything that is drawn, with a margin.
    pub bounds: Rect,
    pub(super) grid: Grid,
    pub(super) by_record: FxHashMap<Id, Vec<u32>>,
}

/// What is painted over what; later over earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Stage columns.
    Ground,
    /// Lane labels, grid lines, the three lines of the blueprint.
    Lines,
    /// Links between cards.
    Links,
    /// Emotion curves.
    Curves,
    Cards,
    /// Friction marks and stars that stand over a card's edge.
    Marks,
}

/// What a hit on an item means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A card or a header that stands for the record as a whole.
    Card,
    /// A stage's header.
    StageHeader,
    /// A lane's label.
    LaneLabel,
    /// A card that stands for several of a kind; the record is the first of them.
    Group,
    /// A list of a step (activities, criteria, thoughts): editing goes to that field.
    Activities,
    Criteria,
    Thoughts,
    /// A link's line.
    Link,
    /// A point of an emotion curve; the segment is in [`Hit::other`].
    Emotion,
    /// A mark of friction, delight or a moment of truth on another record's card.
    Mark,
}

/// Which record an item stands for, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hit {
    pub record: Id,
    pub part: Part,
    /// A second record that the item is about: the step of a card in a lane, the segment of a
    /// point on the curve.
    pub other: Option<Id>,
}

/// One thing in the picture.
#[derive(Debug, Clone)]
pub struct Item {
    /// The box in the map; shapes are relative to its top left.
    pub rect: Rect,
    pub layer: Layer,
    pub hit: Option<Hit>,
    /// What a screen reader says: `Step: Select a title, 2 friction points`. Empty for decoration.
    pub name: Arc<str>,
    /// Of a link's line: the records whose cards it runs from and to, as their hits name them, so
    /// that slides can tie it to them.
    pub ends: Option<[Id; 2]>,
    pub shapes: Arc<[(Detail, Shape)]>,
}

/// At which levels of detail a shape is drawn; the painter picks the level by zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail(pub u8);

impl Detail {
    /// Full detail: all text, icons, shadows.
    pub const FULL: Self = Self(1);
    /// Overview: titles, no small text, no icons.
    pub const TITLE: Self = Self(2);
    /// Far away: blocks of colour and friction marks.
    pub const BLOCK: Self = Self(4);
    /// Drawn at every level.
    pub const ALL: Self = Self(7);
    /// Full detail and overview.
    pub const NEAR: Self = Self(3);
    /// Overview and far away.
    pub const FAR: Self = Self(6);

    /// Whether a shape for these levels is drawn at `level`.
    pub fn shows_at(self, level: Self) -> bool {
        self.0 & level.0 != 0
    }
}

/// A line's look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    pub width: f32,
    pub ink: Ink,
    /// Dash and gap lengths; `None` is a solid line.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    pub fn solid(width: f32, ink: Ink) -> Self {
        Self { width, ink, dash: None }
    }

    /// A dashed line.
    pub fn dashed(width: f32, ink: Ink, dash: f32, gap: f32) -> Self {
        Self { width, ink, dash: Some((dash, gap)) }
    }
}

/// One shape, in map units relative to its item's top left.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle with rounded corners.
    Rect { rect: Rect, radius: f32, fill: Option<Ink>, stroke: Option<Stroke> },
    /// A path. Filled paths are convex, so that every painter can fill them.
    Path { path: Path, fill: Option<Ink>, stroke: Option<Stroke> },
    /// Lines of text; `at` is the block's top left. Lines stand flush left, except those of
    /// right-to-left paragraphs, which end at `at.x + width`.
    Text {
        at: Point,
        /// The width of the space that the block stands in.
        width: f32,
        block: Arc<Block>,
        ink: Ink,
        align: Align,
    },
    /// An icon, fitted into a square.
    Icon { rect: Rect, icon: Icon, ink: Ink },
}

/// How lines stand in the width they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Where the paragraph begins: left, or right for right-to-left scripts.
    #[default]
    Start,
    Center,
    /// Where the paragraph ends.
    End,
}

impl Align {
    /// Where a line starts, from the left edge of the space of that width that it stands in.
    pub fn line_x(self, width: f32, line: &Line) -> f32 {
        let free = width - line.width;
        match (self, line.rtl) {
            (Self::Start, false) | (Self::End, true) => 0.0,
            (Self::Center, _) => free / 2.0,
            (Self::Start, true) | (Self::End, false) => free,
        }
    }
}
