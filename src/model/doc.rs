//! The document: a flat store of records by id, and the patches that change it.
//!
//! Not here: what a change means (see `edit`), what is drawn (see `layout`), files (see `file`).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::{Head, Lane, Segment, Stage, Step};
use super::{Id, Kind, OrderKey, Record, Typed};

/// One map: its head and its records. Cloning shares the records.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doc {
    head: Arc<Head>,
    records: BTreeMap<Id, Arc<Record>>,
}

impl Doc {
    /// A document with this head and nothing else.
    pub fn with_head(head: Head) -> Self {
        Self { head: Arc::new(head), records: BTreeMap::new() }
    }

    /// What the map is about.
    pub fn head(&self) -> &Arc<Head> {
        &self.head
    }

    /// How many records there are, the head left out.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All records, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, &Arc<Record>)> {
        self.records.iter()
    }

    /// The record with this id.
    pub fn get(&self, id: &Id) -> Option<&Arc<Record>> {
        self.records.get(id)
    }

    /// The record with this id, if it is of this type.
    pub fn get_as<T: Typed>(&self, id: &Id) -> Option<&T> {
        self.records.get(id).and_then(|record| T::of(record))
    }

    /// The kind of the record with this id.
    pub fn kind_of(&self, id: &Id) -> Option<Kind> {
        self.records.get(id).map(|record| record.kind())
    }

    /// What people call the record; empty where it has no name or is absent.
    pub fn name_of(&self, id: &Id) -> &str {
        self.records.get(id).map_or("", |record| record.name())
    }

    /// All records of a type, by id. Walks the whole store.
    pub fn all<T: Typed>(&self) -> impl Iterator<Item = (&Id, &T)> {
        self.records.iter().filter_map(|(id, record)| T::of(record).map(|it| (id, it)))
    }

    /// Stages in order.
    pub fn stages(&self) -> Vec<(&Id, &Stage)> {
        ordered(self.all::<Stage>(), |it| &it.order)
    }

    /// Lanes in order.
    pub fn lanes(&self) -> Vec<(&Id, &Lane)> {
        ordered(self.all::<Lane>(), |it| &it.order)
    }

    /// Segments: highest priority first, then by id.
    pub fn segments(&self) -> Vec<(&Id, &Segment)> {
        let mut all: Vec<_> = self.all::<Segment>().collect();
        all.sort_by_key(|(_, it)| std::cmp::Reverse(it.priority));
        all
    }

    /// Steps in journey order: by stage, within it by their own key, those without a stage last.
    pub fn steps(&self) -> Vec<(&Id, &Step)> {
        let rank: BTreeMap<&Id, usize> =
            self.stages().into_iter().enumerate().map(|(rank, (id, _))| (id, rank)).collect();
        let mut all: Vec<_> = self
            .all::<Step>()
            .map(|(id, step)| {
                let stage = step.stage.as_ref();
                let rank = stage.and_then(|s| rank.get(s).copied()).unwrap_or(usize::MAX);
                (rank, &step.order, id, step)
            })
            .collect();
        all.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        all.into_iter().map(|(_, _, id, step)| (id, step)).collect()
    }

    /// Does to the document what the patch says.
    pub fn apply(&mut self, patch: &Patch) {
        if let Some((_, after)) = &patch.head {
            self.head = Arc::clone(after);
        }
        for (id, change) in &patch.records {
            match &change.after {
                Some(record) => self.records.insert(id.clone(), Arc::clone(record)),
                None => self.records.remove(id),
            };
        }
    }

    /// The patch that turns `self` into `other`.
    pub fn diff(&self, other: &Self) -> Patch {
        let mut patch = Patch::default();
        patch.set_head(Arc::clone(&self.head), Arc::clone(&other.head));
        for (id, before) in &self.records {
            patch.set(id, Some(before.clone()), other.records.get(id).cloned());
        }
        for (id, after) in &other.records {
            if !self.records.contains_key(id) {
                patch.set(id, None, Some(after.clone()));
            }
        }
        patch
    }
}

fn ordered<'a, T>(
    all: impl Iterator<Item = (&'a Id, &'a T)>,
    key: impl Fn(&T) -> &OrderKey,
) -> Vec<(&'a Id, &'a T)> {
    let mut all: Vec<_> = all.collect();
    all.sort_by(|(a_id, a), (b_id, b)| (key(a), *a_id).cmp(&(key(b), *b_id)));
    all
}

/// What happened to one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// `None`: it was added.
    pub before: Option<Arc<Record>>,
    /// `None`: it was removed.
    pub after: Option<Arc<Record>>,
}

/// A change of the document: for each record touched, what it was and what it is.
///
/// A patch never holds a no-op; it inverts by swapping and squashes with the one after it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Patch {
    head: Option<(Arc<Head>, Arc<Head>)>,
    records: BTreeMap<Id, Change>,
}

impl Patch {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.head.is_none() && self.records.is_empty()
    }

    /// The head before and after, where it changed.
    pub fn head(&self) -> Option<(&Arc<Head>, &Arc<Head>)> {
        self.head.as_ref().map(|(before, after)| (before, after))
    }

    /// The records that changed, by id.
    pub fn changes(&self) -> impl Iterator<Item = (&Id, &Change)> {
        self.records.iter()
    }

    /// How many records changed.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Notes that the head went from `before` to `after`, on top of what the patch holds.
    pub fn set_head(&mut self, before: Arc<Head>, after: Arc<Head>) {
        let before = self.head.take().map_or(before, |(first, _)| first);
        if before != after {
            self.head = Some((before, after));
        }
    }

    /// Notes that a record went from `before` to `after`, on top of what the patch holds.
    pub fn set(&mut self, id: &Id, before: Option<Arc<Record>>, after: Option<Arc<Record>>) {
        let before = match self.records.remove(id) {
            Some(earlier) => earlier.before,
            None => before,
        };
        if before != after {
            self.records.insert(id.clone(), Change { before, after });
        }
    }

    /// Adds a patch that was made right after this one; what cancels out is dropped.
    pub fn squash(&mut self, later: &Self) {
        if let Some((before, after)) = &later.head {
            self.set_head(Arc::clone(before), Arc::clone(after));
        }
        for (id, change) in &later.records {
            self.set(id, change.before.clone(), change.after.clone());
        }
    }

    /// The patch that takes this one back.
    pub fn inverse(&self) -> Self {
        Self {
            head: self.head.as_ref().map(|(before, after)| (Arc::clone(after), Arc::clone(before))),
            records: self
                .records
                .iter()
                .map(|(id, change)| {
                    let swapped =
                        Change { before: change.after.clone(), after: change.before.clone() };
                    (id.clone(), swapped)
                })
                .collect(),
        }
    }
}
