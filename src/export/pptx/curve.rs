//! Emotion curves: each segment's as one freeform, with its points, in one group.
//!
//! The scene cuts a curve at its points, for painters that leave out what is not in view; here the
//! pieces are joined again.

use crate::geom::{Path, Point, Rect, Segment};
use crate::scene::{Item, Layer, Part as HitPart, Shape, Stroke};

use super::geometry::Outline;
use super::parts::{Part, Role, parts};
use super::pen::{Box2, Pen, Scale};
use super::shapes::{View, open_group, shape, whole};

/// Pieces that run on from one another.
struct Curve {
    /// A freeform for each way that parts of it are drawn, all in map units.
    strokes: Vec<(Stroke, Path)>,
    end: Point,
}

/// Writes the curves' layer.
pub(super) fn curves(pen: &mut Pen<'_>, view: &View<'_>, items: &[&Item]) {
    let layer: Vec<&Item> = items.iter().filter(|it| it.layer == Layer::Curves).copied().collect();
    let mut curves: Vec<Curve> = Vec::new();
    for item in &layer {
        if let Some((stroke, path)) = piece(item, view) {
            add(&mut curves, stroke, path);
        }
    }
    let mut is_drawn = vec![false; layer.len()];
    for curve in &curves {
        let mut points = Vec::new();
        for (i, item) in layer.iter().enumerate().filter(|(_, item)| is_point(item)) {
            let on_it = curve.strokes.iter().any(|(stroke, path)| {
                stroke.dash.is_none()
                    && ink_of(item, view) == Some(stroke.ink)
                    && touches(path, item.rect.center())
            });
            if on_it && !is_drawn[i] {
                is_drawn[i] = true;
                points.push(*item);
            }
        }
        let said = said(curve, &points, items, view);
        write(pen, view, curve, &points, &said);
    }
    for (item, drawn) in layer.iter().zip(is_drawn) {
        if !drawn && piece(item, view).is_none() {
            whole(pen, view, item, &[], &item.name);
        }
    }
}

fn is_point(item: &Item) -> bool {
    item.hit.as_ref().is_some_and(|hit| hit.part == HitPart::Emotion)
}

/// A piece of a curve: a line and nothing else.
fn piece(item: &Item, view: &View<'_>) -> Option<(Stroke, Path)> {
    let mut shapes = item.shapes.iter().filter(|(detail, _)| detail.shows_at(view.detail));
    let (Some((_, Shape::Path { path, fill: None, stroke: Some(stroke) })), None) =
        (shapes.next(), shapes.next())
    else {
        return None;
    };
    let to = |p: Point| p.offset(item.rect.min);
    let segments = path.segments.iter().map(|segment| match *segment {
        Segment::Move(p) => Segment::Move(to(p)),
        Segment::Line(p) => Segment::Line(to(p)),
        Segment::Cubic(a, b, p) => Segment::Cubic(to(a), to(b), to(p)),
        Segment::Close => Segment::Close,
    });
    (item.hit.is_none()).then(|| (*stroke, Path { segments: segments.collect() }))
}

fn ends(path: &Path) -> Option<(Point, Point)> {
    let point = |segment: &Segment| match segment {
        Segment::Move(p) | Segment::Line(p) | Segment::Cubic(_, _, p) => Some(*p),
        Segment::Close => None,
    };
    Some((path.segments.first().and_then(point)?, path.segments.last().and_then(point)?))
}

fn touches(path: &Path, place: Point) -> bool {
    path.segments.iter().any(|segment| match segment {
        Segment::Move(p) | Segment::Line(p) | Segment::Cubic(_, _, p) => p.distance(place) < 0.1,
        Segment::Close => false,
    })
}

/// Adds a piece to the curve that it goes on from, or begins one.
fn add(curves: &mut Vec<Curve>, stroke: Stroke, path: Path) {
    let Some((start, end)) = ends(&path) else { return };
    let goes_on = |curve: &Curve| {
        let (other, _) = curve.strokes[0];
        curve.end.distance(start) < 0.1
            && other.ink == stroke.ink
            && other.dash.is_some() == stroke.dash.is_some()
    };
    let Some(curve) = curves.last_mut().filter(|curve| goes_on(curve)) else {
        curves.push(Curve { strokes: vec![(stroke, path)], end });
        return;
    };
    let before = curve.end;
    curve.end = end;
    match curve.strokes.iter_mut().find(|(other, _)| *other == stroke) {
        Some((_, whole)) => {
            // Runs on without lifting the pen, unless a thinner part lies between.
            let lifted = ends(whole).is_none_or(|(_, at)| at.distance(before) >= 0.1);
            whole.segments.extend(path.segments.into_iter().skip(usize::from(!lifted)));
        }
        None => curve.strokes.push((stroke, path)),
    }
}

/// The colour of a point's edge.
fn ink_of(item: &Item, view: &View<'_>) -> Option<crate::scene::Ink> {
    let shown = item.shapes.iter().find(|(detail, _)| detail.shows_at(view.detail));
    match shown {
        Some((_, Shape::Rect { stroke, .. } | Shape::Path { stroke, .. })) => {
            stroke.map(|it| it.ink)
        }
        _ => None,
    }
}

/// What the curve is and where it runs, from what its points say.
fn said(curve: &Curve, points: &[&Item], items: &[&Item], view: &View<'_>) -> String {
    let ink = curve.strokes[0].0.ink;
    let segment = points.iter().find_map(|item| item.hit.as_ref()?.other.as_ref());
    let named = |item: &&&Item| {
        let hit = item.hit.as_ref();
        hit.is_some_and(|hit| {
            hit.part == HitPart::Card
                && match segment {
                    Some(id) => hit.record == *id,
                    None => item.layer == Layer::Lines && ink_of(item, view) == Some(ink),
                }
        })
    };
    let name = items.iter().find(named).map_or("", |item| {
        let name: &str = &item.name;
        name.split_once(": ")
            .map_or(name.strip_prefix("Emotion curve of ").unwrap_or(name), |it| it.1)
    });
    let expected = curve.strokes.iter().any(|(stroke, _)| stroke.dash.is_some());
    let mut said = match (expected, name) {
        (false, "") => "Emotion curve".to_owned(),
        (false, name) => format!("Emotion curve of {name}"),
        (true, "") => "Expected emotion".to_owned(),
        (true, name) => format!("Expected emotion of {name}"),
    };
    let values = points.iter().map(|item| {
        let prefix = format!("{name} at ");
        item.name.strip_prefix(&prefix).unwrap_or(&item.name).to_owned()
    });
    let values: Vec<String> = values.collect();
    if !values.is_empty() {
        said += ": ";
        said += &values.join("; ");
    }
    said
}

fn write(pen: &mut Pen<'_>, view: &View<'_>, curve: &Curve, points: &[&Item], said: &str) {
    let lines: Vec<Part<'_>> = curve
        .strokes
        .iter()
        .map(|(stroke, path)| {
            let (rect, outlines) = (path.bounds(), vec![Outline::Path(path)]);
            let (fill, stroke, flows) = (None, Some(*stroke), Vec::new());
            Part { role: Role::Mark, rect, outlines, fill, stroke, shadow: false, flows }
        })
        .collect();
    let at = |item: &Item| Scale { at: view.scale.point(item.rect.min), by: view.scale.by };
    let group = lines.len() + points.len() > 1;
    if group {
        let rects = lines.iter().map(|part| view.scale.rect(part.rect));
        let dots = points.iter().flat_map(|item| {
            let rects: Vec<Rect> =
                parts(item, view.detail).iter().map(|part| at(item).rect(part.rect)).collect();
            rects
        });
        let Some(around) = rects.chain(dots).map(Box2::of).reduce(Box2::union) else { return };
        open_group(pen, said, around);
    }
    for part in &lines {
        shape(pen, part, view.scale, said, None);
    }
    for item in points {
        for part in parts(item, view.detail) {
            shape(pen, &part, at(item), &item.name, None);
        }
    }
    if group {
        pen.push("</p:grpSp>");
    }
}
