//! Places cards: which row, which place in it, and where that is.
//!
//! Afresh, in this order: layers are cut into rows and columns (`board`), cards put where their
//! neighbours are (`seed`), moved from cell to cell until links are short and few cross
//! (`search`), columns moved sideways until links are straight (`settle`), and the rows set one
//! below the other (`stack`, `sheet`) round those that are pinned (`pins`).

mod board;
mod crossings;
mod follow;
mod newcomers;
mod pins;
mod room;
mod search;
mod seed;
mod settle;
mod sheet;
mod stack;
mod steps;
mod web;

use rustc_hash::FxHashMap;

use super::{Arrangement, Problem};
use board::Board;
use crossings::Crossings;
use search::Search;
use settle::{Columns, Settle};
use sheet::{Place, Sheet};
use web::Web;

pub use follow::follow;
pub use pins::landing;

/// Who plays where: the layers with their cards.
#[derive(Debug, Default)]
struct Cast {
    /// By layer: its cards, in order where there is one.
    layers: Vec<Vec<u32>>,
    /// By layer.
    strip: Vec<usize>,
    /// By strip: its first layer.
    first: Vec<usize>,
    /// By node; one out of range is in the last layer.
    layer: Vec<u32>,
    /// By node: a number for each run of its group in an ordered layer.
    group: Vec<Option<u32>>,
}

impl Cast {
    /// Whether the cards of a layer stand in a given order.
    fn ordered(&self, problem: &Problem, layer: usize) -> bool {
        // Cards with an order come first.
        self.layers[layer].first().is_some_and(|n| problem.nodes[*n as usize].order.is_some())
    }

    fn new(problem: &Problem) -> Self {
        let mut out = Self::default();
        for (strip, it) in problem.strips.iter().enumerate() {
            out.first.push(out.strip.len());
            out.strip.extend(std::iter::repeat_n(strip, it.layers.max(1)));
        }
        if out.strip.is_empty() {
            out.strip.push(0);
            out.first.push(0);
        }
        out.layers.resize(out.strip.len(), Vec::new());
        let last = out.layers.len() - 1;
        for (n, node) in problem.nodes.iter().enumerate() {
            let layer = node.layer.min(last);
            out.layers[layer].push(n as u32);
            out.layer.push(layer as u32);
        }
        out.group.resize(problem.nodes.len(), None);
        for cards in &mut out.layers {
            let node = |n: u32| &problem.nodes[n as usize];
            cards.sort_by_key(|n| (node(*n).order.unwrap_or(u32::MAX), *n));
            if cards.iter().any(|n| node(*n).order.is_some()) {
                let same = |a: &u32, b: &u32| node(*a).group == node(*b).group;
                for (run, cards) in cards.chunk_by(same).enumerate() {
                    for n in cards {
                        out.group[*n as usize] = Some(run as u32);
                    }
                }
            }
        }
        out
    }
}

/// What the search may cost.
struct Effort {
    /// Moves tried for each card while links are made short.
    tries: usize,
    /// Pairs of links looked at while crossings are taken out.
    pairs: u64,
}

impl Effort {
    fn of(cards: usize, links: usize) -> Self {
        let wanted = (cards * links) as u64 * 1_500;
        match cards {
            0..=700 => Self { tries: 500, pairs: wanted.min(30_000_000) },
            _ => Self { tries: 400, pairs: wanted.min(300_000_000) },
        }
    }
}

/// Lays everything out afresh. The same problem always has the same arrangement.
pub fn arrange(problem: &Problem) -> Arrangement {
    let cast = Cast::new(problem);
    let web = Web::new(problem, &cast.layer);
    let mut board = Board::new(problem, &cast, &web);
    let (mut x, mut y) = seed::seed(problem, &cast, &web, &mut board);
    let unit = pitch(problem);
    let effort = Effort::of(problem.nodes.len(), web.ends.len());
    let mut search = Search::new(&web, &mut board, &cast.layer, (&mut x, &mut y), unit);
    search.shorten(effort.tries);
    search.measure(problem, &cast);
    search.untangle(effort.pairs);
    settle::drop_empty(&mut board);
    let columns = Columns::new(problem, &cast, &board);
    let rows = board.rows();
    let links = Crossings::new(&web, &cast.layer, &x, &y, &rows, unit);
    let (board, x) = (&mut board, &mut x);
    let mut settle = Settle { board, web: &web, columns: &columns, x, y: &y, links, unit };
    settle.pull(effort.pairs / 10);
    settle.straighten(effort.pairs / 5);
    let board = settle.board;
    let mut sheet = Sheet::of_board(&cast, board);
    sheet.add_loose(problem, &cast, board);
    sheet.lines.retain(|it| !it.cards.is_empty());
    if problem.nodes.iter().any(|it| it.pin.is_some()) {
        hold_pins(problem, &cast, &mut sheet);
    }
    sheet.finish(problem, &cast, &web)
}

/// Brings pinned cards to where they are pinned.
fn hold_pins(problem: &Problem, cast: &Cast, sheet: &mut Sheet) {
    sheet.shift(problem);
    sheet.anchored = true;
    let pinned = |n: &u32| problem.nodes[*n as usize].pin.is_some();
    for layer in (0..cast.layers.len()).filter(|it| cast.ordered(problem, *it)) {
        if cast.layers[layer].iter().any(pinned) {
            let lines = sheet.lines.iter_mut().filter(|it| it.layer == layer);
            let mut lines: Vec<_> = lines.map(|it| &mut it.cards).collect();
            let at: FxHashMap<u32, f32> =
                lines.iter().flat_map(|it| &**it).map(|it| (it.n, it.x)).collect();
            lines.iter_mut().for_each(|it| it.clear());
            let wants = |n| at.get(&n).copied();
            for (n, row, x) in steps::line_up(problem, cast, layer, lines.len(), wants) {
                lines[row].push(Place { n, x });
            }
        }
    }
    sheet.stack(problem, cast);
}

/// From one card's middle to the next one's, where cards are as wide as they are on average.
fn pitch(problem: &Problem) -> f32 {
    let sum: f32 = problem.nodes.iter().map(|it| it.width).sum();
    (sum / problem.nodes.len().max(1) as f32 + problem.spacing.column_gap).max(1.0)
}
