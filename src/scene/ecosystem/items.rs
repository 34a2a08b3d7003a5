//! The items of the ecosystem's scene, from what was laid out.
//!
//! Not here: what is shown and where (see [`super::view`]).

use rustc_hash::FxHashMap;

use crate::geom::{Point, Rect, pt, rect};
use crate::layout::sizes;
use crate::model::{Doc, Id};
use crate::text::Text;

use super::super::draw::{Draft, segment_looks, set};
use super::super::{
    Align, Detail, Hit, Ink, Item, Layer, Part, Scene, Shape, Stroke, header, marks,
};
use super::strips::{self, Frame};
use super::view::Shapes;
use super::visible::{ShownLink, Stands};
use super::{EcosystemScene, NodeKind, links};

/// Where things are among the scene's items.
#[derive(Debug, Default)]
pub(super) struct Spots {
    pub first_card: usize,
    /// By link.
    pub links: Vec<u32>,
    pub marks: Vec<(Marked, u32)>,
}

/// What a mark is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marked {
    Node(u32),
    Link(u32),
}

/// What stands in place of a first layout that is still being done.
pub(super) fn waiting(cards: usize, text: &mut Text) -> Scene {
    let words = format!("Laying out {cards} cards…");
    let width = sizes().column.head_width;
    let block = set(text, &words, sizes().text.title.bold(), width, 1);
    let (at, ink, align) = (pt(0.0, 0.0), Ink::Muted, Align::Center);
    let mut draft = Draft::default();
    draft.push(Detail::ALL, Shape::Text { at, width, block, ink, align });
    Scene::new(vec![draft.item(Layer::Lines, None, None, words)], sizes().space.xl, &[])
}

/// A step's number, on the upper edge of its card.
fn tag(number: usize, text: &mut Text, out: &mut Vec<(Detail, Shape)>) {
    let (style, space) = (sizes().text.small.regular(), &sizes().space);
    let block = set(text, &number.to_string(), style, sizes().strip.card_width, 1);
    let (width, height) = (block.width + 2.0 * space.xs, block.height);
    let plate = rect(space.m, -height / 2.0, width, height);
    let stroke = Some(Stroke::solid(sizes().stroke.hair, Ink::CardBorder));
    let (radius, fill) = (height / 2.0, Some(Ink::Card));
    out.push((Detail::FULL, Shape::Rect { rect: plate, radius, fill, stroke }));
    let at = pt(plate.min.x + space.xs, plate.min.y);
    let (ink, align, width) = (Ink::Muted, Align::Start, block.width);
    out.push((Detail::FULL, Shape::Text { at, width, block, ink, align }));
}

impl EcosystemScene {
    /// Makes all items.
    pub(super) fn draw(&mut self, doc: &Doc, text: &mut Text) {
        let (plan, at) = (&self.plan, &self.stand.arrangement);
        let frame = Frame::of(plan, at, &self.routes);
        let mut items = Vec::new();
        self.title(doc, &frame, text, &mut items);
        strips::draw(doc, plan, at, &frame, self.options.grouping, text, &mut items);
        items.sort_by_key(|item| item.layer);
        let name = |link: &ShownLink| self.link_name(doc, link);
        let ground = |rect| frame.ground(rect);
        let links = links::draw(plan, &self.routes, &self.labels, name, ground, &mut items);
        let first_card = items.len();
        let numbered = self.steps_wrap();
        for i in 0..self.cards.len() {
            self.frame_card(i, text);
            items.push(self.card(i, numbered, text));
        }
        let marks = self.marks(doc, text, &mut items);
        self.frame = frame;
        self.spots = Spots { first_card, links, marks };
        let also = self.also();
        self.scene = Scene::new(items, sizes().space.xl, &also);
    }

    /// Items that stand for further records: those that stand for several.
    fn also(&self) -> Vec<(Id, u32)> {
        let mut also = Vec::new();
        for (i, node) in self.plan.shown.nodes.iter().enumerate() {
            let item = (self.spots.first_card + i) as u32;
            let others = node.members.iter().filter(|id| **id != node.record);
            also.extend(others.map(|id| (id.clone(), item)));
        }
        for (link, item) in self.plan.shown.links.iter().zip(&self.spots.links) {
            also.extend(link.links.iter().skip(1).map(|id| (id.clone(), *item)));
        }
        also
    }

    /// The map's title, who it is shown for, and what lines mean, above the strips.
    fn title(&self, doc: &Doc, frame: &Frame, text: &mut Text, out: &mut Vec<Item>) {
        if self.options.compact {
            return;
        }
        let mut head = Vec::new();
        let mut flow = header::heading(doc, frame.across.length(), text, &mut head);
        for segment in segment_looks(doc, self.options.segment.as_ref()) {
            if self.options.segment.is_some() {
                head.push(header::legend(&segment, &mut flow, text));
            }
        }
        links::legend(&self.plan, &mut flow, text, &mut head);
        let by = pt(frame.across.min, -flow.height());
        out.extend(head.into_iter().map(|item| Item { rect: item.rect.offset(by), ..item }));
    }

    /// Puts cards that changed in the place of their items, and their names where links and marks
    /// say them.
    pub(super) fn replace(&mut self, doc: &Doc, nodes: &[u32], text: &mut Text) {
        let numbered = self.steps_wrap();
        for node in nodes {
            self.frame_card(*node as usize, text);
            let item = self.card(*node as usize, numbered, text);
            self.scene.items[self.spots.first_card + *node as usize] = item;
        }
        let at_it = |link: &ShownLink| nodes.contains(&link.from) || nodes.contains(&link.to);
        for (i, link) in self.plan.shown.links.iter().enumerate().filter(|(_, it)| at_it(it)) {
            let name = self.link_name(doc, link).into();
            self.scene.items[self.spots.links[i] as usize].name = name;
        }
        for (marked, item) in &self.spots.marks {
            let named = match marked {
                Marked::Node(node) => nodes.contains(node),
                Marked::Link(link) => at_it(&self.plan.shown.links[*link as usize]),
            };
            if named {
                self.scene.items[*item as usize].name = self.mark_name(doc, *marked).into();
            }
        }
    }

    /// Frames a card as high as its row, unless it is.
    fn frame_card(&mut self, node: usize, text: &mut Text) {
        let height = self.stand.arrangement.cards[node].height();
        let card = &mut self.cards[node];
        if card.framed.as_ref().is_none_or(|it| it.0 != height) {
            card.framed = Some((height, card.body.framed(height, text)));
        }
    }

    /// Whether steps stand in more than one row, which does not say in which order to read them.
    fn steps_wrap(&self) -> bool {
        let is_step = |n: &u32| self.plan.shown.nodes[*n as usize].kind == NodeKind::Step;
        self.stand.arrangement.rows.iter().filter(|row| row.cards.iter().any(is_step)).count() > 1
    }

    /// A card; `numbered`: a step says which one it is.
    fn card(&self, i: usize, numbered: bool, text: &mut Text) -> Item {
        let (node, card) = (&self.plan.shown.nodes[i], &self.cards[i]);
        let (mut name, mut shapes) =
            (card.name.clone(), card.framed.as_ref().map_or_else(|| [].into(), |it| it.1.clone()));
        if node.kind == NodeKind::Step && node.stands == Stands::Record {
            let (number, steps) = (node.number + 1, self.plan.steps);
            name = format!("Step {number} of {steps}: {}", card.name).into();
            if numbered {
                let mut all = shapes.to_vec();
                tag(number, text, &mut all);
                shapes = all.into();
            }
        }
        let part = if node.stands == Stands::Kind { Part::Group } else { Part::Card };
        let hit = Some(Hit { record: node.record.clone(), part, other: None });
        Item {
            rect: self.stand.arrangement.cards[i],
            layer: Layer::Cards,
            hit,
            name,
            ends: None,
            shapes,
        }
    }

    fn node_name(&self, doc: &Doc, node: u32) -> String {
        let node = &self.plan.shown.nodes[node as usize];
        links::node_name(doc, node)
    }

    fn link_name(&self, doc: &Doc, link: &ShownLink) -> String {
        let nodes = &self.plan.shown.nodes;
        links::name(doc, link, &nodes[link.from as usize], &nodes[link.to as usize])
    }

    fn mark_name(&self, doc: &Doc, marked: Marked) -> String {
        let (mark, on) = match marked {
            Marked::Node(i) => (&self.plan.shown.nodes[i as usize].mark, self.node_name(doc, i)),
            Marked::Link(i) => {
                let link = &self.plan.shown.links[i as usize];
                let [from, to] = [link.from, link.to].map(|node| self.node_name(doc, node));
                (&link.mark, format!("the link from {from} to {to}"))
            }
        };
        marks::friction_name(mark.as_ref(), &on)
    }

    /// The friction marks, on the corners of cards and on lines.
    fn marks(&self, doc: &Doc, text: &mut Text, out: &mut Vec<Item>) -> Vec<(Marked, u32)> {
        type Made = (Rect, Shapes);
        let mut made: FxHashMap<(u8, u32), Made> = FxHashMap::default();
        let mut spots = Vec::new();
        let mut push = |marked: Marked, at: Point, centred: bool, text: &mut Text| {
            let (mark, on) = match marked {
                Marked::Node(i) => {
                    let node = &self.plan.shown.nodes[i as usize];
                    (node.mark.as_ref(), Some(&node.record))
                }
                Marked::Link(i) => {
                    let link = &self.plan.shown.links[i as usize];
                    (link.mark.as_ref(), link.links.first())
                }
            };
            let (Some(mark), Some(on)) = (mark, on) else { return };
            let (rect, shapes) = made
                .entry((mark.severity, mark.count))
                .or_insert_with(|| marks::friction_on_edge(mark.severity, mark.count, text))
                .clone();
            let aside = if centred { sizes().mark.severity / 2.0 } else { 0.0 };
            spots.push((marked, out.len() as u32));
            out.push(Item {
                rect: rect.offset(pt(at.x - aside, at.y - rect.height() / 2.0)),
                layer: Layer::Marks,
                hit: Some(Hit {
                    record: mark.friction.clone(),
                    part: Part::Mark,
                    other: Some(on.clone()),
                }),
                name: self.mark_name(doc, marked).into(),
                ends: None,
                shapes,
            });
        };
        for (i, card) in self.cards.iter().enumerate() {
            let at = self.stand.arrangement.cards[i];
            if let Some((_, place)) = card.body.mark_at(at.height()) {
                push(Marked::Node(i as u32), at.min.offset(place), false, text);
            }
        }
        for (i, route) in self.routes.iter().enumerate() {
            push(Marked::Link(i as u32), route.mark, true, text);
        }
        spots
    }
}
