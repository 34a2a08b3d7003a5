//! Lines between cards: from what is affected to what it rests on, with their signs and labels.
//!
//! How well a link works is told by colour, dashes and a sign; an influence is dotted and quiet.
//! Links from step to step are not drawn: the order of the cards says which comes next. Not here:
//! where lines run (see `layout::layered`).

use std::sync::Arc;

use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::layout::layered::Route;
use crate::layout::sizes;
use crate::model::choice::Rating;
use crate::model::record::{Link, LinkKind};
use crate::model::{Doc, Edge};
use crate::text::{Block, Text};

use super::super::draw::{Draft, set};
use super::super::header::Flow;
use super::super::links::arrow;
use super::super::{Detail, Hit, Ink, Item, Layer, Part, Shape, Stroke};
use super::cards::several;
use super::plan::Plan;
use super::visible::{ShownLink, ShownNode, Stands};

/// How a line looks, quiet ones first: they are painted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tone {
    Sways,
    Rests,
    Strained,
    Broken,
}

impl Tone {
    const ALL: [Self; 4] = [Self::Sways, Self::Rests, Self::Strained, Self::Broken];

    fn of(link: &ShownLink) -> Self {
        match (link.edge, link.rating) {
            (Edge::Influences, _) => Self::Sways,
            (_, Some(Rating::Strained)) => Self::Strained,
            (_, Some(Rating::Broken)) => Self::Broken,
            _ => Self::Rests,
        }
    }

    /// What the legend says.
    fn label(self) -> &'static str {
        match self {
            Self::Sways => "influences",
            Self::Rests => "rests on",
            Self::Strained => "strained",
            Self::Broken => "broken",
        }
    }

    fn ink(self) -> Ink {
        match self {
            Self::Sways => Ink::Faint,
            Self::Rests => Ink::Link,
            Self::Strained => Ink::Strained,
            Self::Broken => Ink::Broken,
        }
    }

    fn stroke(self) -> Stroke {
        let s = &sizes().stroke;
        match self {
            Self::Sways => Stroke::dashed(s.hair, self.ink(), s.hair, s.dash_gap),
            Self::Rests => Stroke::solid(s.thin, self.ink()),
            Self::Strained => Stroke::dashed(s.medium, self.ink(), 1.5 * s.dash, s.dash_gap),
            Self::Broken => Stroke::solid(s.thick, self.ink()),
        }
    }

    /// The line from far away.
    fn far(self) -> Stroke {
        let s = &sizes().stroke;
        match self {
            Self::Sways => Stroke::solid(s.hair / 2.0, Ink::GridLine),
            Self::Rests => Stroke::solid(s.hair, Ink::CardBorder),
            Self::Strained | Self::Broken => Stroke::solid(s.medium, self.ink()),
        }
    }

    /// The line and its head.
    fn line(self, path: Path, tip: Point, way: Point, draft: &mut Draft) {
        let stroke = self.stroke();
        let far = Some(self.far());
        draft.push(Detail::BLOCK, Shape::Path { path: path.clone(), fill: None, stroke: far });
        draft.push(Detail::NEAR, Shape::Path { path, fill: None, stroke: Some(stroke) });
        let stroke = Some(Stroke::solid(stroke.width, stroke.ink));
        draft.push(Detail::NEAR, Shape::Path { path: arrow(tip, way), fill: None, stroke });
    }

    /// A wave for a strained link, a cross for a broken one, on a disc.
    fn sign(self, at: Point, draft: &mut Draft) {
        let r = sign_side() / 2.0;
        let disc = Rect { min: at, max: at }.grow(r);
        let s = &sizes().stroke;
        let to = |x: f32, y: f32| pt(at.x + x * r, at.y + y * r);
        let strokes = match self {
            Self::Sways | Self::Rests => return,
            Self::Strained => vec![Path {
                segments: vec![
                    Segment::Move(to(-0.55, 0.15)),
                    Segment::Cubic(to(-0.35, -0.45), to(-0.15, -0.35), to(0.0, 0.0)),
                    Segment::Cubic(to(0.15, 0.35), to(0.35, 0.45), to(0.55, -0.15)),
                ],
            }],
            Self::Broken => vec![
                Path::polyline(&[to(-0.4, -0.4), to(0.4, 0.4)]),
                Path::polyline(&[to(-0.4, 0.4), to(0.4, -0.4)]),
            ],
        };
        let stroke = Some(Stroke::solid(s.thin, self.ink()));
        let fill = Some(Ink::Card);
        draft.push(Detail::NEAR, Shape::Rect { rect: disc, radius: r, fill, stroke });
        let stroke = Some(Stroke::solid(s.medium, self.ink()));
        for path in strokes {
            draft.push(Detail::NEAR, Shape::Path { path, fill: None, stroke });
        }
    }
}

fn sign_side() -> f32 {
    sizes().card.icon
}

/// Where a line's sign stands: at its mark; where a friction's triangle is there, beside it, on the
/// side where no label stands.
fn sign_at(link: &ShownLink, route: &Route) -> Point {
    if link.mark.is_none() {
        return route.mark;
    }
    let by = sizes().mark.severity;
    let label_is_left = route.label.is_some_and(|label| label.center().x < route.mark.x);
    route.mark.offset(pt(if label_is_left { 0.8 } else { -0.8 } * by, 0.1 * by))
}

/// The label of each link, as set.
pub(super) type Labels = Vec<Option<Arc<Block>>>;

/// Sets the labels: what exactly something rests on.
pub(super) fn labels(doc: &Doc, plan: &Plan, text: &mut Text) -> Labels {
    let style = sizes().text.small.regular();
    let width = sizes().strip.card_width - 2.0 * sizes().space.s;
    let words = |link: &ShownLink| what(doc, link).map(|what| what.trim().to_owned());
    let all = plan.shown.links.iter().map(words);
    all.map(|words| words.map(|words| set(text, &words, style, width, 2))).collect()
}

fn what<'a>(doc: &'a Doc, link: &ShownLink) -> Option<&'a str> {
    let [only] = link.links.as_slice() else { return None };
    let LinkKind::DependsOn { what, .. } = &doc.get_as::<Link>(only)?.kind else { return None };
    what.as_deref().filter(|it| !it.trim().is_empty())
}

/// The room that labels ask for; (0, 0) where there is none.
pub(super) fn rooms(labels: &Labels) -> Vec<(f32, f32)> {
    let pad = &sizes().space;
    let room = |block: &Arc<Block>| (block.width + 2.0 * pad.xs, block.height + 2.0 * pad.xxs);
    labels.iter().map(|it| it.as_ref().map_or((0.0, 0.0), room)).collect()
}

/// What people call a card.
pub(super) fn node_name(doc: &Doc, node: &ShownNode) -> String {
    match (node.stands, doc.name_of(&node.record).trim()) {
        (Stands::Kind, _) => several(node),
        (_, "") => "unnamed".to_owned(),
        (_, name) => name.to_owned(),
    }
}

/// What a screen reader says of a link. `names`: of the cards at its ends.
pub(super) fn name(doc: &Doc, link: &ShownLink, from: &ShownNode, to: &ShownNode) -> String {
    let verb = match (link.edge, from.stands == Stands::Kind) {
        (Edge::Uses, false) => "uses",
        (Edge::Uses, true) => "use",
        (Edge::Influences, false) => "influences",
        (Edge::Influences, true) => "influence",
        (Edge::DependsOn | Edge::Next, false) => "rests on",
        (Edge::DependsOn | Edge::Next, true) => "rest on",
    };
    let names = [from, to].map(|node| node_name(doc, node));
    let mut name = format!("{} {verb} {}", names[0], names[1]);
    if let Some(rating) = link.rating {
        name += &format!(", {}", rating.label().to_lowercase());
    }
    if let Some(what) = what(doc, link) {
        name += &format!(": {}", what.trim());
    }
    match link.links.len() {
        1 => name,
        count => format!("{name}, {count} links"),
    }
}

fn hit(link: &ShownLink) -> Option<Hit> {
    let record = link.links.first()?.clone();
    Some(Hit { record, part: Part::Link, other: None })
}

/// Draws all lines, then their signs and labels over them, so that none is crossed out. Returns
/// the item of each link's line.
pub(super) fn draw(
    plan: &Plan,
    routes: &[Route],
    labels: &Labels,
    name: impl Fn(&ShownLink) -> String,
    ground: impl Fn(Rect) -> Ink,
    out: &mut Vec<Item>,
) -> Vec<u32> {
    let links = &plan.shown.links;
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_by_key(|i| Tone::of(&links[*i]));
    let mut items = vec![0; links.len()];
    for i in &order {
        let (link, route) = (&links[*i], &routes[*i]);
        let mut draft = Draft::default();
        Tone::of(link).line(route.path.clone(), route.tip, route.way, &mut draft);
        items[*i] = out.len() as u32;
        let ends = [link.from, link.to].map(|node| plan.shown.nodes[node as usize].record.clone());
        let item = draft.item(Layer::Links, None, hit(link), name(link));
        out.push(Item { ends: Some(ends), ..item });
    }
    for i in &order {
        if let (Some(rect), Some(block)) = (routes[*i].label, &labels[*i]) {
            let mut draft = Draft::default();
            let (radius, fill) = (sizes().space.xs, Some(ground(rect)));
            draft.push(Detail::FULL, Shape::Rect { rect, radius, fill, stroke: None });
            let at = pt(rect.center().x - block.width / 2.0, rect.center().y - block.height / 2.0);
            draft.text(Detail::FULL, at, block.width, block.clone(), Ink::Muted);
            out.push(draft.item(Layer::Links, None, hit(&links[*i]), String::new()));
        }
    }
    for i in order {
        let (link, mut draft) = (&links[i], Draft::default());
        Tone::of(link).sign(sign_at(link, &routes[i]), &mut draft);
        if !draft.is_empty() {
            out.push(draft.item(Layer::Links, None, hit(link), String::new()));
        }
    }
    items
}

/// What the lines mean, as far as they are there and not all the same.
pub(super) fn legend(plan: &Plan, flow: &mut Flow, text: &mut Text, out: &mut Vec<Item>) {
    let is_there = |tone: &Tone| plan.shown.links.iter().any(|link| Tone::of(link) == *tone);
    let there: Vec<Tone> = Tone::ALL.into_iter().rev().filter(is_there).collect();
    if there.iter().all(|tone| *tone == Tone::Rests) {
        return;
    }
    let (size, gap, long) = (sizes().text.small, sizes().space.s, sizes().space.xxl);
    for tone in there {
        let block = set(text, tone.label(), size.regular(), sizes().strip.card_width, 1);
        let at = flow.take(long + gap + block.width);
        let y = at.y + size.line / 2.0;
        let (from, to) = (pt(at.x, y), pt(at.x + long, y));
        let mut draft = Draft::default();
        tone.line(Path::polyline(&[from, to]), to, pt(1.0, 0.0), &mut draft);
        tone.sign(from.lerp(to, 0.42), &mut draft);
        let width = block.width;
        draft.text(Detail::FULL, pt(to.x + gap, at.y), width, block, Ink::Muted);
        let mut item = draft.item(Layer::Lines, None, None, format!("Line: {}", tone.label()));
        // Too small to be read from further away.
        let shapes = item.shapes.iter().filter(|(detail, _)| detail.shows_at(Detail::FULL));
        item.shapes = shapes.map(|(_, shape)| (Detail::FULL, shape.clone())).collect();
        out.push(item);
    }
}
