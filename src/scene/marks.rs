//! The small signs that carry meaning by shape as well as by colour: friction triangles, stars,
//! the badge of a moment of truth, dots of importance, points of a curve.
//!
//! Not here: where they stand.

use std::f32::consts::TAU;
use std::sync::Arc;

use crate::geom::{Path, Point, Rect, Segment, pt, rect};
use crate::layout::plan::Mark;
use crate::layout::sizes;
use crate::text::{Block, Text, Wrap};

use super::{Align, Detail, Ink, Shape, Stroke};

type Out = Vec<(Detail, Shape)>;

const ONE_LINE: Wrap = Wrap { width: None, max_lines: Some(1) };

/// The sign before a card's text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Badge {
    /// Severity 1 to 5, with its number set.
    Severity(u8, Arc<Block>),
    Star(Ink),
}

impl Badge {
    /// A triangle with its number.
    pub fn severity(severity: u8, text: &mut Text) -> Self {
        Self::Severity(severity, number(severity, sizes().mark.severity, text))
    }

    /// Draws it around a point, as large as beside text.
    pub fn draw(&self, center: Point, out: &mut Out) {
        let side = sizes().mark.severity;
        match self {
            Self::Severity(severity, number) => {
                triangle_with(center, side, *severity, number.clone(), Detail::NEAR, out);
            }
            Self::Star(ink) => star(center, side * 0.9, *ink, Detail::NEAR, out),
        }
    }

    /// Draws it around a point, as large as `side`.
    pub fn draw_in(
        &self,
        center: Point,
        side: f32,
        detail: Detail,
        text: &mut Text,
        out: &mut Out,
    ) {
        match self {
            Self::Severity(severity, _) => triangle(center, side, *severity, detail, text, out),
            Self::Star(ink) => star(center, side, *ink, detail, out),
        }
    }
}

fn number(severity: u8, side: f32, text: &mut Text) -> Arc<Block> {
    let mut style = sizes().text.mark.bold();
    let scale = side / sizes().mark.severity;
    style.size *= scale;
    style.line_height *= scale;
    text.block(&severity.to_string(), style, ONE_LINE)
}

/// A triangle with the severity's number.
pub(super) fn triangle(
    center: Point,
    side: f32,
    severity: u8,
    detail: Detail,
    text: &mut Text,
    out: &mut Out,
) {
    let number = number(severity, side, text);
    triangle_with(center, side, severity, number, detail, out);
}

fn triangle_with(
    center: Point,
    side: f32,
    severity: u8,
    number: Arc<Block>,
    detail: Detail,
    out: &mut Out,
) {
    // Equilateral, its box centred: corners rounded, which also keeps the path convex.
    let high = side * 0.88;
    let (top, bottom) = (center.y - high / 2.0, center.y + high / 2.0);
    let corners =
        [pt(center.x, top), pt(center.x + side / 2.0, bottom), pt(center.x - side / 2.0, bottom)];
    let path = rounded_polygon(&corners, side * 0.12);
    let fill = Some(Ink::SeverityMark(severity));
    // On a block of colour a rim keeps the triangle apart.
    let stroke = match detail {
        Detail::BLOCK => Stroke::solid(sizes().stroke.medium, Ink::Card),
        _ => Stroke::solid(sizes().stroke.hair, Ink::SeverityBorder(severity)),
    };
    let stroke = Some(stroke);
    out.push((detail, Shape::Path { path, fill, stroke }));
    // The middle of the digits (a cap's height above the baseline) stands a little below the
    // triangle's middle, where the triangle is wide.
    let baseline = number.lines.first().map_or(0.0, |line| line.baseline);
    let at = pt(
        center.x - number.width / 2.0,
        center.y + high * 0.14 + number.style.size * 0.358 - baseline,
    );
    let (width, ink) = (number.width, Ink::OnSeverity(severity));
    out.push((detail, Shape::Text { at, width, block: number, ink, align: Align::Start }));
}

/// A closed path through corners that are rounded off.
fn rounded_polygon(corners: &[Point], radius: f32) -> Path {
    let n = corners.len();
    let mut segments = Vec::with_capacity(2 * n + 1);
    for (i, corner) in corners.iter().enumerate() {
        let (before, after) = (corners[(i + n - 1) % n], corners[(i + 1) % n]);
        let (a, b) = (corner.distance(before), corner.distance(after));
        let (enter, leave) = (corner.lerp(before, radius / a), corner.lerp(after, radius / b));
        segments.push(if i == 0 { Segment::Move(enter) } else { Segment::Line(enter) });
        segments.push(Segment::Cubic(enter.lerp(*corner, 0.6), leave.lerp(*corner, 0.6), leave));
    }
    segments.push(Segment::Close);
    Path { segments }
}

/// How wide a friction mark with its count is.
pub(super) fn friction_width(count: u32, text: &mut Text) -> f32 {
    let side = sizes().mark.severity;
    count_block(count, text).map_or(side, |block| side + sizes().space.xxs + block.width)
}

fn count_block(count: u32, text: &mut Text) -> Option<Arc<Block>> {
    let style = sizes().text.small.regular();
    (count > 1).then(|| text.block(&format!("×{count}"), style, ONE_LINE))
}

/// A friction mark from its left edge on, centred on `height`; its box begins at the origin.
pub(super) fn friction(
    severity: u8,
    count: u32,
    text: &mut Text,
) -> (Rect, Arc<[(Detail, Shape)]>) {
    let side = sizes().mark.severity;
    let mut out = Vec::new();
    triangle(pt(side / 2.0, side / 2.0), side, severity, Detail::NEAR, text, &mut out);
    if let Some(block) = count_block(count, text) {
        let at = pt(side + sizes().space.xxs, (side - block.height) / 2.0);
        let (width, ink, align) = (block.width, Ink::Muted, Align::Start);
        out.push((Detail::FULL, Shape::Text { at, width, block, ink, align }));
    }
    (rect(0.0, 0.0, friction_width(count, text), side), out.into())
}

/// What a screen reader says of a friction mark; nothing where there is none.
pub(super) fn friction_name(mark: Option<&Mark>, on: &str) -> String {
    let Some(mark) = mark else {
        return String::new();
    };
    let more = match mark.count {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    format!("Friction point, severity {}{more}, on {on}", mark.severity)
}

/// A friction mark that stands on an edge: where it has a count, on a plate of its own.
pub(super) fn friction_on_edge(
    severity: u8,
    count: u32,
    text: &mut Text,
) -> (Rect, Arc<[(Detail, Shape)]>) {
    let (mark, shapes) = friction(severity, count, text);
    if count <= 1 {
        return (mark, shapes);
    }
    let pad = sizes().space.xxs;
    let plate = rect(-pad, 0.0, mark.width() + 3.0 * pad, mark.height());
    let stroke = Some(Stroke::solid(sizes().stroke.hair, Ink::SeverityBorder(severity)));
    let (radius, fill) = (plate.height() / 2.0, Some(Ink::Card));
    let mut out = vec![(Detail::FULL, Shape::Rect { rect: plate, radius, fill, stroke })];
    out.extend(shapes.iter().cloned());
    (mark, out.into())
}

/// A five-pointed star. It is no convex shape, so it is made of five kites that overlap in the
/// middle.
pub(super) fn star(center: Point, size: f32, ink: Ink, detail: Detail, out: &mut Out) {
    let at = |turn: f32, radius: f32| {
        let angle = turn * TAU - TAU / 4.0;
        pt(center.x + radius * angle.cos(), center.y + radius * angle.sin())
    };
    let (outer, inner) = (size / 2.0, size / 2.0 * 0.46);
    for i in 0..5 {
        let turn = i as f32 / 5.0;
        let kite =
            [at(turn, outer), at(turn + 0.1, inner), at(turn + 0.5, inner), at(turn - 0.1, inner)];
        let path = Path::polygon(&kite);
        out.push((detail, Shape::Path { path, fill: Some(ink), stroke: None }));
    }
}

/// The badge of a moment of truth: a star on a disc, unlike the bare star of a delight.
pub(super) fn truth(center: Point, size: f32, detail: Detail, out: &mut Out) {
    let disc = rect(center.x - size / 2.0, center.y - size / 2.0, size, size);
    let shape =
        Shape::Rect { rect: disc, radius: size / 2.0, fill: Some(Ink::Truth), stroke: None };
    out.push((detail, shape));
    star(pt(center.x, center.y + 0.25), size * 0.72, Ink::OnTruth, detail, out);
}

/// The distance from dot to dot.
fn dot_pitch() -> f32 {
    sizes().mark.dot + sizes().mark.dot_gap
}

/// How wide five dots are.
pub(super) fn dots_width() -> f32 {
    4.0 * dot_pitch() + sizes().mark.dot
}

/// Five dots, so many of them filled, from `at` (left middle) on.
pub(super) fn dots(at: Point, value: u8, out: &mut Out) {
    let size = sizes().mark.dot;
    for i in 0..5u8 {
        let disc = rect(at.x + f32::from(i) * dot_pitch(), at.y - size / 2.0, size, size);
        let fill = Some(if i < value { Ink::Truth } else { Ink::DotEmpty });
        out.push((
            Detail::FULL,
            Shape::Rect { rect: disc, radius: size / 2.0, fill, stroke: None },
        ));
    }
}

/// How much something weighs for a segment, beside the segment's sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weight {
    pub sign: usize,
    pub ink: Ink,
    /// 0 to 5.
    pub value: u8,
}

fn weight_number(value: u8, text: &mut Text) -> Arc<Block> {
    text.block(&value.to_string(), sizes().text.small.regular(), ONE_LINE)
}

/// How wide a row of weights is.
pub(super) fn weights_width(weights: &[Weight], text: &mut Text) -> f32 {
    let side = sizes().mark.dot * 1.5;
    let each = |it: &Weight| {
        side + sizes().space.xs + sizes().space.s + weight_number(it.value, text).width
    };
    (weights.iter().map(each).sum::<f32>() - sizes().space.s).max(0.0)
}

/// The segments' signs, each with its number, from `at` (left middle) on.
pub(super) fn weights(at: Point, weights: &[Weight], text: &mut Text, out: &mut Out) {
    let side = sizes().mark.dot * 1.5;
    let mut x = at.x;
    for weight in weights {
        let sign = sign(pt(x + side / 2.0, at.y), side, weight.sign, weight.ink, Ink::Card);
        out.push((Detail::FULL, sign));
        let block = weight_number(weight.value, text);
        let (width, ink, align) = (block.width, Ink::Muted, Align::Start);
        let place = pt(x + side + sizes().space.xs, at.y - block.height / 2.0);
        x = place.x + width + sizes().space.s;
        out.push((Detail::FULL, Shape::Text { at: place, width, block, ink, align }));
    }
}

/// The dot before an entry of a list: from its edge on, inwards.
pub(super) fn bullet(edge: Point, rtl: bool) -> Shape {
    let size = sizes().mark.bullet;
    let left = if rtl { edge.x - size } else { edge.x };
    let disc = rect(left, edge.y - size / 2.0, size, size);
    Shape::Rect { rect: disc, radius: size / 2.0, fill: Some(Ink::Faint), stroke: None }
}

/// Bars in place of lines of text that would be too small to read.
pub(super) fn greek(block: &Block, at: Point, detail: Detail, out: &mut Out) {
    let high = block.style.size * 0.42;
    for line in &block.lines {
        let top = at.y + line.baseline - block.style.size * 0.36 - high / 2.0;
        let bar = rect(at.x, top, line.width.max(high), high);
        let (radius, fill) = (high / 2.0, Some(Ink::GridLine));
        out.push((detail, Shape::Rect { rect: bar, radius, fill, stroke: None }));
    }
}

/// The sign of a segment on its curve: a circle, square, diamond or triangle, by its number, with
/// the ground showing inside, so that curves are told apart without colour too.
pub(super) fn point(center: Point, number: usize, ink: Ink, fill: Ink) -> Shape {
    sign(center, sizes().mark.point, number, ink, fill)
}

/// The sign of a segment, `side` high.
fn sign(center: Point, side: f32, number: usize, ink: Ink, fill: Ink) -> Shape {
    let r = side / 2.0;
    let width = sizes().stroke.thick.min(side / 4.5);
    let stroke = Some(Stroke::solid(width, ink));
    let fill = Some(fill);
    let ring = |corners: &[Point]| Shape::Path { path: Path::polygon(corners), fill, stroke };
    let at = |x: f32, y: f32| pt(center.x + x * r, center.y + y * r);
    match number % 5 {
        0 => {
            let disc = rect(center.x - r, center.y - r, 2.0 * r, 2.0 * r);
            Shape::Rect { rect: disc, radius: r, fill, stroke }
        }
        1 => {
            let box_ = rect(center.x - r * 0.86, center.y - r * 0.86, 1.72 * r, 1.72 * r);
            Shape::Rect { rect: box_, radius: 1.0, fill, stroke }
        }
        2 => ring(&[at(0.0, -1.2), at(1.2, 0.0), at(0.0, 1.2), at(-1.2, 0.0)]),
        3 => ring(&[at(0.0, -1.1), at(1.1, 0.9), at(-1.1, 0.9)]),
        _ => ring(&[at(-1.1, -0.9), at(1.1, -0.9), at(0.0, 1.1)]),
    }
}
