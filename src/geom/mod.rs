//! Points, sizes, rectangles, transforms and paths, in map units (one is a point at 100 % zoom).
//!
//! Architecture invariant: uses nothing of ours and knows nothing of records or screens.

mod grid;

pub use grid::Grid;

/// A place in the map; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// Makes a [`Point`].
pub const fn pt(x: f32, y: f32) -> Point {
    Point { x, y }
}

impl Point {
    /// This point moved by `d`.
    pub fn offset(self, d: Point) -> Self {
        pt(self.x + d.x, self.y + d.y)
    }

    /// The distance to another point.
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point `t` of the way to `other`.
    pub fn lerp(self, other: Self, t: f32) -> Self {
        pt(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }
}

/// An axis-parallel rectangle; `min` is the top left.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub min: Point,
    pub max: Point,
}

/// Makes a [`Rect`] from its top left and its size.
pub const fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect { min: pt(x, y), max: pt(x + width, y + height) }
}

impl Rect {
    /// The rectangle that holds nothing and grows to what is added to it.
    pub const NOTHING: Self = Self {
        min: pt(f32::INFINITY, f32::INFINITY),
        max: pt(f32::NEG_INFINITY, f32::NEG_INFINITY),
    };

    /// The rectangle between two corners, whichever way round.
    pub fn spanning(a: Point, b: Point) -> Self {
        Self { min: pt(a.x.min(b.x), a.y.min(b.y)), max: pt(a.x.max(b.x), a.y.max(b.y)) }
    }

    /// From its left to its right edge; below zero where it is the wrong way round.
    pub fn width(self) -> f32 {
        self.max.x - self.min.x
    }

    /// From its upper to its lower edge; below zero where it is the wrong way round.
    pub fn height(self) -> f32 {
        self.max.y - self.min.y
    }

    /// The middle between its corners.
    pub fn center(self) -> Point {
        pt((self.min.x + self.max.x) / 2.0, (self.min.y + self.max.y) / 2.0)
    }

    /// Whether it holds nothing at all (no extent, or the wrong way round).
    pub fn is_empty(self) -> bool {
        !(self.max.x > self.min.x && self.max.y > self.min.y)
    }

    /// Whether the point is in it, edges included.
    pub fn contains(self, p: Point) -> bool {
        p.x >= self.min.x && p.x <= self.max.x && p.y >= self.min.y && p.y <= self.max.y
    }

    /// Whether the two share an area or an edge.
    pub fn touches(self, other: Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    /// Whether the two share an area larger than `slack` in both directions.
    pub fn overlaps(self, other: Self, slack: f32) -> bool {
        self.min.x + slack < other.max.x
            && other.min.x + slack < self.max.x
            && self.min.y + slack < other.max.y
            && other.min.y + slack < self.max.y
    }

    /// The smallest rectangle that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: pt(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: pt(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// Moved by `d`.
    pub fn offset(self, d: Point) -> Self {
        Self { min: self.min.offset(d), max: self.max.offset(d) }
    }

    /// Grown by `by` on every side (shrunk where negative).
    pub fn grow(self, by: f32) -> Self {
        Self {
            min: pt(self.min.x - by, self.min.y - by),
            max: pt(self.max.x + by, self.max.y + by),
        }
    }
}

/// One piece of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    Move(Point),
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Point, Point, Point),
    Close,
}

/// A path of lines and curves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Path {
    pub segments: Vec<Segment>,
}

impl Path {
    /// A path through points, open.
    pub fn polyline(points: &[Point]) -> Self {
        let segments = points
            .iter()
            .enumerate()
            .map(|(i, p)| if i == 0 { Segment::Move(*p) } else { Segment::Line(*p) })
            .collect();
        Self { segments }
    }

    /// A path through points, closed.
    pub fn polygon(points: &[Point]) -> Self {
        let mut path = Self::polyline(points);
        path.segments.push(Segment::Close);
        path
    }

    /// A box around all points, control points included.
    pub fn bounds(&self) -> Rect {
        let mut bounds = Rect::NOTHING;
        let mut add = |p: Point| bounds = bounds.union(Rect { min: p, max: p });
        for segment in &self.segments {
            match segment {
                Segment::Move(p) | Segment::Line(p) => add(*p),
                Segment::Cubic(a, b, p) => [*a, *b, *p].into_iter().for_each(&mut add),
                Segment::Close => {}
            }
        }
        bounds
    }

    /// The path as polylines whose curves stray at most `tolerance` from the true ones;
    /// with each, whether it is closed.
    pub fn flatten(&self, tolerance: f32) -> Vec<(Vec<Point>, bool)> {
        let mut out: Vec<(Vec<Point>, bool)> = Vec::new();
        let mut at = Point::default();
        for segment in &self.segments {
            match *segment {
                Segment::Move(p) => {
                    out.push((vec![p], false));
                    at = p;
                }
                Segment::Line(p) => {
                    if let Some((points, _)) = out.last_mut() {
                        points.push(p);
                    }
                    at = p;
                }
                Segment::Cubic(a, b, p) => {
                    if let Some((points, _)) = out.last_mut() {
                        flatten_cubic(at, a, b, p, tolerance, points);
                    }
                    at = p;
                }
                Segment::Close => {
                    if let Some((points, closed)) = out.last_mut() {
                        *closed = true;
                        at = points[0];
                    }
                }
            }
        }
        out
    }
}

/// Even steps in the parameter; their number from the curve's second differences
/// (Wang's formula, as in "Rendering cubic Béziers", Goldman 2003).
fn flatten_cubic(from: Point, a: Point, b: Point, to: Point, tolerance: f32, out: &mut Vec<Point>) {
    let bend = |p: Point, q: Point, r: Point| (p.x - 2.0 * q.x + r.x).hypot(p.y - 2.0 * q.y + r.y);
    let worst = bend(from, a, b).max(bend(a, b, to));
    let steps = (0.75 * worst / tolerance.max(1e-3)).sqrt().ceil();
    let steps = steps.clamp(1.0, 64.0) as usize;
    for i in 1..=steps {
        let t = i as f32 / steps as f32;
        let s = 1.0 - t;
        let mix = |w: [f32; 4]| {
            pt(
                w[0] * from.x + w[1] * a.x + w[2] * b.x + w[3] * to.x,
                w[0] * from.y + w[1] * a.y + w[2] * b.y + w[3] * to.y,
            )
        };
        out.push(mix([s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t]));
    }
}
