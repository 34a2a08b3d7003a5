//! What a tool may look at while it decides: the document, the picture, the selection.

use rustc_hash::FxHashSet;

use crate::edit::{Selection, Session};
use crate::geom::{Point, Rect};
use crate::model::{Doc, Graph, Id, Kind};
use crate::scene::{EcosystemScene, Hit, Item, JourneyScene, Layer, Part, Scene};

use super::Intent;

/// How far from an item a pointer still hits it, in points on the screen.
const TOLERANCE: f32 = 4.0;
/// The same for small things: points of curves, handles.
const SMALL_TOLERANCE: f32 = 7.0;

/// Below this zoom a card is too small to pull a link from.
pub const HANDLE_FROM: f32 = 0.4;

/// The view of the map that the canvas shows.
#[derive(Debug, Clone, Copy)]
pub enum Picture<'a> {
    Journey(&'a JourneyScene),
    Ecosystem(&'a EcosystemScene),
}

impl<'a> Picture<'a> {
    /// What is painted.
    pub fn scene(self) -> &'a Scene {
        match self {
            Self::Journey(it) => it.scene(),
            Self::Ecosystem(it) => it.scene(),
        }
    }

    /// The journey, where that is shown: steps, stages, lanes and feelings are moved in it alone.
    pub fn journey(self) -> Option<&'a JourneyScene> {
        match self {
            Self::Journey(it) => Some(it),
            Self::Ecosystem(_) => None,
        }
    }

    /// The ecosystem, where that is shown: cards are pinned in it alone.
    pub fn ecosystem(self) -> Option<&'a EcosystemScene> {
        match self {
            Self::Journey(_) => None,
            Self::Ecosystem(it) => Some(it),
        }
    }
}

/// What is there at the moment.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub session: &'a Session,
    pub picture: Picture<'a>,
    /// Points on the screen for one map unit.
    pub zoom: f32,
    /// The canvas's size on the screen, in points.
    pub size: Point,
}

impl<'a> Context<'a> {
    /// For questions about the map alone, which no pointer and no screen has a part in: at 100 %,
    /// on a canvas without extent.
    pub fn of_map(session: &'a Session, picture: Picture<'a>) -> Self {
        Self { session, picture, zoom: 1.0, size: Point::default() }
    }

    /// The document as it is now, an open entry included.
    pub fn doc(&self) -> &'a Doc {
        self.session.doc()
    }

    /// The graph of the document.
    pub fn graph(&self) -> &'a Graph {
        self.session.graph()
    }

    /// What the canvas shows.
    pub fn scene(&self) -> &'a Scene {
        self.picture.scene()
    }

    /// What is selected.
    pub fn selection(&self) -> &'a Selection {
        &self.session.selection
    }

    /// What is under a point of the map: the link handle of the selected card first, then points
    /// of curves, then whatever is painted on top.
    pub fn target_at(&self, at: Point) -> Target {
        if let Some(from) = self.handle_at(at) {
            return Target::Handle(from);
        }
        match self.hit_at(at) {
            Some(hit) => Target::Item(hit),
            None => Target::Ground,
        }
    }

    /// What stands for a record under a point of the map.
    pub fn hit_at(&self, at: Point) -> Option<Hit> {
        let hit =
            |points: f32| self.scene().hit(at, points / self.zoom).and_then(|it| it.hit.clone());
        let near = hit(SMALL_TOLERANCE).filter(|it| it.part == Part::Emotion);
        near.or_else(|| hit(TOLERANCE))
    }

    /// The card that shows a record: where its handle is, where it is edited, what walks go by.
    pub fn card_of(&self, id: &Id) -> Option<&'a Item> {
        let mut marks = None;
        for item in self.scene().items_of(id) {
            match item.hit.as_ref().map(|hit| hit.part) {
                Some(Part::Card | Part::Group | Part::StageHeader | Part::LaneLabel) => {
                    return Some(item);
                }
                _ => marks = marks.or(Some(item)),
            }
        }
        marks
    }

    /// Selects what a card shows: its record, or all of those that it stands for.
    pub fn select(&self, id: &Id) -> Intent {
        match self.picture.ecosystem().and_then(|it| it.group_of(id)) {
            Some(group) => {
                let ids = group.iter().cloned().collect();
                Intent::SetSelection(Selection { ids, lead: Some(id.clone()) })
            }
            None => Intent::Select(id.clone()),
        }
    }

    /// Where a link is drawn from: the middle of the right edge of the selected card, if links
    /// can start at it.
    pub fn handle(&self) -> Option<(Id, Point)> {
        let selection = self.selection();
        let lead = selection.lead.as_ref().filter(|_| selection.ids.len() == 1)?;
        let kind = self.doc().kind_of(lead)?;
        if !kind.is_node() {
            return None;
        }
        let card = self.card_of(lead)?;
        (card.layer == Layer::Cards && card.hit.as_ref().is_some_and(|it| it.part == Part::Card))
            .then(|| (lead.clone(), Point { x: card.rect.max.x, y: card.rect.center().y }))
    }

    fn handle_at(&self, at: Point) -> Option<Id> {
        let (from, handle) = self.handle().filter(|_| self.zoom >= HANDLE_FROM)?;
        (handle.distance(at) * self.zoom <= SMALL_TOLERANCE).then_some(from)
    }

    /// The records whose cards lie in a box, in painting order.
    pub fn cards_in(&self, area: Rect) -> Vec<Id> {
        let mut near = Vec::new();
        self.scene().query(area, &mut near);
        let (mut found, mut seen) = (Vec::new(), FxHashSet::default());
        for i in near {
            let item = &self.scene().items[i as usize];
            let card = item.layer == Layer::Cards;
            let Some(hit) = item.hit.as_ref().filter(|hit| card && hit.part == Part::Card) else {
                continue;
            };
            if item.rect.touches(area) && seen.insert(&hit.record) {
                found.push(hit.record.clone());
            }
        }
        found
    }

    /// Steps that move when this one is dragged: all selected ones in journey order, or it alone
    /// where it is not selected.
    pub fn dragged_steps(&self, step: &Id) -> Vec<Id> {
        let selection = self.selection();
        if !selection.contains(step) {
            return vec![step.clone()];
        }
        let all = self.doc().steps();
        all.into_iter().map(|(id, _)| id).filter(|id| selection.contains(id)).cloned().collect()
    }

    /// Whether the record is of a kind.
    pub fn is(&self, id: &Id, kind: Kind) -> bool {
        self.doc().kind_of(id) == Some(kind)
    }
}

/// What the pointer is over.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The dot that a link is drawn from.
    Handle(Id),
    Item(Hit),
    Ground,
}
