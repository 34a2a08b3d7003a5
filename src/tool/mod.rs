//! What the pointer and the keyboard mean: small state machines over plain input, no window.
//!
//! [`Tool`] is one value; [`Tool::step`] takes it with one [`Input`] to the next and says what
//! is to be done as [`Intent`]s. [`apply()`] does those that are edits or selections; what is left
//! (the camera, the editor, messages) is for the canvas.
//!
//! Architecture invariant: nothing in here knows egui, painters or files.

mod apply;
mod camera;
mod context;
mod dragging;
#[cfg(test)]
mod driver;
mod idle;
mod input;
mod intent;
mod linking;
mod marquee;
mod panning;
mod pinning;
mod pointing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_ecosystem;
mod walk;

pub use apply::apply;
pub use camera::{Camera, ZOOM_RANGE};
pub use context::{Context, HANDLE_FROM, Picture, Target};
pub use dragging::{DraggingEmotion, DraggingLane, DraggingStage, DraggingSteps};
pub use input::{At, Button, Input, Key, Modifiers};
pub use intent::Intent;
pub use linking::{Linking, linkable};
pub use marquee::Marquee;
pub use panning::Panning;
pub use pinning::DraggingCards;
pub use pointing::Pointing;
pub use walk::{Way, first_card, neighbour, reading_order};

/// How far the pointer goes with a button held before it drags, in points on the screen.
pub const DRAG_THRESHOLD: f32 = 4.0;

/// The state of the canvas's one tool. Each variant holds all that its state needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Tool {
    /// Nothing is held.
    #[default]
    Idle,
    /// A button is down and has not moved far enough to be a drag.
    Pointing(Pointing),
    Marquee(Marquee),
    DraggingSteps(DraggingSteps),
    DraggingStage(DraggingStage),
    DraggingLane(DraggingLane),
    DraggingEmotion(DraggingEmotion),
    DraggingCards(DraggingCards),
    Linking(Linking),
    Panning(Panning),
}

/// Where a step leads: the next state and what is to be done.
pub type Step = (Tool, Vec<Intent>);

impl Tool {
    /// Answers one input.
    pub fn step(self, input: &Input, cx: &Context<'_>) -> Step {
        match self {
            Self::Idle => idle::step(input, cx),
            Self::Pointing(it) => it.step(input, cx),
            Self::Marquee(it) => it.step(input, cx),
            Self::DraggingSteps(it) => it.step(input, cx),
            Self::DraggingStage(it) => it.step(input, cx),
            Self::DraggingLane(it) => it.step(input, cx),
            Self::DraggingEmotion(it) => it.step(input, cx),
            Self::DraggingCards(it) => it.step(input, cx),
            Self::Linking(it) => it.step(input, cx),
            Self::Panning(it) => it.step(input, cx),
        }
    }

    /// Whether nothing is going on.
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// Whether the pointer at the canvas's edge moves the map.
    pub fn scrolls_at_edges(&self) -> bool {
        !matches!(
            self,
            Self::Idle | Self::Pointing(_) | Self::Panning(_) | Self::DraggingEmotion(_)
        )
    }

    /// What to do now, for the status line.
    pub fn hint(&self, modifiers: Modifiers) -> &'static str {
        match self {
            Self::Idle if modifiers.space => "Drag to move the map",
            Self::Idle if modifiers.command => "Wheel zooms at the pointer",
            Self::Idle if modifiers.shift => "Click adds to the selection, wheel scrolls sideways",
            Self::Idle | Self::Pointing(_) => "",
            Self::Marquee(_) => "Cards that the frame touches are selected · Esc leaves it",
            Self::DraggingSteps(_) | Self::DraggingStage(_) | Self::DraggingLane(_) => {
                "Let go to leave it here · Esc puts it back"
            }
            Self::DraggingCards(_) => "Let go to pin it here · Esc leaves it where it was",
            Self::DraggingEmotion(_) => "Up feels better, down feels worse · Esc puts it back",
            Self::Linking(it) if it.sticky => "Click the card to link to · Esc leaves it",
            Self::Linking(_) => "Let go on a lit card to link it · Esc leaves it",
            Self::Panning(_) => "Let go to stop moving the map",
        }
    }
}

/// How far the map moves in a tick when the pointer is held at the canvas's edge, in points on
/// the screen.
fn edge_pan(at: At, size: crate::geom::Point, secs: f32) -> Option<crate::geom::Point> {
    const EDGE: f32 = 28.0;
    const SPEED: f32 = 18.0;
    let along = |v: f32, room: f32| {
        let (low, high) = ((EDGE - v).clamp(0.0, EDGE), (v - (room - EDGE)).clamp(0.0, EDGE));
        (low - high) * SPEED * secs
    };
    let by = crate::geom::pt(along(at.on_screen.x, size.x), along(at.on_screen.y, size.y));
    (by.x != 0.0 || by.y != 0.0).then_some(by)
}
