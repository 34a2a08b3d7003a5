//! Lines from card to card as connectors that are glued to both: they follow when a card is moved.
//!
//! Not here: which way a line takes (see [`ways`]). A line whose other card is not on the slide
//! is not drawn: a connector with a loose end is a broken one.

mod ways;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::geom::{Grid, Point, Rect, pt};
use crate::model::Id;
use crate::scene::{Item, Layer, Shape, Stroke};

use super::parts::{Part, Role, parts};
use super::pen::{Alt, Box2, Pen, put};
use super::shapes::{Spot, Spots, View, label, whole};
use ways::{Field, Hint, Way};

/// The lines of links by the record that they stand for.
type Drawn<'a> = FxHashMap<&'a Id, Line>;

/// A line as it is drawn, in points on the slide.
struct Line {
    points: Vec<Point>,
    /// The part of it that every program draws at the same place.
    sure: Vec<Point>,
}

/// Writes all lines, then their signs, labels and friction marks over them. Returns the records of
/// all lines, drawn or not: who stands on them is not written again.
pub(super) fn links<'a>(
    pen: &mut Pen<'_>,
    view: &View<'_>,
    items: &[&'a Item],
    spots: &Spots<'_>,
) -> FxHashSet<&'a Id> {
    let cards: Vec<Rect> = items
        .iter()
        .filter(|item| item.layer == Layer::Cards)
        .map(|item| view.scale.rect(item.rect))
        .collect();
    let around = cards.iter().copied().reduce(Rect::union).unwrap_or_default();
    // About a card with its gaps.
    let cell = (192.0 * view.scale.by).max(1.0);
    let grid = Grid::new((0..).zip(cards.iter().copied()), around, cell);
    let mut field = Field { cards: &cards, grid: &grid, near: Vec::new(), unit: view.scale.by };
    let mut drawn = Drawn::default();
    let labels = labels(pen, view, items);
    let marks: FxHashMap<&Id, &Item> = items
        .iter()
        .filter(|item| item.layer == Layer::Marks)
        .filter_map(|item| Some((item.hit.as_ref()?.other.as_ref()?, *item)))
        .collect();
    for item in items.iter().filter(|item| item.layer == Layer::Links) {
        match &item.ends {
            Some([from, to]) => {
                if let (Some(from), Some(to)) = (spots.get(from), spots.get(to)) {
                    let label = item.hit.as_ref().and_then(|hit| labels.get(&hit.record));
                    let ends = (*from, *to);
                    let points = link(pen, view, item, ends, label.copied(), &mut field);
                    if let Some(hit) = &item.hit {
                        drawn.entry(&hit.record).or_insert(points);
                    }
                }
            }
            None => {
                let line = item.hit.as_ref().map(|hit| drawn.get(&hit.record));
                match line {
                    // Of a line that is not drawn, no label either.
                    Some(None) => {}
                    Some(Some(line)) => {
                        // A sign beside a friction mark goes where that goes.
                        let marked = hit_of(item).and_then(|link| marks.get(link));
                        let by = aside(marked.copied().unwrap_or(item), line, view, &mut field);
                        match label_of(item, &labels, view) {
                            Some(id) if by == Point::default() => label(pen, view, item, id),
                            _ => {
                                let moved = Item { rect: item.rect.offset(by), ..(*item).clone() };
                                whole(pen, view, &moved, &[], &item.name);
                            }
                        }
                    }
                    None => whole(pen, view, item, &[], &item.name),
                }
            }
        }
    }
    for item in items.iter().filter(|item| item.layer == Layer::Marks) {
        let on = item.hit.as_ref().and_then(|hit| hit.other.as_ref());
        if let Some(line) = on.and_then(|on| drawn.get(on)) {
            let by = aside(item, line, view, &mut field);
            let moved = Item { rect: item.rect.offset(by), ..(*item).clone() };
            whole(pen, view, &moved, &[], &item.name);
        }
    }
    let lines = items.iter().filter(|item| item.layer == Layer::Links);
    lines.filter_map(|item| item.hit.as_ref().map(|hit| &hit.record)).collect()
}

/// Labels that are one plate and nothing else, by the link's record: lines can be glued to them.
fn labels<'a>(pen: &mut Pen<'_>, view: &View<'_>, items: &[&'a Item]) -> Spots<'a> {
    let mut labels = Spots::default();
    for item in items.iter().filter(|item| item.layer == Layer::Links && item.ends.is_none()) {
        let parts = parts(item, view.detail);
        if let (Some(hit), [Part { role: Role::Plate, stroke: Some(_), .. }]) = (&item.hit, &*parts)
        {
            let place = Box2::of(view.scale.rect(item.rect));
            labels.entry(&hit.record).or_insert_with(|| Spot { id: pen.id(), place });
        }
    }
    labels
}

fn label_of(item: &Item, labels: &Spots<'_>, view: &View<'_>) -> Option<u32> {
    let spot = labels.get(&item.hit.as_ref()?.record)?;
    (spot.place == Box2::of(view.scale.rect(item.rect))).then_some(spot.id)
}

fn hit_of(item: &Item) -> Option<&Id> {
    let is_sign = !item.shapes.iter().any(|(_, shape)| matches!(shape, Shape::Text { .. }));
    item.hit.as_ref().filter(|_| is_sign).map(|hit| &hit.record)
}

/// How far to move what stands at a line, in map units: a sign onto the line as it is drawn here, a
/// label near to it, if there it covers no card.
fn aside(item: &Item, line: &Line, view: &View<'_>, field: &mut Field<'_>) -> Point {
    let rect = view.scale.rect(item.rect);
    let middle = rect.center();
    let is_label = item.shapes.iter().any(|(_, shape)| matches!(shape, Shape::Text { .. }))
        && item.layer == Layer::Links;
    let line = if is_label { &line.points } else { &line.sure };
    let Some(nearest) = ways::nearest(line, middle) else { return Point::default() };
    let by = pt(nearest.x - middle.x, nearest.y - middle.y);
    let reach = if is_label { rect.height().max(rect.width() / 2.0) + 2.0 } else { 0.5 };
    let away = by.x.hypot(by.y);
    if away <= reach {
        return Point::default();
    }
    let covers = field.touched(rect.offset(by));
    if is_label && covers || view.scale.by <= 0.0 {
        return Point::default();
    }
    pt(by.x / view.scale.by, by.y / view.scale.by)
}

/// Writes one connector; returns the points of its line.
fn link(
    pen: &mut Pen<'_>,
    view: &View<'_>,
    item: &Item,
    (from, to): (Spot, Spot),
    label: Option<Spot>,
    field: &mut Field<'_>,
) -> Line {
    let shown = item.shapes.iter().filter(|(detail, _)| detail.shows_at(view.detail));
    let mut line: Option<Stroke> = None;
    let mut hint = Hint::default();
    let mut end = "arrow";
    for (_, shape) in shown {
        match shape {
            Shape::Path { path, stroke: Some(stroke), fill: None } if line.is_none() => {
                line = Some(*stroke);
                hint = Hint::of(path, |p| view.scale.point(item.rect.min.offset(p)));
            }
            // Where the journey ends, a dot stands.
            Shape::Rect { .. } => end = "oval",
            _ => {}
        }
    }
    let way = ways::best(from.place, to.place, from.id == to.id, &hint, field);
    let line = Look { line, end, name: &item.name, scale: view.scale.by };
    if way.is_round() {
        round(pen, &line, (from, to), &way, label);
    } else {
        connector(pen, &line, (from, to), &way, true);
    }
    let at = |p: &(i64, i64)| pt(p.0 as f32 / 12_700.0, p.1 as f32 / 12_700.0);
    let points: Vec<Point> = way.points.iter().map(at).collect();
    let sure = match way.plain() {
        Some(plain) => {
            let (end, before) = (points[points.len() - 1], points[points.len() - 2]);
            let other = at(&plain[2]);
            let from = if before.distance(end) < other.distance(end) { before } else { other };
            vec![from, end]
        }
        None => points.clone(),
    };
    Line { points, sure }
}

/// How a line is drawn.
struct Look<'a> {
    line: Option<Stroke>,
    end: &'static str,
    name: &'a str,
    scale: f32,
}

/// A line over, under or beside both cards. One connector would need corners outside the box between its
/// ends, which LibreOffice 7 does not draw: so it has a corner of its own in the middle, its label
/// where there is one, with an elbow to each side.
fn round(
    pen: &mut Pen<'_>,
    look: &Look<'_>,
    (from, to): (Spot, Spot),
    way: &Way,
    label: Option<Spot>,
) {
    let (a, b, bend) = (way.points[0], way.points[3], way.points[1]);
    let upright = bend.0 == a.0;
    let middle = match upright {
        true => ((a.0 + b.0) / 2, bend.1),
        false => (bend.0, (a.1 + b.1) / 2),
    };
    let is_on_it = |spot: &Spot| {
        let Box2 { x, y, w, h } = spot.place;
        upright
            && (y + h / 2 - middle.1).abs() <= 12_700
            && x > a.0.min(b.0)
            && x + w < a.0.max(b.0)
    };
    let corner = label.filter(is_on_it).unwrap_or_else(|| joint(pen, look, middle));
    // Where the line enters and leaves it.
    let sites = match (upright, b.0 >= a.0, b.1 >= a.1) {
        (true, true, _) => (1, 3),
        (true, false, _) => (3, 1),
        (false, _, true) => (0, 2),
        (false, _, false) => (2, 0),
    };
    let (enter, leave) = (corner.place.site(sites.0), corner.place.site(sites.1));
    let turns = match upright {
        true => [(a.0, enter.1), (b.0, leave.1)],
        false => [(enter.0, a.1), (leave.0, b.1)],
    };
    let first = Way { sites: (way.sites.0, sites.0), points: vec![a, turns[0], enter] };
    connector(pen, look, (from, corner), &first, false);
    let second = Way { sites: (sites.1, way.sites.1), points: vec![leave, turns[1], b] };
    connector(pen, look, (corner, to), &second, true);
}

/// A corner in the middle of a line: as large as the line is thick.
fn joint(pen: &mut Pen<'_>, look: &Look<'_>, middle: (i64, i64)) -> Spot {
    let width = look.line.map_or(1.0, |line| line.width * look.scale).max(0.5);
    let side = (width * 12_700.0) as i64;
    let place = Box2 { x: middle.0 - side / 2, y: middle.1 - side / 2, w: side, h: side };
    let id = pen.id();
    pen.push("<p:sp><p:nvSpPr>");
    pen.named(id, "Corner", Alt::Decorative);
    pen.push("<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>");
    pen.place(place);
    pen.push("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    pen.fill(look.line.map(|line| line.ink));
    pen.push("<a:ln><a:noFill/></a:ln></p:spPr></p:sp>");
    Spot { id, place }
}

/// Writes one connector; `last`: the line ends with it.
fn connector(pen: &mut Pen<'_>, look: &Look<'_>, (from, to): (Spot, Spot), way: &Way, last: bool) {
    let id = pen.id();
    pen.push("<p:cxnSp><p:nvCxnSpPr>");
    if look.name.is_empty() {
        pen.named(id, "Next", Alt::Decorative);
    } else {
        pen.named(id, look.name, Alt::Said(look.name));
    }
    put!(
        pen,
        "<p:cNvCxnSpPr><a:stCxn id=\"{}\" idx=\"{}\"/><a:endCxn id=\"{}\" idx=\"{}\"/>\
         </p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>",
        from.id,
        way.sites.0,
        to.id,
        way.sites.1
    );
    geometry(pen, way);
    // A head as long as its line is no arrow.
    let long: i64 =
        way.points.windows(2).map(|it| (it[1].0 - it[0].0).abs() + (it[1].1 - it[0].1).abs()).sum();
    let size = if long < 10 * 12_700 { "sm" } else { "med" };
    pen.line(look.line, look.scale, false, last.then_some((look.end, size)));
    pen.push("</p:spPr></p:cxnSp>");
}

/// Ends on one height leave a box of no height, in which nothing can be a share of it: a quarter
/// of a point.
const LEAST: i64 = 3_175;

/// Place, turn and outline. Presets of elbows start level; one that starts upright is turned by a
/// quarter, with width and height swapped (ECMA-376 part 1, 20.1.7.6 `xfrm`, and the guides of
/// `bentConnector2` to `bentConnector5` in `presetShapeDefinitions.xml`).
fn geometry(pen: &mut Pen<'_>, way: &Way) {
    let points = &way.points;
    let (Some(a), Some(b)) = (points.first().copied(), points.last().copied()) else { return };
    let (left, top) = (a.0.min(b.0), a.1.min(b.1));
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let straight = points.len() == 2;
    let upright = !straight && points[1].0 == a.0 && points[1].1 != a.1;
    let (mut w, mut h) = (dx.abs(), dy.abs());
    if points.len() > 3 {
        (w, h) = if upright { (w, h.max(LEAST)) } else { (w.max(LEAST), h) };
    }
    if points.len() > 4 {
        (w, h) = (w.max(LEAST), h.max(LEAST));
    }
    let (right, down) = (dx >= 0, dy >= 0);
    let (place, turn) = if upright {
        // The box before it is turned has the same middle.
        let (x, y) = (left + dx.abs() / 2 - h / 2, top + dy.abs() / 2 - w / 2);
        let turn = match (right, down) {
            (true, true) => " rot=\"16200000\" flipH=\"1\"",
            (false, true) => " rot=\"5400000\"",
            (true, false) => " rot=\"5400000\" flipH=\"1\" flipV=\"1\"",
            (false, false) => " rot=\"16200000\" flipV=\"1\"",
        };
        (Box2 { x, y, w: h, h: w }, turn)
    } else {
        let turn = match (right, down) {
            (true, true) => "",
            (false, true) => " flipH=\"1\"",
            (true, false) => " flipV=\"1\"",
            (false, false) => " flipH=\"1\" flipV=\"1\"",
        };
        (Box2 { x: left, y: top, w, h }, turn)
    };
    let Box2 { x, y, w: cx, h: cy } = place;
    put!(
        pen,
        "<a:xfrm{turn}><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>"
    );
    if straight {
        pen.push("<a:prstGeom prst=\"straightConnector1\"><a:avLst/></a:prstGeom>");
        return;
    }
    put!(pen, "<a:prstGeom prst=\"bentConnector{}\"><a:avLst>", points.len() - 1);
    // Along the way that it starts, and across, in turn, as shares of the box.
    for (i, p) in points[1..points.len() - 2].iter().enumerate() {
        let along = (i % 2 == 0) != upright;
        let (at, whole) = if along {
            (p.0 - a.0, if right { w.max(1) } else { -w.max(1) })
        } else {
            (p.1 - a.1, if down { h.max(1) } else { -h.max(1) })
        };
        let share = i128::from(at) * 100_000 / i128::from(whole);
        let share = share.clamp(-2_000_000_000, 2_000_000_000);
        put!(pen, "<a:gd name=\"adj{}\" fmla=\"val {share}\"/>", i + 1);
    }
    pen.push("</a:avLst></a:prstGeom>");
}
