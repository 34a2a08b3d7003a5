//! What panels share: the open map and everything they may read or ask for.

use std::path::PathBuf;

use crate::edit::Session;
use crate::file::Diagnostic;
use crate::scene::{JourneyScene, Theme};
use crate::text::Text;

use super::{Command, canvas, inspector, outline};

/// A map that is open in the window.
#[derive(Debug, Default)]
pub struct Open {
    pub session: Session,
    pub journey: JourneyScene,
    pub canvas: canvas::State,
    pub outline: outline::State,
    pub inspector: inspector::State,
    pub path: Option<PathBuf>,
    /// What reading the file said.
    pub diagnostics: Vec<Diagnostic>,
    /// Saving over the file would drop something: ask first.
    pub lossy: bool,
    /// Why the file may not be saved over.
    pub read_only: Option<String>,
    /// [`Session::revision`] at the last save.
    pub saved_revision: u64,
}

impl Open {
    /// Brings the picture in step with the document; called once a frame after input.
    pub fn follow(&mut self, text: &mut Text) {
        let patch = self.session.take_patch();
        if !patch.is_empty() {
            let (doc, graph) = (self.session.doc(), self.session.graph());
            self.journey.apply(doc, graph, &patch, text);
        }
    }
}

/// What a panel gets for one frame.
pub struct Cx<'a> {
    pub open: &'a mut Open,
    pub text: &'a mut Text,
    pub theme: &'static Theme,
    /// Commands to run after the panels: panels push, the app runs them in order.
    pub commands: &'a mut Vec<Command>,
    /// One short line to show to the user for a moment ("Nothing to paste").
    pub message: &'a mut Option<String>,
}
