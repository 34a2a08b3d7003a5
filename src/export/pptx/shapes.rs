//! A view of the map as native shapes: every card one shape with its text in it, grouped with what
//! decorates it; all of it with a name and with what a screen reader says.
//!
//! The order on the slide is the order of reading: what stands behind, lines, curves, then headers
//! and cards by stage and step, or row by row. Not here: lines from card to card (see
//! [`super::connect`]) and curves (see [`super::curve`]).

use rustc_hash::FxHashMap;

use crate::geom::{Point, Rect};
use crate::model::Id;
use crate::scene::Part as HitPart;
use crate::scene::{Detail, Item, Layer, Scene};

use super::geometry::{Outline, freeform, preset, text_inset};
use super::parts::{Part, Role, parts};
use super::pen::{Alt, Box2, Pen, Scale, is_fixed, put};
use super::text::{Room, body};
use super::{connect, curve};

/// A scene on a slide.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub scene: &'a Scene,
    pub scale: Scale,
    pub detail: Detail,
    /// What all of it is.
    pub alt: &'a str,
}

/// A card that lines can be glued to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The shape's number.
    pub id: u32,
    pub place: Box2,
}

/// Cards of a view by the records that they stand for.
pub(super) type Spots<'a> = FxHashMap<&'a Id, Spot>;

/// Writes a view.
pub(super) fn view(pen: &mut Pen<'_>, view: &View<'_>) {
    let shown = |item: &&Item| item.shapes.iter().any(|(detail, _)| detail.shows_at(view.detail));
    let items: Vec<&Item> = view.scene.items.iter().filter(shown).collect();
    let spots = spots(pen, view, &items);
    let mut said = view.alt;
    for item in items.iter().filter(|item| item.layer == Layer::Ground) {
        // The first shape of a picture says what the picture is.
        let name = if item.name.is_empty() { std::mem::take(&mut said) } else { &item.name };
        whole(pen, view, item, &[], name);
    }
    for item in items.iter().filter(|item| item.layer == Layer::Lines && !is_read(item)) {
        whole(pen, view, item, &[], &item.name);
    }
    let links = connect::links(pen, view, &items, &spots);
    curve::curves(pen, view, &items);
    let (marks, loose) = marks_of(&items);
    for at in reading_order(&items) {
        let item = items[at];
        let on_it: &[&Item] = marks.get(&at).map_or(&[], Vec::as_slice);
        let id = spots_id(item, &spots, view);
        card(pen, view, item, on_it, id);
    }
    let on_link = |item: &&Item| {
        item.hit.as_ref().and_then(|hit| hit.other.as_ref()).is_some_and(|on| links.contains(on))
    };
    for item in loose.into_iter().filter(|item| !on_link(item)) {
        whole(pen, view, item, &[], &item.name);
    }
}

/// Numbers for all cards, so that lines behind them can name them.
fn spots<'a>(pen: &mut Pen<'_>, view: &View<'_>, items: &[&'a Item]) -> Spots<'a> {
    let mut spots = Spots::default();
    for item in items.iter().filter(|item| is_card(item)) {
        if let Some(hit) = &item.hit {
            let place = Box2::of(view.scale.rect(item.rect));
            spots.entry(&hit.record).or_insert_with(|| Spot { id: pen.id(), place });
        }
    }
    spots
}

fn is_card(item: &Item) -> bool {
    let part = item.hit.as_ref().map(|hit| hit.part);
    item.layer == Layer::Cards && matches!(part, Some(HitPart::Card | HitPart::Group))
}

/// The number that is kept for a card; of a record with several cards the first has it.
fn spots_id(item: &Item, spots: &Spots<'_>, view: &View<'_>) -> Option<u32> {
    let spot =
        item.hit.as_ref().filter(|_| is_card(item)).and_then(|hit| spots.get(&hit.record))?;
    (spot.place == Box2::of(view.scale.rect(item.rect))).then_some(spot.id)
}

/// Whether an item is a header: it is read with the cards.
fn is_read(item: &Item) -> bool {
    let part = item.hit.as_ref().map(|hit| hit.part);
    matches!(part, Some(HitPart::StageHeader | HitPart::LaneLabel))
}

/// Headers and cards as they are read: a journey step by step, all else row by row.
fn reading_order(items: &[&Item]) -> Vec<usize> {
    let is_journey =
        |item: &&Item| item.hit.as_ref().is_some_and(|hit| hit.part == HitPart::LaneLabel);
    let by_column = items.iter().any(is_journey);
    let mut order: Vec<usize> = (0..items.len())
        .filter(|i| {
            items[*i].layer == Layer::Cards
                || (items[*i].layer == Layer::Lines && is_read(items[*i]))
        })
        .collect();
    order.sort_by(|a, b| {
        let at = |i: &usize| items[*i].rect.min;
        let (a, b) = (at(a), at(b));
        let (x, y) = (a.x.total_cmp(&b.x), a.y.total_cmp(&b.y));
        if by_column { x.then(y) } else { y.then(x) }
    });
    order
}

/// Marks by the card that they stand on, and those that stand on none.
fn marks_of<'a>(items: &[&'a Item]) -> (FxHashMap<usize, Vec<&'a Item>>, Vec<&'a Item>) {
    let mut cards: FxHashMap<&Id, Vec<usize>> = FxHashMap::default();
    for (i, item) in items.iter().enumerate().filter(|(_, item)| item.layer == Layer::Cards) {
        if let Some(hit) = &item.hit {
            cards.entry(&hit.record).or_default().push(i);
        }
    }
    let mut marks: FxHashMap<usize, Vec<&Item>> = FxHashMap::default();
    let mut loose = Vec::new();
    for item in items.iter().filter(|item| item.layer == Layer::Marks) {
        let on = item.hit.as_ref().and_then(|hit| hit.other.as_ref());
        let cards = on.and_then(|on| cards.get(on));
        let under = cards.into_iter().flatten().find(|i| items[**i].rect.touches(item.rect));
        match under {
            Some(i) => marks.entry(*i).or_default().push(item),
            None => loose.push(*item),
        }
    }
    (marks, loose)
}

/// An item that no line is glued to.
pub(super) fn whole(pen: &mut Pen<'_>, view: &View<'_>, item: &Item, marks: &[&Item], name: &str) {
    written(pen, view, item, marks, name, None);
}

fn card(pen: &mut Pen<'_>, view: &View<'_>, item: &Item, marks: &[&Item], id: Option<u32>) {
    written(pen, view, item, marks, &item.name, id);
}

/// A label that is one shape, which lines are glued to by its number.
pub(super) fn label(pen: &mut Pen<'_>, view: &View<'_>, item: &Item, id: u32) {
    let at = Scale { at: view.scale.point(item.rect.min), by: view.scale.by };
    for part in parts(item, view.detail).iter().take(1) {
        shape(pen, part, at, &item.name, Some(id));
    }
}

/// An item with the marks on it: one shape, or a group of them.
fn written(
    pen: &mut Pen<'_>,
    view: &View<'_>,
    item: &Item,
    marks: &[&Item],
    name: &str,
    id: Option<u32>,
) {
    let own = parts(item, view.detail);
    let marked: Vec<(&Item, Vec<Part<'_>>)> =
        marks.iter().map(|mark| (*mark, parts(mark, view.detail))).collect();
    let count = own.len() + marked.iter().map(|(_, parts)| parts.len()).sum::<usize>();
    if count == 0 {
        return;
    }
    let at = |item: &Item| Scale { at: view.scale.point(item.rect.min), by: view.scale.by };
    let group = count > 1;
    if group {
        let all =
            std::iter::once((item, &own)).chain(marked.iter().map(|(item, parts)| (*item, parts)));
        let boxes = all.flat_map(|(item, parts)| parts.iter().map(move |part| (item, part)));
        let around = boxes.map(|(item, part)| place_of(pen, part, at(item))).reduce(Box2::union);
        let Some(around) = around else { return };
        open_group(pen, name, around);
    }
    let mut id = id;
    for part in &own {
        let said = match part.role {
            Role::Ground => name,
            Role::Text if own.len() == 1 => name,
            Role::Plate if !group => name,
            _ if !group => name,
            _ => "",
        };
        // Only a card's ground can be what lines are glued to.
        let number = if part.role == Role::Ground { id.take() } else { None };
        shape(pen, part, at(item), said, number);
    }
    for (mark, parts) in &marked {
        for (i, part) in parts.iter().enumerate() {
            shape(pen, part, at(mark), if i == 0 { &mark.name } else { "" }, None);
        }
    }
    if group {
        pen.push("</p:grpSp>");
    }
}

/// A group whose shapes have the slide's own coordinates.
pub(super) fn open_group(pen: &mut Pen<'_>, name: &str, around: Box2) {
    let id = pen.id();
    pen.push("<p:grpSp><p:nvGrpSpPr>");
    let alt = if name.trim().is_empty() { Alt::Decorative } else { Alt::Said(name) };
    pen.named(id, if name.trim().is_empty() { "Group" } else { name }, alt);
    let Box2 { x, y, w, h } = around;
    put!(
        pen,
        "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/>\
         <a:ext cx=\"{w}\" cy=\"{h}\"/><a:chOff x=\"{x}\" y=\"{y}\"/><a:chExt cx=\"{w}\" cy=\"{h}\"/>\
         </a:xfrm></p:grpSpPr>"
    );
}

/// Where a part stands; texts that have room to spare stay on the slide.
fn place_of(pen: &Pen<'_>, part: &Part<'_>, scale: Scale) -> Box2 {
    Box2::of(rect_of(pen, part, scale))
}

fn rect_of(pen: &Pen<'_>, part: &Part<'_>, scale: Scale) -> Rect {
    let rect = scale.rect(part.rect);
    if part.role != Role::Text {
        return rect;
    }
    let (a, b) = (pen.slide.min, pen.slide.max);
    let clamp = |p: Point| Point { x: p.x.clamp(a.x, b.x), y: p.y.clamp(a.y, b.y) };
    Rect { min: clamp(rect.min), max: clamp(rect.max) }
}

/// One native shape. `said`: its name, which is also what is said of it; without one it decorates,
/// unless it has text, which then speaks for itself.
pub(super) fn shape(pen: &mut Pen<'_>, part: &Part<'_>, scale: Scale, said: &str, id: Option<u32>) {
    let place = place_of(pen, part, scale);
    let id = id.unwrap_or_else(|| pen.id());
    let words = part.flows.first().map(|flow| &*flow.block.text);
    let said = if said.trim().is_empty() { words.unwrap_or_default() } else { said };
    pen.push("<p:sp><p:nvSpPr>");
    if said.trim().is_empty() {
        pen.named(id, name_of(part), Alt::Decorative);
    } else {
        pen.named(id, said, Alt::Said(said));
    }
    let text_box = part.role == Role::Text;
    pen.push(if text_box { "<p:cNvSpPr txBox=\"1\"/>" } else { "<p:cNvSpPr/>" });
    pen.push("<p:nvPr/></p:nvSpPr><p:spPr>");
    pen.place(place);
    let inset = outline(pen, part, place, scale);
    pen.fill(part.fill);
    let icon = part.role == Role::Icon;
    pen.line(part.stroke, scale.by, icon, None);
    if part.shadow {
        pen.push(SHADOW);
    }
    pen.push("</p:spPr>");
    if !part.flows.is_empty() {
        let room = Room {
            rect: Rect {
                min: back(rect_of(pen, part, scale).min, scale),
                max: back(rect_of(pen, part, scale).max, scale),
            },
            inset,
            scale: scale.by,
            centred: part.role == Role::Plate,
            fixed: is_fixed(part.fill),
            mixed: false,
        };
        body(pen, &part.flows, room);
    }
    pen.push("</p:sp>");
}

fn back(p: Point, scale: Scale) -> Point {
    let by = if scale.by > 0.0 { scale.by } else { 1.0 };
    Point { x: (p.x - scale.at.x) / by, y: (p.y - scale.at.y) / by }
}

/// Writes the geometry; returns what it leaves out around its text, in map units.
fn outline(pen: &mut Pen<'_>, part: &Part<'_>, place: Box2, scale: Scale) -> f32 {
    match part.outlines.as_slice() {
        [] => {
            preset(pen, part.rect, 0.0);
            0.0
        }
        // The text rectangle of a preset's round ends would be too small for a plate's text.
        [Outline::Rect(rect, radius)] if part.role != Role::Plate => {
            preset(pen, *rect, *radius);
            text_inset(radius.min(rect.width().min(rect.height()) / 2.0))
        }
        outlines => {
            let (filled, sites) =
                (part.fill.is_some(), matches!(part.role, Role::Ground | Role::Plate));
            freeform(pen, outlines, place, part.rect.min, scale.by, (filled, sites));
            0.0
        }
    }
}

fn name_of(part: &Part<'_>) -> &'static str {
    match (part.role, part.outlines.first()) {
        (Role::Icon, Some(Outline::Icon(_, icon))) => icon.name(),
        (Role::Ground, _) => "Ground",
        _ if part.fill.is_none() => "Line",
        _ => "Mark",
    }
}

/// The shadow below a card: as far and as dark as in the scene.
const SHADOW: &str = "<a:effectLst><a:outerShdw blurRad=\"12700\" dist=\"12700\" dir=\"5400000\" \
    algn=\"t\" rotWithShape=\"0\"><a:srgbClr val=\"101828\"><a:alpha val=\"10000\"/></a:srgbClr>\
    </a:outerShdw></a:effectLst>";
