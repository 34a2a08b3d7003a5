//! Maps for property tests of walks, and an independent view of what rests on what.
//!
//! [`tangle`] makes maps of a few nodes with any links between them: rings, links from a node to
//! itself, parallel links, links with a missing end, influences with and without a touchpoint,
//! friction points on everything that name anything. [`Plain`] reads the links from the records
//! into a petgraph of its own, so that nothing of the program's walks is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use petgraph::algo::{has_path_connecting, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeFiltered;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use throughline::model::choice::{FrictionStatus, SystemClass};
use throughline::model::record::{
    Friction, Influencer, Link, LinkKind, Segment, Stage, Step, System, Touchpoint,
};
use throughline::model::{Doc, Id, Patch, Record};

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// A document of these records.
pub fn doc(records: impl IntoIterator<Item = (Id, Record)>) -> Doc {
    let mut doc = Doc::default();
    let mut patch = Patch::default();
    for (id, record) in records {
        patch.set(&id, None, Some(Arc::new(record)));
    }
    doc.apply(&patch);
    doc
}

const NODES: &[&str] = &[
    "i0", "i1", "s0", "s1", "s2", "s3", "t0", "t1", "t2", "y0", "y1", "y2", "y3", "y4", "y5", "y6",
];

/// A node by name, or one that is not there.
fn node() -> impl Strategy<Value = &'static str> {
    prop_oneof![20 => select(NODES), 1 => Just("gone")]
}

fn link() -> impl Strategy<Value = Record> {
    let depends = || LinkKind::DependsOn { what: None, rating: None };
    let next = || LinkKind::Next { condition: None, share_pct: None, class: Default::default() };
    let influences =
        (option::of(node()), option::of((0u8..=5, 0u8..2))).prop_map(|(via, weight)| {
            let importance = weight.map(|(weight, at)| (id(&format!("g{at}")), weight));
            let importance = importance.into_iter().collect();
            LinkKind::Influences { activities: Vec::new(), importance, via: via.map(id) }
        });
    let kind = prop_oneof![
        6 => Just(depends()),
        2 => Just(LinkKind::Uses),
        1 => Just(next()),
        2 => influences,
    ];
    (node(), node(), kind)
        .prop_map(|(from, to, kind)| Link { from: id(from), to: id(to), kind }.into())
}

/// How friction points name causes: `None` for not at all.
fn friction(causes: bool) -> impl Strategy<Value = Record> {
    let place = prop_oneof![
        node().prop_map(str::to_owned),
        (0usize..24).prop_map(|at| format!("l{at}")),
        Just("nowhere".to_owned()),
    ];
    let cause = prop_oneof![
        3 => node().prop_map(str::to_owned),
        2 => (0usize..6).prop_map(|at| format!("f{at}")),
    ];
    let causes = vec(cause, if causes { 0..4 } else { 0..1 });
    let size = (0u8..=5, option::of(1u8..=5), option::of(0.0..=100.0f64));
    (place, causes, size, select(FrictionStatus::ALL)).prop_map(
        |(at, causes, (severity, frequency, reach_pct), status)| {
            Friction {
                at: Some(id(&at)),
                causes: causes.iter().map(|it| id(it)).collect(),
                severity,
                frequency,
                reach_pct,
                status,
                ..Friction::default()
            }
            .into()
        },
    )
}

/// Maps of sixteen nodes with up to `links` links; `causes` says whether frictions name any.
pub fn tangle(links: usize, causes: bool) -> impl Strategy<Value = Doc> {
    let records = (vec(link(), 0..=links), vec(friction(causes), 0..6));
    let extra = (vec((any::<bool>(), option::of(0u8..2)), 4), vec((0u8..=5, any::<bool>()), 0..3));
    let class = vec(select(SystemClass::ALL), 7);
    (records, extra, class).prop_map(move |((links, frictions), (steps, segments), classes)| {
        let numbered = |prefix: &'static str, all: Vec<Record>| {
            all.into_iter().enumerate().map(move |(at, it)| (id(&format!("{prefix}{at}")), it))
        };
        let steps = steps.into_iter().map(|(moment_of_truth, stage)| {
            let stage = stage.map(|it| id(&format!("a{it}")));
            Step { moment_of_truth, stage, ..Step::default() }.into()
        });
        let segments = segments.into_iter().map(|(priority, known)| {
            Segment { priority, customers: known.then_some(7), ..Segment::default() }.into()
        });
        let systems = classes.into_iter().enumerate().map(|(at, class)| {
            let owner = (at % 3 == 0).then(|| id("y1"));
            System { class, owner, ..System::default() }.into()
        });
        let frictions = if causes { frictions } else { unnamed(frictions) };
        doc(numbered("s", steps.collect())
            .chain(numbered("t", vec![Touchpoint::default().into(); 3]))
            .chain(numbered("i", vec![Influencer::default().into(); 2]))
            .chain(numbered("y", systems.collect()))
            .chain(numbered("a", vec![Stage::default().into(); 2]))
            .chain(numbered("g", segments.collect()))
            .chain(numbered("l", links))
            .chain(numbered("f", frictions)))
    })
}

fn unnamed(mut frictions: Vec<Record>) -> Vec<Record> {
    for record in &mut frictions {
        if let Record::Friction(it) = record {
            it.causes.clear();
        }
    }
    frictions
}

/// The same map without any named cause.
pub fn without_causes(doc: &Doc) -> Doc {
    self::doc(doc.iter().map(|(id, record)| {
        let mut record = Record::clone(record);
        if let Record::Friction(it) = &mut record {
            it.causes.clear();
        }
        (id.clone(), record)
    }))
}

/// What rests on what, in a petgraph of its own.
pub struct Plain {
    pub graph: DiGraph<Id, Id>,
    pub nodes: BTreeMap<Id, NodeIndex>,
}

impl Plain {
    pub fn of(doc: &Doc) -> Self {
        let mut graph = DiGraph::new();
        let nodes: BTreeMap<Id, NodeIndex> = doc
            .iter()
            .filter(|(_, record)| record.kind().is_node())
            .map(|(id, _)| (id.clone(), graph.add_node(id.clone())))
            .collect();
        for (id, link) in doc.all::<Link>() {
            let (Some(from), Some(to)) = (nodes.get(&link.from), nodes.get(&link.to)) else {
                continue;
            };
            match &link.kind {
                LinkKind::Uses | LinkKind::DependsOn { .. } => {
                    graph.add_edge(*from, *to, id.clone());
                }
                LinkKind::Influences { via: Some(via), .. } => {
                    if doc.get_as::<Touchpoint>(via).is_some() {
                        graph.add_edge(*from, nodes[via], id.clone());
                    }
                }
                LinkKind::Influences { .. } | LinkKind::Next { .. } => {}
            }
        }
        Self { graph, nodes }
    }

    /// All that can be reached from some nodes, as petgraph says it.
    pub fn beneath(&self, from: &[NodeIndex]) -> BTreeSet<Id> {
        let reached = |to| from.iter().any(|it| has_path_connecting(&self.graph, *it, to, None));
        self.nodes.iter().filter(|(_, to)| reached(**to)).map(|(id, _)| id.clone()).collect()
    }

    /// All from where a node can be reached.
    pub fn above(&self, to: NodeIndex) -> BTreeSet<Id> {
        let reaches = |from| has_path_connecting(&self.graph, from, to, None);
        self.nodes.iter().filter(|(_, from)| reaches(**from)).map(|(id, _)| id.clone()).collect()
    }

    /// The nodes at which a way ends: those of rings (of one or more) with nothing beneath.
    pub fn ends(&self) -> BTreeSet<NodeIndex> {
        let rings = kosaraju_scc(&self.graph);
        let is_end = |ring: &Vec<NodeIndex>| {
            ring.iter().all(|node| self.graph.neighbors(*node).all(|to| ring.contains(&to)))
        };
        rings.into_iter().filter(is_end).flatten().collect()
    }

    /// Whether no way is left from a node to an end when a node is taken out.
    pub fn stops(&self, step: NodeIndex, without: NodeIndex, ends: &BTreeSet<NodeIndex>) -> bool {
        let left = EdgeFiltered::from_fn(&self.graph, |edge| {
            use petgraph::visit::EdgeRef as _;
            edge.source() != without && edge.target() != without
        });
        let way = |end: &NodeIndex| *end != without && has_path_connecting(&left, step, *end, None);
        step == without || !ends.iter().any(way)
    }

    /// The same for a link that is cut.
    pub fn stops_when_cut(&self, step: NodeIndex, cut: &Id, ends: &BTreeSet<NodeIndex>) -> bool {
        let left = EdgeFiltered::from_fn(&self.graph, |edge| edge.weight() != cut);
        !ends.iter().any(|end| has_path_connecting(&left, step, *end, None))
    }

    /// Every way without a ring from a node down to an end or to one of `named`, as sequences of
    /// ids. Only for graphs without rings.
    pub fn ways(&self, from: NodeIndex, named: &BTreeSet<Id>) -> BTreeSet<Vec<Id>> {
        let mut found = BTreeSet::new();
        let mut open = vec![vec![from]];
        while let Some(way) = open.pop() {
            let last = *way.last().unwrap();
            let beneath: BTreeSet<NodeIndex> = self.graph.neighbors(last).collect();
            let ids = || way.iter().map(|node| self.graph[*node].clone()).collect();
            if named.contains(&self.graph[last]) || beneath.is_empty() && way.len() > 1 {
                found.insert(ids());
            }
            open.extend(beneath.into_iter().map(|to| [&way[..], &[to]].concat()));
        }
        found
    }
}

/// The same map with those links alone that lead on in the order of `NODES`.
pub fn without_rings(doc: &Doc) -> Doc {
    let rank = |id: &Id| NODES.iter().position(|it| *it == id.as_str());
    self::doc(doc.iter().filter_map(|(id, record)| {
        if let Record::Link(Link { from, to, kind }) = &**record {
            let to = match kind {
                LinkKind::Influences { via: Some(via), .. } => via,
                _ => to,
            };
            (rank(from) < rank(to)).then(|| (id.clone(), Record::clone(record)))
        } else {
            Some((id.clone(), Record::clone(record)))
        }
    }))
}
