//! Traces: from a step, a touchpoint or a friction point down to what it rests on.

use rustc_hash::FxHashSet;

use crate::model::Id;

/// Everything that a record rests on, and the ways there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trace {
    /// What was asked about: a node, a link, a friction point or a delight; none for an empty trace.
    pub from: Option<Id>,
    /// The nodes where it begins: the node itself, what the friction sits on, both ends of a link.
    pub starts: Vec<Id>,
    /// All nodes on the way, starts and causes included.
    pub nodes: FxHashSet<Id>,
    /// All links on the way.
    pub links: FxHashSet<Id>,
    /// Internal systems at the end of it: those that the team named as causes first, the others
    /// by how much of the friction comes down to them.
    pub causes: Vec<Cause>,
    /// The ways, one for each sequence of nodes from a start to an end, named causes first, the
    /// shortest first; at most [`Trace::MOST_PATHS`].
    pub paths: Vec<Walk>,
    /// How many ways there are in all (saturating).
    pub path_count: u64,
    /// Teams that own what lies on the way, the one with the most first; last those without.
    pub owners: Vec<Owner>,
    /// Friction points on the way (on nodes or links of it), the worst first.
    pub frictions: Vec<Id>,
}

/// An internal system that a trace comes down to.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    pub system: Id,
    /// The friction points that name it as their cause; empty where only the graph reaches it.
    pub named_by: Vec<Id>,
    /// How many links away it is at least; `None` where it is named but no link leads there.
    pub distance: Option<usize>,
    /// The part of what is traced that comes down to it, 0 to 1, split evenly at each fork.
    pub share: f64,
    /// Whether nothing lies beneath it.
    pub ends: bool,
}

/// One way from a start down to an end.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// From the start on.
    pub nodes: Vec<Id>,
    /// Between them: the link, or none where the team named the cause and no link leads there.
    pub links: Vec<Option<Id>>,
    /// Whether the last node is a named cause.
    pub named: bool,
}

/// Who owns things on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Owner {
    /// A team; `None` is nobody.
    pub team: Option<Id>,
    /// What it owns there.
    pub owns: Vec<Id>,
}

impl Trace {
    /// The most ways that are listed.
    pub const MOST_PATHS: usize = 200;
}
