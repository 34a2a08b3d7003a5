//! Where friction points sit, and the causes that the team named for them.
//!
//! A cause is a node or another friction point; the latter leads on to its own causes and, where
//! it names none, to its place. Friction points that name each other in a ring count as one. What
//! a resolved friction point names counts only where one that still hurts (or the one that was
//! asked about) leads there.

use petgraph::stable_graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::choice::FrictionStatus;
use crate::model::record::{Friction, Link, LinkKind};
use crate::model::{Doc, Graph, Id, Index, Kind};

use super::net::via;
use super::rings::Rings;

/// Where a walk begins that was asked for at a node or a link.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Place<'a> {
    /// The nodes from which it leads down.
    pub(super) roots: Vec<NodeIndex>,
    /// What it is said of: the node, or both ends of the link.
    pub(super) ends: Vec<NodeIndex>,
    /// The link itself.
    pub(super) link: Option<&'a Id>,
    /// The upper end of a link that is walked: seen, but not walked from.
    pub(super) above: Option<NodeIndex>,
}

impl<'a> Place<'a> {
    /// The place of a node, or of a link with both ends; `None` for anything else.
    ///
    /// A friction on a *uses* or *depends on* link is one with what lies beneath the link, so its
    /// walk begins at the lower end. One on an influence begins at the touchpoint that it works
    /// through, or else at the step that it sways; one on *next* at both steps.
    pub(super) fn of(doc: &'a Doc, graph: &'a Graph, at: &Id) -> Option<Self> {
        if let Some(node) = graph.index_of(at) {
            return Some(Self { roots: vec![node], ends: vec![node], ..Self::default() });
        }
        let link = doc.get_as::<Link>(at)?;
        let (from, to) = (graph.index_of(&link.from)?, graph.index_of(&link.to)?);
        let (roots, above) = match &link.kind {
            LinkKind::Uses | LinkKind::DependsOn { .. } => (vec![to], Some(from)),
            LinkKind::Influences { .. } => match via(doc, graph, at) {
                Some(via) => (vec![via], Some(from)),
                None => (vec![to], None),
            },
            LinkKind::Next { .. } if from == to => (vec![from], None),
            LinkKind::Next { .. } => (vec![from, to], None),
        };
        let ends = if from == to { vec![from] } else { vec![from, to] };
        let own = graph.petgraph().edges(from).map(|edge| &edge.weight().0).find(|it| *it == at);
        Some(Self { roots, ends, link: own, above })
    }
}

/// The friction points of a map that still hurt, by id, each with where it sits.
pub(super) fn open<'a>(
    doc: &'a Doc,
    index: &'a Index,
) -> impl Iterator<Item = (&'a Id, &'a Friction, Option<&'a Id>)> {
    let all = index.of_kind(Kind::Friction).iter();
    all.filter_map(|id| doc.get_as::<Friction>(id).map(|it| (id, it, it.at.as_ref())))
        .filter(|(_, it, _)| it.status != FrictionStatus::Resolved)
}

/// A friction point that the walk over causes met.
#[derive(Debug)]
pub(super) struct Met<'a> {
    pub(super) id: &'a Id,
    /// Which one named it, by number; `None` for those that the walk began at.
    pub(super) named_by: Option<u32>,
    pub(super) place: Option<Place<'a>>,
    /// The nodes that it names, each once.
    pub(super) names: Vec<NodeIndex>,
    /// The friction points that it names, by number, each once.
    leads_to: Vec<u32>,
}

/// Where a friction point's weight goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Goal {
    /// To a named cause, and no further.
    Named(NodeIndex),
    /// To the causes of another ring of friction points.
    Ring(u32),
    /// Down from its place.
    Down(NodeIndex),
}

/// Friction points and what they name, as far as it leads.
pub(super) struct Causes<'a> {
    met: Vec<Met<'a>>,
    rings: Rings,
    /// By ring: the parts into which its weight splits (together 1, unless it leads nowhere).
    goals: Vec<Vec<(f64, Goal)>>,
}

impl<'a> Causes<'a> {
    /// The causes of some friction points, numbered in that order.
    pub(super) fn of(
        doc: &'a Doc,
        graph: &'a Graph,
        seeds: impl IntoIterator<Item = &'a Id>,
    ) -> Self {
        let mut numbers: FxHashMap<&Id, u32> = FxHashMap::default();
        let mut met: Vec<Met<'a>> = Vec::new();
        for id in seeds {
            if numbers.insert(id, met.len() as u32).is_none() {
                met.push(Met::new(id, None));
            }
        }
        let mut at = 0;
        while at < met.len() {
            let Some(friction) = doc.get_as::<Friction>(met[at].id) else {
                at += 1;
                continue;
            };
            met[at].place = friction.at.as_ref().and_then(|it| Place::of(doc, graph, it));
            let mut seen = FxHashSet::default();
            for cause in friction.causes.iter().filter(|cause| seen.insert(*cause)) {
                if let Some(node) = graph.index_of(cause) {
                    met[at].names.push(node);
                } else if doc.get_as::<Friction>(cause).is_some() {
                    let number = *numbers.entry(cause).or_insert_with(|| {
                        met.push(Met::new(cause, Some(at as u32)));
                        met.len() as u32 - 1
                    });
                    met[at].leads_to.push(number);
                }
            }
            at += 1;
        }
        let rings = Rings::new(met.len(), |at, k| met[at as usize].leads_to.get(k).copied());
        let goals = (0..rings.len() as u32).map(|ring| goals(&met, &rings, ring)).collect();
        Self { met, rings, goals }
    }

    /// All friction points: first those that were asked for, then those that they lead to.
    pub(super) fn met(&self) -> &[Met<'a>] {
        &self.met
    }

    /// Where the weights of friction points come down, each given by number and weight.
    pub(super) fn settle(&self, weights: impl IntoIterator<Item = (u32, f64)>) -> Settled {
        let mut by_ring = vec![0.0; self.rings.len()];
        for (number, weight) in weights {
            by_ring[self.rings.of(number) as usize] += weight;
        }
        let mut settled = Settled::default();
        for ring in (0..self.rings.len()).rev() {
            let weight = by_ring[ring];
            if weight <= 0.0 {
                continue;
            }
            for (part, goal) in &self.goals[ring] {
                match goal {
                    Goal::Named(node) => {
                        *settled.named.entry(*node).or_default() += weight * part;
                    }
                    Goal::Ring(other) => by_ring[*other as usize] += weight * part,
                    Goal::Down(node) => *settled.down.entry(*node).or_default() += weight * part,
                }
            }
        }
        settled
    }

    /// For each friction point, by number, the part of its weight that `worth` gives to goals.
    pub(super) fn parts(&self, worth: impl Fn(Goal) -> f64) -> Vec<f64> {
        let mut by_ring = vec![0.0; self.rings.len()];
        for ring in 0..self.rings.len() {
            let part = |(part, goal): &(f64, Goal)| match goal {
                Goal::Ring(other) => part * by_ring[*other as usize],
                goal => part * worth(*goal),
            };
            by_ring[ring] = self.goals[ring].iter().map(part).sum();
        }
        (0..self.met.len() as u32).map(|at| by_ring[self.rings.of(at) as usize]).collect()
    }
}

/// Weights by the node where they come down.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) named: FxHashMap<NodeIndex, f64>,
    /// Those that run on down from there.
    pub(super) down: FxHashMap<NodeIndex, f64>,
}

impl<'a> Met<'a> {
    fn new(id: &'a Id, named_by: Option<u32>) -> Self {
        Self { id, named_by, place: None, names: Vec::new(), leads_to: Vec::new() }
    }
}

/// Named causes share alike; where there is none, the places do.
fn goals(met: &[Met<'_>], rings: &Rings, ring: u32) -> Vec<(f64, Goal)> {
    let members = || rings.members(ring).iter().map(|at| &met[*at as usize]);
    let mut named: Vec<NodeIndex> = members().flat_map(|it| it.names.iter().copied()).collect();
    named.sort_unstable();
    named.dedup();
    let beneath = rings.beneath(ring);
    let named = named.into_iter().map(Goal::Named);
    let goals: Vec<Goal> =
        named.chain(beneath.iter().map(|at| Goal::Ring(rings.of(*at)))).collect();
    if !goals.is_empty() {
        let part = 1.0 / goals.len() as f64;
        return goals.into_iter().map(|goal| (part, goal)).collect();
    }
    let places: Vec<_> = members().filter_map(|it| it.place.as_ref()).collect();
    let parts = places.iter().flat_map(|place| {
        let part = 1.0 / (places.len() * place.roots.len()) as f64;
        place.roots.iter().map(move |root| (part, Goal::Down(*root)))
    });
    parts.collect()
}
