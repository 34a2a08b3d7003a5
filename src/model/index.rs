//! Who refers to whom, the other way round: for every record the records that point at it, and
//! for every kind its records. Kept in step by patches, so that nobody walks the whole store to
//! learn what hangs on a card.
//!
//! Not here: what the references mean (see [`super::query`]), links as a graph (see
//! [`super::Graph`]).

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Doc, Id, Kind, Patch, Record};

/// Derived from a document: referrers by target, records by kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Index {
    /// Targets need not exist: a dangling reference waits here until its target comes.
    referrers: FxHashMap<Id, Vec<Id>>,
    kinds: [BTreeSet<Id>; Kind::ALL.len()],
}

impl Index {
    /// Builds the index of a document.
    pub fn of(doc: &Doc) -> Self {
        let mut index = Self::default();
        let mut kinds: [Vec<Id>; Kind::ALL.len()] = Default::default();
        for (id, record) in doc.iter() {
            kinds[record.kind() as usize].push(id.clone());
            // Records come by id, so that each list is sorted as it grows; a record that names
            // one target twice names it in one go.
            record.for_each_ref(|r| {
                let list = index.referrers.entry(r.target.clone()).or_default();
                if list.last() != Some(id) {
                    list.push(id.clone());
                }
            });
        }
        // Sorted lists become sets without a search for each.
        index.kinds = kinds.map(BTreeSet::from_iter);
        index
    }

    /// Follows a patch that was just applied to the document.
    pub fn apply(&mut self, patch: &Patch) {
        for (id, change) in patch.changes() {
            let (before, after) = (change.before.as_deref(), change.after.as_deref());
            let (was, is) = (before.map(Record::kind), after.map(Record::kind));
            if was != is {
                if let Some(kind) = was {
                    self.kinds[kind as usize].remove(id);
                }
                if let Some(kind) = is {
                    self.kinds[kind as usize].insert(id.clone());
                }
            }
            let (old, new) = (targets(before), targets(after));
            for gone in old.difference(&new) {
                self.drop_ref(gone, id);
            }
            for come in new.difference(&old) {
                let list = self.referrers.entry((*come).clone()).or_default();
                if let Err(at) = list.binary_search(id) {
                    list.insert(at, id.clone());
                }
            }
        }
    }

    fn drop_ref(&mut self, target: &Id, id: &Id) {
        if let Some(list) = self.referrers.get_mut(target) {
            if let Ok(at) = list.binary_search(id) {
                list.remove(at);
            }
            if list.is_empty() {
                self.referrers.remove(target);
            }
        }
    }

    /// All records that refer to `target` in any field, by id, each once.
    pub fn referrers(&self, target: &Id) -> &[Id] {
        self.referrers.get(target).map_or(&[], Vec::as_slice)
    }

    /// All records of a kind, by id.
    pub fn of_kind(&self, kind: Kind) -> &BTreeSet<Id> {
        &self.kinds[kind as usize]
    }
}

fn targets(record: Option<&Record>) -> BTreeSet<&Id> {
    let mut targets = BTreeSet::new();
    if let Some(record) = record {
        record.for_each_ref(|r| {
            targets.insert(r.target);
        });
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::{Friction, Link, LinkKind, Step, Touchpoint};
    use std::sync::Arc;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn set(doc: &mut Doc, index: &mut Index, at: &str, record: Option<Record>) {
        let mut patch = Patch::default();
        patch.set(&id(at), doc.get(&id(at)).cloned(), record.map(Arc::new));
        doc.apply(&patch);
        index.apply(&patch);
        assert_eq!(*index, Index::of(doc));
    }

    #[test]
    fn follows_adding_changing_and_removing() {
        let (mut doc, mut index) = (Doc::default(), Index::default());
        let link = Link { from: id("s"), to: id("t"), kind: LinkKind::Uses };
        set(&mut doc, &mut index, "l", Some(link.into()));
        assert_eq!(index.referrers(&id("t")), [id("l")], "before its target is there");
        set(&mut doc, &mut index, "s", Some(Step::default().into()));
        set(&mut doc, &mut index, "t", Some(Touchpoint::default().into()));
        let mut friction = Friction { at: Some(id("s")), ..Default::default() };
        friction.causes = vec![id("t"), id("t"), id("s")];
        set(&mut doc, &mut index, "f", Some(friction.clone().into()));
        assert_eq!(index.referrers(&id("s")), [id("f"), id("l")]);
        assert_eq!(index.referrers(&id("t")), [id("f"), id("l")], "each referrer once");
        friction.at = Some(id("t"));
        friction.causes.clear();
        set(&mut doc, &mut index, "f", Some(friction.into()));
        assert_eq!(index.referrers(&id("s")), [id("l")]);
        set(&mut doc, &mut index, "f", Some(Step::default().into()));
        assert_eq!(index.of_kind(Kind::Step).len(), 2, "a record may change its kind");
        set(&mut doc, &mut index, "l", None);
        assert!(index.referrers(&id("t")).is_empty());
    }
}
