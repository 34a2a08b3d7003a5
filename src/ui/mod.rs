//! Everything that knows egui: the window, the canvas, panels, dialogs, widgets.
//!
//! Architecture invariant: the only module that names egui, eframe or rfd.

pub mod canvas;
mod command;
mod cx;
pub mod inspector;
pub mod outline;

pub use command::Command;
pub use cx::{Cx, Open};
