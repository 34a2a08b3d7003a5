//! A picture of the map for the clipboard, drawn on a worker.
//!
//! Laid out anew there, with a text engine of its own, as every export is. Not here: giving it to
//! the clipboard, which the window's own thread has to do.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::export::{ExportError, Picture, Progress, View, picture_of};
use crate::model::{Doc, Graph, Id, Index};
use crate::scene::{EcosystemScene, JourneyScene, Scene, Theme};
use crate::text::{SystemFonts, Text};
use crate::ui::Open;
use crate::ui::jobs::said;

/// Pixels a map unit: sharp on dense screens, and still a size to be put into a mail.
const SCALE: f32 = 2.0;

/// A picture to be drawn, on a worker.
#[derive(Debug)]
pub struct Copying {
    doc: Doc,
    view: View,
    /// What is on it; the whole view where that is empty.
    selected: Vec<Id>,
}

impl Copying {
    /// What is selected, or else the view that is shown.
    pub fn of(open: &Open) -> Self {
        let selected = open.session.selection.ids.iter().cloned().collect();
        Self { doc: open.session.doc().clone(), view: open.export_view(), selected }
    }

    /// Draws it, in the colours for print; a bug on the way is an error.
    ///
    /// # Errors
    /// Those of [`picture_of`].
    pub fn draw(self) -> Result<Picture, ExportError> {
        catch_unwind(AssertUnwindSafe(|| {
            let mut text = Text::new(SystemFonts::Use);
            let scene = self.scene(&mut text);
            let progress = Progress::default();
            picture_of(&scene, &self.selected, Theme::light(), &text, SCALE, &progress)
        }))
        .unwrap_or_else(|panic| Err(ExportError::Drawing(said(panic.as_ref()))))
    }

    fn scene(&self, text: &mut Text) -> Scene {
        let (doc, graph, index) = (&self.doc, Graph::of(&self.doc), Index::of(&self.doc));
        match self.view.clone() {
            View::Journey(options) => JourneyScene::new(doc, &graph, text, options).scene().clone(),
            View::Ecosystem(options) => {
                EcosystemScene::new(doc, &index, &graph, text, options).scene().clone()
            }
            View::Standing(options, before) => {
                EcosystemScene::standing(doc, &index, text, options, before).scene().clone()
            }
        }
    }
}
