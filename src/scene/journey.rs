//! The journey view as a scene that follows edits.

use crate::model::{Doc, Graph, Id, Patch};
use crate::text::Text;

use super::Scene;

/// What the journey view leaves out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JourneyOptions {
    /// Show only this segment's curves and importance; `None` shows all.
    pub segment: Option<Id>,
}

/// The journey view of a document: layout and scene, kept in step by patches.
#[derive(Debug, Default)]
pub struct JourneyScene {
    scene: Scene,
}

impl JourneyScene {
    /// Lays the whole map out.
    pub fn new(_doc: &Doc, _graph: &Graph, _text: &mut Text, _options: JourneyOptions) -> Self {
        Self::default()
    }

    /// Follows a patch that was just applied: re-lays out what it touches.
    pub fn apply(&mut self, _doc: &Doc, _graph: &Graph, _patch: &Patch, _text: &mut Text) {}

    /// The picture.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }
}
