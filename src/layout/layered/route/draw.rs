//! Draws strands: straight down in gaps, curves in channels.

use crate::geom::{Path, Point, Rect, Segment, pt};

use super::super::super::{Span, sizes};
use super::super::Arrangement;
use super::ends::{Ends, LinkEnds, Shape};
use super::field::Field;
use super::weave::{Net, Strand};

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

/// Draws all links.
pub(super) fn draw(
    net: &Net,
    ends: &Ends,
    at: &Arrangement,
    field: &Field,
    xs: &[f32],
) -> Vec<Line> {
    let links = ends.links.iter().zip(&net.strands);
    let draw = |(link, strand): (&LinkEnds, &Strand)| {
        let card = |i: u32| at.cards.get(i as usize).copied().unwrap_or_default();
        let (from, to) = (card(link.from), card(link.to));
        match link.shape {
            Shape::Past => past(net, strand, link, (from, to), field, xs),
            Shape::Under => under(strand, link, (from, to), field, xs),
            Shape::Side => side(link, from, to),
            Shape::Loop => at_corner(from, field.channel(link.rows.0 as usize + 1)),
            Shape::Lost => Pen::at(from.center()).end(to.center(), pt(0.0, 1.0)),
        }
    };
    links.map(draw).collect()
}

/// Through rows: between the rows a curve where the x changes.
fn past(
    net: &Net,
    strand: &Strand,
    link: &LinkEnds,
    (from, to): (Rect, Rect),
    field: &Field,
    xs: &[f32],
) -> Line {
    let s = &sizes().route;
    let down = link.rows.0 < link.rows.1;
    let (start, end) = if down { (from.max.y, to.min.y) } else { (from.min.y, to.max.y) };
    let x = |i: usize| xs[strand.knots[i] as usize];
    let last = strand.knots.len() - 1;
    let mut pen = Pen::at(pt(x(0), start));
    let (mut own, mut stops) = (Span { min: f32::INFINITY, max: f32::NEG_INFINITY }, None);
    for i in 0..last {
        let row = net.knots[strand.knots[i] as usize].row as usize;
        let channel = field.channel(if down { row + 1 } else { row });
        let (enter, leave) = match down {
            true => (channel.min, channel.max),
            false => (channel.max, channel.min),
        };
        if (strand.own.0..strand.own.1).contains(&i) {
            own.min = own.min.min(channel.min);
            own.max = own.max.max(channel.max);
            stops = Some(own);
        }
        // Lines leave and reach cards straight; the head needs more room for that.
        let tail = if i == 0 { s.tail } else { 0.0 };
        let head = if i + 1 == last { s.head } else { 0.0 };
        let squeeze = (channel.length() / ((tail + head) * 2.0).max(1.0)).min(1.0);
        let ahead = if down { squeeze } else { -squeeze };
        let (a, b) = (pt(x(i), enter + tail * ahead), pt(x(i + 1), leave - head * ahead));
        if a.x != b.x {
            pen.line(a);
            pen.curve(a, b);
        }
    }
    let mut line = pen.end(pt(x(last), end), pt(0.0, if down { 1.0 } else { -1.0 }));
    line.own = stops;
    line
}

/// Along a row: down, along the channel below, and up again.
fn under(
    strand: &Strand,
    link: &LinkEnds,
    (from, to): (Rect, Rect),
    field: &Field,
    xs: &[f32],
) -> Line {
    let s = &sizes().route;
    let x = |i: usize| strand.knots.get(i).map_or(0.0, |it| xs[*it as usize]);
    let (a, b) = (x(0), x(1));
    let channel = field.channel(link.rows.0 as usize + 1);
    let deep = s.turn.min(channel.length() * 0.8);
    let bend = (deep - s.head.min(deep / 2.0)).min((b - a).abs() / 2.0);
    let right = if b > a { bend } else { -bend };
    let floor = channel.min + deep;
    let mut pen = Pen::at(pt(a, from.max.y));
    pen.line(pt(a, floor - bend));
    pen.corner(pt(a, floor), pt(a + right, floor));
    pen.line(pt(b - right, floor));
    pen.corner(pt(b, floor), pt(b, floor - bend));
    pen.end(pt(b, to.max.y), pt(0.0, -1.0))
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
