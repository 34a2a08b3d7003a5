//! Dragging cards of the ecosystem view: where they are let go, they are pinned.
//!
//! Nothing changes while the drag goes on, the cards only float; the others make room when the
//! layout takes the pins up. Not here: what a place in the picture means as a pin (see
//! [`EcosystemScene::pin_of`]).
//!
//! [`EcosystemScene::pin_of`]: crate::scene::EcosystemScene::pin_of

use crate::edit::verbs;
use crate::geom::{Point, pt};
use crate::model::{Id, Kind};
use crate::scene::{Hit, Part};

use super::{At, Button, Context, Input, Intent, Step, Tool, edge_pan};

/// Cards on their way to where they are pinned.
#[derive(Debug, Clone, PartialEq)]
pub struct DraggingCards {
    /// All that move, the held one among them.
    pub cards: Vec<Id>,
    /// The one under the pointer.
    pub held: Id,
    /// Where the pointer was in the map when the drag began.
    pub from: Point,
    pub last: At,
}

impl DraggingCards {
    /// `None` where the picture shows no card that can be pinned there.
    pub(super) fn begin(hit: &Hit, at: At, cx: &Context<'_>) -> Option<Self> {
        let ecosystem = cx.picture.ecosystem().filter(|_| hit.part == Part::Card)?;
        let selection = cx.selection();
        let pinned = |id: &Id| {
            let node = cx.doc().kind_of(id).is_some_and(Kind::is_node);
            let card = cx.card_of(id).filter(|_| node);
            card.is_some_and(|it| ecosystem.pin_of(it.rect.center(), id).is_some())
        };
        let mut cards = vec![hit.record.clone()];
        if selection.contains(&hit.record) {
            cards = selection.ids.iter().cloned().collect();
        }
        cards.retain(pinned);
        let held = hit.record.clone();
        cards.contains(&held).then_some(Self { cards, held, from: at.in_map, last: at })
    }

    /// How far the cards float from where they stand, in map units.
    pub fn by(&self) -> Point {
        pt(self.last.in_map.x - self.from.x, self.last.in_map.y - self.from.y)
    }

    pub(super) fn step(mut self, input: &Input, cx: &Context<'_>) -> Step {
        match input {
            Input::Move { at, .. } => {
                self.last = *at;
                (Tool::DraggingCards(self), vec![])
            }
            Input::Release { at, button: Button::Primary, .. } => {
                self.last = *at;
                (Tool::Idle, self.drop(cx))
            }
            Input::Cancel => (Tool::Idle, vec![]),
            Input::Tick { secs } => {
                let pan = edge_pan(self.last, cx.size, *secs).map(Intent::Pan);
                (Tool::DraggingCards(self), pan.into_iter().collect())
            }
            _ => (Tool::DraggingCards(self), vec![]),
        }
    }

    fn drop(self, cx: &Context<'_>) -> Vec<Intent> {
        let by = self.by();
        let Some(ecosystem) = cx.picture.ecosystem() else {
            return vec![];
        };
        let place = |id: &Id| {
            let middle = cx.card_of(id)?.rect.center();
            Some((id.clone(), ecosystem.pin_of(middle.offset(by), id)?))
        };
        let pins: Vec<_> = self.cards.iter().filter_map(place).collect();
        let label = verbs::describe::doing("pin", cx.doc(), &self.cards);
        if pins.is_empty() { vec![] } else { vec![Intent::Pin { label, pins }] }
    }
}
