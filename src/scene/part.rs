//! What the journey view shows of a map, and how large the parts of what it shows are: for slides,
//! which show it piece by piece.

use crate::layout::{Slice, Span, sizes};
use crate::model::Id;
use crate::model::choice::{Band, LaneContent};

use super::JourneyScene;

/// What the journey view shows. The default shows everything, as wide as the screen likes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JourneyOptions {
    /// Show only this segment's curves and importance; `None` shows all.
    pub segment: Option<Id>,
    /// Only these steps and lanes.
    pub slice: Slice,
    /// How wide all of it is, in map units without the margin: columns are made as wide as that
    /// asks for, wider or narrower than on a screen. `None` is as wide as the cards need.
    pub width: Option<f32>,
    /// The height of the emotion curve's lane, in map units; more where many names stand beside it.
    pub curve_height: Option<f32>,
    /// What stands above the stages.
    pub heading: Heading,
    /// Whether the stages' headers are left out.
    pub without_stages: bool,
    /// The most lines of text that a card has, 1 or more; an ellipsis stands for the rest.
    pub card_lines: Option<usize>,
}

impl JourneyOptions {
    /// One stage of the map.
    pub fn of_stage(stage: Id) -> Self {
        let slice = Slice { only: Some(vec![stage]), ..Slice::default() };
        Self { slice, ..Self::default() }
    }
}

/// The smallest text of a map, in map units: what may be drawn at a scale goes by it.
pub fn smallest_text() -> f32 {
    let text = &sizes().text;
    [text.small, text.mark, text.lane, text.body, text.card]
        .iter()
        .fold(f32::INFINITY, |least, it| it.size.min(least))
}

/// What stands above the stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heading {
    /// The map's title, its scenario, the segments and the scores of the whole.
    #[default]
    Whole,
    /// What the signs of the emotion curves mean.
    Legend,
    Nothing,
}

/// A lane as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    pub id: &'a Id,
    pub content: LaneContent,
    pub band: Band,
    pub span: Span,
    /// Where its cards stand, track by track.
    pub tracks: &'a [Span],
    /// How high its label is.
    pub label: f32,
}

/// What stands between two lanes of a part that are shown one below the other, in map units.
pub fn lane_gap(above: Band, below: Band) -> f32 {
    let lane = &sizes().lane;
    if above == below { lane.gap } else { lane.band_gap }
}

impl JourneyScene {
    /// The lanes with what they take, top to bottom.
    pub fn lanes(&self) -> impl Iterator<Item = Row<'_>> {
        let rows =
            self.plan().rows.iter().zip(&self.geometry().down.rows).zip(self.label_heights());
        rows.map(|((row, at), label)| Row {
            id: &row.id,
            label: *label,
            content: row.content,
            band: row.band,
            span: at.span,
            tracks: &at.tracks,
        })
    }

    /// The columns, left to right: the step (`None` in a stage without steps), the stage, and the
    /// width that the cards ask for.
    pub fn wishes(&self) -> impl Iterator<Item = (Option<&Id>, Option<&Id>, f32)> {
        self.plan().columns.iter().zip(self.needs()).map(|(column, need)| {
            let stage = self.plan().groups[column.group].stage.as_ref();
            (column.step.as_ref(), stage, need)
        })
    }

    /// How far it reaches without its margin, from the labels' left edge.
    pub fn reach(&self) -> crate::geom::Rect {
        let all = self.scene().items.iter().map(|item| item.rect);
        all.reduce(crate::geom::Rect::union).unwrap_or_default()
    }
}
