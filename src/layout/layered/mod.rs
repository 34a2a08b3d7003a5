//! The ecosystem's layout: cards in strips (bands, or one for each owner), in layers by depth of
//! dependency, in rows that wrap, with steps in journey order.
//!
//! Strips, layers and the order of steps are given; which card stands where in its layer, how
//! many rows a layer takes and how links run round the cards is found here. Not here: which
//! records are shown (see `scene`).

mod arrange;
mod route;

use rustc_hash::FxHashMap;

use crate::geom::{Point, Rect};
use crate::model::Id;

use super::Span;

pub use arrange::{arrange, follow, landing};
pub use route::{Route, route};

/// What is to be laid out. Lengths in map units.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// Top to bottom.
    pub strips: Vec<Strip>,
    pub nodes: Vec<Node>,
    /// Self-links and parallel links are allowed; a link may lead up, down or along a row.
    pub links: Vec<Link>,
    pub spacing: Spacing,
}

/// A band, or the swimlane of an owner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Strip {
    /// Its layers, at least 1; all strips' layers are numbered through, top to bottom.
    pub layers: usize,
    /// Room above its first row: for its title, or for the heads of stages.
    pub head: f32,
}

/// A card.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Who it is, from one layout to the next.
    pub key: Id,
    pub width: f32,
    pub height: f32,
    /// Its layer, over all strips.
    pub layer: usize,
    /// Its place in an order that is given (steps): cards with an order stand in it, read column
    /// by column. All cards of a layer have one, or none has.
    pub order: Option<u32>,
    /// What it belongs to in an ordered layer (its stage): groups are neighbours in the order and
    /// keep a wider distance from each other.
    pub group: Option<u32>,
    /// Where the user pinned it: x of its middle, and y of its middle below its strip's upper
    /// edge. The card stands exactly there, whatever changes round it, and others make room,
    /// unless that is above its strip's first row or beside the steps' rows (then it stands right
    /// below), or another pin asks for the same place (then one gives way). Rows go round it: only
    /// the gaps between rows are free for links. Of a card with an order only x counts.
    pub pin: Option<Point>,
}

/// A link between two cards, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub from: u32,
    pub to: u32,
}

/// Distances, in map units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// Between cards of a row: links pass through here.
    pub column_gap: f32,
    /// Between groups of an ordered layer.
    pub group_gap: f32,
    /// Between rows of a layer and between layers: links cross here.
    pub row_gap: f32,
    /// Between strips, in place of the row gap.
    pub strip_gap: f32,
    /// Between a strip's edge and its rows.
    pub strip_pad: f32,
    /// The width over the height that the whole should have where it has a choice.
    pub aspect: f32,
}

impl Default for Spacing {
    fn default() -> Self {
        let s = &super::sizes().strip;
        Self {
            column_gap: s.column_gap,
            group_gap: s.group_gap,
            row_gap: s.row_gap,
            strip_gap: s.gap,
            strip_pad: s.pad,
            aspect: s.aspect,
        }
    }
}

/// Where everything stands. Laid out afresh the leftmost card begins at x = 0, unless a card is
/// pinned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrangement {
    /// By node: as wide as asked, as high as its row.
    pub cards: Vec<Rect>,
    /// Top to bottom. No card reaches out of its row's span, and no two spans touch: what lies
    /// between two rows is free for links. A row that lost its last card to a change stays, empty.
    pub rows: Vec<Row>,
    /// By strip: where it begins and ends, downwards.
    pub strips: Vec<Span>,
    /// From the left of the leftmost to the right of the rightmost card.
    pub across: Span,
    /// From the left to the right of each group of an ordered layer, in order.
    pub groups: Vec<(u32, Span)>,
    /// By strip: the number of its first layer.
    pub layers: Vec<usize>,
    /// Node numbers by key.
    pub places: FxHashMap<Id, u32>,
}

/// One row of cards.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub strip: usize,
    pub layer: usize,
    pub span: Span,
    /// How high it would be without pinned cards; `None` where it stands for those alone.
    pub need: Option<f32>,
    /// Left to right.
    pub cards: Vec<u32>,
}

impl Arrangement {
    /// The box round all strips.
    pub fn bounds(&self) -> Rect {
        let ends = |span: Option<&Span>| span.copied().unwrap_or_default();
        let down = Span { min: ends(self.strips.first()).min, max: ends(self.strips.last()).max };
        self.across.by(down)
    }
}
