//! A frame pulled up on empty ground: cards that it touches are selected.

use crate::edit::Selection;
use crate::geom::{Point, Rect};

use super::{At, Button, Context, Input, Intent, Step, Tool, edge_pan};

/// The frame and what was selected before.
#[derive(Debug, Clone, PartialEq)]
pub struct Marquee {
    pub from: Point,
    pub to: Point,
    pub last: At,
    /// Stays selected besides what the frame touches (Shift).
    pub base: Selection,
    /// What Esc brings back.
    pub before: Selection,
}

impl Marquee {
    /// The frame, in the map.
    pub fn area(&self) -> Rect {
        Rect::spanning(self.from, self.to)
    }

    pub(super) fn step(mut self, input: &Input, cx: &Context<'_>) -> Step {
        match input {
            Input::Move { at, .. } => {
                (self.to, self.last) = (at.in_map, *at);
                let mut selection = self.base.clone();
                for id in cx.cards_in(self.area()) {
                    selection.ids.insert(id.clone());
                    selection.lead = Some(id);
                }
                let changed = selection != *cx.selection();
                let intents = if changed { vec![Intent::SetSelection(selection)] } else { vec![] };
                (Tool::Marquee(self), intents)
            }
            Input::Release { button: Button::Primary, .. } => (Tool::Idle, vec![]),
            Input::Cancel => (Tool::Idle, vec![Intent::SetSelection(self.before)]),
            Input::Tick { secs } => {
                let pan = edge_pan(self.last, cx.size, *secs).map(Intent::Pan);
                (Tool::Marquee(self), pan.into_iter().collect())
            }
            _ => (Tool::Marquee(self), vec![]),
        }
    }
}
