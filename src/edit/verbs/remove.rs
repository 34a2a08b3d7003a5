//! Removing records, with all that hangs on them.
//!
//! A stage is a heading over its steps, not their container: removing it takes the heading away
//! and the steps join the stage before it (the one after it where it was the first, none where
//! it was the only one), so that columns stay where they are and no work is lost by a click on a
//! heading. To remove the steps too, select them too.

use std::collections::BTreeSet;

use crate::edit::Tx;
use crate::model::record::Stage;
use crate::model::{Doc, Id, Index};

use super::place::{is, put_steps, stages, steps_in};

/// Everything else that goes when these records go: links at them, friction points, delights,
/// readings and verbatims at those, and so on.
pub fn what_hangs(doc: &Doc, index: &Index, ids: &[Id]) -> BTreeSet<Id> {
    hanging(doc, |id| index.referrers(id).to_vec(), ids)
}

fn hanging(doc: &Doc, referrers: impl Fn(&Id) -> Vec<Id>, ids: &[Id]) -> BTreeSet<Id> {
    let chosen: BTreeSet<&Id> = ids.iter().collect();
    let mut found = BTreeSet::new();
    let mut open: Vec<Id> =
        chosen.iter().filter(|id| doc.get(id).is_some()).map(|id| (*id).clone()).collect();
    while let Some(target) = open.pop() {
        for id in referrers(&target) {
            let hangs = doc.get(&id).is_some_and(|record| record.hangs_on(&target));
            if hangs && !chosen.contains(&id) && found.insert(id.clone()) {
                open.push(id);
            }
        }
    }
    found
}

/// Removes records with all that hangs on them, and takes them out of every field that mentions
/// them. Returns all that is gone.
pub fn remove(tx: &mut Tx<'_>, ids: &[Id]) -> BTreeSet<Id> {
    let mut gone = hanging(tx.doc(), |id| tx.referrers(id), ids);
    gone.extend(ids.iter().filter(|id| tx.doc().get(id).is_some()).cloned());
    rehome_steps(tx, &gone);
    let mentioning: BTreeSet<Id> = gone.iter().flat_map(|id| tx.referrers(id)).collect();
    for id in mentioning.difference(&gone) {
        tx.update_record(id, |record| {
            record.map_refs(&|target| (!gone.contains(target)).then(|| target.clone()));
        });
    }
    for id in &gone {
        tx.take(id);
    }
    gone
}

/// Gives the steps of removed stages to the stage next to theirs.
fn rehome_steps(tx: &mut Tx<'_>, gone: &BTreeSet<Id>) {
    if !gone.iter().any(|id| is::<Stage>(tx, id)) {
        return;
    }
    let all = stages(tx);
    let first_kept = all.iter().find(|id| !gone.contains(*id)).cloned();
    let mut last_kept: Option<Id> = None;
    let mut homeless: Vec<Id> = Vec::new();
    for stage in &all {
        if !gone.contains(stage) {
            last_kept = Some(stage.clone());
            continue;
        }
        let steps: Vec<Id> =
            steps_in(tx, Some(stage)).into_iter().filter(|id| !gone.contains(id)).collect();
        match &last_kept {
            Some(before) => put_steps(tx, &steps, Some(before), None),
            None => homeless.extend(steps),
        }
    }
    let first = steps_in(tx, first_kept.as_ref()).into_iter().next();
    put_steps(tx, &homeless, first_kept.as_ref(), first.as_ref());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::verbs::{
        add_action, add_friction, add_measure, add_note, add_reading, add_segment, add_stage,
        add_step, add_touchpoint, add_verbatim, set_feeling,
    };
    use crate::model::choice::Channel;
    use crate::model::record::{Action, MeasureKind, Note, Step};

    #[test]
    fn what_hangs_goes_and_what_mentions_is_emptied() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let step = add_step(&mut tx, None, None, "Return");
        let families = add_segment(&mut tx, "Families");
        set_feeling(&mut tx, &step, &families, Some(-2));
        let shop = add_touchpoint(&mut tx, &step, "Shop", Channel::Store);
        let link = tx.referrers(&shop).remove(0);
        let on_link = add_friction(&mut tx, &link, "Queue", 3).unwrap();
        let words = add_verbatim(&mut tx, Some(&on_link), "An hour!").unwrap();
        let nps = add_measure(&mut tx, "NPS", MeasureKind::Nps);
        let reading = add_reading(&mut tx, &nps, Some(&shop), None, 31.0).unwrap();
        let action = add_action(&mut tx, std::slice::from_ref(&on_link), "Open a second till");
        let note = add_note(&mut tx, Some(&shop), "Ask Ida");
        tx.finish();

        let all = BTreeSet::from([link.clone(), on_link, words, reading]);
        let index = Index::of(&doc);
        assert_eq!(what_hangs(&doc, &index, std::slice::from_ref(&shop)), all);
        let mut tx = Tx::with_index(&mut doc, &index);
        assert_eq!(remove(&mut tx, &[shop.clone(), families]).len(), all.len() + 2);
        tx.finish();
        assert!(doc.get_as::<Action>(&action).unwrap().addresses.is_empty());
        assert_eq!(doc.get_as::<Note>(&note).unwrap().at, None, "notes go to the parking lot");
        assert!(doc.get_as::<Step>(&step).unwrap().feelings.is_empty());
        assert!(Index::of(&doc).referrers(&shop).is_empty());
    }

    #[test]
    fn steps_of_removed_stages_join_the_neighbour_in_order() {
        let names = |doc: &Doc| -> Vec<String> {
            let name = |step: &Step| step.stage.as_ref().map_or("-", |s| doc.name_of(s)).to_owned();
            doc.steps().into_iter().map(|(_, it)| format!("{} {}", name(it), it.name)).collect()
        };
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let stages: Vec<Id> = ["A", "B", "C", "D"].map(|n| add_stage(&mut tx, None, n)).into();
        for (i, name) in ["1", "2", "3", "4", "5", "6"].into_iter().enumerate() {
            add_step(&mut tx, Some(&stages[i / 2]), None, name);
        }
        tx.finish();
        let mut tx = Tx::new(&mut doc);
        remove(&mut tx, &[stages[0].clone(), stages[2].clone()]);
        tx.finish();
        assert_eq!(names(&doc), ["B 1", "B 2", "B 3", "B 4", "B 5", "B 6"]);
        let mut tx = Tx::new(&mut doc);
        remove(&mut tx, &[stages[1].clone(), stages[3].clone()]);
        tx.finish();
        assert_eq!(names(&doc), ["- 1", "- 2", "- 3", "- 4", "- 5", "- 6"]);
    }
}
