//! Undo and redo: entries are marked by who makes the change, never guessed.

use std::collections::BTreeSet;

use crate::model::{Id, Patch};

/// What is selected: records (nodes, links, stages, lanes, frictions …) by id, and the one that
/// the inspector shows and arrow keys start from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    pub ids: BTreeSet<Id>,
    /// Always one of `ids`, or none where nothing is selected.
    pub lead: Option<Id>,
}

impl Selection {
    /// One record selected.
    pub fn one(id: Id) -> Self {
        Self { ids: BTreeSet::from([id.clone()]), lead: Some(id) }
    }

    /// Many records selected; the last one leads.
    pub fn many(ids: impl IntoIterator<Item = Id>) -> Self {
        let mut selection = Self::default();
        for id in ids {
            selection.ids.insert(id.clone());
            selection.lead = Some(id);
        }
        selection
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether the record is selected.
    pub fn contains(&self, id: &Id) -> bool {
        self.ids.contains(id)
    }

    /// Selects the record too, or no longer.
    pub fn toggle(&mut self, id: &Id) {
        if self.ids.remove(id) {
            if self.lead.as_ref() == Some(id) {
                self.lead = self.ids.last().cloned();
            }
        } else {
            self.ids.insert(id.clone());
            self.lead = Some(id.clone());
        }
    }

    /// Drops what is not (or no longer) there.
    pub fn retain(&mut self, keep: impl Fn(&Id) -> bool) {
        self.ids.retain(|id| keep(id));
        if self.lead.as_ref().is_some_and(|lead| !self.ids.contains(lead)) {
            self.lead = self.ids.last().cloned();
        }
    }
}

/// One step of undo.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What was done, to follow "Undo": `move 3 steps`.
    pub label: String,
    pub patch: Patch,
    pub selection_before: Selection,
    pub selection_after: Selection,
}

/// The entries that can be undone and redone. The camera is not part of it.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
}

impl History {
    /// Adds an entry; what was undone before can no longer be redone. No-ops are dropped.
    pub fn push(&mut self, entry: Entry) {
        if !entry.patch.is_empty() {
            self.done.push(entry);
            self.undone.clear();
        }
    }

    /// The entry that undo would take back.
    pub fn to_undo(&self) -> Option<&Entry> {
        self.done.last()
    }

    /// The entry that redo would do again.
    pub fn to_redo(&self) -> Option<&Entry> {
        self.undone.last()
    }

    /// How many entries can be undone.
    pub fn depth(&self) -> usize {
        self.done.len()
    }

    pub(super) fn step_back(&mut self) -> Option<&Entry> {
        let entry = self.done.pop()?;
        self.undone.push(entry);
        self.undone.last()
    }

    pub(super) fn step_forth(&mut self) -> Option<&Entry> {
        let entry = self.undone.pop()?;
        self.done.push(entry);
        self.done.last()
    }
}
