//! The ways down: every sequence of nodes from a start to an end or to a named cause.
//!
//! Ways are counted and listed over rings (see [`super::rings`]), so that a cycle has no endless
//! number of them: within a ring the shortest way is taken, and a ring at the end is followed to
//! the member that lies farthest in. How many there are is summed up from below; the shortest are
//! found best first, with the exact number of rings left to go as the estimate, so that listing a
//! few costs little however many there are.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Walk;
use super::net::Net;
use super::rings::Rings;

/// Where ways begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root<'a> {
    pub(super) node: u32,
    /// The upper end of the link that was asked about, and the link: every way begins with it.
    pub(super) above: Option<super::net::Arc<'a>>,
}

/// What the ways lead over.
pub(super) struct Ways<'n, 'a> {
    net: &'n Net<'a>,
    /// From where friction is felt to a named cause where no link leads: sorted, each once.
    jumps: Vec<(u32, u32)>,
    rings: Rings,
    /// By ring: the named causes in it.
    named: FxHashMap<u32, Vec<u32>>,
    roots: Vec<Root<'a>>,
}

/// The end of a way in its last ring.
#[derive(Debug, Clone, Copy)]
enum End {
    Named(u32),
    Bottom,
}

impl<'n, 'a> Ways<'n, 'a> {
    pub(super) fn new(
        net: &'n Net<'a>,
        mut jumps: Vec<(u32, u32)>,
        named: &[u32],
        roots: Vec<Root<'a>>,
    ) -> Self {
        jumps.sort_unstable();
        jumps.dedup();
        let rings = Rings::new(net.len(), |node, k| next(net, &jumps, node, k));
        let mut by_ring: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for node in named {
            by_ring.entry(rings.of(*node)).or_default().push(*node);
        }
        for nodes in by_ring.values_mut() {
            nodes.sort_unstable_by_key(|node| net.id(*node));
            nodes.dedup();
        }
        Self { net, jumps, rings, named: by_ring, roots }
    }

    fn named_in(&self, ring: u32) -> &[u32] {
        self.named.get(&ring).map_or(&[], Vec::as_slice)
    }

    /// Whether ways end here because nothing lies beneath and nothing here is a named cause.
    fn is_bottom(&self, ring: u32) -> bool {
        self.rings.beneath(ring).is_empty() && self.named_in(ring).is_empty()
    }

    /// Whether a root is itself all there is: no way leads from it.
    fn is_alone(&self, root: &Root<'_>) -> bool {
        let ring = self.rings.of(root.node);
        root.above.is_none() && self.is_bottom(ring) && self.rings.members(ring).len() == 1
    }

    /// How many ways there are; saturating.
    pub(super) fn count(&self) -> u64 {
        let mut counts = vec![0_u64; self.rings.len()];
        for ring in 0..self.rings.len() as u32 {
            let ends = if self.is_bottom(ring) { 1 } else { self.named_in(ring).len() as u64 };
            let below = self.rings_beneath(ring).into_iter().map(|it| counts[it as usize]);
            counts[ring as usize] = below.fold(ends, u64::saturating_add);
        }
        let roots = self.roots.iter().filter(|root| !self.is_alone(root));
        roots.map(|root| counts[self.rings.of(root.node) as usize]).fold(0, u64::saturating_add)
    }

    fn rings_beneath(&self, ring: u32) -> Vec<u32> {
        let beneath = self.rings.beneath(ring).iter();
        let mut rings: Vec<u32> = beneath.map(|node| self.rings.of(*node)).collect();
        rings.sort_unstable();
        rings.dedup();
        rings
    }

    /// The ways: those to named causes first, the shortest first, at most `most`.
    pub(super) fn list(&self, most: usize) -> Vec<Walk> {
        let mut legs = Legs::default();
        let mut walks = self.shortest(most, &mut legs, |ring| {
            self.named_in(ring).iter().map(|node| End::Named(*node)).collect()
        });
        let left = most - walks.len();
        walks.extend(self.shortest(left, &mut legs, |ring| match self.is_bottom(ring) {
            true => vec![End::Bottom],
            false => Vec::new(),
        }));
        walks.sort_by(|a, b| {
            let key = |it: &Walk| (!it.named, it.nodes.len());
            key(a).cmp(&key(b)).then_with(|| a.nodes.cmp(&b.nodes))
        });
        walks
    }

    /// The first `most` ways to rings with ends, those over the fewest rings first.
    fn shortest(&self, most: usize, legs: &mut Legs, ends: impl Fn(u32) -> Vec<End>) -> Vec<Walk> {
        let mut left: Vec<Option<u32>> = vec![None; self.rings.len()];
        for ring in 0..self.rings.len() as u32 {
            let beneath = self.rings.beneath(ring).iter();
            let below = beneath.filter_map(|node| left[self.rings.of(*node) as usize]).min();
            let here = (!ends(ring).is_empty()).then_some(0);
            left[ring as usize] = here.or_else(|| below.map(|it| it + 1));
        }
        // What was walked so far: the ring, and what came before it.
        let mut parts: Vec<(u32, Option<u32>)> = Vec::new();
        // By length in all, the farthest got first, then as they were found.
        let mut open = BinaryHeap::new();
        for (at, root) in self.roots.iter().enumerate().filter(|(_, it)| !self.is_alone(it)) {
            let ring = self.rings.of(root.node);
            if let Some(left) = left[ring as usize] {
                open.push(Reverse((left, Reverse(0_u32), parts.len() as u32, at)));
                parts.push((ring, None));
            }
        }
        let mut walks = Vec::new();
        while let Some(Reverse((_, Reverse(gone), part, root))) = open.pop() {
            let (ring, _) = parts[part as usize];
            for end in ends(ring) {
                if walks.len() < most {
                    walks.push(self.walk(legs, &self.roots[root], &parts, part, end));
                }
            }
            if walks.len() >= most {
                break;
            }
            for beneath in self.rings_beneath(ring) {
                if let Some(left) = left[beneath as usize] {
                    let key = (gone + 1 + left, Reverse(gone + 1), parts.len() as u32, root);
                    open.push(Reverse(key));
                    parts.push((beneath, Some(part)));
                }
            }
        }
        walks
    }

    /// The nodes of a way over rings.
    fn walk(
        &self,
        legs: &mut Legs,
        root: &Root<'a>,
        parts: &[(u32, Option<u32>)],
        last: u32,
        end: End,
    ) -> Walk {
        let mut over = Vec::new();
        let mut at = Some(last);
        while let Some(part) = at {
            let (ring, before) = parts[part as usize];
            over.push(ring);
            at = before;
        }
        over.reverse();
        let mut nodes = vec![root.node];
        for next in &over[1..] {
            legs.extend(self, &mut nodes, Goal::Into(*next));
            let into = nodes.last().and_then(|node| self.first_in(*node, *next));
            nodes.extend(into);
        }
        match end {
            End::Named(goal) => legs.extend(self, &mut nodes, Goal::Node(goal)),
            End::Bottom => legs.extend(self, &mut nodes, Goal::Farthest),
        }
        let links = nodes.windows(2).map(|pair| self.link(pair[0], pair[1])).collect();
        let ids = nodes.iter().map(|node| self.net.id(*node).clone()).collect();
        let named = matches!(end, End::Named(_));
        let mut walk = Walk { nodes: ids, links, named };
        if let Some(above) = root.above.filter(|above| !nodes.contains(&above.to)) {
            walk.nodes.insert(0, self.net.id(above.to).clone());
            walk.links.insert(0, Some(above.link.clone()));
        }
        walk
    }

    /// The first node of a ring that a node leads to.
    fn first_in(&self, node: u32, ring: u32) -> Option<u32> {
        self.nexts(node).find(|next| self.rings.of(*next) == ring)
    }

    fn nexts(&self, node: u32) -> impl Iterator<Item = u32> {
        (0..).map_while(move |k| next(self.net, &self.jumps, node, k))
    }

    fn link(&self, from: u32, to: u32) -> Option<crate::model::Id> {
        let arc = self.net.arcs(from).iter().find(|arc| arc.to == to);
        arc.map(|arc| arc.link.clone())
    }
}

/// Where a leg inside a ring ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Goal {
    Node(u32),
    /// At the nearest node that leads into another ring.
    Into(u32),
    Farthest,
}

/// Legs inside rings, kept since many ways share them and a ring may be most of the map.
#[derive(Default)]
struct Legs {
    /// By where a ring is entered: its nodes, the nearest first, and for each from which of these
    /// it was reached.
    rounds: FxHashMap<u32, Vec<(u32, u32)>>,
    /// What follows after the first node.
    legs: FxHashMap<(u32, Goal), Vec<u32>>,
}

impl Legs {
    /// Goes on inside the ring of the last node, the shortest way.
    fn extend(&mut self, ways: &Ways<'_, '_>, nodes: &mut Vec<u32>, goal: Goal) {
        let Some(&from) = nodes.last() else { return };
        if ways.rings.members(ways.rings.of(from)).len() == 1 {
            return;
        }
        let rounds = &mut self.rounds;
        let leg = self.legs.entry((from, goal)).or_insert_with(|| {
            let round = rounds.entry(from).or_insert_with(|| round(ways, from));
            let mut at = match goal {
                Goal::Node(node) => round.iter().position(|it| it.0 == node),
                Goal::Into(ring) => round.iter().position(|it| ways.first_in(it.0, ring).is_some()),
                Goal::Farthest => None,
            }
            .unwrap_or(round.len() - 1);
            let mut leg = Vec::new();
            while at > 0 {
                leg.push(round[at].0);
                at = round[at].1 as usize;
            }
            leg.reverse();
            leg
        });
        nodes.extend_from_slice(leg);
    }
}

/// All nodes of the ring of `from`, the nearest first, each with the place in this list of the one
/// before it.
fn round(ways: &Ways<'_, '_>, from: u32) -> Vec<(u32, u32)> {
    let ring = ways.rings.of(from);
    let mut seen = FxHashSet::from_iter([from]);
    let mut round = vec![(from, 0)];
    let mut at = 0;
    while let Some(&(node, _)) = round.get(at) {
        for next in ways.nexts(node).filter(|next| ways.rings.of(*next) == ring) {
            if seen.insert(next) {
                round.push((next, at as u32));
            }
        }
        at += 1;
    }
    round
}

/// The `k`-th node that a node leads to, by link or by jump.
fn next(net: &Net<'_>, jumps: &[(u32, u32)], node: u32, k: usize) -> Option<u32> {
    let arcs = net.arcs(node);
    if let Some(arc) = arcs.get(k) {
        return Some(arc.to);
    }
    let first = jumps.partition_point(|(from, _)| *from < node);
    let jump = jumps.get(first + k - arcs.len())?;
    (jump.0 == node).then_some(jump.1)
}
