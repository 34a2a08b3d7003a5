//! Small controls that panels share. They draw, say what the user did ([`Touch`]) and write nothing.
//!
//! Not here: which field a control is for and what undo entry a change makes (see `inspector`).

pub mod chip;
pub mod choice;
pub mod date_field;
pub mod list_field;
pub mod mark;
pub mod scale;
pub mod section;
pub mod text_field;

use egui::{FontId, RichText};

use crate::layout::sizes;
use crate::scene::Theme;
use crate::ui::theme::bold_family;

pub use crate::ui::theme::colour;

/// What the user did to a control in this frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touch {
    /// The value is another one now.
    pub changed: bool,
    /// A typing run or a pull has come to its end and stays.
    pub ended: bool,
    /// The user wants back what was there before the run.
    pub given_up: bool,
}

impl Touch {
    /// Both of two touches.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            changed: self.changed || other.changed,
            ended: self.ended || other.ended,
            given_up: self.given_up || other.given_up,
        }
    }
}

/// The regular face at the size of body text, in points.
pub fn body() -> FontId {
    FontId::proportional(sizes().text.body.size)
}

/// The regular face at the smallest size, in points.
pub fn small() -> FontId {
    FontId::proportional(sizes().text.small.size)
}

/// The bold face at the size of body text, in points.
pub fn bold() -> FontId {
    FontId::new(sizes().text.body.size, bold_family())
}

/// Muted small print: labels, sub-lines.
pub fn muted(text: impl Into<String>, theme: &Theme) -> RichText {
    RichText::new(text).font(small()).color(colour(theme.chrome.muted))
}
