//! Changes of any map, to hold views that follow them against views made anew.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index as Pick;
use throughline::model::{Doc, Patch, Record};

use super::maps;

/// A change of a map: some of what leads to another one, or one record's words or numbers.
#[derive(Debug, Clone)]
pub enum Change {
    Towards(Box<Doc>, Vec<bool>),
    Rename(Pick, String),
    Number(Pick, u8),
}

pub fn change() -> impl Strategy<Value = Change> {
    let mask = prop::collection::vec(any::<bool>(), 1..40);
    prop_oneof![
        (maps::doc_of(3), mask).prop_map(|(doc, mask)| Change::Towards(Box::new(doc), mask)),
        (any::<Pick>(), "[a-zé ]{0,30}").prop_map(|(at, name)| Change::Rename(at, name)),
        (any::<Pick>(), any::<u8>()).prop_map(|(at, number)| Change::Number(at, number)),
    ]
}

pub fn patch_of(doc: &Doc, change: &Change) -> Patch {
    let mut patch = Patch::default();
    let mut edit = |pick: &Pick, f: &dyn Fn(&mut Record)| {
        if let Some((at, before)) = doc.iter().nth(pick.index(doc.len().max(1))) {
            let mut after = Record::clone(before);
            f(&mut after);
            patch.set(at, Some(before.clone()), Some(Arc::new(after)));
        }
    };
    match change {
        Change::Towards(other, mask) => {
            for ((at, change), take) in doc.diff(other).changes().zip(mask.iter().cycle()) {
                if *take {
                    patch.set(at, change.before.clone(), change.after.clone());
                }
            }
        }
        Change::Rename(pick, name) => edit(pick, &|record| {
            if let Some(it) = record.name_mut() {
                it.clone_from(name);
            }
        }),
        Change::Number(pick, number) => edit(pick, &|record| match record {
            Record::Step(it) => {
                it.moment_of_truth = *number % 2 == 0;
                it.feelings.values_mut().for_each(|v| *v = (*number % 5) as i8 - 2);
            }
            Record::Friction(it) => it.severity = number % 6,
            Record::Delight(it) => it.strength = number % 6,
            Record::Segment(it) => it.priority = number % 6,
            Record::System(it) => it.owner = None,
            Record::Action(it) => it.effort = Some(number % 6),
            _ => {}
        }),
    }
    patch
}
