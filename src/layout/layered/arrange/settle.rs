//! Moves columns sideways so that links get short and straight, keeping their order and distance.

use super::super::Problem;
use super::Cast;
use super::board::{Board, FREE};
use super::crossings::Crossings;
use super::search::LENGTH;
use super::web::Web;

/// How far apart the middles of neighbouring columns must be, and what pulls at each.
#[derive(Debug)]
pub(super) struct Columns {
    /// By layer, by column: the least distance to the column before it (0 for the first).
    apart: Vec<Vec<f32>>,
    /// By layer, by column: half the width.
    pub half: Vec<Vec<f32>>,
}

impl Columns {
    /// Measures the columns of a board. Columns must not be empty.
    pub fn new(problem: &Problem, cast: &Cast, board: &Board) -> Self {
        let mut out = Self { apart: Vec::new(), half: Vec::new() };
        let s = &problem.spacing;
        for layer in &board.layers {
            let columns = layer.cells.chunks(layer.rows);
            let wide = |column: &[u32]| {
                let cards = column.iter().filter(|n| **n != FREE);
                cards.map(|n| problem.nodes[*n as usize].width / 2.0).fold(0.0, f32::max)
            };
            let half: Vec<f32> = columns.clone().map(wide).collect();
            let group = |column: &[u32]| {
                let first = column.iter().find(|n| **n != FREE);
                first.and_then(|n| cast.group[*n as usize])
            };
            let groups: Vec<_> = columns.map(group).collect();
            let apart = (0..half.len()).map(|c| {
                if c == 0 {
                    return 0.0;
                }
                let parted = layer.ordered && groups[c - 1] != groups[c];
                let gap = if parted { s.group_gap.max(s.column_gap) } else { s.column_gap };
                half[c - 1] + half[c] + gap
            });
            out.apart.push(apart.collect());
            out.half.push(half);
        }
        out
    }
}

/// Drops the columns in which nobody stands.
pub(super) fn drop_empty(board: &mut Board) {
    for layer in &mut board.layers {
        let rows = layer.rows;
        let used = |c: &usize| layer.cells[c * rows..(c + 1) * rows].iter().any(|n| *n != FREE);
        let keep: Vec<usize> = (0..layer.x.len()).filter(used).collect();
        if keep.len() == layer.x.len() {
            continue;
        }
        layer.x = keep.iter().map(|c| layer.x[*c]).collect();
        let kept = keep.iter().flat_map(|c| &layer.cells[c * rows..(c + 1) * rows]);
        layer.cells = kept.copied().collect();
        for (cell, n) in layer.cells.iter().enumerate() {
            if *n != FREE {
                board.cell[*n as usize] = cell as u32;
            }
        }
    }
}

/// A board whose columns find their places.
#[derive(Debug)]
pub(super) struct Settle<'a> {
    pub board: &'a mut Board,
    pub web: &'a Web,
    pub columns: &'a Columns,
    /// The middle of each card.
    pub x: &'a mut [f32],
    pub y: &'a [f32],
    pub links: Crossings,
    /// Lengths are counted in this.
    pub unit: f32,
}

/// How far of the way to where they are pulled columns go, at the first try and at later ones.
const STEPS: [f32; 3] = [1.0, 0.5, 0.2];
/// What a straight link is worth, in crossings.
const STRAIGHT: f32 = 0.3;
/// Moves smaller than this are none.
const STILL: f32 = 0.25;

impl Settle<'_> {
    /// Lets every column be pulled to the middle of what its cards are linked with, layer by
    /// layer, down and up, as long as crossings and lengths together do not get worse; until
    /// nothing moves or `budget` pairs of links were looked at.
    pub fn pull(&mut self, budget: u64) {
        let count = self.board.layers.len();
        let (mut still, mut turn) = (0, 0);
        while still < count && self.links.spent < budget {
            let at = if (turn / count).is_multiple_of(2) {
                turn % count
            } else {
                count - 1 - turn % count
            };
            turn += 1;
            still = if self.pull_layer(at) { 0 } else { still + 1 };
        }
    }

    fn pull_layer(&mut self, at: usize) -> bool {
        let layer = &self.board.layers[at];
        let was = layer.x.clone();
        let pulls: Vec<(f32, f32)> =
            layer.cells.chunks(layer.rows).zip(&was).map(|it| self.pull_at(it.0, *it.1)).collect();
        let goal = pool(&pulls, &self.columns.apart[at]);
        let mut links: Vec<u32> = layer
            .cells
            .iter()
            .filter(|n| **n != FREE)
            .flat_map(|n| self.web.of(*n))
            .map(|it| it.0)
            .collect();
        links.sort_unstable();
        links.dedup();
        for step in STEPS {
            let now: Vec<f32> = was.iter().zip(&goal).map(|(a, b)| a + (b - a) * step).collect();
            if was.iter().zip(&now).all(|(a, b)| (a - b).abs() < STILL) {
                return false;
            }
            if self.try_columns(at, &links, now, 0.0) {
                return true;
            }
        }
        false
    }

    /// Where the cards of a column are pulled to, and how much.
    fn pull_at(&self, cards: &[u32], now: f32) -> (f32, f32) {
        let (mut sum, mut weight) = (0.0, 0.0);
        for n in cards.iter().filter(|n| **n != FREE) {
            for (_, other) in self.web.of(*n) {
                // Several links at one card should not tear it from its only neighbour.
                let pull = 1.0 / (self.web.of(*other).len() as f32).sqrt();
                sum += self.x[*other as usize] * pull;
                weight += pull;
            }
        }
        if weight > 0.0 { (sum / weight, weight) } else { (now, 0.02) }
    }

    /// Puts columns right below or above a card that they are linked with, where there is room and
    /// nothing gets worse for it.
    pub fn straighten(&mut self, budget: u64) {
        for _ in 0..3 {
            let mut moved = false;
            for at in 0..self.board.layers.len() {
                for column in 0..self.board.layers[at].x.len() {
                    if self.links.spent > budget {
                        return;
                    }
                    moved |= self.straighten_column(at, column);
                }
            }
            if !moved {
                return;
            }
        }
    }

    fn straighten_column(&mut self, at: usize, column: usize) -> bool {
        let (layer, apart) = (&self.board.layers[at], &self.columns.apart[at]);
        let now = layer.x[column];
        let low = column.checked_sub(1).map_or(f32::NEG_INFINITY, |it| layer.x[it] + apart[column]);
        let high = layer.x.get(column + 1).map_or(f32::INFINITY, |it| it - apart[column + 1]);
        let cards = &layer.cells[column * layer.rows..(column + 1) * layer.rows];
        let of = |n: &u32| self.web.of(*n);
        let near: Vec<(u32, f32)> = cards
            .iter()
            .filter(|n| **n != FREE)
            .flat_map(of)
            .map(|it| (it.0, self.x[it.1 as usize]))
            .collect();
        let straight = |x: f32| near.iter().filter(|it| (it.1 - x).abs() < STILL).count() as f32;
        let mut links: Vec<u32> = near.iter().map(|it| it.0).collect();
        links.sort_unstable();
        links.dedup();
        let mut goals: Vec<f32> = near
            .iter()
            .map(|it| it.1)
            .filter(|it| (low..=high).contains(it) && (it - now).abs() >= STILL)
            .collect();
        goals.sort_by(|a, b| (a - now).abs().total_cmp(&(b - now).abs()));
        goals.truncate(4);
        for goal in goals {
            let gain = (straight(goal) - straight(now)) * STRAIGHT;
            let mut all = self.board.layers[at].x.clone();
            all[column] = goal;
            if gain > 0.0 && self.try_columns(at, &links, all, gain) {
                return true;
            }
        }
        false
    }

    /// Moves the columns of a layer unless crossings and lengths get worse by more than `room`.
    fn try_columns(&mut self, at: usize, links: &[u32], now: Vec<f32>, room: f32) -> bool {
        let before = self.length(links);
        let was = self.put(at, now);
        let worse = (self.length(links) - before) / self.unit * LENGTH;
        let fits = self.links.try_move(self.web, links, self.x, self.y, room - worse);
        if !fits {
            self.put(at, was);
        }
        fits
    }

    fn put(&mut self, at: usize, x: Vec<f32>) -> Vec<f32> {
        let layer = &mut self.board.layers[at];
        for (cards, x) in layer.cells.chunks(layer.rows).zip(&x) {
            for n in cards.iter().filter(|n| **n != FREE) {
                self.x[*n as usize] = *x;
            }
        }
        std::mem::replace(&mut layer.x, x)
    }

    fn length(&self, links: &[u32]) -> f32 {
        let of = |link: &u32| {
            let (a, b) = self.web.ends[*link as usize];
            let (a, b) = (a as usize, b as usize);
            (self.x[a] - self.x[b]).hypot(self.y[a] - self.y[b])
        };
        links.iter().map(of).sum()
    }
}

/// The places nearest to those wanted (weighted squares) that keep their order and are at least
/// `apart` from the one before: pools adjacent violators (Ayer et al. 1955).
pub(super) fn pool(wanted: &[(f32, f32)], apart: &[f32]) -> Vec<f32> {
    // Sums in f64: hundreds of offsets add up.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(wanted.len());
    for ((want, weight), apart) in wanted.iter().zip(apart) {
        offset += f64::from(*apart);
        offsets.push(offset);
        let mut block = (f64::from(*want) - offset, f64::from(*weight), 1);
        while let Some(last) = blocks.pop_if(|it| it.0 >= block.0) {
            let weight = last.1 + block.1;
            let mean = (last.0 * last.1 + block.0 * block.1) / weight;
            block = (mean, weight, last.2 + block.2);
        }
        blocks.push(block);
    }
    let spread = blocks.iter().flat_map(|it| std::iter::repeat_n(it.0, it.2));
    spread.zip(&offsets).map(|(at, offset)| (at + offset) as f32).collect()
}
