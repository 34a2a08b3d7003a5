//! Order keys for records that come to stand among their siblings.
//!
//! Normally only the placed records get new keys. Where siblings share a key (two people added at
//! one place) or keys have grown long, the siblings that are in the way get new keys as well.

use std::collections::BTreeSet;

use crate::edit::Tx;
use crate::model::record::{Lane, Stage, Step};
use crate::model::{Id, Kind, OrderKey, Record};

/// Keys longer than this are spread anew; the format allows 200 characters.
const LONG: usize = 48;

/// Where a record of an ordered kind stands.
pub(super) fn order_of(record: &Record) -> Option<&OrderKey> {
    match record {
        Record::Stage(it) => Some(&it.order),
        Record::Lane(it) => Some(&it.order),
        Record::Step(it) => Some(&it.order),
        _ => None,
    }
}

/// The ids in the order of their keys, those with equal keys by id.
fn sorted(tx: &Tx<'_>, ids: Vec<Id>) -> Vec<Id> {
    let key = |id: &Id| tx.doc().get(id).and_then(|r| order_of(r)).cloned();
    let mut keyed: Vec<_> = ids.into_iter().map(|id| (key(&id), id)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, id)| id).collect()
}

/// All stages in order.
pub(super) fn stages(tx: &Tx<'_>) -> Vec<Id> {
    sorted(tx, tx.of_kind(Kind::Stage))
}

/// All lanes in order.
pub(super) fn lanes(tx: &Tx<'_>) -> Vec<Id> {
    sorted(tx, tx.of_kind(Kind::Lane))
}

/// The stage that a step really stands in: none where it names one that is not there.
pub(super) fn stage_of(tx: &Tx<'_>, step: &Id) -> Option<Id> {
    let stage = tx.doc().get_as::<Step>(step)?.stage.as_ref()?;
    tx.doc().get_as::<Stage>(stage).map(|_| stage.clone())
}

/// The steps of a stage in order; with `None`, those that stand in no stage.
pub(super) fn steps_in(tx: &Tx<'_>, stage: Option<&Id>) -> Vec<Id> {
    let candidates = match stage {
        Some(stage) => tx.referrers(stage),
        None => tx.of_kind(Kind::Step),
    };
    let here = candidates
        .into_iter()
        .filter(|id| tx.doc().kind_of(id) == Some(Kind::Step))
        .filter(|id| stage_of(tx, id).as_ref() == stage)
        .collect();
    sorted(tx, here)
}

/// Which siblings would stand before records placed before `before`; all of them where it is none
/// or no sibling. `siblings` may hold records that are being placed themselves: they do not count.
fn slot(siblings: &[Id], moved: &BTreeSet<&Id>, before: Option<&Id>) -> usize {
    let end = siblings.iter().position(|id| Some(id) == before).unwrap_or(siblings.len());
    siblings[..end].iter().filter(|id| !moved.contains(id)).count()
}

/// Gives `moved` (in this order) keys before `before` among `siblings` (in order; they may hold
/// some of `moved`). Changes nothing where all stand there already.
pub(super) fn put_among(tx: &mut Tx<'_>, siblings: &[Id], moved: &[Id], before: Option<&Id>) {
    let set: BTreeSet<&Id> = moved.iter().collect();
    let at = slot(siblings, &set, before);
    let others: Vec<&Id> = siblings.iter().filter(|id| !set.contains(id)).collect();
    let mut wanted: Vec<&Id> = others[..at].to_vec();
    wanted.extend(moved);
    wanted.extend(&others[at..]);
    if wanted.iter().copied().eq(siblings) && strictly_ordered(tx, siblings, &set) {
        return;
    }
    let key = |tx: &Tx<'_>, id: &Id| tx.doc().get(id).and_then(|r| order_of(r)).cloned();
    let low = at.checked_sub(1).and_then(|last| key(tx, others[last]));
    // Siblings behind the place whose keys are no higher than the one before it must make room.
    let in_the_way =
        others[at..].iter().take_while(|id| low.is_some() && key(tx, id) <= low).count();
    let high = others.get(at + in_the_way).and_then(|id| key(tx, id));
    let count = moved.len() + in_the_way;
    let keys = if high.is_none() {
        append(low, count)
    } else {
        OrderKey::spread(low.as_ref(), high.as_ref(), count)
    };
    if keys.iter().any(|k| k.as_str().len() > LONG) {
        let all: Vec<Id> = wanted.into_iter().cloned().collect();
        let fresh = OrderKey::spread(None, None, all.len());
        return set_keys(tx, all.iter().zip(fresh));
    }
    let room: Vec<Id> = wanted[at..at + count].iter().map(|id| (*id).clone()).collect();
    set_keys(tx, room.iter().zip(keys));
}

/// Whether no placed record shares its key with a neighbour: by id alone its place is chance.
fn strictly_ordered(tx: &Tx<'_>, siblings: &[Id], moved: &BTreeSet<&Id>) -> bool {
    let key = |id: &Id| tx.doc().get(id).and_then(|r| order_of(r)).cloned();
    siblings.windows(2).all(|pair| {
        let touches = moved.contains(&pair[0]) || moved.contains(&pair[1]);
        !touches || key(&pair[0]) < key(&pair[1])
    })
}

/// Keys after `low` that stay short however many are typed one after the other.
fn append(low: Option<OrderKey>, count: usize) -> Vec<OrderKey> {
    let mut keys = Vec::with_capacity(count);
    let mut last = low;
    for _ in 0..count {
        let next = OrderKey::between(last.as_ref(), None);
        keys.push(next.clone());
        last = Some(next);
    }
    keys
}

fn set_keys<'a>(tx: &mut Tx<'_>, keys: impl Iterator<Item = (&'a Id, OrderKey)>) {
    for (id, key) in keys {
        tx.update_record(id, |record| match record {
            Record::Stage(it) => it.order = key,
            Record::Lane(it) => it.order = key,
            Record::Step(it) => it.order = key,
            _ => {}
        });
    }
}

/// Puts steps (in this order) into a stage before a step of it, or at its end.
pub(in crate::edit) fn put_steps(
    tx: &mut Tx<'_>,
    moved: &[Id],
    stage: Option<&Id>,
    before: Option<&Id>,
) {
    let siblings = steps_in(tx, stage);
    for id in moved {
        if stage_of(tx, id).as_ref() != stage {
            tx.update::<Step>(id, |it| it.stage = stage.cloned());
        }
    }
    put_among(tx, &siblings, moved, before);
}

/// Puts stages (in this order) before a stage, or at the end.
pub(super) fn put_stages(tx: &mut Tx<'_>, moved: &[Id], before: Option<&Id>) {
    let siblings = stages(tx);
    put_among(tx, &siblings, moved, before);
}

/// Puts stages (in this order) right after a stage, or at the end.
pub(in crate::edit) fn put_stages_after(tx: &mut Tx<'_>, moved: &[Id], after: Option<&Id>) {
    let siblings: Vec<Id> = stages(tx).into_iter().filter(|id| !moved.contains(id)).collect();
    let before = after.and_then(|after| next_of(&siblings, after));
    put_stages(tx, moved, before);
}

/// Puts lanes (in this order) before a lane, or at the end.
pub(super) fn put_lanes(tx: &mut Tx<'_>, moved: &[Id], before: Option<&Id>) {
    let siblings = lanes(tx);
    put_among(tx, &siblings, moved, before);
}

/// The sibling that comes right after `id`.
pub(super) fn next_of<'a>(siblings: &'a [Id], id: &Id) -> Option<&'a Id> {
    let at = siblings.iter().position(|it| it == id)?;
    siblings.get(at + 1)
}

/// Whether the record is a lane, a stage or a step that is there.
pub(super) fn is<T: crate::model::Typed>(tx: &Tx<'_>, id: &Id) -> bool {
    tx.doc().get_as::<T>(id).is_some()
}

/// The key that the next lane, added at the end, gets.
pub(super) fn last_lane_key(tx: &Tx<'_>) -> OrderKey {
    let last = lanes(tx).pop();
    let key = last.and_then(|id| tx.doc().get_as::<Lane>(&id).map(|it| it.order.clone()));
    OrderKey::between(key.as_ref(), None)
}
