//! Lines from card to card as connectors that are glued to both: they follow when a card is moved.
//!
//! Not here: which way a line takes (see [`ways`]). A line whose other card is not on the slide
//! is not drawn: a connector with a loose end is a broken one.

mod ways;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::geom::{Grid, Point, Rect, pt};
use crate::model::Id;
use crate::scene::{Item, Layer, Shape, Stroke};

use super::pen::{Alt, Box2, Pen, put};
use super::shapes::{Spot, Spots, View, whole};
use ways::{Field, Hint, Way};

/// The lines of links by the record that they stand for, as drawn: in points on the slide.
type Drawn<'a> = FxHashMap<&'a Id, Vec<Point>>;

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
    for item in items.iter().filter(|item| item.layer == Layer::Links) {
        match &item.ends {
            Some([from, to]) => {
                if let (Some(from), Some(to)) = (spots.get(from), spots.get(to)) {
                    let points = link(pen, view, item, (*from, *to), &mut field);
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
                        let by = aside(item, line, view, &mut field);
                        let moved = Item { rect: item.rect.offset(by), ..(*item).clone() };
                        whole(pen, view, &moved, &[], &item.name);
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

/// How far to move what stands at a line, in map units: a sign onto the line as it is drawn here, a
/// label near to it, if there it covers no card.
fn aside(item: &Item, line: &[Point], view: &View<'_>, field: &mut Field<'_>) -> Point {
    let rect = view.scale.rect(item.rect);
    let middle = rect.center();
    let Some(nearest) = ways::nearest(line, middle) else { return Point::default() };
    let by = pt(nearest.x - middle.x, nearest.y - middle.y);
    let is_label = item.shapes.iter().any(|(_, shape)| matches!(shape, Shape::Text { .. }))
        && item.layer == Layer::Links;
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
    field: &mut Field<'_>,
) -> Vec<Point> {
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
    let id = pen.id();
    pen.push("<p:cxnSp><p:nvCxnSpPr>");
    if item.name.is_empty() {
        pen.named(id, "Next", Alt::Decorative);
    } else {
        pen.named(id, &item.name, Alt::Said(&item.name));
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
    geometry(pen, &way);
    pen.line(line, view.scale.by, false, Some(end));
    pen.push("</p:spPr></p:cxnSp>");
    way.points.iter().map(|p| pt(p.0 as f32 / 12_700.0, p.1 as f32 / 12_700.0)).collect()
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
