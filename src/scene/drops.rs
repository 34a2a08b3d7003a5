//! Places in the journey: which step, lane or gap a point in the map means.
//!
//! Not here: what dropping there does (see `edit::verbs`).

use crate::geom::{Point, Rect};
use crate::layout::Span;
use crate::layout::grid::nearest;
use crate::model::Id;
use crate::model::choice::{Band, LaneContent};

use super::JourneyScene;

/// What stands at a point: a cell of the journey.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub step: Option<Id>,
    pub stage: Option<Id>,
    /// `None` in the headers.
    pub lane: Option<LaneContent>,
    pub band: Option<Band>,
}

/// Where a dragged step would go.
#[derive(Debug, Clone, PartialEq)]
pub struct StepDrop {
    /// The stage it would belong to.
    pub stage: Option<Id>,
    /// The step that it would stand before; `None` is the end of the stage.
    pub before: Option<Id>,
}

/// Where a dragged lane would go.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneDrop {
    pub band: Band,
    /// The lane that it would stand before; `None` is the end of the band.
    pub before: Option<Id>,
}

impl JourneyScene {
    /// The cell at a point. Gaps belong to the nearest cell; `None` outside of the columns.
    pub fn place_at(&self, point: Point) -> Option<Place> {
        let (plan, geo) = (self.plan(), self.geometry());
        let (first, last) = (geo.across.groups.first()?, geo.across.groups.last()?);
        let all = Span { min: first.min, max: last.max }.by(geo.down.groups);
        if !all.contains(point) {
            return None;
        }
        let column = nearest(geo.across.columns.iter().copied(), point.x)?;
        let header = point.y < geo.down.header.max;
        let row = nearest(geo.down.rows.iter().map(|row| row.span), point.y);
        let row = row.filter(|_| !header).map(|row| &plan.rows[row]);
        let at = &plan.columns[column];
        Some(Place {
            step: at.step.clone(),
            stage: plan.groups[at.group].stage.clone(),
            lane: row.map(|row| row.content),
            band: row.map(|row| row.band),
        })
    }

    /// Where a step that is dragged to a point would go.
    pub fn step_drop_at(&self, point: Point, dragged: &Id) -> Option<StepDrop> {
        let (plan, geo) = (self.plan(), self.geometry());
        let group = nearest(geo.across.groups.iter().copied(), point.x)?;
        let group = &plan.groups[group];
        let before = group
            .columns
            .clone()
            .filter(|column| geo.across.columns[*column].center() > point.x)
            .filter_map(|column| plan.columns[column].step.clone())
            .find(|step| step != dragged);
        Some(StepDrop { stage: group.stage.clone(), before })
    }

    /// Before which stage a stage that is dragged to a point would go: `Some(None)` is after the
    /// last one, `None` where there is no stage.
    pub fn stage_drop_at(&self, point: Point) -> Option<Option<Id>> {
        let (plan, geo) = (self.plan(), self.geometry());
        let stages = || {
            let all = plan.groups.iter().zip(&geo.across.groups);
            all.filter_map(|(group, span)| Some((group.stage.clone()?, *span)))
        };
        stages().next()?;
        Some(stages().find(|(_, span)| span.center() > point.x).map(|(id, _)| id))
    }

    /// Where a lane that is dragged to a point would go.
    pub fn lane_drop_at(&self, point: Point) -> Option<LaneDrop> {
        let (plan, geo) = (self.plan(), self.geometry());
        let row = nearest(geo.down.rows.iter().map(|row| row.span), point.y)?;
        let band = plan.rows[row].band;
        let below = plan.rows.iter().zip(&geo.down.rows);
        let before = below
            .filter(|(row, _)| row.band == band)
            .find(|(_, at)| at.span.center() > point.y)
            .map(|(row, _)| row.id.clone());
        Some(LaneDrop { band, before })
    }

    /// How far apart two neighbouring values of the emotion curve stand; `None` where no lane
    /// shows it.
    pub fn feeling_height(&self) -> Option<f32> {
        let mut rows = self.rows().filter(|(_, content, _)| *content == LaneContent::Emotion);
        rows.next().map(|(_, _, area)| super::emotion::unit(area.height()))
    }

    /// The columns' boxes, left to right, each with its step.
    pub fn columns(&self) -> impl Iterator<Item = (Option<&Id>, Rect)> {
        let columns = self.plan().columns.iter().enumerate();
        columns.map(|(i, column)| (column.step.as_ref(), self.geometry().column(i)))
    }

    /// The stages' boxes, left to right; `None` is the one of steps without a stage.
    pub fn stages(&self) -> impl Iterator<Item = (Option<&Id>, Rect)> {
        let groups = self.plan().groups.iter().enumerate();
        groups.map(|(i, group)| (group.stage.as_ref(), self.geometry().group(i)))
    }

    /// The lanes' boxes, top to bottom, labels included.
    pub fn rows(&self) -> impl Iterator<Item = (&Id, LaneContent, Rect)> {
        let rows = self.plan().rows.iter().enumerate();
        rows.map(|(i, row)| (&row.id, row.content, self.geometry().row(i)))
    }
}
