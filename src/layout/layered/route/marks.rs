//! Finds room beside lines: for marks (frictions, ratings) and for labels.

use rustc_hash::FxHashMap;

use crate::geom::{Point, Rect, Segment, pt};

use super::super::super::sizes;
use super::draw::Line;
use super::field::Field;

/// So many places along a line are tried each way from its middle.
const TRIES: u32 = 14;

/// For each line a point that is clear of cards and, where there is room, of other lines' points.
pub(super) fn marks(lines: &[Line], field: &Field) -> Vec<Point> {
    let size = sizes().route.mark;
    let mut taken = Taken::new(size);
    let mut out = Vec::with_capacity(lines.len());
    let mut points = Vec::new();
    for line in lines {
        places(line, size * 0.6, &mut points);
        let area = |p: Point| Rect { min: p, max: p }.grow(size / 2.0);
        let clear = |p: &&Point| field.is_clear(area(**p));
        let free = points.iter().filter(clear).find(|p| !taken.meets(area(**p)));
        // Else one that lies on another mark, but on no card.
        let mark = free.or_else(|| points.iter().find(clear)).or(points.first());
        let mark = mark.copied().unwrap_or(line.tip);
        taken.add(area(mark));
        out.push(mark);
    }
    out
}

/// For each line that asks for a label where it stands, if there is room in a channel.
pub(super) fn labels(
    lines: &[Line],
    asked: &[(f32, f32)],
    marks: &[Point],
    field: &Field,
) -> Vec<Option<Rect>> {
    let s = &sizes().route;
    let mut taken = Taken::new(s.mark * 2.0);
    for p in marks {
        taken.add(Rect { min: *p, max: *p }.grow(s.mark / 2.0));
    }
    let mut points = Vec::new();
    let mut place = |i: usize, line: &Line| {
        let (width, height) = *asked.get(i)?;
        let good = width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite();
        if !good {
            return None;
        }
        places(line, s.label_gap * 2.0, &mut points);
        for p in &points {
            let Some(channel) = field.channel_at(p.y) else { continue };
            let (top, bottom) = (channel.min + s.label_gap / 2.0, channel.max - s.label_gap / 2.0);
            if bottom - top < height {
                continue;
            }
            let y = (p.y - height / 2.0).clamp(top, bottom - height);
            let beside = [p.x + s.label_gap, p.x - s.label_gap - width, p.x - width / 2.0];
            for x in beside {
                let area = Rect { min: pt(x, y), max: pt(x + width, y + height) };
                let inside = area.min.x >= field.room.min.x && area.max.x <= field.room.max.x;
                if inside && field.is_clear(area) && !taken.meets(area) {
                    taken.add(area);
                    return Some(area);
                }
            }
        }
        None
    };
    lines.iter().enumerate().map(|(i, line)| place(i, line)).collect()
}

/// Points on the part of a line that is its own, nearest to its middle first.
fn places(line: &Line, step: f32, out: &mut Vec<Point>) {
    out.clear();
    let points = bends(line);
    let inside = |p: Point| line.own.is_none_or(|own| p.y >= own.min && p.y <= own.max);
    let mut total = 0.0;
    let mut pieces: Vec<(f32, Point, Point)> = Vec::with_capacity(points.len());
    for pair in points.windows(2) {
        // What reaches out of the own part is upright: that part ends where a row begins.
        if !inside(pair[0]) && !inside(pair[1]) && pair[0].x != pair[1].x {
            continue;
        }
        let (a, b) = (clip(pair[0], line), clip(pair[1], line));
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
    let step = step.max(total / 2.0 / TRIES as f32);
    for i in 0..=TRIES {
        let off = i as f32 * step;
        if off > total / 2.0 {
            break;
        }
        out.extend(at(total / 2.0 + off));
        if i > 0 {
            out.extend(at(total / 2.0 - off));
        }
    }
}

/// The point of a line, or where the own part begins or ends if it is beyond.
fn clip(p: Point, line: &Line) -> Point {
    line.own.map_or(p, |own| pt(p.x, p.y.clamp(own.min, own.max)))
}

/// The line as a few straight pieces.
fn bends(line: &Line) -> Vec<Point> {
    const PIECES: u32 = 10;
    let mut out = Vec::new();
    let mut last = Point::default();
    for segment in &line.path.segments {
        match *segment {
            Segment::Move(p) | Segment::Line(p) => {
                out.push(p);
                last = p;
            }
            Segment::Cubic(a, b, p) => {
                for i in 1..=PIECES {
                    let t = i as f32 / PIECES as f32;
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
