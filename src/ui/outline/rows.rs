//! The rows of the outline: which there are, in which order, at which depth.
//!
//! Names and marks are not in them: they are read when a row is drawn.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::edit::Session;
use crate::model::choice::SystemClass;
use crate::model::record::{Delight, Friction, Note, Stage, Step, System, Verbatim};
use crate::model::{Doc, Id, Index, Kind, Record, Typed, query};
use crate::ui::inspector::words::title_of;

use super::fold;

/// What tells a row from all others: a record may stand under several parents.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Group(&'static str),
    /// `place` stands for all that the row is under.
    Record {
        place: u64,
        id: Id,
    },
}

impl Key {
    /// The record of the row; none for a group.
    pub fn record(&self) -> Option<&Id> {
        match self {
            Self::Group(_) => None,
            Self::Record { id, .. } => Some(id),
        }
    }
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Group { title: &'static str, count: usize },
    Record,
}

/// One row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub key: Key,
    pub depth: u8,
    pub what: What,
    /// Whether there is something below it.
    pub branch: bool,
    pub open: bool,
}

/// A node of the tree while it is being listed.
struct Listing<'a> {
    doc: &'a Doc,
    index: &'a Index,
    session: &'a Session,
    flipped: &'a HashSet<Key>,
    /// Friction points and delights by their place, gathered once: what many steps share is asked
    /// for under each.
    marks: FxHashMap<&'a Id, Vec<&'a Id>>,
    /// The folded text that is looked for; everything is open then.
    part: String,
    /// What the next row is under, as a hash of the ids on the way.
    place: u64,
    rows: Vec<Row>,
}

/// Lists the rows of a document: all that are not folded away, or those that a search finds with
/// what they stand under.
pub(super) fn list(session: &Session, flipped: &HashSet<Key>, search: &str) -> Vec<Row> {
    let (doc, index) = (session.doc(), session.index());
    let (part, marks) = (fold(search), marks(doc, index));
    let mut it = Listing { doc, index, session, flipped, marks, part, place: 0, rows: Vec::new() };
    it.journey();
    it.services();
    it.rest();
    it.rows
}

/// Friction points, the worst first, and delights, the strongest first, by their place.
fn marks<'a>(doc: &'a Doc, index: &'a Index) -> FxHashMap<&'a Id, Vec<&'a Id>> {
    let placed = |kind: Kind| {
        let mut all: Vec<_> = index
            .of_kind(kind)
            .iter()
            .filter_map(|id| match doc.get(id)?.as_ref() {
                Record::Friction(Friction { at: Some(at), severity, .. }) => {
                    Some((*severity, id, at))
                }
                Record::Delight(Delight { at: Some(at), strength, .. }) => {
                    Some((*strength, id, at))
                }
                _ => None,
            })
            .collect();
        all.sort_by_key(|(weight, ..)| Reverse(*weight));
        all
    };
    let mut marks: FxHashMap<&Id, Vec<&Id>> = FxHashMap::default();
    for (_, id, at) in placed(Kind::Friction).into_iter().chain(placed(Kind::Delight)) {
        marks.entry(at).or_default().push(id);
    }
    marks
}

impl<'a> Listing<'a> {
    /// Puts a row and what is below it. A row stays where it or something below it is found.
    fn put(
        &mut self,
        key: Key,
        depth: u8,
        what: What,
        at_first: bool,
        below: impl FnOnce(&mut Self),
    ) {
        let searching = !self.part.is_empty();
        let open = searching || (at_first != self.flipped.contains(&key));
        let hit = searching
            && key.record().is_some_and(|id| fold(&title_of(self.doc, id)).contains(&self.part));
        let at = self.rows.len();
        self.rows.push(Row { key, depth, what, branch: false, open });
        below(self);
        let any = self.rows.len() > at + 1;
        self.rows[at].branch = any;
        if searching && !hit && !any {
            self.rows.truncate(at);
        } else if !open {
            self.rows.truncate(at + 1);
        }
    }

    fn record(&mut self, id: &Id, depth: u8, below: impl FnOnce(&mut Self)) {
        let key = Key::Record { place: self.place, id: id.clone() };
        let stage = self.doc.kind_of(id) == Some(Kind::Stage);
        // The same hash in every run and list, so that what is folded stays so.
        let mut hasher = FxHasher::default();
        (self.place, id).hash(&mut hasher);
        let before = std::mem::replace(&mut self.place, hasher.finish());
        self.put(key, depth, What::Record, stage, below);
        self.place = before;
    }

    fn group(
        &mut self,
        title: &'static str,
        depth: u8,
        at_first: bool,
        ids: &[Id],
        each: impl Fn(&mut Self, &Id),
    ) {
        if ids.is_empty() {
            return;
        }
        let what = What::Group { title, count: ids.len() };
        self.put(Key::Group(title), depth, what, at_first, |it| {
            ids.iter().for_each(|id| each(it, id));
        });
    }

    fn journey(&mut self) {
        let mut stages: Vec<(&'a Id, &'a Stage)> = self.of_type();
        stages.sort_by(|(a_id, a), (b_id, b)| (&a.order, *a_id).cmp(&(&b.order, *b_id)));
        for (stage, _) in stages {
            self.record(stage, 0, |it| {
                for (step, _) in query::steps_in(it.doc, it.index, stage) {
                    it.step(step);
                }
            });
        }
        let mut loose: Vec<(&'a Id, &'a Step)> = self.of_type();
        loose.retain(|(_, it)| it.stage.as_ref().is_none_or(|id| self.doc.get(id).is_none()));
        loose.sort_by(|(a_id, a), (b_id, b)| (&a.order, *a_id).cmp(&(&b.order, *b_id)));
        let loose: Vec<Id> = loose.into_iter().map(|(id, _)| id.clone()).collect();
        self.group("Steps without a stage", 0, true, &loose, |it, id| it.step(id));
    }

    fn step(&mut self, step: &Id) {
        self.record(step, 1, |it| {
            let graph = it.session.graph();
            let ids = query::touchpoints_of(graph, step).into_iter().map(|(_, id)| id.clone());
            for touchpoint in it.by_name(ids.collect()) {
                it.record(&touchpoint, 2, |it| it.marks(&touchpoint, 3));
            }
            it.marks(step, 2);
        });
    }

    /// Friction points and delights at a node.
    fn marks(&mut self, at: &Id, depth: u8) {
        for id in self.marks.get(at).cloned().unwrap_or_default() {
            self.record(id, depth, |_| {});
        }
    }

    fn services(&mut self) {
        let graph = self.session.graph();
        let unused = |id: &Id| query::steps_using(graph, id).is_empty();
        let loose: Vec<Id> = self.ids(Kind::Touchpoint).into_iter().filter(unused).collect();
        self.group("Touchpoints without a step", 0, false, &loose, |it, id| {
            it.record(id, 1, |it| it.marks(id, 2));
        });
        let influencers = self.ids(Kind::Influencer);
        self.group("Influencers", 0, false, &influencers, |it, id| {
            it.record(id, 1, |it| it.marks(id, 2));
        });
        let systems = self.ids(Kind::System);
        if systems.is_empty() {
            return;
        }
        let title = "Internal systems";
        let what = What::Group { title, count: systems.len() };
        self.put(Key::Group(title), 0, what, true, |it| {
            for class in SystemClass::ALL {
                let of_class =
                    |id: &&Id| it.doc.get_as::<System>(id).is_some_and(|it| it.class == *class);
                let ids: Vec<Id> = systems.iter().filter(of_class).cloned().collect();
                it.group(plural(*class), 1, true, &ids, |it, id| {
                    it.record(id, 2, |it| it.marks(id, 3));
                });
            }
        });
    }

    fn rest(&mut self) {
        let doc = self.doc;
        let placed = |id: &Id| match doc.get(id).map(AsRef::as_ref) {
            Some(Record::Friction(it)) => it.at.is_some(),
            Some(Record::Delight(it)) => it.at.is_some(),
            _ => false,
        };
        let mut lost = self.ids(Kind::Friction);
        lost.extend(self.ids(Kind::Delight));
        lost.retain(|id| !placed(id));
        let plain = |it: &mut Self, id: &Id| it.record(id, 1, |_| {});
        self.group("Friction points without a place", 0, false, &lost, plain);
        let actions = self.ids(Kind::Action);
        self.group("Actions", 0, false, &actions, plain);
        let measures = self.ids(Kind::Measure);
        self.group("Measures", 0, false, &measures, |it, id| {
            it.record(id, 1, |it| {
                for (reading, _) in query::readings_of(it.doc, it.index, id) {
                    it.record(reading, 2, |_| {});
                }
            });
        });
        let segments = self.ids(Kind::Segment);
        self.group("Segments", 0, false, &segments, plain);
        let mut said = self.ids(Kind::Verbatim);
        said.retain(|id| doc.get_as::<Verbatim>(id).is_some_and(|it| it.at.is_none()));
        self.group("Verbatims without a place", 0, false, &said, plain);
        let mut parked = self.ids(Kind::Note);
        parked.retain(|id| doc.get_as::<Note>(id).is_some_and(|it| it.at.is_none()));
        self.group("Parking lot", 0, true, &parked, plain);
    }

    fn of_type<T: Typed>(&self) -> Vec<(&'a Id, &'a T)> {
        let ids = self.index.of_kind(T::KIND).iter();
        ids.filter_map(|id| self.doc.get_as::<T>(id).map(|it| (id, it))).collect()
    }

    /// The records of a kind by name.
    fn ids(&self, kind: Kind) -> Vec<Id> {
        self.by_name(self.index.of_kind(kind).iter().cloned().collect())
    }

    fn by_name(&self, mut ids: Vec<Id>) -> Vec<Id> {
        ids.sort_by_cached_key(|id| (fold(&title_of(self.doc, id)), id.clone()));
        ids
    }
}

/// What many internal systems of a kind are called.
pub fn plural(class: SystemClass) -> &'static str {
    match class {
        SystemClass::Team => "Teams",
        SystemClass::Action => "Internal actions",
        SystemClass::Process => "Processes",
        SystemClass::Policy => "Policies",
        SystemClass::Technology => "Technology",
        SystemClass::Partner => "Partners",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::{Link, LinkKind, Touchpoint};

    #[test]
    fn the_worst_friction_comes_first_and_delights_after_it() {
        let id = |text: &str| Id::new(text).unwrap();
        let mut session = Session::default();
        session.edit("set up", |tx| {
            tx.put(&id("a"), Step::default());
            let at = Some(id("a"));
            tx.put(&id("d"), Delight { at: at.clone(), strength: 5, ..Default::default() });
            tx.put(&id("f"), Friction { at: at.clone(), severity: 2, ..Default::default() });
            tx.put(&id("g"), Friction { at, severity: 4, ..Default::default() });
            tx.put(&id("h"), Friction { severity: 5, ..Default::default() });
        });
        let found = marks(session.doc(), session.index());
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [(&id("a"), vec![&id("g"), &id("f"), &id("d")])]
        );
    }

    #[test]
    fn rows_of_a_shared_touchpoint_are_told_apart() {
        let id = |text: &str| Id::new(text).unwrap();
        let mut session = Session::default();
        session.edit("set up", |tx| {
            tx.put(&id("shelf"), Touchpoint { name: "Shelf".into(), ..Default::default() });
            let text = "Empty shelf".to_owned();
            tx.put(&id("empty"), Friction { at: Some(id("shelf")), text, ..Default::default() });
            for step in ["a", "b"] {
                tx.put(&id(step), Step { name: step.to_uppercase(), ..Default::default() });
                tx.add(Link { from: id(step), to: id("shelf"), kind: LinkKind::Uses });
            }
        });
        let rows = list(&session, &HashSet::new(), "SHELF");
        let keys: HashSet<&Key> = rows.iter().map(|row| &row.key).collect();
        assert_eq!((rows.len(), keys.len()), (7, 7), "a group, and two steps with two below each");
    }
}
