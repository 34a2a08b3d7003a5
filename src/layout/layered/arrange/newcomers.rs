//! Seats new cards in rows that stand already, where their links get short, cross little, and
//! nobody has to move.

use super::super::super::Span;
use super::super::{Node, Problem};
use super::sheet::{Line, Place, Sheet};
use super::web::Web;
use super::{Cast, pitch, room};

/// Cards that have no place yet, and the sheet that they get one on.
pub(super) struct Newcomers<'a> {
    problem: &'a Problem,
    cast: &'a Cast,
    web: &'a Web,
    sheet: &'a mut Sheet,
    /// By node: where its middle is.
    at: Vec<Option<(f32, f32)>>,
    unit: f32,
}

/// Where a card could stand; on a new line where there is none.
#[derive(Debug, Clone, Copy)]
struct Spot {
    line: Option<usize>,
    x: f32,
    y: f32,
    cost: f32,
}

/// What things cost, in cards' widths: a new row; reaching beyond the picture's sides, for each
/// width, and while the picture is too wide already; a crossing.
const NEW_ROW: f32 = 2.5;
const BEYOND: f32 = 1.0;
const TOO_WIDE: f32 = 4.0;
const CROSSING: f32 = 0.4;
/// As many spots as this have their crossings counted.
const SHORT_LIST: usize = 6;

impl<'a> Newcomers<'a> {
    pub fn new(problem: &'a Problem, cast: &'a Cast, web: &'a Web, sheet: &'a mut Sheet) -> Self {
        let mut at = vec![None; problem.nodes.len()];
        for line in &sheet.lines {
            for it in &line.cards {
                at[it.n as usize] = Some((it.x, line.y));
            }
        }
        Self { problem, cast, web, sheet, at, unit: pitch(problem) }
    }

    /// Seats all of them: first those that are linked with something that has its place.
    pub fn seat(mut self) {
        loop {
            let count = self.problem.nodes.len() as u32;
            let mut open = (0..count).filter(|n| self.at[*n as usize].is_none());
            let linked =
                |n: &u32| self.web.of(*n).iter().any(|it| self.at[it.1 as usize].is_some());
            let next = open.clone().find(linked).or_else(|| open.next());
            let Some(n) = next else { break };
            let spot = self.best(n);
            let line = spot.line.unwrap_or_else(|| {
                let layer = self.cast.layer[n as usize] as usize;
                self.sheet.insert(Line { layer, y: spot.y, ..Line::default() })
            });
            room::insert(&mut self.sheet.lines[line], Place { n, x: spot.x });
            self.at[n as usize] = Some((spot.x, spot.y));
        }
    }

    fn node(&self, n: u32) -> &'a Node {
        &self.problem.nodes[n as usize]
    }

    /// The cheapest spot for a card.
    fn best(&self, n: u32) -> Spot {
        let layer = self.cast.layer[n as usize] as usize;
        let near: Vec<(f32, f32)> =
            self.web.of(n).iter().filter_map(|it| self.at[it.1 as usize]).collect();
        let across = self.sheet.across(self.problem);
        let lines = || self.sheet.lines.iter().enumerate().filter(|it| it.1.layer == layer);
        // A card without links goes to the right end of its layer.
        let right = |line: &Line| line.cards.last().map(|it| it.x + self.unit);
        let end = lines().filter_map(|it| right(it.1)).fold(across.min, f32::max);
        let mean = near.iter().map(|it| it.0).sum::<f32>() / near.len().max(1) as f32;
        let wanted = if near.is_empty() { end } else { mean };
        let mut spots: Vec<Spot> = Vec::new();
        for (at, line) in lines() {
            for (low, high) in room::holes(self.problem, &line.cards, self.node(n)) {
                let x = self.aligned(layer, at, wanted.clamp(low, high), (low, high));
                spots.push(self.spot(n, Some(at), (x, line.y), wanted, &near, across));
            }
        }
        let last = lines().next_back().map(|it| it.1);
        let below = last.map_or(0.0, |it| it.y + it.height + self.problem.spacing.row_gap);
        let mut fresh = self.spot(n, None, (wanted, below), wanted, &near, across);
        fresh.cost += NEW_ROW * self.unit;
        spots.push(fresh);
        spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        spots.truncate(SHORT_LIST);
        for spot in &mut spots {
            spot.cost += self.crossed(n, spot) as f32 * CROSSING * self.unit;
        }
        let best = spots.iter().min_by(|a, b| a.cost.total_cmp(&b.cost));
        best.copied().unwrap_or(fresh)
    }

    /// The place nearest to `x` that is right below or above another card of the layer, where one
    /// is near and in the hole.
    fn aligned(&self, layer: usize, line: usize, x: f32, hole: (f32, f32)) -> f32 {
        let others = self.sheet.lines.iter().enumerate();
        let cards = others.filter(|(at, it)| it.layer == layer && *at != line);
        let columns = cards.flat_map(|it| &it.1.cards).map(|it| it.x);
        let near = columns.filter(|it| (hole.0..=hole.1).contains(it));
        let best = near.min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs()));
        best.filter(|it| (it - x).abs() < self.unit * 0.75).unwrap_or(x)
    }

    /// What it costs to stand there, crossings apart.
    fn spot(
        &self,
        n: u32,
        line: Option<usize>,
        (x, y): (f32, f32),
        wanted: f32,
        near: &[(f32, f32)],
        across: Span,
    ) -> Spot {
        let s = &self.problem.spacing;
        let long = |it: &(f32, f32)| (it.0 - x).hypot(it.1 - y);
        let mut cost: f32 = near.iter().map(long).sum();
        if near.is_empty() {
            cost += (x - wanted).abs();
        }
        let half = self.node(n).width / 2.0;
        let beyond = (across.min - (x - half)).max(x + half - across.max).max(0.0);
        let wide = across.length() > s.aspect * 1.5 * self.sheet.height();
        cost += beyond * if wide { TOO_WIDE } else { BEYOND };
        Spot { line, x, y, cost }
    }

    /// How many links the card's links cross when it stands there.
    fn crossed(&self, n: u32, spot: &Spot) -> usize {
        let lines = self.web.ends.iter().filter_map(|(a, b)| {
            let ends = (self.at[*a as usize]?, self.at[*b as usize]?);
            Some(ends)
        });
        let mine: Vec<(f32, f32)> =
            self.web.of(n).iter().filter_map(|it| self.at[it.1 as usize]).collect();
        let here = (spot.x, spot.y);
        let hits = lines.map(|(a, b)| mine.iter().filter(|it| cross(here, **it, a, b)).count());
        hits.sum()
    }
}

/// Whether two lines cross between their ends.
fn cross(a: (f32, f32), b: (f32, f32), c: (f32, f32), d: (f32, f32)) -> bool {
    let side = |p: (f32, f32), q: (f32, f32), r: (f32, f32)| {
        (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0)
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
