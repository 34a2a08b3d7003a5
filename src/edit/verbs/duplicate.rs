//! Copying records inside a map, and what belongs to a copy.
//!
//! With a stage go its steps; with a node its links (plain `Next` links only between copies: order
//! says the rest) and the friction points and delights on it. Evidence (verbatims, readings) and
//! notes are about the original and stay with it. Lanes are not copied: a map has one of a kind.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::Tx;
use crate::model::record::{Link, LinkKind, Stage, Step};
use crate::model::{Doc, Edge, Hold, Id, Kind, Record};

use super::change::{is_team, owner_mut};
use super::place::{next_of, put_stages_after, put_steps, stage_of, steps_in};
use super::reorder::in_journey_order;

/// How much goes with the records that are copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::edit) enum Reach {
    /// What a second one of them needs.
    Copy,
    /// All that would be lost if the originals went: evidence and `Next` links too.
    Move,
}

/// Records to copy.
#[derive(Debug, Clone, Default)]
pub(in crate::edit) struct Gathered {
    pub records: BTreeMap<Id, Arc<Record>>,
    /// Those that were asked for: stages and steps in journey order, then the others.
    pub roots: Vec<Id>,
}

/// Collects the asked-for records and what belongs to them.
pub(in crate::edit) fn gather(
    doc: &Doc,
    referrers: impl Fn(&Id) -> Vec<Id>,
    ids: &[Id],
    reach: Reach,
) -> Gathered {
    let mut set: BTreeSet<Id> = ids
        .iter()
        .filter(|id| doc.kind_of(id).is_some_and(|kind| !matches!(kind, Kind::Lane | Kind::Link)))
        .cloned()
        .collect();
    let asked: BTreeSet<Id> = set.clone();
    for stage in asked.iter().filter(|id| doc.get_as::<Stage>(id).is_some()) {
        let here =
            |id: &Id| doc.get_as::<Step>(id).is_some_and(|it| it.stage.as_ref() == Some(stage));
        set.extend(referrers(stage).into_iter().filter(here));
    }
    let nodes: Vec<Id> =
        set.iter().filter(|id| doc.kind_of(id).is_some_and(Kind::is_node)).cloned().collect();
    for id in nodes.iter().flat_map(&referrers) {
        let Some(link) = doc.get_as::<Link>(&id) else {
            continue;
        };
        let (from, to) = (set.contains(&link.from), set.contains(&link.to));
        let goes = match link.kind {
            LinkKind::Next { .. } if reach == Reach::Copy => from && to,
            _ => from || to,
        };
        if goes {
            set.insert(id);
        }
    }
    let mut open: Vec<Id> = set.iter().cloned().collect();
    while let Some(at) = open.pop() {
        for id in referrers(&at) {
            let Some(record) = doc.get(&id) else {
                continue;
            };
            let goes = match record.kind() {
                Kind::Friction | Kind::Delight => true,
                Kind::Verbatim | Kind::Reading => reach == Reach::Move,
                _ => false,
            };
            if goes && record.hangs_on(&at) && set.insert(id.clone()) {
                open.push(id);
            }
        }
    }
    let rank = |id: &Id| match doc.kind_of(id) {
        Some(Kind::Stage) => 0,
        Some(Kind::Step) => 1,
        _ => 2,
    };
    let places: BTreeMap<Id, usize> = if set.iter().any(|id| rank(id) < 2) {
        let stages = doc.stages().into_iter().map(|(id, _)| id);
        let steps = doc.steps().into_iter().map(|(id, _)| id);
        stages.chain(steps).enumerate().map(|(at, id)| (id.clone(), at)).collect()
    } else {
        BTreeMap::new()
    };
    let mut roots: Vec<Id> = asked.into_iter().collect();
    roots.sort_by_key(|id| (rank(id), places.get(id).copied()));
    let records = set.into_iter().filter_map(|id| doc.get(&id).cloned().map(|r| (id, r))).collect();
    Gathered { records, roots }
}

/// Writes copies under new ids: references among them follow, others go through `outside`, and
/// what hangs on nothing then is left out. Returns the new ids by the old ones.
pub(in crate::edit) fn write_copies(
    tx: &mut Tx<'_>,
    records: &BTreeMap<Id, Arc<Record>>,
    outside: &dyn Fn(&Id) -> Option<Id>,
) -> BTreeMap<Id, Id> {
    let mut kept: BTreeMap<&Id, &Arc<Record>> = records.iter().collect();
    loop {
        let lost: Vec<&Id> = kept
            .iter()
            .filter(|(_, record)| {
                let mut lost = false;
                record.for_each_ref(|r| {
                    lost |= r.hold == Hold::Hangs
                        && !kept.contains_key(r.target)
                        && outside(r.target).is_none();
                });
                lost
            })
            .map(|(id, _)| *id)
            .collect();
        if lost.is_empty() {
            break;
        }
        for id in lost {
            kept.remove(id);
        }
    }
    let mut fresh: BTreeMap<Id, Id> = BTreeMap::new();
    let mut taken: BTreeSet<Id> = BTreeSet::new();
    for (id, record) in &kept {
        let mut new = Id::random(record.kind());
        while tx.doc().get(&new).is_some() || !taken.insert(new.clone()) {
            new = Id::random(record.kind());
        }
        fresh.insert((*id).clone(), new);
    }
    for (id, record) in kept {
        let mut copy = Record::clone(record);
        copy.map_refs(&|target| fresh.get(target).cloned().or_else(|| outside(target)));
        if let Some(new) = fresh.get(id) {
            tx.put(new, copy);
        }
    }
    // What is a team in one map may be something else in another.
    for new in fresh.values() {
        let doc = tx.doc();
        let mut wrong = false;
        if let Some(record) = doc.get(new) {
            record.for_each_ref(|r| wrong |= r.field == "owner" && !is_team(doc, r.target));
        }
        if wrong {
            tx.update_record(new, |record| {
                if let Some(owner) = owner_mut(record) {
                    *owner = None;
                }
            });
        }
    }
    fresh
}

/// Copies records inside the map; steps and stages come right after the originals, everything
/// else shows where the original does. Returns the copies of the records asked for.
pub fn duplicate(tx: &mut Tx<'_>, ids: &[Id]) -> Vec<Id> {
    let gathered = gather(tx.doc(), |id| tx.referrers(id), ids, Reach::Copy);
    let fresh = write_copies(tx, &gathered.records, &|id| Some(id.clone()));
    let of_kind = |tx: &Tx<'_>, kind: Kind| -> Vec<Id> {
        gathered.roots.iter().filter(|id| tx.doc().kind_of(id) == Some(kind)).cloned().collect()
    };
    let copies = |olds: &[Id]| -> Vec<Id> {
        olds.iter().filter_map(|old| fresh.get(old).cloned()).collect()
    };

    let old_stages = of_kind(tx, Kind::Stage);
    if !old_stages.is_empty() {
        put_stages_after(tx, &copies(&old_stages), old_stages.last());
    }

    // Steps whose stage is copied too are in the copy, in the order they had.
    let loose: Vec<Id> = in_journey_order(tx, &gathered.roots)
        .into_iter()
        .filter(|id| stage_of(tx, id).is_none_or(|stage| !fresh.contains_key(&stage)))
        .collect();
    for run in loose
        .chunk_by(|a, b| stage_of(tx, a) == stage_of(tx, b))
        .map(<[Id]>::to_vec)
        .collect::<Vec<_>>()
    {
        let Some(last) = run.last() else {
            continue;
        };
        let (stage, new) = (stage_of(tx, last), copies(&run));
        let copied: BTreeSet<&Id> = new.iter().collect();
        let mut others = steps_in(tx, stage.as_ref());
        others.retain(|id| !copied.contains(id));
        put_steps(tx, &new, stage.as_ref(), next_of(&others, last));
    }
    copies(&gathered.roots)
}

/// Whether a link holds its lower end where it shows: the touchpoint at its step, the influencer
/// at its step, the system under what rests on it.
pub(in crate::edit) fn anchored_end(link: &Link) -> Option<&Id> {
    match Edge::of(&link.kind) {
        Edge::Next => None,
        Edge::Uses | Edge::DependsOn => Some(&link.to),
        Edge::Influences => Some(&link.from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::verbs::{
        add_friction, add_stage, add_step, add_touchpoint, add_verbatim, link,
    };
    use crate::model::choice::Channel;
    use crate::model::{Index, query};

    fn names(doc: &Doc) -> Vec<&str> {
        doc.steps().into_iter().map(|(_, it)| it.name.as_str()).collect()
    }

    #[test]
    fn copies_follow_their_originals_with_links_and_frictions() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let stage = add_stage(&mut tx, None, "Decide");
        let [a, b, _c] = ["A", "B", "C"].map(|name| add_step(&mut tx, Some(&stage), None, name));
        let shop = add_touchpoint(&mut tx, &a, "Shop", Channel::Store);
        let next = link(&mut tx, &a, &b).unwrap();
        let pain = add_friction(&mut tx, &a, "Slow", 4).unwrap();
        add_verbatim(&mut tx, Some(&pain), "So slow");
        let new = duplicate(&mut tx, &[b.clone(), a.clone()]);
        tx.finish();
        assert_eq!(names(&doc), ["A", "B", "A", "B", "C"]);
        let index = Index::of(&doc);
        let found = query::frictions_at(&doc, &index, &new[0]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.text, "Slow");
        assert!(query::verbatims_at(&doc, &index, found[0].0).is_empty(), "evidence stays");
        let links = query::links_at(&doc, &index, &new[0]);
        assert!(links.iter().any(|(_, it)| it.to == shop), "the copy uses the same touchpoint");
        assert!(links.iter().any(|(id, it)| it.to == new[1] && **id != next), "inner links follow");
        assert_eq!(links.len(), 2);
    }

    #[test]
    fn a_stage_brings_its_steps_and_a_touchpoint_its_place() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let one = add_stage(&mut tx, None, "One");
        let two = add_stage(&mut tx, None, "Two");
        let a = add_step(&mut tx, Some(&one), None, "A");
        add_step(&mut tx, Some(&one), None, "B");
        add_step(&mut tx, Some(&two), None, "C");
        let shop = add_touchpoint(&mut tx, &a, "Shop", Channel::Store);
        let copies = duplicate(&mut tx, std::slice::from_ref(&one));
        assert_eq!(copies.len(), 1);
        let shop_copies = duplicate(&mut tx, &[shop]);
        tx.finish();
        assert_eq!(names(&doc), ["A", "B", "A", "B", "C"]);
        assert_eq!(*doc.stages()[1].0, copies[0]);
        let index = Index::of(&doc);
        let places = query::links_at(&doc, &index, &shop_copies[0]);
        assert_eq!(places.len(), 2, "as its original: at A and at the copy of A");
    }
}
