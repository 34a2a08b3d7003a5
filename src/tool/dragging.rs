//! Dragging steps, stages, lanes and points of the emotion curve.
//!
//! The document changes while the drag goes on, inside an open undo entry, so that the rest of
//! the map makes room as it will be; each change starts again from where the drag began.

use crate::geom::{Point, pt};
use crate::model::Id;
use crate::model::record::Step as StepRecord;
use crate::scene::{Hit, LaneDrop, StepDrop};

use super::{At, Button, Context, Input, Intent, Step, Tool, edge_pan};

/// Answers what all drags have in common: letting go keeps, Esc puts back, the edge scrolls.
fn ending(input: &Input, last: At, cx: &Context<'_>) -> Option<(bool, Vec<Intent>)> {
    match input {
        Input::Release { button: Button::Primary, .. } => Some((true, vec![Intent::Commit])),
        Input::Cancel => Some((true, vec![Intent::Cancel])),
        Input::Tick { secs } => {
            let pan = edge_pan(last, cx.size, *secs).map(Intent::Pan);
            Some((false, pan.into_iter().collect()))
        }
        _ => None,
    }
}

/// One or more steps on their way to another place.
#[derive(Debug, Clone, PartialEq)]
pub struct DraggingSteps {
    /// In journey order.
    pub steps: Vec<Id>,
    /// The one under the pointer.
    pub held: Id,
    /// From the pointer to the top left of the held card, in map units.
    pub grip: Point,
    pub last: At,
    pub drop: Option<StepDrop>,
}

impl DraggingSteps {
    pub(super) fn begin(steps: Vec<Id>, hit: &Hit, at: At, cx: &Context<'_>) -> Self {
        let corner = cx.card_of(&hit.record).map_or(at.in_map, |card| card.rect.min);
        let grip = pt(corner.x - at.in_map.x, corner.y - at.in_map.y);
        Self { steps, held: hit.record.clone(), grip, last: at, drop: None }
    }

    pub(super) fn step(mut self, input: &Input, cx: &Context<'_>) -> Step {
        if let Some((over, intents)) = ending(input, self.last, cx) {
            return (if over { Tool::Idle } else { Tool::DraggingSteps(self) }, intents);
        }
        let mut intents = Vec::new();
        if let Input::Move { at, .. } = input {
            self.last = *at;
            let drop = cx.picture.journey().and_then(|it| it.step_drop_at(at.in_map, &self.held));
            if let Some(drop) = drop.filter(|drop| self.drop.as_ref() != Some(drop)) {
                let (stage, before) = (drop.stage.clone(), self.beyond_dragged(cx, &drop));
                intents.push(Intent::MoveSteps { steps: self.steps.clone(), stage, before });
                self.drop = Some(drop);
            }
        }
        (Tool::DraggingSteps(self), intents)
    }

    /// The step to stand before, which may not be one that is dragged itself: the next one that
    /// is not, in the same stage.
    fn beyond_dragged(&self, cx: &Context<'_>, drop: &StepDrop) -> Option<Id> {
        let before = drop.before.as_ref()?;
        let steps = cx.doc().steps();
        let from = steps.iter().position(|(id, _)| *id == before)?;
        steps[from..]
            .iter()
            .take_while(|(_, step)| step.stage == drop.stage)
            .find(|(id, _)| !self.steps.contains(id))
            .map(|(id, _)| (*id).clone())
    }
}

/// A stage on its way to another place among the stages.
#[derive(Debug, Clone, PartialEq)]
pub struct DraggingStage {
    pub stage: Id,
    pub last: At,
    /// The stage that it stands before now; the inner `None` is the end.
    pub drop: Option<Option<Id>>,
}

impl DraggingStage {
    pub(super) fn begin(hit: &Hit, at: At) -> Self {
        Self { stage: hit.record.clone(), last: at, drop: None }
    }

    pub(super) fn step(mut self, input: &Input, cx: &Context<'_>) -> Step {
        if let Some((over, intents)) = ending(input, self.last, cx) {
            return (if over { Tool::Idle } else { Tool::DraggingStage(self) }, intents);
        }
        let mut intents = Vec::new();
        if let Input::Move { at, .. } = input {
            self.last = *at;
            let drop = cx
                .picture
                .journey()
                .and_then(|it| it.stage_drop_at(at.in_map))
                .filter(|it| self.is_new(it));
            if let Some(before) = drop {
                let stage = self.stage.clone();
                intents.push(Intent::MoveStage { stage, before: before.clone() });
                self.drop = Some(before);
            }
        }
        (Tool::DraggingStage(self), intents)
    }

    /// Standing before itself is where it is.
    fn is_new(&self, before: &Option<Id>) -> bool {
        before.as_ref() != Some(&self.stage) && self.drop.as_ref() != Some(before)
    }
}

/// A lane on its way to another place among the lanes.
#[derive(Debug, Clone, PartialEq)]
pub struct DraggingLane {
    pub lane: Id,
    pub last: At,
    pub drop: Option<LaneDrop>,
}

impl DraggingLane {
    pub(super) fn begin(hit: &Hit, at: At) -> Self {
        Self { lane: hit.record.clone(), last: at, drop: None }
    }

    pub(super) fn step(mut self, input: &Input, cx: &Context<'_>) -> Step {
        if let Some((over, intents)) = ending(input, self.last, cx) {
            return (if over { Tool::Idle } else { Tool::DraggingLane(self) }, intents);
        }
        let mut intents = Vec::new();
        if let Input::Move { at, .. } = input {
            self.last = *at;
            let drop = cx.picture.journey().and_then(|it| it.lane_drop_at(at.in_map));
            // Standing before itself is where it is.
            let is_new = |drop: &LaneDrop| {
                drop.before.as_ref() != Some(&self.lane) && self.drop.as_ref() != Some(drop)
            };
            if let Some(drop) = drop.filter(is_new) {
                let (lane, band, before) = (self.lane.clone(), drop.band, drop.before.clone());
                intents.push(Intent::MoveLane { lane, band, before });
                self.drop = Some(drop);
            }
        }
        (Tool::DraggingLane(self), intents)
    }
}

/// A point of an emotion curve on its way up or down.
#[derive(Debug, Clone, PartialEq)]
pub struct DraggingEmotion {
    pub step: Id,
    pub segment: Id,
    /// What the segment felt when the drag began.
    pub before: i8,
    pub value: i8,
    /// The height of the pointer when the drag began, in map units.
    pub from_y: f32,
    /// How far apart two neighbouring values stand, in map units.
    pub unit: f32,
    pub last: At,
}

impl DraggingEmotion {
    pub(super) fn begin(hit: &Hit, at: At, cx: &Context<'_>) -> Option<Self> {
        let segment = hit.other.clone()?;
        let record = cx.doc().get_as::<StepRecord>(&hit.record)?;
        let before = record.feelings.get(&segment).copied().unwrap_or_default();
        let from_y = at.in_map.y;
        let unit = cx.picture.journey()?.feeling_height()?.max(1.0);
        let step = hit.record.clone();
        Some(Self { step, segment, before, value: before, from_y, unit, last: at })
    }

    pub(super) fn step(mut self, input: &Input, cx: &Context<'_>) -> Step {
        if let Some((over, intents)) = ending(input, self.last, cx) {
            return (if over { Tool::Idle } else { Tool::DraggingEmotion(self) }, intents);
        }
        let mut intents = Vec::new();
        if let Input::Move { at, .. } = input {
            self.last = *at;
            let levels = (self.from_y - at.in_map.y) / self.unit;
            let value = (f32::from(self.before) + levels).round().clamp(-2.0, 2.0) as i8;
            if value != self.value {
                self.value = value;
                let (step, segment) = (self.step.clone(), self.segment.clone());
                intents.push(Intent::SetFeeling { step, segment, value });
            }
        }
        (Tool::DraggingEmotion(self), intents)
    }
}
