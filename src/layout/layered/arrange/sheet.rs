//! Rows of cards, set one below the other: from who stands where across to the finished
//! arrangement.

use crate::geom::rect;

use super::super::super::Span;
use super::super::{Arrangement, Problem, Row};
use super::Cast;
use super::board::{Board, FREE};
use super::web::Web;

/// A card in a row, by its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub n: u32,
    pub x: f32,
}

/// A row of the sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub layer: usize,
    /// Left to right.
    pub cards: Vec<Place>,
    /// It is at least this high.
    pub height: f32,
    /// Its middle, before rows are set anew.
    pub y: f32,
    /// The row of the arrangement before that it is.
    pub row: Option<usize>,
    /// The distance that it should have to the line above in its strip; lines for pinned cards
    /// alone are no such lines.
    pub gap: Option<f32>,
    /// Where it is, from its strip's upper edge.
    pub span: Span,
    /// The middles of its pinned cards, from its strip's upper edge.
    pub held: Vec<(u32, f32)>,
    /// It is there for pinned cards alone.
    pub alone: bool,
}

impl Line {
    /// How high it has to be for the cards that are not pinned.
    pub fn need(&self, problem: &Problem) -> f32 {
        let free = self.cards.iter().filter(|it| self.held.iter().all(|held| held.0 != it.n));
        let high = free.map(|it| problem.nodes[it.n as usize].height);
        snap_up(high.fold(self.height, f32::max))
    }

    /// Where the cards are, downwards: pinned ones with their middle at their pin, all as high as
    /// the row where that is no higher than its highest card.
    fn boxes(&self, problem: &Problem) -> Vec<(Place, Span)> {
        let of = |n: u32| snap_up(problem.nodes[n as usize].height);
        let high = self.held.iter().map(|it| of(it.0)).fold(self.need(problem), f32::max);
        let high = high.min(self.span.length());
        let place = |it: &Place| {
            let held = self.held.iter().find(|held| held.0 == it.n);
            let middle = held.map_or(self.span.center(), |held| held.1);
            let half = (middle - self.span.min).min(self.span.max - middle).min(high / 2.0);
            (*it, Span { min: middle - half, max: middle + half })
        };
        self.cards.iter().map(place).collect()
    }
}

/// All rows, top to bottom.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub lines: Vec<Line>,
    /// By strip: the distance to the strip above that it had before.
    pub strip_gaps: Vec<Option<f32>>,
    /// Whether coordinates are to stay as they are: then nothing is shifted to begin at 0.
    pub anchored: bool,
}

/// How much wider a gap between rows gets with every link that crosses it, and the most that this
/// may come to, as a share of the gap.
const ROOM: (f32, f32) = (0.2, 0.6);

impl Sheet {
    /// The rows of a board whose columns have found their places.
    pub fn of_board(cast: &Cast, board: &Board) -> Self {
        let mut out = Self::default();
        for (layer, grid) in board.layers.iter().enumerate() {
            if cast.layers[layer].is_empty() {
                continue;
            }
            for row in 0..grid.rows {
                let cells = grid.cells.iter().skip(row).step_by(grid.rows).zip(&grid.x);
                let cards = cells.filter(|it| *it.0 != FREE).map(|(n, x)| Place { n: *n, x: *x });
                out.lines.push(Line { layer, cards: cards.collect(), ..Line::default() });
            }
        }
        out
    }

    /// Puts cards without links to the right end of their layer, in columns of their own.
    pub fn add_loose(&mut self, problem: &Problem, cast: &Cast, board: &Board) {
        let free =
            |n: &u32| board.cell[*n as usize] == FREE && problem.nodes[*n as usize].pin.is_none();
        let gap = problem.spacing.column_gap;
        let wide = |n: u32| problem.nodes[n as usize].width;
        for lines in self.lines.chunk_by_mut(|a, b| a.layer == b.layer) {
            let ends = lines.iter().filter_map(|it| it.cards.last());
            let mut end = ends.map(|it| it.x + wide(it.n) / 2.0).reduce(f32::max);
            let cards = cast.layers[lines[0].layer].iter().copied();
            let loose: Vec<u32> = cards.filter(free).collect();
            for column in loose.chunks(lines.len()) {
                let half = column.iter().map(|n| wide(*n) / 2.0).fold(0.0, f32::max);
                let x = end.map_or(half, |it| it + gap + half);
                for (line, n) in lines.iter_mut().zip(column) {
                    line.cards.push(Place { n: *n, x });
                }
                end = Some(x + half);
            }
        }
    }

    /// Sets the strips below each other and the cards into their rows.
    pub fn finish(mut self, problem: &Problem, cast: &Cast, web: &Web) -> Arrangement {
        if !self.anchored {
            self.shift(problem);
        }
        self.widen(problem, cast, web);
        self.stack(problem, cast);
        let s = &problem.spacing;
        let mut out = Arrangement { layers: cast.first.clone(), ..Arrangement::default() };
        out.cards.resize(problem.nodes.len(), rect(0.0, 0.0, 0.0, 0.0));
        let (mut y, mut lines) = (0.0, self.lines.iter().peekable());
        for strip in 0..cast.first.len() {
            if strip > 0 {
                y += self.strip_gaps[strip].unwrap_or(s.strip_gap);
            }
            let top = snap(y);
            let rows = snap(top + self.floor(problem, strip));
            y = rows;
            while let Some(line) = lines.next_if(|it| cast.strip[it.layer] == strip) {
                let down = |it: Span| Span { min: top + it.min, max: top + it.max };
                for (it, span) in line.boxes(problem) {
                    let width = problem.nodes[it.n as usize].width;
                    let across = Span::new(snap(it.x) - width / 2.0, width);
                    out.cards[it.n as usize] = across.by(down(span));
                }
                out.rows.push(Row {
                    strip,
                    layer: line.layer,
                    span: down(line.span),
                    need: (!line.alone).then(|| line.need(problem)),
                    cards: line.cards.iter().map(|it| it.n).collect(),
                });
                y = top + line.span.max;
            }
            // Rows may be left that have no cards.
            if y <= rows {
                y += s.row_gap / 2.0;
            }
            y += s.strip_pad;
            out.strips.push(Span { min: top, max: y });
        }
        out.across = across(&out);
        out.groups = groups(problem, cast, &out);
        let keys = problem.nodes.iter().enumerate();
        out.places = keys.map(|(i, node)| (node.key.clone(), i as u32)).collect();
        out
    }

    /// Gives lines and strips that have no distance yet one that the links have room in which
    /// cross there.
    fn widen(&mut self, problem: &Problem, cast: &Cast, web: &Web) {
        let s = &problem.spacing;
        let room = self.room(problem, web);
        self.strip_gaps.resize(cast.first.len(), None);
        for (strip, gap) in self.strip_gaps.iter_mut().enumerate() {
            let at = self.lines.partition_point(|it| cast.strip[it.layer] < strip);
            let wide = s.row_gap + room.get(at).copied().unwrap_or(0.0);
            let head = problem.strips.get(strip).map_or(0.0, |it| it.head);
            let wanted = wide - s.strip_pad * 2.0 - head;
            *gap = Some(gap.unwrap_or(wanted).max(s.strip_gap));
        }
        for (line, room) in self.lines.iter_mut().zip(room) {
            line.gap = line.gap.or(Some(snap(s.row_gap + room)));
        }
    }

    /// Adds a line below those of its layer; which one it is then.
    pub fn insert(&mut self, line: Line) -> usize {
        let at = self.lines.partition_point(|it| it.layer <= line.layer);
        self.lines.insert(at, line);
        at
    }

    /// The middle of a line that is not there yet: between those above and below its layer.
    pub fn between(&self, layer: usize) -> f32 {
        let above = self.lines.iter().rfind(|it| it.layer < layer);
        let below = self.lines.iter().find(|it| it.layer > layer);
        match (above, below) {
            (Some(above), Some(below)) => (above.y + below.y) / 2.0,
            (Some(it), None) => it.y + it.height,
            (None, Some(it)) => it.y - it.height,
            (None, None) => 0.0,
        }
    }

    /// From the left of the leftmost to the right of the rightmost card.
    pub fn across(&self, problem: &Problem) -> Span {
        let half = |it: &Place| problem.nodes[it.n as usize].width / 2.0;
        let cards = || self.lines.iter().flat_map(|it| &it.cards);
        let min = cards().map(|it| it.x - half(it)).reduce(f32::min);
        let max = cards().map(|it| it.x + half(it)).reduce(f32::max);
        Span { min: min.unwrap_or(0.0), max: max.unwrap_or(0.0) }
    }

    /// From the first to the last line, about.
    pub fn height(&self) -> f32 {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return 0.0 };
        last.y - first.y + (first.height + last.height) / 2.0
    }

    /// Lines that followed each other before keep their distance, and so do strips.
    pub fn keep_gaps(&mut self, problem: &Problem, before: &Arrangement) {
        // What is further away was kept apart by pinned cards.
        let s = &problem.spacing;
        let most = snap(s.row_gap * (1.0 + ROOM.1));
        let own = before.rows.iter().enumerate().filter(|it| it.1.need.is_some()).map(|it| it.0);
        let own: Vec<usize> = own.collect();
        let above = |row: usize| own.get(own.binary_search(&row).ok()?.checked_sub(1)?).copied();
        let mut last: Option<usize> = None;
        for line in self.lines.iter_mut().filter(|it| !it.alone) {
            let kept = line.row.filter(|row| last.is_some() && above(*row) == last).zip(last);
            line.gap = kept.and_then(|(row, last)| {
                let (above, below) = (&before.rows[last], &before.rows[row]);
                let gap = below.span.min - above.span.max;
                Some(gap.clamp(s.row_gap, most)).filter(|_| above.strip == below.strip)
            });
            last = line.row;
        }
        if before.strips.len() == problem.strips.len() {
            let gaps = before.strips.windows(2).map(|it| Some(it[1].min - it[0].max));
            self.strip_gaps = std::iter::once(None).chain(gaps).collect();
        }
    }

    /// Begins at 0.
    pub fn shift(&mut self, problem: &Problem) {
        let wide = |n: u32| problem.nodes[n as usize].width;
        let lefts = self.lines.iter().flat_map(|it| &it.cards).map(|it| it.x - wide(it.n) / 2.0);
        let left = lefts.reduce(f32::min).unwrap_or(0.0);
        for it in self.lines.iter_mut().flat_map(|it| &mut it.cards) {
            it.x -= left;
        }
    }

    /// By line: what the gap above it needs beyond the usual, for the links that cross there.
    fn room(&self, problem: &Problem, web: &Web) -> Vec<f32> {
        let mut row = vec![None; problem.nodes.len()];
        for (at, line) in self.lines.iter().enumerate() {
            for it in &line.cards {
                row[it.n as usize] = Some(at);
            }
        }
        let mut change = vec![0_i32; self.lines.len() + 1];
        for (a, b) in &web.ends {
            if let (Some(a), Some(b)) = (row[*a as usize], row[*b as usize]) {
                change[a.min(b) + 1] += 1;
                change[a.max(b) + 1] -= 1;
            }
        }
        let most = problem.spacing.row_gap * ROOM.1;
        let crossing = change[..self.lines.len()].iter().scan(0, |sum, it| {
            *sum += it;
            Some(*sum as f32)
        });
        crossing.map(|it| (it * ROOM.0).min(most)).collect()
    }
}

/// Onto a grid that is finer than anyone sees: floats then stay the same however often an
/// arrangement is followed.
pub(super) fn snap(v: f32) -> f32 {
    (v * 64.0).round() / 64.0
}

/// The same, for lengths that must not get shorter.
pub(super) fn snap_up(v: f32) -> f32 {
    (v * 64.0).ceil() / 64.0
}

fn across(at: &Arrangement) -> Span {
    let cards = at.rows.iter().flat_map(|it| &it.cards).map(|n| at.cards[*n as usize]);
    let span = cards.map(|it| Span { min: it.min.x, max: it.max.x });
    span.reduce(|a, b| Span { min: a.min.min(b.min), max: a.max.max(b.max) }).unwrap_or_default()
}

/// From left to right of each group of the ordered layers.
fn groups(problem: &Problem, cast: &Cast, at: &Arrangement) -> Vec<(u32, Span)> {
    let mut out: Vec<(u32, Span)> = Vec::new();
    for n in cast.layers.iter().flatten() {
        let node = &problem.nodes[*n as usize];
        let (Some(group), Some(_)) = (node.group, node.order) else { continue };
        let card = at.cards[*n as usize];
        match out.iter_mut().rev().find(|it| it.0 == group) {
            Some((_, it)) => {
                it.min = it.min.min(card.min.x);
                it.max = it.max.max(card.max.x);
            }
            None => out.push((group, Span { min: card.min.x, max: card.max.x })),
        }
    }
    out
}
