//! A transaction: the one way to write to a document.
//!
//! It changes the document at once and remembers what was there before, so that the whole of it
//! is one patch, and giving up is the patch's inverse.

use std::sync::Arc;

use crate::model::record::Head;
use crate::model::{Doc, Id, Index, Kind, Patch, Record, Typed};

/// An open transaction over a document.
#[derive(Debug)]
pub struct Tx<'a> {
    doc: &'a mut Doc,
    /// The index of the document as it was when the transaction opened.
    index: Option<&'a Index>,
    patch: Patch,
}

impl<'a> Tx<'a> {
    /// Opens a transaction over a bare document; verbs that ask who refers to whom walk it.
    pub fn new(doc: &'a mut Doc) -> Self {
        Self { doc, index: None, patch: Patch::default() }
    }

    /// Opens a transaction over a document with its index, which must be in step with it.
    pub fn with_index(doc: &'a mut Doc, index: &'a Index) -> Self {
        Self { doc, index: Some(index), patch: Patch::default() }
    }

    /// The document as it is with everything written so far.
    pub fn doc(&self) -> &Doc {
        self.doc
    }

    /// All records that refer to `target` now, by id.
    pub fn referrers(&self, target: &Id) -> Vec<Id> {
        self.find(|index| index.referrers(target).to_vec(), |record| record.refers_to(target))
    }

    /// All records of a kind that are there now, by id.
    pub fn of_kind(&self, kind: Kind) -> Vec<Id> {
        self.find(
            |index| index.of_kind(kind).iter().cloned().collect(),
            |record| record.kind() == kind,
        )
    }

    /// What the index knew when the transaction opened and what was written since, of which what
    /// `keep` still says yes to; without an index, the whole document.
    fn find(
        &self,
        known: impl FnOnce(&Index) -> Vec<Id>,
        keep: impl Fn(&Record) -> bool,
    ) -> Vec<Id> {
        let keep_id = |id: &Id| self.doc.get(id).is_some_and(|record| keep(record));
        let Some(index) = self.index else {
            return self.doc.iter().filter(|(_, r)| keep(r)).map(|(id, _)| id.clone()).collect();
        };
        let mut found = known(index);
        found.extend(self.patch.changes().map(|(id, _)| id.clone()));
        found.retain(keep_id);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Adds a record or replaces the one with this id.
    pub fn put(&mut self, id: &Id, record: impl Into<Record>) {
        self.set(id, Some(Arc::new(record.into())));
    }

    /// Adds a record under a new random id.
    pub fn add<T: Typed>(&mut self, record: T) -> Id {
        let mut id = Id::random(T::KIND);
        while self.doc.get(&id).is_some() {
            id = Id::random(T::KIND);
        }
        self.put(&id, record);
        id
    }

    /// Removes a record and nothing else; see `verbs::remove` for what hangs on it.
    pub fn take(&mut self, id: &Id) -> Option<Arc<Record>> {
        let before = self.doc.get(id).cloned();
        if before.is_some() {
            self.set(id, None);
        }
        before
    }

    /// Changes a record of a type in place. Returns whether one of that type was there.
    pub fn update<T: Typed>(&mut self, id: &Id, change: impl FnOnce(&mut T)) -> bool {
        if self.doc.get_as::<T>(id).is_none() {
            return false;
        }
        self.update_record(id, |record| {
            if let Some(it) = T::of_mut(record) {
                change(it);
            }
        })
    }

    /// Changes a record of any kind in place. Returns whether it was there.
    pub fn update_record(&mut self, id: &Id, change: impl FnOnce(&mut Record)) -> bool {
        let Some(before) = self.doc.get(id) else {
            return false;
        };
        let mut after = Record::clone(before);
        change(&mut after);
        if after != **before {
            self.set(id, Some(Arc::new(after)));
        }
        true
    }

    /// Changes the head of the map.
    pub fn update_head(&mut self, change: impl FnOnce(&mut Head)) {
        let before = Arc::clone(self.doc.head());
        let mut after = Head::clone(&before);
        change(&mut after);
        let mut step = Patch::default();
        step.set_head(before, Arc::new(after));
        self.doc.apply(&step);
        self.patch.squash(&step);
    }

    fn set(&mut self, id: &Id, after: Option<Arc<Record>>) {
        let mut step = Patch::default();
        step.set(id, self.doc.get(id).cloned(), after);
        self.doc.apply(&step);
        self.patch.squash(&step);
    }

    /// Ends the transaction; the document keeps the changes.
    pub fn finish(self) -> Patch {
        self.patch
    }

    /// Ends the transaction; the document is as it was before.
    pub fn give_up(self) {
        self.doc.apply(&self.patch.inverse());
    }
}
