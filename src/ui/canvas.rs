//! The canvas.
use super::Cx;

/// What the canvas keeps between frames.
#[derive(Debug, Default)]
pub struct State;

/// Draws the canvas and turns input into edits.
pub fn canvas_ui(_ui: &mut egui::Ui, _cx: &mut Cx<'_>) {}
