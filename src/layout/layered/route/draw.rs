//! Draws strands: straight down in gaps, curves in channels.

use crate::geom::{Path, Point, Rect, Segment, pt};

use super::super::super::{Span, sizes};
use super::super::Arrangement;
use super::ends::{Ends, LinkEnds, Shape};
use super::field::Field;
use super::weave::{Net, Strand};

/// How much wider than high the corners of lines are that run across.
const ROUND: f32 = 2.6;

/// A drawn link.
#[derive(Debug)]
pub(super) struct Line {
    pub path: Path,
    pub tip: Point,
    pub way: Point,
    /// From where to where, downwards, it shares its line with no other; all of it where the
    /// span is `None`.
    pub own: Option<Span>,
}

/// What is known when lines are drawn.
pub(super) struct Draw<'a> {
    pub net: &'a Net,
    pub at: &'a Arrangement,
    pub field: &'a Field,
    /// By knot.
    pub xs: &'a [f32],
    /// By edge, the height where it runs across.
    pub levels: &'a [Option<f32>],
}

impl Draw<'_> {
    /// Draws all links.
    pub fn lines(&self, ends: &Ends) -> Vec<Line> {
        let card = |i: u32| self.at.cards.get(i as usize).copied().unwrap_or_default();
        let draw = |(link, strand): (&LinkEnds, &Strand)| {
            let (from, to) = (card(link.from), card(link.to));
            let below = self.field.channel(link.rows.0 as usize + 1);
            match link.shape {
                Shape::Past => self.past(strand, link.rows, (from, to)),
                Shape::Under => self.under(strand, below, (from, to)),
                Shape::Side => side(link, from, to),
                Shape::Loop => at_corner(from, below),
                Shape::Lost => Pen::at(from.center()).end(to.center(), pt(0.0, 1.0)),
            }
        };
        ends.links.iter().zip(&self.net.strands).map(draw).collect()
    }

    /// Through rows: between the rows a curve where the x changes.
    fn past(&self, strand: &Strand, rows: (u32, u32), (from, to): (Rect, Rect)) -> Line {
        let s = &sizes().route;
        let down = rows.0 < rows.1;
        let (start, end) = if down { (from.max.y, to.min.y) } else { (from.min.y, to.max.y) };
        let x = |i: usize| self.xs[strand.knots[i] as usize];
        let last = strand.edges.len();
        let mut pen = Pen::at(pt(x(0), start));
        let mut own: Option<Span> = None;
        for (i, edge) in strand.edges.iter().enumerate() {
            let channel = self.field.channel(self.net.edges[*edge as usize].row as usize + 1);
            let (enter, leave) = match down {
                true => (channel.min, channel.max),
                false => (channel.max, channel.min),
            };
            if (strand.own.0..strand.own.1).contains(&i) {
                let so_far = own.unwrap_or(channel);
                let (min, max) = (so_far.min.min(channel.min), so_far.max.max(channel.max));
                own = Some(Span { min, max });
            }
            // Lines leave and reach cards straight; the head needs more room for that.
            let tail = if i == 0 { s.tail } else { 0.0 };
            let head = if i + 1 == last { s.head } else { 0.0 };
            let squeeze = (channel.length() / ((tail + head) * 2.0).max(1.0)).min(1.0);
            let ahead = if down { squeeze } else { -squeeze };
            let (a, b) = (pt(x(i), enter + tail * ahead), pt(x(i + 1), leave - head * ahead));
            if a.x != b.x {
                pen.line(a);
                match self.levels[*edge as usize] {
                    Some(level) => pen.across(level, b),
                    None => pen.curve(a, b),
                }
            }
        }
        let mut line = pen.end(pt(x(last), end), pt(0.0, if down { 1.0 } else { -1.0 }));
        line.own = own;
        line
    }

    /// Along a row: down, along the channel below, and up again.
    fn under(&self, strand: &Strand, below: Span, (from, to): (Rect, Rect)) -> Line {
        let s = &sizes().route;
        let x = |i: usize| strand.knots.get(i).map_or(0.0, |it| self.xs[*it as usize]);
        let (a, b) = (x(0), x(1));
        let level = strand.edges.first().and_then(|it| self.levels[*it as usize]);
        let floor = level.unwrap_or(below.center());
        let deep = floor - below.min;
        let bend = (deep - s.head.min(deep / 2.0)).min((b - a).abs() / 2.0);
        let right = if b > a { bend } else { -bend };
        let mut pen = Pen::at(pt(a, from.max.y));
        pen.line(pt(a, floor - bend));
        pen.corner(pt(a, floor), pt(a + right, floor));
        pen.line(pt(b - right, floor));
        pen.corner(pt(b, floor), pt(b, floor - bend));
        pen.end(pt(b, to.max.y), pt(0.0, -1.0))
    }
}

/// From a card to the next one.
fn side(link: &LinkEnds, from: Rect, to: Rect) -> Line {
    let s = &sizes().route;
    let both = Span { min: from.min.y.max(to.min.y), max: from.max.y.min(to.max.y) };
    let step = (s.lane * 2.0).min(both.length() / (link.twins + 1) as f32);
    let y = both.center() + (link.twin as f32 - (link.twins.max(1) - 1) as f32 / 2.0) * step;
    let right = from.max.x <= to.min.x;
    let (a, b) = if right { (from.max.x, to.min.x) } else { (from.min.x, to.max.x) };
    Pen::at(pt(a, y)).end(pt(b, y), pt(if right { 1.0 } else { -1.0 }, 0.0))
}

/// Out of a card's right side and round the corner to its lower edge.
fn at_corner(card: Rect, below: Span) -> Line {
    let s = &sizes().route;
    let foot = (s.loop_reach * 0.55).min(card.width() / 2.0).min(card.height() / 2.0);
    let foot = foot.min(below.length().max(1.0)).max(0.0);
    let reach = foot / 0.55;
    let (x, y) = (card.max.x, card.max.y);
    let mut pen = Pen::at(pt(x, y - foot));
    let tip = pt(x - foot, y);
    let curve = (pt(x + reach, y - foot), pt(x - foot, y + reach));
    pen.path.segments.push(Segment::Cubic(curve.0, curve.1, tip));
    pen.to = tip;
    pen.end(tip, pt(0.0, -1.0))
}

struct Pen {
    path: Path,
    to: Point,
}

impl Pen {
    fn at(to: Point) -> Self {
        Self { path: Path { segments: vec![Segment::Move(to)] }, to }
    }

    fn line(&mut self, to: Point) {
        if self.to != to {
            self.path.segments.push(Segment::Line(to));
            self.to = to;
        }
    }

    /// From one height to another, upright at both ends; the farther across, the more level in
    /// the middle.
    fn curve(&mut self, from: Point, to: Point) {
        let (across, down) = ((to.x - from.x).abs(), to.y - from.y);
        let steep = (across / down.abs().max(1.0) - 1.0).clamp(0.0, 6.0) / 6.0;
        let hold = down * (0.5 + 0.35 * steep);
        let (a, b) = (pt(from.x, from.y + hold), pt(to.x, to.y - hold));
        self.path.segments.push(Segment::Cubic(a, b, to));
        self.to = to;
    }

    /// Down to a level, along it, and on down; up the same way.
    fn across(&mut self, level: f32, to: Point) {
        let from = self.to;
        let half = (to.x - from.x).abs() / 2.0;
        let side = (to.x - from.x).signum();
        // Wider than high: a line that goes far should not look boxed.
        let round = |deep: f32| (deep.abs() * ROUND).min(half) * side;
        self.corner(pt(from.x, level), pt(from.x + round(level - from.y), level));
        self.line(pt(to.x - round(to.y - level), level));
        self.corner(pt(to.x, level), to);
    }

    /// A quarter of a round.
    fn corner(&mut self, corner: Point, to: Point) {
        // A cubic is nearest to a quarter circle with its controls this far towards the corner.
        let (a, b) = (self.to.lerp(corner, 0.5523), to.lerp(corner, 0.5523));
        if self.to != to {
            self.path.segments.push(Segment::Cubic(a, b, to));
            self.to = to;
        }
    }

    fn end(mut self, tip: Point, way: Point) -> Line {
        if self.to != tip || self.path.segments.len() < 2 {
            self.path.segments.push(Segment::Line(tip));
        }
        Line { path: self.path, tip, way, own: None }
    }
}
