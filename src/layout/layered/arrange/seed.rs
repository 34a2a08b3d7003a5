//! Where cards stand at first: steps in their order, everything else near what it is linked with.

use super::super::Problem;
use super::Cast;
use super::board::{Board, FREE};
use super::web::Web;

/// Sweeps over all layers, down and up.
const SWEEPS: usize = 6;

/// Fills the cells of the board and returns the middle of every card. Cards without links get no
/// cell, and pinned ones none either.
pub(super) fn seed(
    problem: &Problem,
    cast: &Cast,
    web: &Web,
    board: &mut Board,
) -> (Vec<f32>, Vec<f32>) {
    let count = cast.layer.len();
    let (mut x, mut y) = (vec![f32::NAN; count], vec![0.0; count]);
    for layer in board.layers.iter().filter(|it| it.ordered) {
        for (cell, n) in layer.cells.iter().enumerate().filter(|it| *it.1 != FREE) {
            x[*n as usize] = layer.x[cell / layer.rows];
            y[*n as usize] = layer.y[cell % layer.rows];
        }
    }
    let pinned = |n: u32| problem.nodes[n as usize].pin.filter(|_| x[n as usize].is_nan());
    let pins: Vec<_> = (0..count as u32).filter_map(|n| Some((n, pinned(n)?.x))).collect();
    for (n, at) in &pins {
        x[*n as usize] = *at;
        y[*n as usize] = board.layers[cast.layer[*n as usize] as usize].y[0];
    }
    let mut cards = cast.layers.clone();
    for cards in &mut cards {
        cards.retain(|n| !web.is_loose(*n) && problem.nodes[*n as usize].pin.is_none());
    }
    spread(cast, web, board, &mut x);
    let last = board.layers.len() - 1;
    for sweep in 0..SWEEPS {
        for i in 0..=last {
            let at = if sweep % 2 == 0 { i } else { last - i };
            if !board.layers[at].ordered {
                deal(&cards[at], web, board, at, &mut x, &mut y);
            }
        }
    }
    (x, y)
}

/// Gives every card that has no place yet one across: the mean of those linked cards that have
/// one, or the next free stretch for each part of the map that hangs on no ordered card.
fn spread(cast: &Cast, web: &Web, board: &Board, x: &mut [f32]) {
    let wide = board.layers.iter().filter_map(|it| it.x.last()).fold(1.0_f32, |a, b| a.max(*b));
    let known = |x: &[f32]| (0..x.len() as u32).filter(|n| !x[*n as usize].is_nan()).collect();
    let mut queue: Vec<u32> = known(x);
    let total = cast.layer.len().max(1) as f32;
    let (mut head, mut root) = (0, 0);
    loop {
        while let Some(n) = queue.get(head).copied() {
            head += 1;
            for (_, other) in web.of(n) {
                if !x[*other as usize].is_nan() {
                    continue;
                }
                let near = web.of(*other).iter().map(|it| x[it.1 as usize]);
                let (sum, many) = near
                    .filter(|it| !it.is_nan())
                    .fold((0.0, 0.0), |(sum, many), it| (sum + it, many + 1.0));
                x[*other as usize] = sum / many;
                queue.push(*other);
            }
        }
        // Parts that begin higher up come first: they are what the rest hangs on.
        let next = (cast.layers.iter().flatten()).skip(root).position(|n| x[*n as usize].is_nan());
        let Some(skipped) = next else { break };
        root += skipped;
        let Some(n) = cast.layers.iter().flatten().nth(root) else { break };
        x[*n as usize] = wide * (queue.len() as f32 / total);
        queue.push(*n);
    }
}

/// Deals a layer's cards out to its cells by the mean place of what they are linked with.
fn deal(cards: &[u32], web: &Web, board: &mut Board, at: usize, x: &mut [f32], y: &mut [f32]) {
    let layer = &mut board.layers[at];
    let mut wanted: Vec<(f32, u32)> = (cards.iter())
        .map(|n| {
            let near = web.of(*n);
            let mean = near.iter().map(|it| x[it.1 as usize]).sum::<f32>() / near.len() as f32;
            (mean, *n)
        })
        .collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    layer.cells.fill(FREE);
    let (cells, count) = (layer.cells.len(), wanted.len().max(1));
    for (i, (_, n)) in wanted.iter().enumerate() {
        // Evenly over all cells: there are at least as many as cards.
        let cell = i * cells / count;
        layer.cells[cell] = *n;
        board.cell[*n as usize] = cell as u32;
        x[*n as usize] = layer.x[cell / layer.rows];
        y[*n as usize] = layer.y[cell % layer.rows];
    }
}
