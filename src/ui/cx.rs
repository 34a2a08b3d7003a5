//! What panels share: the open map and everything they may read or ask for.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::Session;
use crate::file::{Diagnostic, Loaded};
use crate::model::{Doc, Id, Kind, Patch};
use crate::scene::{EcosystemScene, Grouping, JourneyOptions, JourneyScene, Theme};
use crate::text::Text;

use super::command::Status;
use super::shown::Shown;
use super::trail::Trail;
use super::{Command, analyse, canvas, inspector, outline};

/// A map that is open in the window.
#[derive(Debug, Default)]
pub struct Open {
    pub session: Session,
    pub shown: Shown,
    pub journey: JourneyScene,
    /// Made when it is first shown.
    pub ecosystem: Option<EcosystemScene>,
    /// What the view that is hidden has not followed yet.
    pub missed: Patch,
    /// The segment that is shown alone.
    pub segment: Option<Id>,
    /// What is lit while the rest dims.
    pub trail: Option<Trail>,
    /// What is asked of the map; what it answers is lit.
    pub analyse: analyse::State,
    pub canvas: canvas::State,
    pub outline: outline::State,
    pub inspector: inspector::State,
    pub path: Option<PathBuf>,
    /// What was wrong with the file as such; broken rules of its records are found live.
    pub diagnostics: Vec<Diagnostic>,
    /// Saving over the file would drop something: ask first.
    pub lossy: bool,
    /// Why the file may not be saved over.
    pub read_only: Option<String>,
    /// [`Session::revision`] at the last save.
    pub saved_revision: u64,
    /// The document as its file has it, to know whether undo came back to it.
    pub saved: Doc,
    /// The answer to [`Self::is_dirty`] and the two revisions that it is true for.
    pub dirty: Cell<(u64, u64, bool)>,
}

impl Open {
    /// Opens what was read from a file, or a document that has no file yet.
    pub fn new(loaded: Loaded, path: Option<PathBuf>, text: &mut Text) -> Self {
        let Loaded { doc, diagnostics, lossy, read_only } = loaded;
        let saved = doc.clone();
        let session = Session::new(doc);
        let options = JourneyOptions::default();
        let journey = JourneyScene::new(session.doc(), session.graph(), text, options);
        let saved_revision = session.revision();
        Self {
            session,
            journey,
            path,
            // What the records break is found again, and live, by the checks.
            diagnostics: diagnostics.into_iter().filter(Diagnostic::is_of_file).collect(),
            lossy,
            read_only,
            saved_revision,
            saved,
            ..Self::default()
        }
    }

    /// What the map is called: its title, or else its file's name.
    pub fn title(&self) -> String {
        let title = self.session.doc().head().title.trim();
        if !title.is_empty() {
            return title.to_owned();
        }
        let stem = self.path.as_deref().and_then(Path::file_stem);
        stem.map_or_else(|| "Untitled map".to_owned(), |s| s.to_string_lossy().into_owned())
    }

    /// Whether the document differs from its file. Undoing back to the last save counts as saved.
    pub fn is_dirty(&self) -> bool {
        let (now, then) = (self.session.revision(), self.saved_revision);
        let (at, since, known) = self.dirty.get();
        if (at, since) == (now, then) {
            return known;
        }
        let dirty = now != then && !same(self.session.doc(), &self.saved);
        self.dirty.set((now, then, dirty));
        dirty
    }

    /// Notes that the document is now as its file.
    pub fn mark_saved(&mut self, path: PathBuf) {
        self.path = Some(path);
        self.saved_revision = self.session.revision();
        self.saved = self.session.doc().clone();
        self.lossy = false;
        self.read_only = None;
    }

    /// What commands are decided by.
    pub fn status(&self) -> Status {
        let selection = &self.session.selection;
        let kind = selection.lead.as_ref().and_then(|id| self.session.doc().kind_of(id));
        let card = selection.lead.as_ref().and_then(|id| analyse::card_of(self.session.doc(), id));
        let owned = |card: &Id| analyse::team_of(self.session.doc(), card).is_some();
        let options = self.narrowing();
        Status {
            open: true,
            can_undo: self.session.undo_label().is_some(),
            can_redo: self.session.redo_label().is_some(),
            selected: selection.ids.len(),
            node: kind.is_some_and(Kind::is_node),
            truth: matches!(kind, Some(Kind::Step | Kind::Touchpoint)),
            ecosystem: self.shown == Shown::Ecosystem,
            askable: selection
                .lead
                .as_ref()
                .is_some_and(|id| analyse::can_ask(self.session.doc(), id)),
            lit: self.trail.is_some(),
            asked: self.analyse.asked(),
            focusable: card.is_some(),
            owned: card.as_ref().is_some_and(owned),
            focus: options.and_then(|it| it.focus.as_ref()).map(|it| it.way),
            narrowed: options.is_some_and(analyse::is_narrowed),
            collapsed: options.is_some_and(analyse::is_collapsed),
            by_owner: options.is_some_and(|it| it.grouping == Grouping::Owners),
            movable: matches!(kind, Some(Kind::Step | Kind::Stage | Kind::Lane)),
        }
    }
}

/// Whether two documents share all their records; undo brings the very same ones back.
fn same(a: &Doc, b: &Doc) -> bool {
    a.head() == b.head()
        && a.len() == b.len()
        && a.iter().zip(b.iter()).all(|((id, x), (other, y))| id == other && Arc::ptr_eq(x, y))
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

impl std::fmt::Debug for Cx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cx").field("path", &self.open.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::Stage;

    #[test]
    fn undo_back_to_the_file_is_saved_again() {
        let mut open = Open::default();
        assert!(!open.is_dirty());
        open.session.edit("add stage", |tx| tx.add(Stage::default()));
        assert!(open.is_dirty());
        open.session.undo();
        assert!(!open.is_dirty());
        open.session.redo();
        open.mark_saved("a.ron".into());
        assert!(!open.is_dirty());
        open.session.undo();
        assert!(open.is_dirty(), "the file has the stage");
    }

    #[test]
    fn a_map_without_a_title_is_called_by_its_file() {
        let mut open = Open::default();
        assert_eq!(open.title(), "Untitled map");
        open.path = Some("/maps/shoes.ron".into());
        assert_eq!(open.title(), "shoes");
        open.session.edit("rename", |tx| tx.update_head(|head| head.title = "Shoes".into()));
        assert_eq!(open.title(), "Shoes");
    }
}
