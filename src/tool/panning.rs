//! The map moves with the hand.

use crate::geom::{Point, pt};

use super::{Button, Context, Input, Intent, Step, Tool};

/// Where the hand was last, and which button holds the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Panning {
    /// On the screen.
    pub last: Point,
    pub button: Button,
}

impl Panning {
    pub(super) fn step(mut self, input: &Input, _cx: &Context<'_>) -> Step {
        match input {
            Input::Move { at, .. } => {
                let by = pt(at.on_screen.x - self.last.x, at.on_screen.y - self.last.y);
                self.last = at.on_screen;
                (Tool::Panning(self), vec![Intent::Pan(by)])
            }
            Input::Release { button, .. } if *button == self.button => (Tool::Idle, vec![]),
            Input::Cancel => (Tool::Idle, vec![]),
            _ => (Tool::Panning(self), vec![]),
        }
    }
}
