//! The links between cards, as the search for places wants them: each pair once, by numbers.

use super::super::Problem;

/// Which cards are linked. Self-links are left out, parallel links are one.
#[derive(Debug, Default)]
pub(super) struct Web {
    /// Both ends of each link, the upper layer's first; sorted by the two layers.
    pub ends: Vec<(u32, u32)>,
    first: Vec<u32>,
    near: Vec<(u32, u32)>,
}

impl Web {
    /// `layer`: of each node.
    pub fn new(problem: &Problem, layer: &[u32]) -> Self {
        let count = layer.len();
        let level = |n: u32| layer[n as usize];
        let mut ends: Vec<(u32, u32)> = (problem.links.iter())
            .filter(|it| it.from != it.to && (it.from.max(it.to) as usize) < count)
            .map(|it| {
                let (a, b) = (it.from.min(it.to), it.from.max(it.to));
                if level(a) <= level(b) { (a, b) } else { (b, a) }
            })
            .collect();
        ends.sort_unstable_by_key(|it| (level(it.0), level(it.1), it.0, it.1));
        ends.dedup();
        let mut first = vec![0; count + 1];
        for (a, b) in &ends {
            first[*a as usize + 1] += 1;
            first[*b as usize + 1] += 1;
        }
        for n in 0..count {
            first[n + 1] += first[n];
        }
        let mut at = first.clone();
        let mut near = vec![(0, 0); ends.len() * 2];
        for (link, (a, b)) in ends.iter().enumerate() {
            for (n, other) in [(*a, *b), (*b, *a)] {
                near[at[n as usize] as usize] = (link as u32, other);
                at[n as usize] += 1;
            }
        }
        Self { ends, first, near }
    }

    /// The links of a card, each with the card at its other end.
    pub fn of(&self, n: u32) -> &[(u32, u32)] {
        &self.near[self.first[n as usize] as usize..self.first[n as usize + 1] as usize]
    }

    /// Whether nothing is linked to the card.
    pub fn is_loose(&self, n: u32) -> bool {
        self.of(n).is_empty()
    }
}
