//! The emotion curves: one smooth line a segment, with what it expected as a thinner dashed one.
//!
//! A line is cut at each point, so that only what is in view is painted.

use rustc_hash::FxHashMap;

use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::layout::curve::monotone;
use crate::layout::plan::Plan;
use crate::layout::{Geometry, Span, sizes};
use crate::model::choice::LaneContent;
use crate::model::record::{PerSegment, Step};
use crate::model::{Doc, Id};
use crate::text::{Block, Text};

use super::cards::signed;
use super::draw::{Draft, SegmentLook, set};
use super::{Align, Detail, Hit, Ink, Item, Layer, Part, Shape, Stroke, marks};

/// How high the curves' lane is, where nothing else is wished: higher where many names stand
/// beside it.
pub(super) fn height(segments: &[SegmentLook], wish: Option<f32>) -> f32 {
    let names = segments.len() as f32 * sizes().text.small.line;
    wish.unwrap_or(sizes().lane.curve_height).max(names + 2.0 * sizes().space.s)
}

/// How far apart two neighbouring values stand in a lane of this height.
pub(super) fn unit(height: f32) -> f32 {
    (height - 2.0 * sizes().space.m) / 4.0
}

/// Values against heights in the lane.
struct Scale {
    middle: f32,
    unit: f32,
}

impl Scale {
    fn new(span: Span) -> Self {
        Self { middle: span.center(), unit: unit(span.length()) }
    }

    fn y(&self, value: f32) -> f32 {
        self.middle - value * self.unit
    }
}

/// A segment's values at the columns where they are known.
type Values = Vec<(usize, i8)>;

/// Grid, curves, points, and names beside the lines where they are wanted.
pub(super) fn draw(
    doc: &Doc,
    plan: &Plan,
    geo: &Geometry,
    segments: &[SegmentLook],
    named: bool,
    text: &mut Text,
    out: &mut Vec<Item>,
) {
    for (row, at) in plan.rows.iter().zip(&geo.down.rows) {
        if row.content != LaneContent::Emotion {
            continue;
        }
        let scale = Scale::new(at.span);
        grid(&scale, geo, text, out);
        let felt: Vec<Values> =
            segments.iter().map(|it| values(doc, plan, &it.id, |step| &step.feelings)).collect();
        let places = places(geo, &scale, &felt);
        for (segment, at) in segments.iter().zip(&felt) {
            let expected = values(doc, plan, &segment.id, |step| &step.expected);
            // Nothing to tell apart where it felt just as expected.
            if expected != *at {
                let points: Vec<Point> =
                    expected.iter().map(|(c, v)| geo.middle(*c, scale.y(f32::from(*v)))).collect();
                line(&points, &|_| dashed(segment.ink), out);
            }
        }
        for ((segment, felt), places) in segments.iter().zip(&felt).zip(&places) {
            // Where steps between two known ones are not known, the line is thin.
            let bridged = |i: usize| steps_between(plan, felt[i].0, felt[i + 1].0);
            let stroke = |i: usize| match bridged(i) {
                true => Stroke::solid(sizes().stroke.hair, segment.ink),
                false => Stroke::solid(sizes().stroke.thick, segment.ink),
            };
            line(places, &stroke, out);
        }
        for ((segment, felt), places) in segments.iter().zip(&felt).zip(&places) {
            for ((column, value), place) in felt.iter().zip(places) {
                out.extend(point(doc, plan, segment, *column, *value, *place));
            }
        }
        if named {
            names(segments, (&felt, &places), &scale, at.span, geo, text, out);
        }
    }
}

fn values(doc: &Doc, plan: &Plan, segment: &Id, of: impl Fn(&Step) -> &PerSegment<i8>) -> Values {
    let value = |(i, id): (usize, &Id)| {
        let step = doc.get_as::<Step>(id)?;
        of(step).get(segment).map(|value| (i, (*value).clamp(-2, 2)))
    };
    let steps = plan.columns.iter().enumerate();
    steps.filter_map(|(i, column)| value((i, column.step.as_ref()?))).collect()
}

fn steps_between(plan: &Plan, a: usize, b: usize) -> bool {
    plan.columns[a + 1..b].iter().any(|column| column.step.is_some())
}

/// Where points stand; those of one value at one step side by side.
fn places(geo: &Geometry, scale: &Scale, felt: &[Values]) -> Vec<Vec<Point>> {
    let mut count: FxHashMap<(usize, i8), usize> = FxHashMap::default();
    for key in felt.iter().flatten() {
        *count.entry(*key).or_default() += 1;
    }
    let mut seen: FxHashMap<(usize, i8), usize> = FxHashMap::default();
    let mut place = |key: &(usize, i8)| {
        let all = count.get(key).copied().unwrap_or(1);
        let nth = seen.entry(*key).or_default();
        let aside =
            (*nth as f32 - (all - 1) as f32 / 2.0) * (sizes().mark.point + sizes().mark.dot_gap);
        *nth += 1;
        let middle = geo.middle(key.0, scale.y(f32::from(key.1)));
        // Many segments share a column's middle half, no more.
        let most = geo.across.columns[key.0].length() / 4.0;
        middle.offset(pt(aside.clamp(-most, most), 0.0))
    };
    felt.iter().map(|values| values.iter().map(&mut place).collect()).collect()
}

fn dashed(ink: Ink) -> Stroke {
    Stroke::dashed(sizes().stroke.thin, ink, sizes().stroke.dash, sizes().stroke.dash_gap)
}

fn line(points: &[Point], stroke: &dyn Fn(usize) -> Stroke, out: &mut Vec<Item>) {
    for (i, ((a, b), ends)) in monotone(points).into_iter().zip(points.windows(2)).enumerate() {
        let segments = vec![Segment::Move(ends[0]), Segment::Cubic(a, b, ends[1])];
        let (path, stroke) = (Path { segments }, stroke(i));
        let rect = path.bounds().grow(stroke.width);
        let mut draft = Draft::default();
        let shape = Shape::Path { path, fill: None, stroke: Some(stroke) };
        draft.push(Detail::ALL, shape);
        out.push(draft.item(Layer::Curves, Some(rect), None, String::new()));
    }
}

fn point(
    doc: &Doc,
    plan: &Plan,
    segment: &SegmentLook,
    column: usize,
    value: i8,
    at: Point,
) -> Option<Item> {
    let step = plan.columns[column].step.clone()?;
    let name = format!("{} at {}: {}", segment.name, doc.name_of(&step), signed(value));
    let mut draft = Draft::default();
    draft.push(Detail::NEAR, marks::point(at, segment.sign, segment.ink, Ink::Card));
    let around = sizes().mark.point * 0.75;
    let rect = Rect { min: at, max: at }.grow(around);
    let hit = Hit { record: step, part: Part::Emotion, other: Some(segment.id.clone()) };
    Some(draft.item(Layer::Curves, Some(rect), Some(hit), name))
}

fn grid(scale: &Scale, geo: &Geometry, text: &mut Text, out: &mut Vec<Item>) {
    let labels = geo.across.labels;
    let mut draft = Draft::default();
    for value in -2..=2i8 {
        let y = scale.y(f32::from(value));
        let left = labels.max;
        let path = Path::polyline(&[pt(left, y), pt(geo.across.right, y)]);
        let stroke = Some(Stroke::solid(sizes().stroke.hair, Ink::GridLine));
        draft.push(Detail::NEAR, Shape::Path { path, fill: None, stroke });
        if value % 2 == 0 {
            let style = sizes().text.small.regular();
            let width = labels.length() - sizes().space.s;
            let block = set(text, &signed(value), style, width, 1);
            let at = pt(labels.min, y - block.height / 2.0);
            let (ink, align) = (Ink::Muted, Align::End);
            draft.push(Detail::FULL, Shape::Text { at, width, block, ink, align });
        }
    }
    out.push(draft.item(Layer::Lines, None, None, String::new()));
}

/// Each segment's name before its line begins: left of the first column's middle no line runs.
fn names(
    segments: &[SegmentLook],
    (felt, places): (&[Values], &[Vec<Point>]),
    scale: &Scale,
    lane: Span,
    geo: &Geometry,
    text: &mut Text,
    out: &mut Vec<Item>,
) {
    let (Some(first), Some(group)) = (geo.across.columns.first(), geo.across.groups.first()) else {
        return;
    };
    // Left of the left-most point that stands in the first column.
    let points = places.iter().flatten().map(|at| at.x).filter(|x| *x < first.max);
    let start = points.fold(first.center(), f32::min);
    let left = group.min + sizes().space.xs;
    let right = start - sizes().mark.point / 2.0 - sizes().space.s;
    let style = sizes().text.small.bold();
    let room = lane.length() / segments.len().max(1) as f32;
    let lines = ((room / style.line_height) as usize).clamp(1, 3);
    let mut labels: Vec<(f32, std::sync::Arc<Block>, &SegmentLook)> = segments
        .iter()
        .zip(felt)
        .filter_map(|(segment, felt)| {
            let y = scale.y(f32::from(felt.first()?.1));
            let block = set(text, &segment.name, style, right - left, lines);
            Some((y - block.height / 2.0, block, segment))
        })
        .collect();
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Down until none overlaps the one above, then up again from the lane's lower edge.
    let mut free = lane.min;
    for (y, block, _) in &mut labels {
        *y = y.max(free);
        free = *y + block.height;
    }
    let mut floor = lane.max;
    for (y, block, _) in labels.iter_mut().rev() {
        *y = y.min(floor - block.height);
        floor = *y;
    }
    for (y, block, segment) in labels {
        let mut draft = Draft::default();
        // Next to the first point, whichever way the name reads.
        let rtl = block.lines.first().is_some_and(|line| line.rtl);
        let align = if rtl { Align::Start } else { Align::End };
        let (at, width, ink) = (pt(left, y), right - left, segment.ink);
        let rect = Rect { min: at, max: pt(right, y + block.height) };
        draft.push(Detail::FULL, Shape::Text { at, width, block, ink, align });
        let hit = Hit { record: segment.id.clone(), part: Part::Card, other: None };
        let name = format!("Emotion curve of {}", segment.name);
        out.push(draft.item(Layer::Curves, Some(rect), Some(hit), name));
    }
}
