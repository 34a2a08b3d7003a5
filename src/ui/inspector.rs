//! The inspector.
use super::Cx;

/// What the inspector keeps between frames.
#[derive(Debug, Default)]
pub struct State;

/// Draws the inspector of the selection.
pub fn inspector_ui(_ui: &mut egui::Ui, _cx: &mut Cx<'_>) {}
