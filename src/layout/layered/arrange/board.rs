//! The cells that cards stand in: every layer is a grid of rows and columns.
//!
//! All rows of a layer share its columns, so that links can run straight down between them. How
//! many rows a layer takes is decided here; who stands in which cell is not.

use super::super::{Problem, Spacing};
use super::Cast;
use super::web::Web;

/// A cell that is free.
pub(super) const FREE: u32 = u32::MAX;

/// The grid of a layer.
#[derive(Debug, Clone, Default)]
pub(super) struct Layer {
    pub rows: usize,
    /// The order of its cards is given.
    pub ordered: bool,
    /// The middle of each column, left to right.
    pub x: Vec<f32>,
    /// The middle of each row, top to bottom: good enough to measure links by.
    pub y: Vec<f32>,
    /// The node of each cell, or [`FREE`]; column by column.
    pub cells: Vec<u32>,
}

/// All layers.
#[derive(Debug, Clone, Default)]
pub(super) struct Board {
    pub layers: Vec<Layer>,
    /// The cell of each node in its layer, or [`FREE`] for those that stand in none.
    pub cell: Vec<u32>,
}

/// How a layer is cut: its rows, and the columns that it needs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    rows: usize,
    columns: usize,
    width: f32,
}

/// Cards beyond this many in an ordered layer may wrap: fewer read better in one row.
const MANY_STEPS: usize = 18;

impl Board {
    /// Cuts the layers into rows so that the whole comes near the aspect that is asked for, and
    /// puts ordered cards into their cells; all others are left out.
    pub fn new(problem: &Problem, cast: &Cast, web: &Web) -> Self {
        let sizes: Vec<Size> = cast.layers.iter().map(|it| Size::new(problem, cast, it)).collect();
        let widest = sizes.iter().map(|it| it.loose_count()).max().unwrap_or(0).max(1);
        let pitch = sizes.iter().map(|it| it.pitch).fold(problem.spacing.column_gap, f32::max);
        let columns = choose(problem, &sizes, widest, pitch);
        let (cuts, _) = cut(&sizes, columns, pitch);
        let across = (cuts.iter().map(|it| it.width)).fold(columns as f32 * pitch, f32::max);
        let mut board = Self { layers: Vec::new(), cell: vec![FREE; problem.nodes.len()] };
        let mut y = 0.0;
        for ((size, cut), cards) in sizes.iter().zip(&cuts).zip(&cast.layers) {
            let mut layer = Layer { rows: cut.rows, ordered: size.ordered, ..Layer::default() };
            y += size.above;
            for row in 0..cut.rows {
                y += if row > 0 { problem.spacing.row_gap } else { 0.0 };
                layer.y.push(y + size.height / 2.0);
                y += size.height;
            }
            layer.x = if size.ordered {
                size.spread(*cut, across)
            } else {
                // The right end is left to cards without links.
                let loose = cards.iter().filter(|n| web.is_loose(**n)).count();
                let linked = (cards.len() - loose).div_ceil(cut.rows);
                let wide = (across / pitch).round() as usize;
                let wide = wide.saturating_sub(loose.div_ceil(cut.rows)).max(linked).max(1);
                (0..wide).map(|c| (c as f32 + 0.5) * pitch).collect()
            };
            layer.cells = vec![FREE; layer.x.len() * cut.rows];
            if size.ordered {
                for (n, cell) in ordered_cells(cast, cards, cut.rows) {
                    layer.cells[cell] = n;
                    board.cell[n as usize] = cell as u32;
                }
            }
            board.layers.push(layer);
        }
        board
    }
}

impl Board {
    /// By layer: the middle of its first and of its last row.
    pub fn rows(&self) -> Vec<(f32, f32)> {
        let ends = |it: &Layer| Some((*it.y.first()?, *it.y.last()?));
        self.layers.iter().map(|it| ends(it).unwrap_or_default()).collect()
    }
}

/// The cells of a layer's cards when they stand in order, column by column, and no column holds
/// cards of two groups.
pub(super) fn ordered_cells(cast: &Cast, cards: &[u32], rows: usize) -> Vec<(u32, usize)> {
    let mut at = 0;
    let mut last = None;
    let placed = cards.iter().map(|n| {
        let group = cast.group[*n as usize];
        if last.is_some_and(|it| it != group) {
            at = usize::div_ceil(at, rows) * rows;
        }
        last = Some(group);
        at += 1;
        (*n, at - 1)
    });
    placed.collect()
}

/// What a layer needs, whatever way it is cut.
struct Size {
    ordered: bool,
    /// The cards of each group in an ordered layer; all cards in any other.
    runs: Vec<usize>,
    /// Its highest card.
    height: f32,
    /// Room above its first row.
    above: f32,
    row_gap: f32,
    group_gap: f32,
    /// From one column to the next.
    pitch: f32,
}

impl Size {
    fn new(problem: &Problem, cast: &Cast, cards: &[u32]) -> Self {
        let s = &problem.spacing;
        let node = |n: &u32| &problem.nodes[*n as usize];
        let ordered = cards.iter().any(|n| node(n).order.is_some());
        let mut runs = Vec::new();
        if ordered {
            let same = |a: &u32, b: &u32| cast.group[*a as usize] == cast.group[*b as usize];
            runs.extend(cards.chunk_by(same).map(<[u32]>::len));
        } else {
            runs.push(cards.len());
        }
        let layer = cards.first().map(|n| cast.layer[*n as usize] as usize);
        let above = layer.map_or(s.row_gap, |it| above(problem, cast, it));
        Self {
            ordered,
            runs,
            height: cards.iter().map(|n| node(n).height).fold(0.0, f32::max),
            above,
            row_gap: s.row_gap,
            group_gap: s.group_gap - s.column_gap,
            pitch: cards.iter().map(|n| node(n).width).fold(0.0, f32::max) + s.column_gap,
        }
    }

    /// Cards that may be put into as many rows as one likes.
    fn loose_count(&self) -> usize {
        if self.ordered { 0 } else { self.runs.iter().sum() }
    }

    /// The columns of an ordered layer, evenly over the width.
    fn spread(&self, cut: Cut, across: f32) -> Vec<f32> {
        let step = self.pitch + (across - cut.width).max(0.0) / cut.columns.max(1) as f32;
        let runs = self.runs.iter().enumerate();
        let columns =
            runs.flat_map(|(run, count)| std::iter::repeat_n(run, count.div_ceil(cut.rows)));
        let gap = self.group_gap.max(0.0);
        columns.enumerate().map(|(c, run)| (c as f32 + 0.5) * step + run as f32 * gap).collect()
    }

    fn cut(&self, rows: usize, pitch: f32) -> Cut {
        let columns = self.runs.iter().map(|it| it.div_ceil(rows)).sum::<usize>();
        let gaps = self.runs.len().saturating_sub(1) as f32 * self.group_gap.max(0.0);
        Cut { rows, columns, width: columns as f32 * pitch + gaps }
    }
}

/// The room above a layer's first row.
fn above(problem: &Problem, cast: &Cast, layer: usize) -> f32 {
    let s: &Spacing = &problem.spacing;
    let strip = cast.strip[layer];
    let first = layer == 0 || cast.strip[layer - 1] != strip;
    if !first {
        return s.row_gap;
    }
    let head = problem.strips.get(strip).map_or(0.0, |it| it.head);
    head + s.strip_pad + if layer == 0 { 0.0 } else { s.strip_pad + s.strip_gap }
}

/// Cuts all layers to so many columns; also the height of the whole.
fn cut(sizes: &[Size], columns: usize, pitch: f32) -> (Vec<Cut>, f32) {
    let mut height = 0.0;
    let cuts = sizes.iter().map(|size| {
        let count: usize = size.runs.iter().sum();
        let rows = if size.ordered {
            let most = size.runs.iter().copied().max().unwrap_or(1).max(1);
            let fits = |rows: &usize| size.cut(*rows, size.pitch).width <= columns as f32 * pitch;
            let most = if count > MANY_STEPS { most } else { 1 };
            (1..most).find(fits).unwrap_or(most)
        } else if count <= columns {
            1
        } else {
            // A few cells stay free, so that cards can be told apart by where they stand.
            (count + count / 12).div_ceil(columns)
        };
        height += size.above + rows as f32 * size.height + (rows.max(1) - 1) as f32 * size.row_gap;
        size.cut(rows.max(1), if size.ordered { size.pitch } else { pitch })
    });
    let cuts: Vec<Cut> = cuts.collect();
    (cuts, height)
}

/// How many columns the layers that wrap have: as many as there are cards while the whole is not
/// much wider than asked, else as many as come nearest to the aspect.
fn choose(problem: &Problem, sizes: &[Size], widest: usize, pitch: f32) -> usize {
    let asked = problem.spacing.aspect.max(0.1);
    let of = |columns: usize| {
        let (cuts, height) = cut(sizes, columns, pitch);
        let wide = cuts.iter().map(|it| it.width).fold(0.0, f32::max);
        (wide / (height + problem.spacing.strip_pad).max(1.0) / asked).max(1e-3).ln()
    };
    if of(widest) <= WIDE.ln() {
        return widest;
    }
    // Aspect falls with the number of columns, but not smoothly: look at all of them.
    let off = |columns: &usize| of(*columns).abs();
    let best = (1..=widest).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(widest);
    // What the steps make wide anyway is room for the other layers too.
    let (cuts, _) = cut(sizes, best, pitch);
    let wide = cuts.iter().map(|it| it.width).fold(0.0, f32::max);
    best.max((wide / pitch) as usize).min(widest)
}

/// How much wider than asked the whole may be before layers wrap.
const WIDE: f32 = 1.55;
