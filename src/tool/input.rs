//! What the pointer and the keyboard did, as plain data.
//!
//! Not here: where it comes from (the window's events, a test's driver) and what it means (see
//! [`super::Tool`]).

use crate::geom::Point;
use crate::model::Id;
use crate::scene::Hit;

/// A button of the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    Primary,
    Secondary,
    Middle,
}

/// What is held down meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modifiers {
    pub shift: bool,
    pub alt: bool,
    /// Ctrl, or Command on a Mac.
    pub command: bool,
    /// The space bar, which turns the pointer into a hand.
    pub space: bool,
}

/// Where the pointer is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct At {
    pub in_map: Point,
    /// From the top left of the canvas, in logical points.
    pub on_screen: Point,
}

/// Keys that tools answer to; every other key is a command of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Left,
    Right,
    Up,
    Down,
    /// To the next card in reading order (Tab).
    Next,
    /// To the one before (Shift+Tab).
    Previous,
    Enter,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Press {
        at: At,
        button: Button,
        modifiers: Modifiers,
    },
    /// The pointer moved, or the map moved under it.
    Move {
        at: At,
        modifiers: Modifiers,
    },
    Release {
        at: At,
        button: Button,
        modifiers: Modifiers,
    },
    /// Follows the second release of a double click.
    DoubleClick {
        at: At,
    },
    Key {
        key: Key,
        modifiers: Modifiers,
    },
    Modifiers(Modifiers),
    /// Esc was pressed, or the window lost the keyboard.
    Cancel,
    /// Time went by; sent each frame while a button is held.
    Tick {
        secs: f32,
    },
    /// The command to link from the selected card.
    StartLinking {
        from: Id,
    },
    /// A screen reader's click on an item.
    Activate {
        hit: Hit,
    },
}
