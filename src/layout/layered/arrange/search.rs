//! Looks for the cell of each card: first so that links are short, then so that few cross.
//!
//! Simulated annealing over the cells of each layer. What it may cost is counted in steps, never
//! in time, and chance is seeded: the same board always ends the same way.

use fastrand::Rng;

use super::super::Problem;
use super::Cast;
use super::board::{Board, FREE};
use super::crossings::Crossings;
use super::sheet::Sheet;
use super::web::Web;

/// Moves cards between the cells of their layer.
#[derive(Debug)]
pub(super) struct Search<'a> {
    web: &'a Web,
    pub board: &'a mut Board,
    layer: &'a [u32],
    /// The middle of each card.
    pub x: &'a mut [f32],
    pub y: &'a mut [f32],
    /// Those that may move.
    movers: Vec<u32>,
    /// Lengths are counted in this.
    unit: f32,
    rng: Rng,
    /// The links of the cards of a step.
    moved: Vec<u32>,
}

/// A card, the cell that it leaves and the cell that it takes; whoever stands there takes its own.
#[derive(Debug, Clone, Copy)]
struct Step {
    n: u32,
    other: u32,
    layer: usize,
    from: usize,
    to: usize,
}

/// The heat at which annealing begins and ends, and how wide cards jump then (as a share of their
/// layer's width).
#[derive(Debug, Clone, Copy)]
struct Heat {
    from: f32,
    to: f32,
    spread: (f32, f32),
}

const SHORTEN: Heat = Heat { from: 1.2, to: 0.03, spread: (0.5, 0.04) };
const UNTANGLE: Heat = Heat { from: 4.0, to: 0.2, spread: (0.25, 0.02) };

/// As often as this each card is moved at most while crossings are taken out.
const MOST_TRIES: usize = 4_000;

/// What a link's length counts beside a crossing, by the unit of length.
pub(super) const LENGTH: f32 = 0.6;

impl<'a> Search<'a> {
    pub fn new(
        web: &'a Web,
        board: &'a mut Board,
        layer: &'a [u32],
        at: (&'a mut [f32], &'a mut [f32]),
        unit: f32,
    ) -> Self {
        let free = |n: &u32| {
            let layer = &board.layers[layer[*n as usize] as usize];
            !layer.ordered && board.cell[*n as usize] != FREE && layer.cells.len() > 1
        };
        let movers = (0..layer.len() as u32).filter(free).collect();
        let rng = Rng::with_seed(7);
        Self { web, board, layer, x: at.0, y: at.1, movers, unit, rng, moved: Vec::new() }
    }

    /// Anneals the sum of the links' lengths; `tries` for each card.
    pub fn shorten(&mut self, tries: usize) {
        let total = tries * self.movers.len();
        let Heat { from, to, spread } = SHORTEN;
        let mut heat = from * self.unit;
        let cooling = (to / from).powf(64.0 / total.max(64) as f32);
        for i in 0..total {
            let done = i as f32 / total as f32;
            if i % 64 == 63 {
                heat *= cooling;
            }
            let Some(step) = self.propose(spread.0 + (spread.1 - spread.0) * done) else {
                continue;
            };
            let before = self.length(step);
            self.take(step);
            let worse = self.length(step) - before;
            if worse > 0.0 && worse > -heat * self.rng.f32().max(1e-9).ln() {
                self.take_back(step);
            }
        }
    }

    /// Finds out where the rows come to stand with the cards as they are now.
    pub fn measure(&mut self, problem: &Problem, cast: &Cast) {
        let sheet = Sheet::of_board(cast, self.board);
        let layers: Vec<usize> = sheet.lines.iter().map(|it| it.layer).collect();
        let rough = sheet.finish(problem, cast, self.web);
        for it in &mut self.board.layers {
            it.y.clear();
        }
        for (layer, row) in layers.into_iter().zip(&rough.rows) {
            self.board.layers[layer].y.push(row.span.center());
        }
        for (n, layer) in self.layer.iter().enumerate() {
            let grid = &self.board.layers[*layer as usize];
            let row = match self.board.cell[n] {
                FREE => 0,
                cell => cell as usize % grid.rows,
            };
            self.y[n] = grid.y[row];
        }
    }

    /// Anneals crossings and lengths together, until `budget` pairs of links were looked at.
    pub fn untangle(&mut self, budget: u64) {
        if self.movers.is_empty() || self.web.ends.is_empty() {
            return;
        }
        let rows = self.board.rows();
        let mut links = Crossings::new(self.web, self.layer, self.x, self.y, &rows, self.unit);
        let Heat { from, to, spread } = UNTANGLE;
        let length = LENGTH / self.unit;
        // Heat in crossings: hot boards are those where a card crosses much.
        let heat_of = |done: f32| from * (to / from).powf(done);
        // Where hardly any links meet, looking at pairs costs less than trying.
        for _ in 0..MOST_TRIES * self.movers.len() {
            if links.spent >= budget {
                break;
            }
            let done = links.spent as f32 / budget as f32;
            let Some(step) = self.propose(spread.0 + (spread.1 - spread.0) * done) else {
                continue;
            };
            let room = -heat_of(done) * self.rng.f32().max(1e-9).ln();
            let before = self.length(step);
            self.take(step);
            let worse = (self.length(step) - before) * length;
            self.links_of(step);
            let moved = links.try_move(self.web, &self.moved, self.x, self.y, room - worse);
            if !moved {
                self.take_back(step);
            }
        }
    }

    /// A card at random, and a cell near the middle of what it is linked with or near itself.
    fn propose(&mut self, spread: f32) -> Option<Step> {
        let n = *self.rng.choice(&self.movers)?;
        let layer = self.layer[n as usize] as usize;
        let grid = &self.board.layers[layer];
        let near = self.web.of(n);
        let aim = if near.is_empty() || self.rng.u8(..) < 80 {
            self.x[n as usize]
        } else if self.rng.bool() {
            near.iter().map(|(_, it)| self.x[*it as usize]).sum::<f32>() / near.len() as f32
        } else {
            self.x[near[self.rng.usize(..near.len())].1 as usize]
        };
        let columns = grid.x.len();
        let jump = (self.rng.f32() + self.rng.f32() - 1.0) * (spread * columns as f32 + 1.0);
        let at = grid.x.partition_point(|it| *it < aim) as f32 + jump;
        let column = (at.round().max(0.0) as usize).min(columns - 1);
        let to = column * grid.rows + self.rng.usize(..grid.rows);
        let from = self.board.cell[n as usize] as usize;
        (to != from).then(|| Step { n, other: grid.cells[to], layer, from, to })
    }

    /// The length of all links of the one or two cards of a step.
    fn length(&self, step: Step) -> f32 {
        let of = |n: u32| {
            let (x, y) = (self.x[n as usize], self.y[n as usize]);
            let far = |(_, it): &(u32, u32)| {
                let (dx, dy) = (self.x[*it as usize] - x, self.y[*it as usize] - y);
                (dx * dx + dy * dy).sqrt()
            };
            self.web.of(n).iter().map(far).sum::<f32>()
        };
        of(step.n) + if step.other == FREE { 0.0 } else { of(step.other) }
    }

    fn links_of(&mut self, step: Step) {
        self.moved.clear();
        let first = self.web.of(step.n).iter().map(|it| it.0);
        self.moved.extend(first);
        if step.other != FREE {
            // A link between the two is among those of both.
            let second = self.web.of(step.other).iter().filter(|it| it.1 != step.n);
            self.moved.extend(second.map(|it| it.0));
        }
    }

    fn take(&mut self, step: Step) {
        self.put(step.n, step.layer, step.to);
        self.board.layers[step.layer].cells[step.from] = step.other;
        if step.other != FREE {
            self.put(step.other, step.layer, step.from);
        }
    }

    fn take_back(&mut self, step: Step) {
        self.take(Step { from: step.to, to: step.from, ..step });
    }

    fn put(&mut self, n: u32, layer: usize, cell: usize) {
        let grid = &mut self.board.layers[layer];
        grid.cells[cell] = n;
        self.board.cell[n as usize] = cell as u32;
        self.x[n as usize] = grid.x[cell / grid.rows];
        self.y[n as usize] = grid.y[cell % grid.rows];
    }
}
