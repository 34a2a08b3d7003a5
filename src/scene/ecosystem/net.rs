//! The nodes and links of a document by numbers, for walks over all of it.
//!
//! Not here: what is asked of them (see [`super::visible`]).

use rustc_hash::FxHashMap;

use crate::model::record::{Link, LinkKind};
use crate::model::{Doc, Edge, Id, Index, Kind};

use super::NodeKind;

/// A link whose ends are both there.
pub(super) struct NetLink<'a> {
    pub id: &'a Id,
    pub kind: &'a LinkKind,
    pub edge: Edge,
    pub from: u32,
    pub to: u32,
}

/// All nodes and links.
pub(super) struct Net<'a> {
    /// Steps in journey order, then the others by kind and id.
    pub nodes: Vec<(&'a Id, NodeKind)>,
    pub number: FxHashMap<&'a Id, u32>,
    /// By id.
    pub links: Vec<NetLink<'a>>,
    pub link_at: FxHashMap<&'a Id, u32>,
    /// What each node rests on; an influencer rests on the touchpoints that it works through.
    pub down: Vec<Vec<u32>>,
    /// The other way round.
    pub up: Vec<Vec<u32>>,
}

impl<'a> Net<'a> {
    pub fn of(doc: &'a Doc, index: &'a Index) -> Self {
        let mut nodes: Vec<(&Id, NodeKind)> =
            doc.steps().into_iter().map(|(id, _)| (id, NodeKind::Step)).collect();
        for kind in [Kind::Touchpoint, Kind::Influencer, Kind::System] {
            let all = index.of_kind(kind).iter();
            nodes.extend(all.filter_map(|id| Some((id, NodeKind::of(doc, id)?))));
        }
        let number: FxHashMap<&Id, u32> =
            nodes.iter().enumerate().map(|(i, (id, _))| (*id, i as u32)).collect();
        let mut net = Self {
            down: vec![Vec::new(); nodes.len()],
            up: vec![Vec::new(); nodes.len()],
            nodes,
            number,
            links: Vec::new(),
            link_at: FxHashMap::default(),
        };
        for id in index.of_kind(Kind::Link) {
            let Some(link) = doc.get_as::<Link>(id) else { continue };
            let number = |id: &Id| net.number.get(id).copied();
            let (Some(from), Some(to)) = (number(&link.from), number(&link.to)) else { continue };
            let edge = Edge::of(&link.kind);
            net.link_at.insert(id, net.links.len() as u32);
            net.links.push(NetLink { id, kind: &link.kind, edge, from, to });
            match &link.kind {
                LinkKind::Uses | LinkKind::DependsOn { .. } => net.rests(from, to),
                LinkKind::Influences { via: Some(via), .. } => {
                    if let Some(via) = net.number.get(via).copied() {
                        net.rests(from, via);
                    }
                }
                LinkKind::Influences { .. } | LinkKind::Next { .. } => {}
            }
        }
        net
    }

    fn rests(&mut self, from: u32, to: u32) {
        self.down[from as usize].push(to);
        self.up[to as usize].push(from);
    }

    /// What is at most so many links away, in any direction; steps after one another are no
    /// neighbours here.
    pub fn around(&self, start: u32, most: u8) -> Vec<bool> {
        let mut beside = vec![Vec::new(); self.nodes.len()];
        for link in self.links.iter().filter(|it| it.edge != Edge::Next) {
            beside[link.from as usize].push(link.to);
            beside[link.to as usize].push(link.from);
        }
        let mut near = vec![false; self.nodes.len()];
        near[start as usize] = true;
        let mut edge = vec![start];
        for _ in 0..most {
            let mut next = Vec::new();
            for it in edge.iter().flat_map(|it| &beside[*it as usize]) {
                if !std::mem::replace(&mut near[*it as usize], true) {
                    next.push(*it);
                }
            }
            edge = next;
        }
        near
    }
}

/// Everything that is reached from some nodes, they included.
pub(super) fn reach(starts: impl IntoIterator<Item = u32>, next: &[Vec<u32>]) -> Vec<bool> {
    let mut seen = vec![false; next.len()];
    let mut open: Vec<u32> = Vec::new();
    for start in starts {
        if !std::mem::replace(&mut seen[start as usize], true) {
            open.push(start);
        }
    }
    while let Some(at) = open.pop() {
        for to in &next[at as usize] {
            if !std::mem::replace(&mut seen[*to as usize], true) {
                open.push(*to);
            }
        }
    }
    seen
}
