//! Finds room beside lines: for marks (frictions, ratings) and for labels.

use rustc_hash::FxHashMap;

use crate::geom::{Point, Rect, Segment, pt};

use super::super::super::{Span, sizes};
use super::crowd::Crowd;
use super::draw::Line;
use super::field::Field;

/// So many places along a line are tried each way from its middle.
const TRIES: u32 = 14;

/// For each line a point that is clear of cards and, where there is room, of other lines' points;
/// of those one where few other lines are.
pub(super) fn marks(lines: &[Line], field: &Field, crowd: &Crowd) -> Vec<Point> {
    let size = sizes().route.mark;
    let mut taken = Taken::new(size);
    let mut out = Vec::with_capacity(lines.len());
    let mut points = Vec::new();
    for line in lines {
        places(line, size * 0.6, &mut points);
        let clear = |p: &&Point| field.is_clear(around(**p));
        let free = points.iter().filter(clear).filter(|p| !taken.meets(around(**p)));
        let best = fewest(free.copied(), 1, |p| crowd.lines_in(around(*p)));
        // Else one that lies on another mark, but on no card.
        let mark = best.or_else(|| points.iter().find(clear).copied());
        let mark = mark.or(points.first().copied()).unwrap_or(line.tip);
        taken.add(around(mark));
        out.push(mark);
    }
    out
}

/// What a mark at a point takes.
fn around(p: Point) -> Rect {
    Rect { min: p, max: p }.grow(sizes().route.mark / 2.0)
}

/// The first with the least count, or with at most `few`.
fn fewest<T>(all: impl Iterator<Item = T>, few: usize, count: impl Fn(&T) -> usize) -> Option<T> {
    let mut best: Option<(usize, T)> = None;
    for it in all {
        let many = count(&it);
        if best.as_ref().is_none_or(|(least, _)| many < *least) {
            best = Some((many, it));
        }
        if many <= few {
            break;
        }
    }
    best.map(|(_, it)| it)
}

/// For each line that asks for a label where it stands, if there is room in a channel; where few
/// lines are.
pub(super) fn labels(
    lines: &[Line],
    asked: &[(f32, f32)],
    marks: &[Point],
    field: &Field,
    crowd: &Crowd,
) -> Vec<Option<Rect>> {
    let s = &sizes().route;
    let mut taken = Taken::new(s.mark * 2.0);
    for (line, mark) in lines.iter().zip(marks) {
        taken.add(around(*mark));
        // Heads are to be seen too.
        let back = pt(line.tip.x - line.way.x * s.head, line.tip.y - line.way.y * s.head);
        taken.add(Rect::spanning(line.tip, back).grow(s.clear));
    }
    let mut points = Vec::new();
    let mut place = |i: usize, line: &Line| {
        let (width, height) = *asked.get(i)?;
        let good = width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite();
        if !good {
            return None;
        }
        places(line, s.label_gap * 2.0, &mut points);
        let areas = points.iter().flat_map(|p| beside(*p, width, height, field));
        let free = areas.filter(|area| {
            let inside = area.min.x >= field.room.min.x && area.max.x <= field.room.max.x;
            inside && field.is_clear(*area) && !taken.meets(*area)
        });
        let area = fewest(free, 0, |area| crowd.lines_in(*area))?;
        taken.add(area);
        Some(area)
    };
    lines.iter().enumerate().map(|(i, line)| place(i, line)).collect()
}

/// Where a label may stand at a point of its line in a channel: right, left, or on the line.
fn beside(p: Point, width: f32, height: f32, field: &Field) -> impl Iterator<Item = Rect> + use<> {
    let gap = sizes().route.label_gap;
    let channel = field.channel_at(p.y).unwrap_or_default();
    let (top, bottom) = (channel.min + gap / 2.0, channel.max - gap / 2.0);
    let fits = bottom - top >= height;
    let xs = [p.x + gap, p.x - gap - width, p.x - width / 2.0];
    let y = (p.y - height / 2.0).min(bottom - height).max(top);
    // Where its line runs level, above and beneath it too.
    let rows = [y, (p.y - gap - height).max(top), (p.y + gap).min(bottom - height).max(top)];
    let area = move |x: f32, y: f32| Rect { min: pt(x, y), max: pt(x + width, y + height) };
    let all = [(0, 0), (1, 0), (2, 1), (2, 2), (2, 0)];
    all.into_iter().filter(move |_| fits).map(move |(x, y)| area(xs[x], rows[y]))
}

/// Points on the part of a line that is its own, nearest to its middle first.
fn places(line: &Line, step: f32, out: &mut Vec<Point>) {
    out.clear();
    let points = bends(line);
    let mut total = 0.0;
    let mut pieces: Vec<(f32, Point, Point)> = Vec::with_capacity(points.len());
    for pair in points.windows(2) {
        let Some((a, b)) = clip(pair[0], pair[1], line.own) else { continue };
        let long = a.distance(b);
        if long > 0.0 {
            pieces.push((total, a, b));
            total += long;
        }
    }
    let at = |far: f32| {
        let i = pieces.partition_point(|it| it.0 <= far).saturating_sub(1);
        let (begin, a, b) = *pieces.get(i)?;
        let long = a.distance(b);
        Some(a.lerp(b, ((far - begin) / long).clamp(0.0, 1.0)))
    };
    // Heads are to be seen.
    let reach = (total / 2.0 - sizes().route.mark / 2.0 - sizes().route.head).max(0.0);
    let step = step.max(reach / TRIES as f32);
    for i in 0..=TRIES {
        let off = i as f32 * step;
        if off > reach {
            break;
        }
        out.extend(at(total / 2.0 + off));
        if i > 0 {
            out.extend(at(total / 2.0 - off));
        }
    }
}

/// What of a straight piece lies between two heights.
fn clip(a: Point, b: Point, own: Option<Span>) -> Option<(Point, Point)> {
    let Some(own) = own else { return Some((a, b)) };
    let (top, bottom) = (a.y.min(b.y), a.y.max(b.y));
    if bottom < own.min || top > own.max {
        return None;
    }
    let at = |y: f32| a.lerp(b, if a.y == b.y { 0.0 } else { (y - a.y) / (b.y - a.y) });
    let cut = |p: Point| if p.y < own.min { at(own.min) } else { at(own.max) };
    let inside = |p: Point| p.y >= own.min && p.y <= own.max;
    Some((if inside(a) { a } else { cut(a) }, if inside(b) { b } else { cut(b) }))
}

/// The line as a few straight pieces.
fn bends(line: &Line) -> Vec<Point> {
    let mut out = Vec::new();
    let mut last = Point::default();
    for segment in &line.path.segments {
        match *segment {
            Segment::Move(p) | Segment::Line(p) => {
                out.push(p);
                last = p;
            }
            Segment::Cubic(a, b, p) => {
                let pieces = (last.distance(p) / 12.0).clamp(8.0, 48.0) as u32;
                for i in 1..=pieces {
                    let t = i as f32 / pieces as f32;
                    let (q, r, s) = (last.lerp(a, t), a.lerp(b, t), b.lerp(p, t));
                    out.push(q.lerp(r, t).lerp(r.lerp(s, t), t));
                }
                last = p;
            }
            Segment::Close => {}
        }
    }
    out
}

/// Areas that are taken, by cells.
struct Taken {
    side: f32,
    cells: FxHashMap<(i32, i32), Vec<Rect>>,
}

impl Taken {
    fn new(side: f32) -> Self {
        Self { side, cells: FxHashMap::default() }
    }

    fn cells(&self, area: Rect) -> impl Iterator<Item = (i32, i32)> + use<> {
        let cell = |v: f32| (v / self.side).floor() as i32;
        let (left, right) = (cell(area.min.x), cell(area.max.x));
        let (top, bottom) = (cell(area.min.y), cell(area.max.y));
        (top..=bottom).flat_map(move |y| (left..=right).map(move |x| (x, y)))
    }

    fn add(&mut self, area: Rect) {
        for cell in self.cells(area) {
            self.cells.entry(cell).or_default().push(area);
        }
    }

    /// Whether something that is taken shares an area with this one.
    fn meets(&self, area: Rect) -> bool {
        let mut cells = self.cells(area);
        cells.any(|it| {
            self.cells.get(&it).is_some_and(|all| all.iter().any(|it| it.overlaps(area, 0.0)))
        })
    }
}
