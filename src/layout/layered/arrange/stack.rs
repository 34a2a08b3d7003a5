//! Sets the rows of each strip one below the other, round the rows of its pinned cards.
//!
//! Pinned cards stand where they are pinned, and nothing else has a say in that but the strip's
//! upper edge and the steps. What was arranged before has none: the same pins hold the same places
//! whatever is changed round them.

use super::super::super::Span;
use super::super::Problem;
use super::pins::{self, Shelf};
use super::sheet::{Line, Sheet, snap, snap_up};
use super::{Cast, room};

impl Sheet {
    /// Gives every line its place in its strip, takes pinned cards into the lines that they meet,
    /// and adds lines for those that meet none. What it did before is done anew.
    pub fn stack(&mut self, problem: &Problem, cast: &Cast) {
        for line in self.lines.iter_mut().filter(|it| !it.held.is_empty()) {
            line.cards.retain(|it| !pins::is_held(problem, cast, it.n));
            line.held.clear();
            // A new card may have gone to a row of pinned cards.
            line.alone &= line.cards.is_empty();
        }
        self.lines.retain(|it| !it.alone);
        let pinned = pins::pinned(problem, cast);
        let mut lines = std::mem::take(&mut self.lines).into_iter().peekable();
        for (strip, pinned) in pinned.iter().enumerate() {
            let begin = snap(self.floor(problem, strip));
            let mut pile = Pile { problem, begin, lines: Vec::new(), end: None, own_end: None };
            let own = std::iter::from_fn(|| lines.next_if(|it| cast.strip[it.layer] == strip));
            let own: Vec<Line> = own.collect();
            // Steps stand above what is pinned.
            let steps = own.iter().rposition(|it| cast.ordered(problem, it.layer));
            let (steps, mut own) = (steps.map_or(0, |it| it + 1), own.into_iter());
            own.by_ref().take(steps).for_each(|it| pile.put(it));
            let shelves = pins::shelves(problem, cast, pinned, pile.low());
            pile.weave(own, shelves);
            self.lines.append(&mut pile.lines);
        }
    }

    /// Where the first line of a strip begins, below the strip's upper edge.
    pub fn floor(&self, problem: &Problem, strip: usize) -> f32 {
        problem.spacing.strip_pad + problem.strips.get(strip).map_or(0.0, |it| it.head)
    }
}

/// The lines of a strip that have their place.
struct Pile<'a> {
    problem: &'a Problem,
    begin: f32,
    lines: Vec<Line>,
    /// Where the last line ends, and the last that is not there for pinned cards alone.
    end: Option<f32>,
    own_end: Option<f32>,
}

impl Pile<'_> {
    /// Where the next line may begin.
    fn low(&self) -> f32 {
        self.end.map_or(self.begin, |it| snap_up(it + self.problem.spacing.row_gap))
    }

    /// Where a line would like to begin.
    fn wanted(&self, line: &Line) -> f32 {
        let gap = line.gap.unwrap_or(self.problem.spacing.row_gap);
        self.own_end.map_or(self.begin, |it| snap(it + gap)).max(self.low())
    }

    fn put(&mut self, line: Line) {
        let span = Span::new(self.wanted(&line), line.need(self.problem));
        self.put_at(span, line);
    }

    fn put_at(&mut self, span: Span, line: Line) {
        self.end = Some(span.max);
        if !line.alone {
            self.own_end = self.end;
        }
        self.lines.push(Line { span, ..line });
    }

    /// Each line goes above the next shelf if it fits there, else into that shelf, and below it if
    /// it is too high for that.
    fn weave(&mut self, lines: impl Iterator<Item = Line>, shelves: Vec<Shelf>) {
        let gap = self.problem.spacing.row_gap;
        let mut shelves = shelves.into_iter().peekable();
        for line in lines {
            let need = line.need(self.problem);
            loop {
                let Some(shelf) = shelves.peek() else {
                    self.put(line);
                    break;
                };
                let (low, most) = (self.low(), shelf.span.min - gap - need);
                if low <= most {
                    let span = Span::new(self.wanted(&line).min(most), need);
                    self.put_at(span, line);
                    break;
                }
                let Some(shelf) = shelves.next() else { continue };
                let top = snap(shelf.span.center() - need / 2.0).min(shelf.span.min).max(low);
                let span = Span { min: top, max: shelf.span.max.max(top + need) };
                if shelves.peek().is_none_or(|it| span.max + gap <= it.span.min) {
                    let line = self.with_pins(line, &shelf);
                    self.put_at(span, line);
                    break;
                }
                self.put_alone(&shelf, line.layer);
            }
        }
        for shelf in shelves {
            self.put_alone(&shelf, usize::MAX);
        }
    }

    /// A line for pinned cards alone, in a layer between those above and `below`.
    fn put_alone(&mut self, shelf: &Shelf, below: usize) {
        let above = self.lines.last().map_or(0, |it| it.layer);
        let layer = shelf.layer.max(above).min(below);
        let line = self.with_pins(Line { layer, alone: true, ..Line::default() }, shelf);
        self.put_at(shelf.span, line);
    }

    fn with_pins(&self, line: Line, shelf: &Shelf) -> Line {
        let cards = room::fit(self.problem, &line.cards, &shelf.walls);
        Line { cards, held: shelf.held.clone(), ..line }
    }
}
