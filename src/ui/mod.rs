//! Everything that knows egui: the window, the canvas, panels, dialogs, widgets.
//!
//! Architecture invariant: the only module that names egui, eframe or rfd.

mod ahead;
pub mod analyse;
mod app;
mod bottom;
pub mod canvas;
pub mod command;
mod cx;
mod dialog;
mod export;
mod files;
mod findings;
pub mod icon;
pub mod inspector;
mod jobs;
mod menu;
pub mod outline;
mod run;
pub mod settings;
mod shortcut;
mod shown;
mod start;
mod status;
pub mod theme;
pub mod trail;
pub mod widget;
mod window;

pub use app::App;
pub use command::Command;
pub use cx::{Cx, Open};
pub use settings::Store;
pub use shown::Shown;
pub use window::{WindowError, open_window};
