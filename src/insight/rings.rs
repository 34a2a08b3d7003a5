//! Rings: nodes that rest on each other all round (strongly connected components), taken as one,
//! so that what is left has no cycle; and how a weight runs down through it.
//!
//! Found with R. Tarjan's algorithm (Depth-first search and linear graph algorithms, SIAM J.
//! Comput. 1, 1972), without recursion: a map may hold chains that are deeper than a stack.

/// The rings of a graph whose nodes are numbered from 0. Most have one node.
///
/// Rings are numbered from the bottom up: links lead from a ring to one with a lower number.
pub(super) struct Rings {
    /// The ring of each node.
    of: Vec<u32>,
    /// The nodes of each ring, one ring after the other, and where each begins.
    members: Vec<u32>,
    begins: Vec<u32>,
    /// The nodes right beneath each ring, each once, and where each ring's begin.
    beneath: Vec<u32>,
    beneath_begins: Vec<u32>,
}

const UNSEEN: u32 = u32::MAX;

impl Rings {
    /// Of `count` nodes, where `next(node, k)` is the `k`-th node that a node leads to.
    pub(super) fn new(count: usize, next: impl Fn(u32, usize) -> Option<u32>) -> Self {
        let mut search = Search {
            seen: vec![UNSEEN; count],
            low: vec![0; count],
            stack: Vec::new(),
            clock: 0,
            rings: Self {
                of: vec![UNSEEN; count],
                members: Vec::with_capacity(count),
                begins: vec![0],
                beneath: Vec::new(),
                beneath_begins: vec![0],
            },
        };
        for root in 0..count as u32 {
            if search.seen[root as usize] == UNSEEN {
                search.from(root, &next);
            }
        }
        let mut rings = search.rings;
        for ring in 0..rings.len() as u32 {
            let first = rings.beneath.len();
            let (begin, end) = (rings.begins[ring as usize], rings.begins[ring as usize + 1]);
            for at in begin..end {
                let node = rings.members[at as usize];
                let to = (0..).map_while(|k| next(node, k));
                rings.beneath.extend(to.filter(|to| rings.of[*to as usize] != ring));
            }
            rings.beneath[first..].sort_unstable();
            let mut kept = first;
            for at in first..rings.beneath.len() {
                if at == first || rings.beneath[at] != rings.beneath[at - 1] {
                    rings.beneath[kept] = rings.beneath[at];
                    kept += 1;
                }
            }
            rings.beneath.truncate(kept);
            rings.beneath_begins.push(kept as u32);
        }
        rings
    }

    pub(super) fn len(&self) -> usize {
        self.begins.len() - 1
    }

    /// The ring of a node.
    pub(super) fn of(&self, node: u32) -> u32 {
        self.of[node as usize]
    }

    pub(super) fn members(&self, ring: u32) -> &[u32] {
        let at = ring as usize;
        &self.members[self.begins[at] as usize..self.begins[at + 1] as usize]
    }

    /// The nodes right beneath a ring, each once; none where it is an end.
    pub(super) fn beneath(&self, ring: u32) -> &[u32] {
        let at = ring as usize;
        &self.beneath[self.beneath_begins[at] as usize..self.beneath_begins[at + 1] as usize]
    }

    /// Lets weights run down, by ring: each splits evenly over what lies beneath. What arrives at
    /// a ring arrives at each of its nodes.
    pub(super) fn run_down(&self, mut weights: Vec<f64>) -> Vec<f64> {
        for ring in (0..self.len()).rev() {
            let beneath = self.beneath(ring as u32);
            let part = weights[ring] / beneath.len() as f64;
            if weights[ring] > 0.0 {
                for node in beneath {
                    weights[self.of(*node) as usize] += part;
                }
            }
        }
        weights
    }

    /// For each ring, the part of what arrives there that comes down to `goal`, 0 to 1.
    pub(super) fn part_to(&self, goal: u32) -> Vec<f64> {
        let mut parts = vec![0.0; self.len()];
        parts[goal as usize] = 1.0;
        for ring in goal + 1..self.len() as u32 {
            let beneath = self.beneath(ring);
            if !beneath.is_empty() {
                let sum: f64 = beneath.iter().map(|node| parts[self.of(*node) as usize]).sum();
                parts[ring as usize] = sum / beneath.len() as f64;
            }
        }
        parts
    }
}

struct Search {
    /// When each node was first seen.
    seen: Vec<u32>,
    low: Vec<u32>,
    stack: Vec<u32>,
    clock: u32,
    rings: Rings,
}

impl Search {
    fn from(&mut self, root: u32, next: &impl Fn(u32, usize) -> Option<u32>) {
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, k)) = path.last_mut() {
            let at = *node as usize;
            if let Some(to) = next(*node, *k) {
                *k += 1;
                if self.seen[to as usize] == UNSEEN {
                    self.enter(to);
                    path.push((to, 0));
                } else if self.rings.of[to as usize] == UNSEEN {
                    self.low[at] = self.low[at].min(self.seen[to as usize]);
                }
                continue;
            }
            path.pop();
            if let Some((above, _)) = path.last() {
                let above = *above as usize;
                self.low[above] = self.low[above].min(self.low[at]);
            }
            if self.low[at] == self.seen[at] {
                self.close(at as u32);
            }
        }
    }

    fn enter(&mut self, node: u32) {
        self.seen[node as usize] = self.clock;
        self.low[node as usize] = self.clock;
        self.clock += 1;
        self.stack.push(node);
    }

    /// Everything on the stack from `first` on is one ring.
    fn close(&mut self, first: u32) {
        let ring = self.rings.begins.len() as u32 - 1;
        while let Some(node) = self.stack.pop() {
            self.rings.of[node as usize] = ring;
            self.rings.members.push(node);
            if node == first {
                break;
            }
        }
        self.rings.begins.push(self.rings.members.len() as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rings(links: &[&[u32]]) -> Rings {
        Rings::new(links.len(), |node, k| links[node as usize].get(k).copied())
    }

    #[test]
    fn a_ring_is_one_and_passes_on_what_arrives() {
        // 0 → {1, 2}, 1 ⇄ 2, 2 → 3, 1 → 4, 4 → 4.
        let rings = rings(&[&[1, 2, 2], &[2, 4], &[1, 3], &[], &[4]]);
        assert_eq!(rings.len(), 4);
        assert_eq!(rings.of(1), rings.of(2));
        let mut weights = vec![0.0; 4];
        weights[rings.of(0) as usize] = 8.0;
        let arrived = rings.run_down(weights);
        let at = |node: u32| arrived[rings.of(node) as usize];
        assert_eq!([at(0), at(1), at(2), at(3), at(4)], [8.0, 8.0, 8.0, 4.0, 4.0]);
        let parts = rings.part_to(rings.of(3));
        let part = |node: u32| parts[rings.of(node) as usize];
        assert_eq!([part(0), part(1), part(3), part(4)], [0.5, 0.5, 1.0, 0.0]);
    }

    #[test]
    fn a_deep_chain_does_not_use_up_the_stack() {
        let count = 300_000;
        let rings = Rings::new(count, |node, k| (k == 0).then_some((node + 1) % count as u32));
        assert_eq!((rings.len(), rings.members(0).len()), (1, count));
    }
}
