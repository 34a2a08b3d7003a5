//! Hubs and orphans: which internal systems the pain of the journey comes down to, and what hangs
//! in the air.
//!
//! A pure function of the document and what is derived from it: a worker can run it on clones.
//! Not here: how friction runs down (see `rings`, `causes`), centrality (see `betweenness`).

use petgraph::algo::dominators;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::choice::{SystemClass, TouchpointStatus};
use crate::model::record::{Friction, System, Touchpoint};
use crate::model::{Doc, Edge, Graph, Id, Index, Kind, Record};

use super::betweenness::betweenness;
use super::causes::{Causes, Goal};
use super::net::Net;
use super::rings::Rings;
use super::weight;

/// The internal systems of a map by what rests on them, and what nothing rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hubs {
    /// Those without an owner first, then by friction, betweenness and reach, each downwards.
    pub hubs: Vec<Hub>,
    /// Internal systems that nothing else rests on, by name. A team that owns something has a use.
    pub unused_systems: Vec<Id>,
    /// Touchpoints that no internal system supports, by name; retired ones left out.
    pub unsupported_touchpoints: Vec<Id>,
    /// Touchpoints that no step uses, by name; retired ones left out.
    pub unused_touchpoints: Vec<Id>,
}

/// One internal system.
#[derive(Debug, Clone, PartialEq)]
pub struct Hub {
    pub system: Id,
    /// A team; one without an owner answers for itself.
    pub owner: Option<Id>,
    /// Traced friction: the weight (severity × frequency × reach) of every friction point that
    /// comes down to it; see [`formula`](super::formula).
    pub friction: f64,
    /// On what part of the shortest ways between two other nodes it lies, 0 to 1 (Freeman's
    /// betweenness centrality of the directed graph, by the number of all other pairs of nodes).
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

/// All internal systems by what rests on them, and what hangs in the air.
///
/// Costs nodes times links for betweenness; all else grows with the map.
pub fn hubs(doc: &Doc, index: &Index, graph: &Graph) -> Hubs {
    let whole = Whole::new(doc, index, graph);
    let frictions = whole.frictions();
    let reaches = whole.reaches();
    let stops = whole.stops();
    let between = betweenness(&whole.net);
    let systems = index.of_kind(Kind::System).iter();
    let mut hubs: Vec<Hub> = systems
        .filter_map(|id| {
            let number = whole.net.number_of(id)?;
            let at = number as usize;
            Some(Hub {
                system: id.clone(),
                owner: owner(doc, id),
                friction: frictions[at],
                betweenness: between[at],
                reach: reaches[whole.rings.of(number) as usize],
                stops: stops[at],
            })
        })
        .collect();
    hubs.sort_by(|a, b| {
        (a.owner.is_some().cmp(&b.owner.is_some()))
            .then_with(|| b.friction.total_cmp(&a.friction))
            .then_with(|| b.betweenness.total_cmp(&a.betweenness))
            .then_with(|| b.reach.cmp(&a.reach))
            .then_with(|| a.system.cmp(&b.system))
    });
    Hubs {
        hubs,
        unused_systems: by_name(doc, index, Kind::System, |id| !is_used(doc, index, graph, id)),
        unsupported_touchpoints: by_name(doc, index, Kind::Touchpoint, |id| {
            is_current(doc, id) && !graph.outgoing(id).any(|(_, edge, _)| edge == Edge::DependsOn)
        }),
        unused_touchpoints: by_name(doc, index, Kind::Touchpoint, |id| {
            is_current(doc, id) && !graph.incoming(id).any(|(_, edge, _)| edge == Edge::Uses)
        }),
    }
}

/// What makes up the traced friction of an internal system, the most first: weight times share,
/// summed up, is the system's [`Hub::friction`].
pub fn hub_parts(doc: &Doc, index: &Index, graph: &Graph, system: &Id) -> Vec<FrictionPart> {
    let Some(node) = graph.index_of(system) else { return Vec::new() };
    let whole = Whole::new(doc, index, graph);
    let Some(number) = whole.net.number(node) else { return Vec::new() };
    let parts = whole.rings.part_to(whole.rings.of(number));
    let shares = whole.causes.parts(|goal| match goal {
        Goal::Named(named) => f64::from(u8::from(named == node)),
        Goal::Down(root) => {
            let root = whole.net.number(root);
            root.map_or(0.0, |root| parts[whole.rings.of(root) as usize])
        }
        // Rings of friction points are followed before anybody is asked what they are worth.
        Goal::Ring(_) => 0.0,
    });
    let mut all: Vec<FrictionPart> = (whole.causes.met().iter().zip(&whole.weights).zip(shares))
        .filter(|((_, weight), share)| **weight > 0.0 && *share > 0.0)
        .map(|((met, weight), share)| FrictionPart {
            friction: met.id.clone(),
            weight: *weight,
            share,
        })
        .collect();
    all.sort_by(|a, b| (b.weight * b.share).total_cmp(&(a.weight * a.share)));
    all
}

/// The whole map, ready to be measured.
struct Whole<'a> {
    net: Net<'a>,
    rings: Rings,
    steps: Vec<u32>,
    /// Of all friction points.
    causes: Causes<'a>,
    /// By friction point, as they are numbered in `causes`.
    weights: Vec<f64>,
}

impl<'a> Whole<'a> {
    fn new(doc: &'a Doc, index: &'a Index, graph: &'a Graph) -> Self {
        let mut net = Net::new(doc, graph);
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_node()) {
            for node in index.of_kind(kind).iter().filter_map(|id| graph.index_of(id)) {
                net.walk(node);
            }
        }
        let rings = Rings::new(net.len(), |node, k| net.arcs(node).get(k).map(|arc| arc.to));
        let steps = index.of_kind(Kind::Step).iter().filter_map(|id| net.number_of(id)).collect();
        let causes = Causes::of(doc, graph, index.of_kind(Kind::Friction));
        let weights =
            causes.met().iter().map(|it| doc.get_as::<Friction>(it.id).map_or(0.0, weight));
        Self { weights: weights.collect(), net, rings, steps, causes }
    }

    /// The traced friction of each node, by number.
    fn frictions(&self) -> Vec<f64> {
        let numbered = self.weights.iter().enumerate();
        let settled = self.causes.settle(numbered.map(|(at, weight)| (at as u32, *weight)));
        let mut by_ring = vec![0.0; self.rings.len()];
        for (node, weight) in settled.down {
            if let Some(number) = self.net.number(node) {
                by_ring[self.rings.of(number) as usize] += weight;
            }
        }
        let arrived = self.rings.run_down(by_ring);
        let mut all: Vec<f64> = (0..self.net.len() as u32)
            .map(|number| arrived[self.rings.of(number) as usize])
            .collect();
        for (node, weight) in settled.named {
            if let Some(number) = self.net.number(node) {
                all[number as usize] += weight;
            }
        }
        all
    }

    /// How many steps rest on each ring, 64 steps at a time.
    fn reaches(&self) -> Vec<usize> {
        let mut reaches = vec![0; self.rings.len()];
        let mut here = vec![0_u64; self.rings.len()];
        for steps in self.steps.chunks(64) {
            here.fill(0);
            for (bit, step) in steps.iter().enumerate() {
                here[self.rings.of(*step) as usize] |= 1 << bit;
            }
            for ring in (0..self.rings.len()).rev() {
                let mask = here[ring];
                if mask == 0 {
                    continue;
                }
                reaches[ring] += mask.count_ones() as usize;
                for node in self.rings.beneath(ring as u32) {
                    here[self.rings.of(*node) as usize] |= mask;
                }
            }
        }
        reaches
    }

    /// How many steps stop if each node fails: those that it dominates in the graph from a node
    /// beneath all ends up (K. Cooper, T. Harvey and K. Kennedy, A Simple, Fast Dominance
    /// Algorithm, 2001).
    fn stops(&self) -> Vec<usize> {
        let count = self.net.len();
        let mut upward: DiGraph<(), (), u32> = DiGraph::with_capacity(count + 1, count * 2);
        for _ in 0..=count {
            upward.add_node(());
        }
        let beneath_all = NodeIndex::new(count);
        for number in 0..count as u32 {
            let node = NodeIndex::new(number as usize);
            for arc in self.net.arcs(number) {
                upward.add_edge(NodeIndex::new(arc.to as usize), node, ());
            }
            if self.rings.beneath(self.rings.of(number)).is_empty() {
                upward.add_edge(beneath_all, node, ());
            }
        }
        let tree = dominators::simple_fast(&upward, beneath_all);
        let above: Vec<Option<usize>> = (0..count)
            .map(|at| tree.immediate_dominator(NodeIndex::new(at)).map(NodeIndex::index))
            .collect();
        let mut stops = vec![0; count];
        for step in &self.steps {
            let mut at = *step as usize;
            while at < count {
                stops[at] += 1;
                match above[at] {
                    Some(next) => at = next,
                    None => break,
                }
            }
        }
        stops
    }
}

/// The team that answers for an internal system.
fn owner(doc: &Doc, id: &Id) -> Option<Id> {
    let system = doc.get_as::<System>(id)?;
    let owner = system.owner.as_ref().filter(|it| doc.get_as::<System>(it).is_some());
    owner.or((system.class == SystemClass::Team).then_some(id)).cloned()
}

/// Whether something else rests on an internal system or is owned by it.
fn is_used(doc: &Doc, index: &Index, graph: &Graph, id: &Id) -> bool {
    let rests = |(_, edge, other): (&Id, Edge, &Id)| {
        matches!(edge, Edge::Uses | Edge::DependsOn) && other != id
    };
    let owns = |other: &Id| {
        let owner = match doc.get(other).map(AsRef::as_ref) {
            Some(Record::Touchpoint(it)) => &it.owner,
            Some(Record::System(it)) => &it.owner,
            Some(Record::Action(it)) => &it.owner,
            _ => &None,
        };
        other != id && owner.as_ref() == Some(id)
    };
    graph.incoming(id).any(rests) || index.referrers(id).iter().any(owns)
}

fn is_current(doc: &Doc, id: &Id) -> bool {
    doc.get_as::<Touchpoint>(id).is_some_and(|it| it.status != TouchpointStatus::Retired)
}

fn by_name(doc: &Doc, index: &Index, kind: Kind, keep: impl Fn(&Id) -> bool) -> Vec<Id> {
    let mut all: Vec<Id> = index.of_kind(kind).iter().filter(|id| keep(id)).cloned().collect();
    all.sort_by(|a, b| (doc.name_of(a), a).cmp(&(doc.name_of(b), b)));
    all
}
