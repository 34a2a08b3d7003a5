//! The journey view as a scene that follows edits.
//!
//! A patch makes new only the cards that show what it changed; where sizes change, the others
//! are moved, which is arithmetic, and keep their shapes.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::geom::{Rect, pt};
use crate::layout::plan::{Mark, Plan, Shows, Slot};
use crate::layout::routes::Routes;
use crate::layout::{Across, Down, Geometry, Heights, sizes};
use crate::model::record::Link;
use crate::model::{Doc, Graph, Id, Patch};
use crate::text::Text;

use super::cards::Cards;
use super::draw::{SegmentLook, segment_looks};
use super::face::{Body, Face};
use super::touched::Touched;
use super::{
    Detail, Heading, Hit, Item, JourneyOptions, Layer, Part, Scene, Shape, emotion, empty, header,
    lanes, links, marks,
};

/// How much work was done, for tests that hold how little it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JourneyStats {
    /// Cards whose text was set.
    pub bodies: usize,
    /// How often cards were placed anew.
    pub plans: usize,
    /// How often everything was arranged anew, because more than the cards at hand changed.
    pub arranged: usize,
}

/// The journey view of a document: layout and scene, kept in step by patches.
#[derive(Debug, Default)]
pub struct JourneyScene {
    scene: Scene,
    options: JourneyOptions,
    plan: Plan,
    geometry: Geometry,
    around: Around,
    /// All segments of the map, as cards show them.
    segments: Vec<SegmentLook>,
    /// By slot.
    cards: Vec<Card>,
    /// Slots by the records that their cards show.
    users: FxHashMap<Id, Vec<u32>>,
    /// Where the cards' items begin in the scene.
    first_card: usize,
    stats: JourneyStats,
}

/// What a card was made from besides its records.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    mark: Option<Mark>,
    also: Vec<Id>,
    group: usize,
}

/// A card that is ready to be placed.
#[derive(Debug)]
struct Card {
    given: Given,
    face: Face,
    need: f32,
    body: Option<Body>,
    /// The height that the shapes are framed for, and the shapes.
    framed: Option<(f32, Shapes)>,
    name: Arc<str>,
}

/// The sizes of everything but cards: what an edit of a card's text leaves as it was.
#[derive(Debug, Default)]
struct Around {
    /// The width that each column's header asks for.
    needs: Vec<f32>,
    top: f32,
    header: f32,
    /// The labels of the lanes, by row.
    labels: Vec<f32>,
    links: f32,
    curve: f32,
}

type Shapes = Arc<[(Detail, Shape)]>;

/// Whether a card shows the same thing in two plans.
type Key = (Shows, Id, Option<Id>);

fn key(plan: &Plan, slot: &Slot) -> Key {
    (slot.shows, slot.record.clone(), plan.columns[slot.first].step.clone())
}

impl JourneyScene {
    /// Lays the whole map out. (The graph is part of the seam: other views walk it.)
    pub fn new(doc: &Doc, _graph: &Graph, text: &mut Text, options: JourneyOptions) -> Self {
        let plan = Plan::of(doc, options.segment.as_ref());
        Self::of_plan(plan, doc, text, options)
    }

    /// What other options show of the same map, planned from what stands here: for many slices of
    /// one map. Costs what stands here, not what the map holds, where this shows the same segment
    /// and all lanes of neighbouring columns, and the other no columns but these.
    pub fn part(&self, doc: &Doc, text: &mut Text, options: JourneyOptions) -> Self {
        let same = self.options.segment == options.segment && self.plan.holds(&options.slice);
        let plan = match same {
            true => self.plan.clone(),
            false => Plan::of(doc, options.segment.as_ref()),
        };
        Self::of_plan(plan, doc, text, options)
    }

    /// From a plan of the whole map.
    fn of_plan(plan: Plan, doc: &Doc, text: &mut Text, options: JourneyOptions) -> Self {
        let mut it = Self { options, ..Self::default() };
        it.segments = segment_looks(doc, None);
        it.place(plan, doc, &FxHashSet::default(), text);
        it.arrange(doc, text, true, &[]);
        it
    }

    /// Follows a patch that was just applied: re-lays out what it touches.
    pub fn apply(&mut self, doc: &Doc, _graph: &Graph, patch: &Patch, text: &mut Text) {
        if patch.is_empty() {
            return;
        }
        let mut touched = Touched::by(patch);
        if touched.segments {
            self.follow_segments(doc, &mut touched.records);
        }
        let mut anew = Vec::new();
        if touched.places {
            let plan = Plan::of(doc, self.options.segment.as_ref());
            self.place(plan, doc, &touched.records, text);
        } else {
            anew = self.used_by(&touched.records);
            for slot in &anew {
                self.cards[*slot as usize] = self.make(doc, *slot as usize, text);
                self.note_uses(*slot);
            }
        }
        self.arrange(doc, text, touched.places || touched.frame, &anew);
    }

    /// Shows something else of the map.
    pub fn set_options(
        &mut self,
        doc: &Doc,
        graph: &Graph,
        text: &mut Text,
        options: JourneyOptions,
    ) {
        if options != self.options {
            let stats = self.stats;
            *self = Self::new(doc, graph, text, options);
            self.stats.bodies += stats.bodies;
            self.stats.plans += stats.plans;
            self.stats.arranged += stats.arranged;
        }
    }

    /// What is left out.
    pub fn options(&self) -> &JourneyOptions {
        &self.options
    }

    /// The picture.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// What screen readers say of the cards whose text had no room: all of it.
    pub fn cut_cards(&self) -> impl Iterator<Item = &str> {
        let is_cut = |card: &&Card| card.body.as_ref().is_some_and(Body::is_cut);
        self.cards.iter().filter(is_cut).map(|card| &*card.name)
    }

    /// How much work was done so far.
    pub fn stats(&self) -> JourneyStats {
        self.stats
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(super) fn label_heights(&self) -> &[f32] {
        &self.around.labels
    }

    pub(super) fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// Slots whose cards show any of the records, ascending.
    fn used_by(&self, records: &FxHashSet<Id>) -> Vec<u32> {
        let all = records.iter().filter_map(|id| self.users.get(id)).flatten().copied();
        let mut slots: Vec<u32> = all.collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// A segment that is added, goes or changes may change the signs of the others; every card
    /// with such signs is made anew.
    fn follow_segments(&mut self, doc: &Doc, dirty: &mut FxHashSet<Id>) {
        let segments = segment_looks(doc, None);
        if segments != self.segments {
            self.segments = segments;
            let shows = |slot: &&Slot| slot.shows == Shows::Influence;
            dirty.extend(self.plan.slots.iter().filter(shows).map(|slot| slot.record.clone()));
        }
    }

    fn note_uses(&mut self, slot: u32) {
        let at = &self.plan.slots[slot as usize];
        let card = &self.cards[slot as usize];
        for id in std::iter::once(&at.record).chain(&card.face.uses) {
            let users = self.users.entry(id.clone()).or_default();
            if users.last() != Some(&slot) {
                users.push(slot);
            }
        }
    }

    /// Takes what the options show of a new plan and keeps every card that shows what it showed.
    fn place(&mut self, whole: Plan, doc: &Doc, dirty: &FxHashSet<Id>, text: &mut Text) {
        self.stats.plans += 1;
        let plan = whole.sliced(doc, self.options.segment.as_ref(), &self.options.slice);
        let stale: FxHashSet<u32> = self.used_by(dirty).into_iter().collect();
        let cards = std::mem::take(&mut self.cards);
        let mut kept: FxHashMap<Key, Card> = FxHashMap::default();
        for (i, (slot, card)) in self.plan.slots.iter().zip(cards).enumerate() {
            if !stale.contains(&(i as u32)) {
                kept.insert(key(&self.plan, slot), card);
            }
        }
        self.plan = plan;
        self.users.clear();
        for i in 0..self.plan.slots.len() {
            let old = kept.remove(&key(&self.plan, &self.plan.slots[i]));
            let same = old.filter(|card| card.given == self.given(i));
            let card = same.unwrap_or_else(|| self.make(doc, i, text));
            self.cards.push(card);
            self.note_uses(i as u32);
        }
    }

    fn given(&self, slot: usize) -> Given {
        let slot = &self.plan.slots[slot];
        Given {
            mark: slot.mark.clone(),
            also: slot.also.clone(),
            group: self.plan.groups[self.plan.columns[slot.first].group].number,
        }
    }

    fn make(&self, doc: &Doc, slot: usize, text: &mut Text) -> Card {
        let cards =
            Cards { doc, plan: &self.plan, options: &self.options, segments: &self.segments };
        let face = cards.face(&self.plan.slots[slot], text);
        // Spaces that keep words together are for the eye.
        let name = face.name.replace('\u{a0}', " ").into();
        let need = face.need(text);
        Card { given: self.given(slot), face, need, body: None, framed: None, name }
    }

    /// Sizes, positions and items. `all`: more than single cards changed; else only `anew` did.
    fn arrange(&mut self, doc: &Doc, text: &mut Text, all: bool, anew: &[u32]) {
        if self.plan.columns.is_empty() {
            let mut items = Vec::new();
            empty::draw(doc, text, &mut items);
            self.geometry = Geometry::default();
            self.scene = Scene::new(items, sizes().space.xl, &[]);
            return;
        }
        // A mark stands where its card's text leaves it, so cards with marks are no quick case.
        let marked = anew.iter().any(|slot| self.plan.slots[*slot as usize].mark.is_some());
        if !all && !marked && self.fits_in_place(anew, text) {
            self.replace(anew);
            return;
        }
        self.stats.arranged += 1;
        let labels = links::labels(doc, &self.plan, text);
        self.around.needs = self.header_needs(doc, text);
        let across = Across::new(&self.plan, &self.needs(), self.options.width);
        for slot in 0..self.cards.len() {
            self.set_body(slot, across.of(&self.plan.slots[slot]).length(), text);
        }
        let segments = segment_looks(doc, self.options.segment.as_ref());
        let routes = Routes::new(&self.plan, &across, &links::widths(&labels));
        let mut head = Vec::new();
        let top =
            header::title(doc, &self.plan, &segments, &self.options, &across, text, &mut head);
        self.around = Around {
            needs: std::mem::take(&mut self.around.needs),
            top,
            header: header::height(doc, &self.plan, &self.options, &across, text),
            labels: self.plan.rows.iter().map(|row| lanes::label(row, text).height).collect(),
            links: routes.height(),
            curve: emotion::height(&segments, self.options.curve_height),
        };
        let geometry = Geometry { across, down: self.down() };
        for slot in 0..self.cards.len() {
            self.frame(slot, geometry.down.of(&self.plan.slots[slot]).length(), text);
        }
        self.geometry = geometry;
        let mut items = head;
        header::groups(doc, &self.plan, &self.options, &self.geometry, text, &mut items);
        header::hints(&self.plan, &self.geometry, text, &mut items);
        lanes::draw(&self.plan, &self.geometry, text, &mut items);
        links::draw(doc, &self.plan, &self.geometry, &routes, &labels, &mut items);
        let named = self.options.heading != Heading::Legend;
        emotion::draw(doc, &self.plan, &self.geometry, &segments, named, text, &mut items);
        items.sort_by_key(|item| item.layer);
        self.first_card = items.len();
        items.extend((0..self.cards.len()).map(|slot| self.item(doc, slot)));
        self.marks(doc, text, &mut items);
        let also: Vec<(Id, u32)> = self
            .plan
            .slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| slot.shows == Shows::Influence)
            .map(|(i, slot)| (slot.record.clone(), (self.first_card + i) as u32))
            .collect();
        self.scene = Scene::new(items, sizes().space.xl, &also);
    }

    /// Sets the cards that changed; returns whether all cards stay where they are, as large as
    /// they are. Sums alone: no other text is looked at.
    fn fits_in_place(&mut self, anew: &[u32], text: &mut Text) -> bool {
        if Across::new(&self.plan, &self.needs(), self.options.width) != self.geometry.across {
            return false;
        }
        for slot in anew.iter().map(|slot| *slot as usize) {
            let width = self.geometry.across.of(&self.plan.slots[slot]).length();
            self.set_body(slot, width, text);
        }
        if self.down() != self.geometry.down {
            return false;
        }
        for slot in anew.iter().map(|slot| *slot as usize) {
            let height = self.geometry.down.of(&self.plan.slots[slot]).length();
            self.frame(slot, height, text);
        }
        true
    }

    /// Sets a card's text in a width, unless it is.
    fn set_body(&mut self, slot: usize, width: f32, text: &mut Text) {
        let card = &mut self.cards[slot];
        if card.body.as_ref().is_none_or(|body| body.width != width) {
            card.body = Some(Body::limited(&card.face, width, self.options.card_lines, text));
            card.framed = None;
            self.stats.bodies += 1;
        }
    }

    /// Frames a card as high as its track, unless it is.
    fn frame(&mut self, slot: usize, height: f32, text: &mut Text) {
        let card = &mut self.cards[slot];
        if let (Some(body), false) =
            (&card.body, card.framed.as_ref().is_some_and(|it| it.0 == height))
        {
            card.framed = Some((height, body.framed(height, text)));
        }
    }

    /// The width that each column asks for.
    pub(super) fn needs(&self) -> Vec<f32> {
        let mut needs = self.around.needs.clone();
        for (slot, card) in self.plan.slots.iter().zip(&self.cards) {
            if slot.first == slot.last {
                let shares = slot.share.1 as f32;
                let need = card.need * shares + sizes().card.gap * (shares - 1.0);
                needs[slot.first] = needs[slot.first].max(need);
            }
        }
        needs
    }

    /// The width that the header of each column asks for, where it has one of its own.
    fn header_needs(&self, doc: &Doc, text: &mut Text) -> Vec<f32> {
        let mut needs = vec![0.0_f32; self.plan.columns.len()];
        for (i, group) in self.plan.groups.iter().enumerate() {
            if group.columns.len() == 1 {
                let inset = 2.0 * (sizes().space.m - sizes().column.pad);
                needs[group.columns.start] = header::need(doc, &self.plan, i, text) + inset;
            }
        }
        needs
    }

    fn down(&self) -> Down {
        let heights: Vec<f32> =
            self.cards.iter().map(|card| card.body.as_ref().map_or(0.0, |it| it.height)).collect();
        let around = &self.around;
        let heights = Heights {
            top: around.top,
            header: around.header,
            cards: &heights,
            labels: &around.labels,
            links: around.links,
            curve: around.curve,
        };
        Down::new(&self.plan, &heights)
    }

    /// Puts cards that changed in the place of their items.
    fn replace(&mut self, slots: &[u32]) {
        for slot in slots {
            let card = &self.cards[*slot as usize];
            let name = self.name(*slot as usize);
            let item = &mut self.scene.items[self.first_card + *slot as usize];
            item.name = name;
            if let Some((_, shapes)) = &card.framed {
                item.shapes = shapes.clone();
            }
        }
    }

    fn name(&self, slot: usize) -> Arc<str> {
        let (at, name) = (&self.plan.slots[slot], &self.cards[slot].name);
        if at.shows != Shows::Step {
            return name.clone();
        }
        let number = self.plan.columns[at.first].number + 1;
        format!("Step {number} of {}: {name}", self.plan.steps).into()
    }

    fn item(&self, doc: &Doc, slot: usize) -> Item {
        let at = &self.plan.slots[slot];
        let (record, part) = match at.shows {
            Shows::Activities => (at.record.clone(), Part::Activities),
            Shows::Criteria => (at.record.clone(), Part::Criteria),
            Shows::Thoughts => (at.record.clone(), Part::Thoughts),
            Shows::Influence => {
                let link = doc.get_as::<Link>(&at.record);
                (link.map_or(&at.record, |link| &link.from).clone(), Part::Card)
            }
            _ => (at.record.clone(), Part::Card),
        };
        let of_step =
            matches!(at.shows, Shows::Step | Shows::Activities | Shows::Criteria | Shows::Thoughts);
        let other = self.plan.columns[at.first].step.clone().filter(|_| !of_step);
        let framed = self.cards[slot].framed.as_ref();
        Item {
            rect: self.geometry.card(at),
            layer: Layer::Cards,
            hit: Some(Hit { record, part, other }),
            name: self.name(slot),
            ends: None,
            shapes: framed.map_or_else(|| Arc::new([]) as Shapes, |it| it.1.clone()),
        }
    }

    /// The friction marks over the cards.
    fn marks(&self, doc: &Doc, text: &mut Text, items: &mut Vec<Item>) {
        let mut made: FxHashMap<(u8, u32), (Rect, Shapes)> = FxHashMap::default();
        for (slot, card) in self.plan.slots.iter().zip(&self.cards) {
            let (Some(mark), Some(body)) = (&slot.mark, &card.body) else {
                continue;
            };
            let at = self.geometry.card(slot);
            let Some((sign, place)) = body.mark_at(at.height()) else {
                continue;
            };
            let (rect, shapes) =
                made.entry(sign).or_insert_with(|| marks::friction(sign.0, sign.1, text)).clone();
            let corner = at.min.offset(place).offset(pt(0.0, -rect.height() / 2.0));
            let on = match doc.get_as::<Link>(&slot.record) {
                Some(link) => &link.from,
                None => &slot.record,
            };
            let name = marks::friction_name(Some(mark), doc.name_of(on));
            items.push(Item {
                rect: rect.offset(corner),
                layer: Layer::Marks,
                hit: Some(Hit {
                    record: mark.friction.clone(),
                    part: Part::Mark,
                    other: Some(on.clone()),
                }),
                name: name.into(),
                ends: None,
                shapes,
            });
        }
    }
}
