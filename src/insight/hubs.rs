//! Hubs and orphans: which internal systems the pain of the journey comes down to, and what hangs
//! in the air.

use crate::model::Id;

/// The internal systems of a map by what rests on them, and what nothing rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hubs {
    /// Those without an owner first, then by friction, betweenness and reach, each downwards.
    pub hubs: Vec<Hub>,
    /// Internal systems that nothing rests on, by name.
    pub unused_systems: Vec<Id>,
    /// Touchpoints that nothing supports, by name.
    pub unsupported_touchpoints: Vec<Id>,
    /// Touchpoints that no step uses, by name.
    pub unused_touchpoints: Vec<Id>,
}

/// One internal system.
#[derive(Debug, Clone, PartialEq)]
pub struct Hub {
    pub system: Id,
    pub owner: Option<Id>,
    /// Traced friction: the weight (severity × frequency × reach) of every friction point that
    /// comes down to it, split evenly at each fork on the way.
    pub friction: f64,
    /// On how many shortest ways between two other nodes it lies, of all such ways, 0 to 1
    /// (Freeman's betweenness centrality of the directed graph, normalised).
    pub betweenness: f64,
    /// How many steps rest on it.
    pub reach: usize,
    /// How many of these have no other way down: they stop if it fails.
    pub stops: usize,
}

/// What one friction point adds to a system's traced friction.
#[derive(Debug, Clone, PartialEq)]
pub struct FrictionPart {
    pub friction: Id,
    /// Severity × frequency × reach of the friction point.
    pub weight: f64,
    /// The part of it that comes down to the system, 0 to 1.
    pub share: f64,
}
