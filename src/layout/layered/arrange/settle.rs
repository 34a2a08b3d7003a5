//! Moves columns sideways so that links get short and straight, keeping their order and distance.

use super::super::Problem;
use super::Cast;
use super::board::{Board, FREE};
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

/// Lets every column be pulled to the middle of what its cards are linked with, layer by layer,
/// `sweeps` times down and up. Columns that nothing pulls stay as near to where they are as they
/// can.
pub(super) fn settle(
    board: &mut Board,
    web: &Web,
    columns: &Columns,
    x: &mut [f32],
    sweeps: usize,
) {
    let count = board.layers.len();
    for sweep in 0..sweeps {
        for i in 0..count {
            let at = if sweep % 2 == 0 { i } else { count - 1 - i };
            let layer = &mut board.layers[at];
            let pulls = layer.cells.chunks(layer.rows).zip(&layer.x).map(|(cards, now)| {
                let (mut sum, mut weight) = (0.0, 0.0);
                for n in cards.iter().filter(|n| **n != FREE) {
                    for (_, other) in web.of(*n) {
                        // Several links at one card should not tear it from its only neighbour.
                        let pull = 1.0 / (web.of(*other).len() as f32).sqrt();
                        sum += x[*other as usize] * pull;
                        weight += pull;
                    }
                }
                if weight > 0.0 { (sum / weight, weight) } else { (*now, 0.02) }
            });
            let pulls: Vec<(f32, f32)> = pulls.collect();
            layer.x = pool(&pulls, &columns.apart[at]);
            for (cards, now) in layer.cells.chunks(layer.rows).zip(&layer.x) {
                for n in cards.iter().filter(|n| **n != FREE) {
                    x[*n as usize] = *now;
                }
            }
        }
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
