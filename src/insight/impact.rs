//! Impact: from an internal system up to the touchpoints, steps, stages and segments that it
//! reaches.

use rustc_hash::FxHashSet;

use crate::model::Id;

/// Everything that rests on a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Impact {
    /// What was asked about; none for an empty impact.
    pub of: Option<Id>,
    /// All nodes on the way, itself included.
    pub nodes: FxHashSet<Id>,
    /// All links on the way.
    pub links: FxHashSet<Id>,
    /// Other internal systems that rest on it.
    pub systems: Vec<Id>,
    pub touchpoints: Vec<Id>,
    /// In journey order.
    pub steps: Vec<StepImpact>,
    /// In journey order.
    pub stages: Vec<Id>,
    /// By segment, the highest priority first; one entry without a segment where the map has none.
    pub segments: Vec<SegmentShare>,
    /// What share of the journey it is, over all segments weighed by priority and customers, 0 to 1.
    pub share: f64,
    /// Friction points felt there, the heaviest first, each with its weight (severity × frequency ×
    /// reach).
    pub frictions: Vec<(Id, f64)>,
    /// Their part of the weight of all friction of the map, 0 to 1.
    pub friction_share: f64,
}

/// A step that rests on the record.
#[derive(Debug, Clone, PartialEq)]
pub struct StepImpact {
    pub step: Id,
    /// Whether every way down from the step leads through the record: if it fails, the step stops.
    /// Otherwise the step degrades.
    pub stops: bool,
}

/// What share of a segment's journey is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentShare {
    pub segment: Option<Id>,
    /// 0 to 1.
    pub share: f64,
}
