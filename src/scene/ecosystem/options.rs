//! What the ecosystem view shows and how it groups it.

use std::collections::BTreeSet;

use crate::model::Id;
use crate::model::choice::{Band, SystemClass};

/// What the ecosystem view shows. The default shows everything, by bands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EcosystemOptions {
    /// What is for this segment alone; `None` shows all. Steps that the segment does not feel
    /// anything at and that no influence weighs for stay.
    pub segment: Option<Id>,
    pub grouping: Grouping,
    pub filter: EcosystemFilter,
    /// Only what is near one record, or what it rests on.
    pub focus: Option<Focus>,
    /// Cards of one kind that stand as one.
    pub collapsed_kinds: BTreeSet<NodeKind>,
    /// Teams whose systems and touchpoints stand as one with them.
    pub collapsed_teams: BTreeSet<Id>,
    /// For slides: no title above, no strip that nothing stands in, rows closer together, and as
    /// wide as a slide is.
    pub compact: bool,
}

/// What the strips are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Customer, frontstage, backstage, support.
    #[default]
    Bands,
    /// The customer, then one swimlane for each owner: who has to come to the meeting.
    Owners,
}

/// What is left out. An empty set leaves nothing out; what is in a set is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EcosystemFilter {
    /// Steps of these stages, and what is reached from them.
    pub stages: BTreeSet<Id>,
    pub bands: BTreeSet<Band>,
    pub kinds: BTreeSet<NodeKind>,
    /// Owned by these teams; `None` is nobody. Steps and influencers have no owner and stay.
    pub owners: BTreeSet<Option<Id>>,
    /// Only what has friction at least this severe, and what that friction traces to.
    pub min_severity: Option<u8>,
}

/// What kind of card: for filters and for collapsing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    Step,
    Touchpoint,
    Influencer,
    System(SystemClass),
}

/// A part of the graph round one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    pub node: Id,
    pub way: FocusWay,
}

/// Which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusWay {
    /// All that it rests on.
    RestsOn,
    /// All that rests on it.
    RestsOnIt,
    /// What is at most so many links away, in any direction, 1 or more.
    Around(u8),
}

impl EcosystemFilter {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
