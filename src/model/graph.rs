//! The graph over a document: nodes and links as one petgraph, kept in step by patches.
//!
//! Architecture invariant: petgraph's indices never leave this file's users as identity; ids do.
//! `StableDiGraph` recycles freed indices, so an index is only good until the next patch.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use rustc_hash::FxHashMap;

use super::record::{Link, LinkKind};
use super::{Doc, Id, Kind, Patch, Record};

/// Which kind of link an edge is, without its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    Next,
    Uses,
    Influences,
    DependsOn,
}

impl Edge {
    /// The edge of a link.
    pub fn of(kind: &LinkKind) -> Self {
        match kind {
            LinkKind::Next { .. } => Self::Next,
            LinkKind::Uses => Self::Uses,
            LinkKind::Influences { .. } => Self::Influences,
            LinkKind::DependsOn { .. } => Self::DependsOn,
        }
    }

    /// Whether MODEL allows a link of this kind between two nodes of these kinds.
    pub fn allows(self, from: Kind, to: Kind) -> bool {
        match self {
            Self::Next => (from, to) == (Kind::Step, Kind::Step),
            Self::Uses => (from, to) == (Kind::Step, Kind::Touchpoint),
            Self::Influences => (from, to) == (Kind::Influencer, Kind::Step),
            Self::DependsOn => {
                matches!(from, Kind::Step | Kind::Touchpoint | Kind::System) && to == Kind::System
            }
        }
    }

    /// The one kind of link that fits between two kinds of nodes, if any.
    pub fn between(from: Kind, to: Kind) -> Option<Self> {
        [Self::Next, Self::Uses, Self::Influences, Self::DependsOn]
            .into_iter()
            .find(|edge| edge.allows(from, to))
    }
}

/// A graph without indices: its nodes, and its links with their ends.
pub type ById<'a> = (Vec<&'a Id>, BTreeMap<&'a Id, (&'a Id, &'a Id, Edge)>);

/// The derived graph: node weights are record ids, edge weights the link's id and kind.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    graph: StableDiGraph<Id, (Id, Edge)>,
    nodes: FxHashMap<Id, NodeIndex>,
    /// By node index; what an index that is free had is still there.
    kinds: Vec<Kind>,
    edges: FxHashMap<Id, EdgeIndex>,
    /// Links that wait for an end that is not there, by the missing end.
    waiting: FxHashMap<Id, Vec<Id>>,
    /// Influences by the touchpoint that they work through, whether these are there or not.
    through: FxHashMap<Id, Vec<Id>>,
}

impl Graph {
    /// Builds the graph of a document.
    pub fn of(doc: &Doc) -> Self {
        let mut graph = Self::default();
        for (id, record) in doc.iter() {
            if record.kind().is_node() {
                graph.add_node(id, record.kind());
            }
        }
        for (id, link) in doc.all::<Link>() {
            graph.add_edge(id, link);
            graph.add_through(id, link);
        }
        graph
    }

    /// Follows a patch that was just applied to `doc`.
    pub fn apply(&mut self, doc: &Doc, patch: &Patch) {
        // Links go first, so that removing a node with its links leaves none waiting for it.
        for (id, change) in patch.changes() {
            if let Some(Record::Link(link)) = change.before.as_deref() {
                self.remove_edge(id);
                self.remove_through(id, link);
            }
        }
        let mut again = Vec::new();
        for (id, change) in patch.changes() {
            let was_node = change.before.as_deref().is_some_and(|r| r.kind().is_node());
            let kind = change.after.as_deref().map(Record::kind).filter(|kind| kind.is_node());
            match kind {
                None if was_node => self.remove_node(id),
                None => {}
                Some(kind) if was_node => self.set_kind(id, kind),
                Some(kind) => {
                    self.add_node(id, kind);
                    again.extend(self.waiting.remove(id).unwrap_or_default());
                }
            }
        }
        for (id, change) in patch.changes() {
            if let Some(Record::Link(link)) = change.after.as_deref() {
                self.add_edge(id, link);
                self.add_through(id, link);
            }
        }
        for id in again {
            if let Some(link) = doc.get_as::<Link>(&id) {
                self.add_edge(&id, link);
            }
        }
    }

    fn add_node(&mut self, id: &Id, kind: Kind) {
        let index = self.graph.add_node(id.clone());
        self.nodes.insert(id.clone(), index);
        if self.kinds.len() <= index.index() {
            self.kinds.resize(index.index() + 1, kind);
        }
        self.kinds[index.index()] = kind;
    }

    fn set_kind(&mut self, id: &Id, kind: Kind) {
        if let Some(index) = self.nodes.get(id) {
            self.kinds[index.index()] = kind;
        }
    }

    fn add_through(&mut self, id: &Id, link: &Link) {
        if let LinkKind::Influences { via: Some(via), .. } = &link.kind {
            self.through.entry(via.clone()).or_default().push(id.clone());
        }
    }

    fn remove_through(&mut self, id: &Id, link: &Link) {
        let LinkKind::Influences { via: Some(via), .. } = &link.kind else { return };
        if let Some(links) = self.through.get_mut(via) {
            links.retain(|it| it != id);
            if links.is_empty() {
                self.through.remove(via);
            }
        }
    }

    /// Links at the node wait for it: they are records of their own and may outlive it.
    fn remove_node(&mut self, id: &Id) {
        let Some(index) = self.nodes.remove(id) else {
            return;
        };
        let at_it: Vec<Id> = [Direction::Outgoing, Direction::Incoming]
            .into_iter()
            .flat_map(|way| self.graph.edges_directed(index, way))
            .map(|edge| edge.weight().0.clone())
            .collect();
        for link in at_it {
            self.edges.remove(&link);
            self.waiting.entry(id.clone()).or_default().push(link);
        }
        self.graph.remove_node(index);
    }

    fn add_edge(&mut self, id: &Id, link: &Link) {
        if self.edges.contains_key(id) {
            return;
        }
        match (self.nodes.get(&link.from), self.nodes.get(&link.to)) {
            (Some(from), Some(to)) => {
                let weight = (id.clone(), Edge::of(&link.kind));
                let index = self.graph.add_edge(*from, *to, weight);
                self.edges.insert(id.clone(), index);
            }
            (from, _) => {
                let missing = if from.is_none() { &link.from } else { &link.to };
                let waiting = self.waiting.entry(missing.clone()).or_default();
                if !waiting.contains(id) {
                    waiting.push(id.clone());
                }
            }
        }
    }

    fn remove_edge(&mut self, id: &Id) {
        if let Some(index) = self.edges.remove(id) {
            self.graph.remove_edge(index);
            return;
        }
        self.waiting.retain(|_, links| {
            links.retain(|link| link != id);
            !links.is_empty()
        });
    }

    /// The petgraph itself, for walks; its indices are good until the next patch.
    pub fn petgraph(&self) -> &StableDiGraph<Id, (Id, Edge)> {
        &self.graph
    }

    /// The node's index, good until the next patch.
    pub fn index_of(&self, id: &Id) -> Option<NodeIndex> {
        self.nodes.get(id).copied()
    }

    /// What kind of record a node is.
    ///
    /// # Panics
    ///
    /// Where there was never a node of this index.
    pub fn kind_at(&self, node: NodeIndex) -> Kind {
        self.kinds[node.index()]
    }

    /// Influences that work through a touchpoint and have both ends: link, influencer.
    pub fn working_through(&self, touchpoint: &Id) -> impl Iterator<Item = (&Id, NodeIndex)> {
        let links = self.through.get(touchpoint).into_iter().flatten();
        links.filter_map(|link| {
            let (from, _) = self.graph.edge_endpoints(*self.edges.get(link)?)?;
            Some((link, from))
        })
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many links have both ends.
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// Links that leave a node: link, kind, other end.
    pub fn outgoing(&self, id: &Id) -> impl Iterator<Item = (&Id, Edge, &Id)> {
        self.at(id, Direction::Outgoing)
    }

    /// Links that reach a node: link, kind, other end.
    pub fn incoming(&self, id: &Id) -> impl Iterator<Item = (&Id, Edge, &Id)> {
        self.at(id, Direction::Incoming)
    }

    fn at(&self, id: &Id, way: Direction) -> impl Iterator<Item = (&Id, Edge, &Id)> {
        self.index_of(id).into_iter().flat_map(move |index| {
            self.graph.edges_directed(index, way).map(move |edge| {
                let other = match way {
                    Direction::Outgoing => edge.target(),
                    Direction::Incoming => edge.source(),
                };
                let (link, kind) = edge.weight();
                (link, *kind, &self.graph[other])
            })
        })
    }

    /// The graph by ids alone, to compare two of them: nodes, and link → (from, to, kind).
    pub fn by_id(&self) -> ById<'_> {
        let mut nodes: Vec<_> = self.graph.node_weights().collect();
        nodes.sort();
        let edges = self
            .graph
            .edge_references()
            .map(|edge| {
                let (link, kind) = edge.weight();
                let ends = (&self.graph[edge.source()], &self.graph[edge.target()]);
                (link, (ends.0, ends.1, *kind))
            })
            .collect();
        (nodes, edges)
    }
}
