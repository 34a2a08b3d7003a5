//! Traces: from a step, a touchpoint or a friction point down to what it rests on.
//!
//! A trace of a friction point asks for its own causes; a trace of anything else for those of all
//! open friction points on the way down. Not here: how ways are found (see `ways`), what causes
//! lead to (see `causes`).

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::choice::SystemClass;
use crate::model::record::{Friction, System, Touchpoint};
use crate::model::{Doc, Graph, Id, Index, Kind, Record};

use super::causes::{Causes, Place, Settled, open};
use super::net::{Arc, Net};
use super::rings::Rings;
use super::ways::{Root, Ways};
use super::weight;

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
    /// The causes that the team named first, the nearest first; then all other internal systems
    /// beneath, by how much comes down to them.
    pub causes: Vec<Cause>,
    /// The ways, one for each sequence of nodes from a start to an end, named causes first, the
    /// shortest first; at most [`Trace::MOST_PATHS`].
    pub paths: Vec<Walk>,
    /// How many ways there are in all (saturating).
    pub path_count: u64,
    /// Teams that are met: they own what lies on the way or lie on it; the one that owns the most
    /// first; last, as nobody's, the touchpoints and internal systems that no team owns.
    pub owners: Vec<Owner>,
    /// Open friction points on the way (on nodes or links of it), by severity and weight, the
    /// worst first.
    pub frictions: Vec<Id>,
}

/// What a trace comes down to.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// An internal system; a named cause may be any node.
    pub system: Id,
    /// The friction points that name it as their cause; empty where only the graph reaches it.
    pub named_by: Vec<Id>,
    /// How many links away it is at least; `None` where it is named but no link leads there.
    pub distance: Option<usize>,
    /// The part of what is traced that comes down to it, 0 to 1. For a cause that the traced
    /// friction point names: its part of the named causes, as hubs count it. For any other: what
    /// runs down the links, split evenly at each fork, as it would if nobody had named a cause.
    pub share: f64,
    /// Whether nothing lies beneath it, or only what rests on it in turn.
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
    /// What it owns there, by id; nothing for a team that is only met.
    pub owns: Vec<Id>,
}

impl Trace {
    /// The most ways that are listed.
    pub const MOST_PATHS: usize = 200;
}

/// Everything that a record rests on. From a node, a link, a friction point or a delight; empty
/// for anything else, and for what sits nowhere and names nothing.
///
/// Costs what lies beneath, and the friction points of the map.
pub fn trace<'a>(doc: &'a Doc, index: &'a Index, graph: &'a Graph, from: &'a Id) -> Trace {
    let (at, is_friction) = match doc.get(from).map(AsRef::as_ref) {
        Some(Record::Friction(it)) => (it.at.as_ref(), true),
        Some(Record::Delight(it)) => (it.at.as_ref(), false),
        _ => (Some(from), false),
    };
    let place = at.and_then(|at| Place::of(doc, graph, at));
    if place.is_none() && !is_friction {
        return Trace::default();
    }
    let mut tracer = Tracer::new(doc, index, graph, place.unwrap_or_default());
    if is_friction {
        tracer.name(Causes::of(doc, graph, [from]), true);
    } else {
        let frictions = tracer.frictions(&[]);
        let seeds = frictions.iter().map(|(id, _)| *id);
        tracer.name(Causes::of(doc, graph, seeds), false);
    }
    Trace { from: Some(from.clone()), ..tracer.finish() }
}

/// A trace in the making.
struct Tracer<'a> {
    doc: &'a Doc,
    index: &'a Index,
    graph: &'a Graph,
    place: Place<'a>,
    net: Net<'a>,
    /// Where it begins.
    starts: Vec<u32>,
    /// Where ways begin beside the starts: causes that nothing leads to.
    more_roots: Vec<u32>,
    /// From where friction is felt to causes to which no link leads.
    jumps: Vec<(u32, u32)>,
    /// By named cause: the friction points that name it.
    named: FxHashMap<u32, Vec<Id>>,
    /// Where the weight of the traced friction point comes down.
    settled: Option<Settled>,
}

impl<'a> Tracer<'a> {
    fn new(doc: &'a Doc, index: &'a Index, graph: &'a Graph, place: Place<'a>) -> Self {
        let mut net = Net::new(doc, graph);
        let starts = place.roots.iter().map(|root| net.walk(*root)).collect();
        Self {
            doc,
            index,
            graph,
            place,
            net,
            starts,
            more_roots: Vec::new(),
            jumps: Vec::new(),
            named: FxHashMap::default(),
            settled: None,
        }
    }

    /// The open friction points on the nodes and links that were walked, and on `more` nodes.
    fn frictions(&self, more: &[Id]) -> Vec<(&'a Id, &'a Friction)> {
        let links: FxHashSet<&Id> = self.net.links().chain(self.place.link).collect();
        let is_here =
            |at: &Id| self.net.number_of(at).is_some() || links.contains(at) || more.contains(at);
        let here = open(self.doc, self.index).filter(|(_, _, at)| at.is_some_and(is_here));
        here.map(|(id, friction, _)| (id, friction)).collect()
    }

    /// Takes the named causes in, with the places of friction points that are causes.
    fn name(&mut self, causes: Causes<'a>, of_one: bool) {
        // Where each friction point is felt: its place, else that of the one that names it.
        let mut felt: Vec<Option<u32>> = Vec::with_capacity(causes.met().len());
        for met in causes.met() {
            let above = met.named_by.and_then(|by| felt[by as usize]);
            let roots = met.place.iter().flat_map(|place| place.roots.iter());
            let roots: Vec<u32> = roots.map(|root| self.reach(*root, above)).collect();
            felt.push(roots.first().copied().or(above));
        }
        for (met, felt) in causes.met().iter().zip(felt) {
            for node in &met.names {
                // A cause is named, not walked: what it rests on was not asked.
                let linked = self.net.number(*node).is_some_and(|it| self.net.is_walked(it));
                let number = self.net.put(*node);
                if !linked {
                    self.lead_to(number, felt);
                }
                self.named.entry(number).or_default().push(met.id.clone());
            }
        }
        if of_one {
            self.settled = Some(causes.settle([(0, 1.0)]));
        }
    }

    /// Walks down from the place of a friction point that is a cause.
    fn reach(&mut self, root: petgraph::stable_graph::NodeIndex, above: Option<u32>) -> u32 {
        let linked = self.net.number(root).is_some();
        let number = self.net.walk(root);
        if !linked {
            self.lead_to(number, above);
        }
        number
    }

    fn lead_to(&mut self, node: u32, from: Option<u32>) {
        match from {
            Some(from) => self.jumps.push((from, node)),
            None if self.more_roots.contains(&node) => {}
            None => self.more_roots.push(node),
        }
    }

    fn finish(mut self) -> Trace {
        let named: Vec<u32> = self.named.keys().copied().collect();
        let jumps = std::mem::take(&mut self.jumps);
        let roots = self.roots();
        let ways = Ways::new(&self.net, jumps, &named, roots);
        let (paths, path_count) = (ways.list(Trace::MOST_PATHS), ways.count());
        let starts: Vec<Id> = self.ends().cloned().collect();
        let nodes: FxHashSet<Id> = self.net.ids().iter().copied().chain(&starts).cloned().collect();
        let frictions = worst_first(self.frictions(&starts));
        Trace {
            from: None,
            starts,
            causes: self.causes(),
            paths,
            path_count,
            owners: owners(self.doc, &nodes),
            frictions,
            links: self.net.links().chain(self.place.link).cloned().collect(),
            nodes,
        }
    }

    /// What was asked about: a node, or both ends of a link.
    fn ends(&self) -> impl Iterator<Item = &'a Id> {
        self.place.ends.iter().map(|node| &self.graph.petgraph()[*node])
    }

    fn roots(&mut self) -> Vec<Root<'a>> {
        // The upper end takes its number last: nothing was walked from it.
        let above = self.place.above.zip(self.place.link);
        let above = above.map(|(node, link)| Arc { to: self.net.put(node), link });
        let starts = self.starts.iter().map(|node| Root { node: *node, above });
        let more = self.more_roots.iter().map(|node| Root { node: *node, above: None });
        starts.chain(more).collect()
    }

    fn causes(&self) -> Vec<Cause> {
        let distances = self.net.distances(&self.starts);
        let rings =
            Rings::new(self.net.len(), |node, k| self.net.arcs(node).get(k).map(|arc| arc.to));
        let shares = self.shares(&rings);
        let mut causes = Vec::new();
        for number in 0..self.net.len() as u32 {
            let id = self.net.id(number);
            let named_by = self.named.get(&number).cloned().unwrap_or_default();
            let distance = distances[number as usize];
            let beneath = distance.is_some() || self.net.is_walked(number);
            // An internal system is no cause of itself, unless friction sits on it.
            let asked = self.settled.is_none() && self.starts.contains(&number);
            let possible = self.net.kind(number) == Kind::System && beneath && !asked;
            if named_by.is_empty() && !possible {
                continue;
            }
            let ends = match self.net.is_walked(number) {
                true => rings.beneath(rings.of(number)).is_empty(),
                false => !self.net.has_beneath(number),
            };
            let share = shares[number as usize];
            causes.push(Cause { system: id.clone(), named_by, distance, share, ends });
        }
        causes.sort_by(|a, b| {
            let named = (a.named_by.is_empty(), b.named_by.is_empty());
            let far = |it: &Cause| it.distance.unwrap_or(usize::MAX);
            let nearest = far(a).cmp(&far(b));
            let most = b.share.total_cmp(&a.share);
            let order = match named {
                (false, false) => nearest.then(most),
                (true, true) => most.then(nearest),
                (a, b) => a.cmp(&b),
            };
            order.then_with(|| a.system.cmp(&b.system))
        });
        causes
    }

    /// The share of each node, by number.
    fn shares(&self, rings: &Rings) -> Vec<f64> {
        let mut weights = vec![0.0; rings.len()];
        let mut let_down = |node: u32, part: f64| weights[rings.of(node) as usize] += part;
        let settled = self.settled.as_ref();
        let runs_down = settled.is_some_and(|it| !it.down.is_empty());
        if let Some(settled) = settled.filter(|_| runs_down) {
            for (node, part) in &settled.down {
                if let Some(number) = self.net.number(*node) {
                    let_down(number, *part);
                }
            }
        } else {
            let part = 1.0 / self.starts.len() as f64;
            self.starts.iter().for_each(|start| let_down(*start, part));
        }
        let arrived = rings.run_down(weights);
        let mut shares: Vec<f64> =
            (0..self.net.len() as u32).map(|it| arrived[rings.of(it) as usize]).collect();
        for (node, part) in settled.iter().flat_map(|it| &it.named) {
            if let Some(number) = self.net.number(*node) {
                let share = &mut shares[number as usize];
                *share = if runs_down { *share + part } else { *part };
            }
        }
        shares
    }
}

fn worst_first(mut frictions: Vec<(&Id, &Friction)>) -> Vec<Id> {
    frictions.sort_by(|(_, a), (_, b)| {
        b.severity.cmp(&a.severity).then_with(|| weight(b).total_cmp(&weight(a)))
    });
    frictions.into_iter().map(|(id, _)| id.clone()).collect()
}

fn owners(doc: &Doc, nodes: &FxHashSet<Id>) -> Vec<Owner> {
    let mut owns: FxHashMap<Option<&Id>, Vec<Id>> = FxHashMap::default();
    for id in nodes {
        let (owner, is_team) = match doc.get(id).map(AsRef::as_ref) {
            Some(Record::Touchpoint(Touchpoint { owner, .. })) => (owner, false),
            Some(Record::System(it)) => (&it.owner, it.class == SystemClass::Team),
            _ => continue,
        };
        let owner = owner.as_ref().filter(|it| doc.get_as::<System>(it).is_some());
        if is_team {
            owns.entry(Some(id)).or_default();
        }
        // A team answers for itself.
        if owner.is_some() || !is_team {
            owns.entry(owner).or_default().push(id.clone());
        }
    }
    let mut owners: Vec<Owner> = owns
        .into_iter()
        .map(|(team, mut owns)| {
            owns.sort();
            Owner { team: team.cloned(), owns }
        })
        .collect();
    owners.sort_by(|a, b| {
        let key = |it: &Owner| (it.team.is_none(), std::cmp::Reverse(it.owns.len()));
        key(a).cmp(&key(b)).then_with(|| a.team.cmp(&b.team))
    });
    owners
}
