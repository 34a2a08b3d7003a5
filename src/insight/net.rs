//! The graph of what rests on what: which links are walked, and the part of it that lies beneath
//! given nodes.
//!
//! *Uses* and *depends on* links lead down; an influencer rests on the touchpoint that each of its
//! influences works through. *Next* is never walked. A link that waits for a missing end is not
//! there.

use petgraph::Direction;
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::{EdgeRef, NodeIndexable};

use crate::model::record::{Link, LinkKind};
use crate::model::{Doc, Edge, Graph, Id, Kind};

/// What a node rests on: the other node and the link that says so.
pub(super) fn down<'a>(
    doc: &'a Doc,
    graph: &'a Graph,
    node: NodeIndex,
) -> impl Iterator<Item = (NodeIndex, &'a Id)> {
    graph.petgraph().edges(node).filter_map(move |edge| {
        let (link, kind) = edge.weight();
        match kind {
            Edge::Uses | Edge::DependsOn => Some((edge.target(), link)),
            Edge::Influences => via(doc, graph, link).map(|touchpoint| (touchpoint, link)),
            Edge::Next => None,
        }
    })
}

/// The touchpoint that an influence works through.
pub(super) fn via(doc: &Doc, graph: &Graph, link: &Id) -> Option<NodeIndex> {
    match &doc.get_as::<Link>(link)?.kind {
        LinkKind::Influences { via: Some(via), .. } => {
            graph.index_of(via).filter(|node| graph.kind_at(*node) == Kind::Touchpoint)
        }
        _ => None,
    }
}

/// Calls `see` with everything that rests on a node directly: the other node and the link.
pub(super) fn up<'a>(graph: &'a Graph, node: NodeIndex, mut see: impl FnMut(NodeIndex, &'a Id)) {
    for edge in graph.petgraph().edges_directed(node, Direction::Incoming) {
        let (link, kind) = edge.weight();
        if matches!(kind, Edge::Uses | Edge::DependsOn) {
            see(edge.source(), link);
        }
    }
    if graph.kind_at(node) == Kind::Touchpoint {
        for (link, from) in graph.working_through(&graph.petgraph()[node]) {
            see(from, link);
        }
    }
}

/// A link of the net, from the node that holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Arc<'a> {
    pub(super) to: u32,
    pub(super) link: &'a Id,
}

/// What lies beneath some nodes, numbered from 0 as it was walked.
///
/// The links of a node are sorted by where they lead, so that answers do not depend on the order
/// in which the map was edited.
pub(super) struct Net<'a> {
    doc: &'a Doc,
    graph: &'a Graph,
    nodes: Vec<NodeIndex>,
    ids: Vec<&'a Id>,
    /// By petgraph's index: the number here, or `NOWHERE`.
    numbers: Vec<u32>,
    /// Where each walked node's arcs begin, and where the last one's end.
    begins: Vec<u32>,
    arcs: Vec<Arc<'a>>,
}

const NOWHERE: u32 = u32::MAX;

impl<'a> Net<'a> {
    pub(super) fn new(doc: &'a Doc, graph: &'a Graph) -> Self {
        let numbers = vec![NOWHERE; graph.petgraph().node_bound()];
        let (nodes, ids, arcs) = (Vec::new(), Vec::new(), Vec::new());
        Self { doc, graph, nodes, ids, numbers, begins: vec![0], arcs }
    }

    /// Walks down from a node; gives its number.
    pub(super) fn walk(&mut self, root: NodeIndex) -> u32 {
        let number = self.put(root);
        while self.begins.len() <= self.nodes.len() {
            let at = self.begins.len() - 1;
            let first = self.arcs.len();
            for (to, link) in down(self.doc, self.graph, self.nodes[at]) {
                let to = self.put(to);
                self.arcs.push(Arc { to, link });
            }
            let ids = &self.ids;
            self.arcs[first..].sort_unstable_by_key(|arc| (ids[arc.to as usize], arc.link));
            self.begins.push(self.arcs.len() as u32);
        }
        number
    }

    /// Takes a node in without what lies beneath it. Nothing may be walked after that.
    pub(super) fn put(&mut self, node: NodeIndex) -> u32 {
        let number = &mut self.numbers[node.index()];
        if *number == NOWHERE {
            *number = self.nodes.len() as u32;
            self.nodes.push(node);
            self.ids.push(&self.graph.petgraph()[node]);
        }
        *number
    }

    /// The number of a node, if it was met.
    pub(super) fn number(&self, node: NodeIndex) -> Option<u32> {
        Some(self.numbers[node.index()]).filter(|it| *it != NOWHERE)
    }

    /// The number of the node with this id, if it was met.
    pub(super) fn number_of(&self, id: &Id) -> Option<u32> {
        self.graph.index_of(id).and_then(|node| self.number(node))
    }

    /// Whether what lies beneath a node was walked, too.
    pub(super) fn is_walked(&self, number: u32) -> bool {
        (number as usize) + 1 < self.begins.len()
    }

    /// Whether a node rests on another one.
    pub(super) fn has_beneath(&self, number: u32) -> bool {
        let node = self.nodes[number as usize];
        down(self.doc, self.graph, node).any(|(other, _)| other != node)
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What kind of record a node is.
    pub(super) fn kind(&self, number: u32) -> Kind {
        self.graph.kind_at(self.nodes[number as usize])
    }

    /// All ids, by number.
    pub(super) fn ids(&self) -> &[&'a Id] {
        &self.ids
    }

    pub(super) fn id(&self, number: u32) -> &'a Id {
        self.ids[number as usize]
    }

    /// All links that were walked.
    pub(super) fn links(&self) -> impl Iterator<Item = &'a Id> {
        self.arcs.iter().map(|arc| arc.link)
    }

    /// The links down from a node, parallel ones next to each other.
    pub(super) fn arcs(&self, number: u32) -> &[Arc<'a>] {
        let at = number as usize;
        match self.begins.get(at + 1) {
            Some(end) => &self.arcs[self.begins[at] as usize..*end as usize],
            None => &[],
        }
    }

    /// How many links away each node is from the nearest of some nodes, at least.
    pub(super) fn distances(&self, from: &[u32]) -> Vec<Option<usize>> {
        let mut far = vec![None; self.len()];
        let mut queue: Vec<u32> = Vec::with_capacity(self.len());
        for root in from {
            if far[*root as usize].replace(0).is_none() {
                queue.push(*root);
            }
        }
        let mut next = 0;
        while let Some(&at) = queue.get(next) {
            next += 1;
            let beyond = far[at as usize].map(|it| it + 1);
            for arc in self.arcs(at) {
                if far[arc.to as usize].is_none() {
                    far[arc.to as usize] = beyond;
                    queue.push(arc.to);
                }
            }
        }
        far
    }
}
