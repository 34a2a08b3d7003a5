//! Impact: from an internal system up to the touchpoints, steps, stages and segments that it
//! reaches, and what stops if it fails.
//!
//! Not here: how much of a journey some steps are (see `journey`).

use petgraph::stable_graph::NodeIndex;
use petgraph::visit::NodeIndexable;
use rustc_hash::FxHashSet;

use crate::model::{Doc, Graph, Id, Index, Kind, Record};

use super::causes::{Place, open};
use super::journey::{Journey, in_order, stages_of};
use super::net::{down, up};
use super::weight;

/// Everything that rests on a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Impact {
    /// What was asked about; none for an empty impact.
    pub of: Option<Id>,
    /// All nodes that rest on it, itself included; influencers that work through a touchpoint of
    /// these are among them.
    pub nodes: FxHashSet<Id>,
    /// All links on the way.
    pub links: FxHashSet<Id>,
    /// Other internal systems that rest on it, by name.
    pub systems: Vec<Id>,
    /// Touchpoints that rest on it, by name.
    pub touchpoints: Vec<Id>,
    /// In journey order.
    pub steps: Vec<StepImpact>,
    /// In journey order.
    pub stages: Vec<Id>,
    /// By segment, the highest priority first; one entry without a segment where the map has none.
    pub segments: Vec<SegmentShare>,
    /// What share of the journey it is, over all segments weighed by priority and customers, 0 to 1.
    pub share: f64,
    /// Open friction points felt there (on nodes and links on the way), the heaviest first, each
    /// with its weight (severity × frequency × reach).
    pub frictions: Vec<(Id, f64)>,
    /// Their part of the weight of all friction of the map, 0 to 1.
    pub friction_share: f64,
}

/// A step that rests on the record.
#[derive(Debug, Clone, PartialEq)]
pub struct StepImpact {
    pub step: Id,
    /// Whether every way down from the step to an end leads through the record: if it fails, the
    /// step stops. Otherwise the step degrades. An end is a node with nothing beneath it, and
    /// every node of a ring with nothing beneath it.
    pub stops: bool,
}

/// What share of a segment's journey is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentShare {
    pub segment: Option<Id>,
    /// 0 to 1.
    pub share: f64,
}

/// Everything that rests on a record: of a node; of a link, for what rests on its upper end; of a
/// friction point or a delight, for its place. Empty for anything else.
///
/// Costs what is reached, and the steps, influences and friction points of the map.
pub fn impact(doc: &Doc, index: &Index, graph: &Graph, of: &Id) -> Impact {
    let at = match doc.get(of).map(AsRef::as_ref) {
        Some(Record::Friction(it)) => it.at.as_ref(),
        Some(Record::Delight(it)) => it.at.as_ref(),
        _ => Some(of),
    };
    let Some(place) = at.and_then(|at| Place::of(doc, graph, at)) else {
        return Impact::default();
    };
    let above = Above::new(doc, graph, &place);
    let of_kind = |kind| -> Vec<&Id> {
        let all = above.nodes.iter().filter(|node| graph.kind_at(**node) == kind);
        all.map(|node| &graph.petgraph()[*node]).collect()
    };
    let by_name = |kind| {
        let mut all = of_kind(kind);
        all.sort_by_cached_key(|id| (doc.name_of(id), *id));
        all
    };
    let steps = in_order(doc, of_kind(Kind::Step));
    let stops: FxHashSet<&Id> = above.stopped().map(|node| &graph.petgraph()[node]).collect();
    // What a friction point sits on is no other system.
    let ends = place.ends.iter().filter(|_| place.link.is_none());
    let itself: Vec<&Id> = ends.map(|node| &graph.petgraph()[*node]).collect();
    let systems = by_name(Kind::System).into_iter().filter(|id| !itself.contains(id));
    let systems = systems.cloned().collect();
    let journey = Journey::new(doc, index, graph);
    let (segments, share) = journey.shares(&steps);

    let nodes: FxHashSet<Id> =
        above.nodes.iter().map(|node| graph.petgraph()[*node].clone()).collect();
    let links: FxHashSet<Id> =
        above.links.iter().map(|(_, _, link)| *link).chain(place.link).cloned().collect();
    let (mut frictions, mut all) = (Vec::new(), 0.0);
    for (id, friction, at) in open(doc, index) {
        let weight = weight(friction);
        all += weight;
        if at.is_some_and(|at| nodes.contains(at) || links.contains(at)) {
            frictions.push((id.clone(), weight));
        }
    }
    frictions.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let friction_share = part(frictions.iter().map(|it| it.1).sum(), all);

    Impact {
        of: Some(of.clone()),
        systems,
        touchpoints: by_name(Kind::Touchpoint).into_iter().cloned().collect(),
        stages: stages_of(doc, &steps),
        steps: steps
            .into_iter()
            .map(|id| StepImpact { step: id.clone(), stops: stops.contains(id) })
            .collect(),
        segments,
        share,
        frictions,
        friction_share,
        nodes,
        links,
    }
}

/// `some` of `all`, 0 to 1; 0 of nothing.
pub(super) fn part(some: f64, all: f64) -> f64 {
    if all > 0.0 { (some / all).clamp(0.0, 1.0) } else { 0.0 }
}

/// All that rests on some nodes or on a link.
struct Above<'a> {
    doc: &'a Doc,
    graph: &'a Graph,
    nodes: Vec<NodeIndex>,
    /// By petgraph's index: its number in `nodes`.
    numbers: Vec<Option<u32>>,
    /// Lower end and upper end, by number, and the link.
    links: Vec<(u32, u32, &'a Id)>,
    /// Where the links up from each node begin in `links`.
    begins: Vec<usize>,
    fails: Fails<'a>,
}

/// What is taken to fail.
enum Fails<'a> {
    Node,
    /// The link alone; another one between the same ends still stands.
    Link(&'a Id),
    /// *Next*, and an influence that works through no touchpoint, hold nothing up.
    Nothing,
}

impl<'a> Above<'a> {
    fn new(doc: &'a Doc, graph: &'a Graph, place: &Place<'a>) -> Self {
        let (roots, fails) = match (place.link, place.above) {
            (None, _) => (place.roots.clone(), Fails::Node),
            (Some(link), Some(above)) => (vec![above], Fails::Link(link)),
            (Some(_), None) => (place.ends.clone(), Fails::Nothing),
        };
        let numbers = vec![None; graph.petgraph().node_bound()];
        let (nodes, links, begins) = (Vec::new(), Vec::new(), vec![0]);
        let mut it = Self { doc, graph, nodes, numbers, links, begins, fails };
        for root in roots {
            it.put(root);
        }
        let mut at = 0;
        while at < it.nodes.len() {
            up(graph, it.nodes[at], |node, link| {
                let upper = it.put(node);
                it.links.push((at as u32, upper, link));
            });
            it.begins.push(it.links.len());
            at += 1;
        }
        it
    }

    fn put(&mut self, node: NodeIndex) -> u32 {
        *self.numbers[node.index()].get_or_insert_with(|| {
            self.nodes.push(node);
            self.nodes.len() as u32 - 1
        })
    }

    /// The nodes that no way is left to lead to an end from, once it fails.
    ///
    /// What does not rest on it has a way down without it. So those that lead out of here are
    /// safe, and so is what rests on them; all others stop.
    fn stopped(&self) -> impl Iterator<Item = NodeIndex> {
        let mut safe = vec![false; self.nodes.len()];
        let mut queue = Vec::new();
        let failed = |number: u32| matches!(self.fails, Fails::Node) && number == 0;
        let cut = |link: &Id| matches!(self.fails, Fails::Link(it) if it == link);
        let end = self.end();
        for number in 0..self.nodes.len() as u32 {
            let out = || {
                down(self.doc, self.graph, self.nodes[number as usize])
                    .any(|(to, link)| self.numbers[to.index()].is_none() && !cut(link))
            };
            let nothing_fails = matches!(self.fails, Fails::Nothing);
            if !failed(number) && (nothing_fails || end.contains(&number) || out()) {
                safe[number as usize] = true;
                queue.push(number);
            }
        }
        while let Some(lower) = queue.pop() {
            let (begin, end) = (self.begins[lower as usize], self.begins[lower as usize + 1]);
            for (_, upper, link) in &self.links[begin..end] {
                if !safe[*upper as usize] && !failed(*upper) && !cut(link) {
                    safe[*upper as usize] = true;
                    queue.push(*upper);
                }
            }
        }
        self.nodes.iter().zip(safe).filter(|(_, safe)| !safe).map(|(node, _)| *node)
    }

    /// The ring of the first node, if nothing lies beneath it: each of its nodes is an end.
    fn end(&self) -> FxHashSet<u32> {
        let mut ring: FxHashSet<u32> = FxHashSet::from_iter([0]);
        let mut queue = vec![0];
        while let Some(at) = queue.pop() {
            for (to, _) in down(self.doc, self.graph, self.nodes[at as usize]) {
                match self.numbers[to.index()] {
                    Some(to) => {
                        if ring.insert(to) {
                            queue.push(to);
                        }
                    }
                    None => return FxHashSet::default(),
                }
            }
        }
        ring
    }
}
