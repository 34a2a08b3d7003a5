//! A document being edited: the document, its graph, its index and its history, kept in step.

use crate::model::{Doc, Graph, Id, Index, Patch, Record};

use super::{Entry, History, Selection, Tx};

/// The document, its derived graph and index, the selection and the history of edits.
///
/// Every change goes through [`Session::edit`] or through an open entry ([`Session::begin`],
/// [`Session::edit_open`], [`Session::commit`] or [`Session::cancel`]). What a change means for
/// views is handed over by [`Session::take_patch`].
#[derive(Debug, Default)]
pub struct Session {
    doc: Doc,
    graph: Graph,
    index: Index,
    history: History,
    pub selection: Selection,
    open: Option<Entry>,
    /// Everything since views last asked.
    unseen: Patch,
    revision: u64,
}

impl Session {
    /// Starts with a document and an empty history.
    pub fn new(doc: Doc) -> Self {
        Self { graph: Graph::of(&doc), index: Index::of(&doc), doc, ..Self::default() }
    }

    /// The document as it is now, an open entry included.
    pub fn doc(&self) -> &Doc {
        &self.doc
    }

    /// The graph of [`Self::doc`].
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Who refers to whom in [`Self::doc`].
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Grows with every change of the document, undo and redo included; compare to know whether
    /// something derived is out of date.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The label of the entry that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        let open = self.open.as_ref().filter(|open| !open.patch.is_empty());
        open.or(self.history.to_undo()).map(|e| e.label.as_str())
    }

    /// The label of the entry that redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.to_redo().map(|e| e.label.as_str())
    }

    /// Whether the last entry did nothing but add this record and links to it, so that undoing it
    /// is as if the record had never been.
    pub fn has_just_added(&self, id: &Id) -> bool {
        let links_it =
            |record: &Record| matches!(record, Record::Link(it) if it.from == *id || it.to == *id);
        let only_adds = |entry: &Entry| {
            entry.patch.head().is_none()
                && entry.patch.changes().any(|(at, _)| at == id)
                && entry.patch.changes().all(|(at, change)| {
                    change.before.is_none()
                        && (at == id || change.after.as_deref().is_some_and(links_it))
                })
        };
        !self.is_open()
            && self.doc.get(id).is_some()
            && self.history.to_undo().is_some_and(only_adds)
    }

    /// How many entries can be undone.
    pub fn depth(&self) -> usize {
        self.history.depth()
    }

    /// Does one edit as one undo entry. An open entry is committed first.
    pub fn edit<R>(&mut self, label: impl Into<String>, verb: impl FnOnce(&mut Tx<'_>) -> R) -> R {
        self.commit();
        self.begin(label);
        let result = self.edit_open(verb);
        self.commit();
        result
    }

    /// Opens an entry that many edits go into: a drag, a typing run, a slider pull.
    /// An entry that is open already is committed first.
    pub fn begin(&mut self, label: impl Into<String>) {
        self.commit();
        self.open = Some(Entry {
            label: label.into(),
            patch: Patch::default(),
            selection_before: self.selection.clone(),
            selection_after: Selection::default(),
        });
    }

    /// Whether an entry is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The label of the open entry.
    pub fn open_label(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.label.as_str())
    }

    /// Edits into the open entry (into an unnamed one where none is open).
    pub fn edit_open<R>(&mut self, verb: impl FnOnce(&mut Tx<'_>) -> R) -> R {
        if self.open.is_none() {
            self.begin("change");
        }
        let mut tx = Tx::with_index(&mut self.doc, &self.index);
        let result = verb(&mut tx);
        let patch = tx.finish();
        if let Some(open) = &mut self.open {
            open.patch.squash(&patch);
        }
        self.follow(&patch);
        result
    }

    /// Names the open entry anew, where what it does is only known later on (a drag that turns
    /// out to link). Nothing happens where none is open.
    pub fn relabel(&mut self, label: impl Into<String>) {
        if let Some(open) = &mut self.open {
            open.label = label.into();
        }
    }

    /// Takes back what the open entry did so far and keeps it open: a drag starts each of its
    /// moves from where it began.
    pub fn rewind(&mut self) {
        if let Some(open) = &mut self.open {
            let back = std::mem::take(&mut open.patch).inverse();
            self.doc.apply(&back);
            self.follow(&back);
        }
    }

    /// Closes the open entry and keeps its changes as one undo step; nothing happens where none
    /// is open or where it changed nothing.
    pub fn commit(&mut self) {
        if let Some(mut entry) = self.open.take() {
            entry.selection_after = self.selection.clone();
            self.history.push(entry);
        }
    }

    /// Closes the open entry and takes its changes back, the selection too.
    pub fn cancel(&mut self) {
        if self.open.is_some() {
            self.rewind();
            if let Some(entry) = self.open.take() {
                self.selection = entry.selection_before;
            }
        }
    }

    /// Takes back the last entry. Returns its label.
    pub fn undo(&mut self) -> Option<String> {
        self.commit();
        let entry = self.history.step_back()?;
        let (patch, label) = (entry.patch.inverse(), entry.label.clone());
        self.selection = entry.selection_before.clone();
        self.doc.apply(&patch);
        self.follow(&patch);
        Some(label)
    }

    /// Does the last undone entry again. Returns its label.
    pub fn redo(&mut self) -> Option<String> {
        self.commit();
        let entry = self.history.step_forth()?;
        let (patch, label) = (entry.patch.clone(), entry.label.clone());
        self.selection = entry.selection_after.clone();
        self.doc.apply(&patch);
        self.follow(&patch);
        Some(label)
    }

    /// All changes since this was last called, as one patch, for views to follow.
    pub fn take_patch(&mut self) -> Patch {
        std::mem::take(&mut self.unseen)
    }

    fn follow(&mut self, patch: &Patch) {
        if patch.is_empty() {
            return;
        }
        self.revision += 1;
        self.graph.apply(&self.doc, patch);
        self.index.apply(patch);
        self.unseen.squash(patch);
        let doc = &self.doc;
        self.selection.retain(|id| doc.get(id).is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::verbs::{add_step, rename, set_feeling};
    use crate::model::Id;
    use crate::model::record::{Segment, Step};

    #[test]
    fn what_was_just_added_is_known() {
        use crate::model::record::{Link, LinkKind};
        let (a, b) = (id("a"), id("b"));
        let mut session = Session::default();
        session.edit("add step", |tx| tx.put(&a, Step::default()));
        assert!(session.has_just_added(&a));
        session.edit("add step", |tx| {
            tx.put(&b, Step::default());
            let kind = LinkKind::DependsOn { what: None, rating: None };
            tx.add(Link { from: a.clone(), to: b.clone(), kind });
        });
        assert!(session.has_just_added(&b), "a link to it belongs to it");
        assert!(!session.has_just_added(&a));
        session.edit("link", |tx| {
            let kind = LinkKind::DependsOn { what: None, rating: None };
            tx.add(Link { from: b.clone(), to: a.clone(), kind });
        });
        assert!(!session.has_just_added(&b), "it was there before the link");
    }

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    /// A step `s`, selected, and a segment `g`.
    fn session() -> Session {
        let mut session = Session::default();
        session.edit("set up", |tx| {
            tx.put(&id("s"), Step { name: "Watch".into(), ..Step::default() });
            tx.put(&id("g"), Segment::default());
        });
        session.selection = Selection::one(id("s"));
        session
    }

    fn name(session: &Session) -> &str {
        session.doc().name_of(&id("s"))
    }

    #[test]
    fn a_typing_run_is_one_entry() {
        let mut session = session();
        session.begin("rename Watch");
        for text in ["G", "Ge", "Get"] {
            session.edit_open(|tx| rename(tx, &id("s"), text));
        }
        assert_eq!((session.depth(), session.undo_label()), (1, Some("rename Watch")));
        session.commit();
        assert_eq!(session.depth(), 2);
        assert_eq!(session.undo().as_deref(), Some("rename Watch"));
        assert_eq!((name(&session), session.redo_label()), ("Watch", Some("rename Watch")));
        session.redo();
        assert_eq!(name(&session), "Get");
    }

    #[test]
    fn a_pull_that_ends_where_it_began_is_no_entry() {
        let mut session = session();
        session.begin("feel");
        for feeling in [Some(1), Some(2), None] {
            session.edit_open(|tx| set_feeling(tx, &id("s"), &id("g"), feeling));
        }
        session.commit();
        assert_eq!((session.depth(), session.undo_label()), (1, Some("set up")));
    }

    #[test]
    fn an_entry_that_changes_nothing_leaves_redo_alone() {
        let mut session = session();
        session.edit("rename", |tx| rename(tx, &id("s"), "Get"));
        session.undo();
        session.edit("rename", |tx| rename(tx, &id("s"), "Watch"));
        assert_eq!(session.redo_label(), Some("rename"));
        session.edit("rename", |tx| rename(tx, &id("s"), "Look"));
        assert_eq!((session.redo_label(), session.depth()), (None, 2));
    }

    #[test]
    fn rewinding_starts_over_inside_the_entry() {
        let mut session = session();
        session.begin("drag");
        session.edit_open(|tx| add_step(tx, None, None, "Far"));
        session.rewind();
        assert!(session.is_open() && session.doc().len() == 2);
        session.edit_open(|tx| add_step(tx, None, None, "Near"));
        session.relabel("drop");
        session.commit();
        let names: Vec<_> = session.doc().steps().iter().map(|(_, it)| it.name.as_str()).collect();
        assert_eq!(names, ["Watch", "Near"]);
        assert_eq!((session.depth(), session.undo_label()), (2, Some("drop")));
    }

    #[test]
    fn cancelling_takes_back_all_and_the_selection() {
        let mut session = session();
        let before = session.doc().clone();
        session.begin("drag");
        let new = session.edit_open(|tx| add_step(tx, None, None, "New"));
        session.selection = Selection::one(new);
        session.cancel();
        assert_eq!(*session.doc(), before);
        assert_eq!(session.selection, Selection::one(id("s")));
        assert!(!session.is_open() && session.depth() == 1);
    }

    #[test]
    fn selections_travel_with_their_entries() {
        let mut session = session();
        session.begin("add step");
        let new = session.edit_open(|tx| add_step(tx, None, None, "New"));
        session.selection = Selection::one(new.clone());
        session.commit();
        session.undo();
        assert_eq!(session.selection, Selection::one(id("s")));
        session.redo();
        assert_eq!(session.selection, Selection::one(new.clone()));
        session.edit("remove New", |tx| tx.take(&new));
        assert!(session.selection.is_empty(), "what is gone is not selected");
        session.undo();
        assert_eq!(session.selection, Selection::one(new));
    }

    #[test]
    fn views_hear_of_everything_once() {
        let mut session = session();
        let mut seen = Doc::default();
        seen.apply(&session.take_patch());
        session.begin("drag");
        session.edit_open(|tx| rename(tx, &id("s"), "Get"));
        seen.apply(&session.take_patch());
        session.cancel();
        session.edit("title", |tx| tx.update_head(|head| head.title = "Film".into()));
        session.undo();
        session.redo();
        seen.apply(&session.take_patch());
        assert_eq!(seen, *session.doc());
        assert!(session.take_patch().is_empty());
    }
}
