//! The outline.
use super::Cx;

/// What the outline keeps between frames.
#[derive(Debug, Default)]
pub struct State;

/// Draws the outline of the map.
pub fn outline_ui(_ui: &mut egui::Ui, _cx: &mut Cx<'_>) {}
