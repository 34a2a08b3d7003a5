//! Moving steps and stages. Moving touches the moved records only.

use std::collections::BTreeSet;

use crate::edit::Tx;
use crate::model::record::{Lane, Stage, Step};
use crate::model::{Id, Kind};

use super::place::{
    is, lanes, next_of, put_lanes, put_stages, put_steps, stage_of, stages, steps_in,
};

/// Moves a step into a stage (`None`: out of all stages), before one of its steps or to its end.
pub fn move_step(tx: &mut Tx<'_>, step: &Id, stage: Option<&Id>, before: Option<&Id>) {
    move_steps(tx, std::slice::from_ref(step), stage, before);
}

/// Moves steps side by side into a stage, in the order in which they stand now. Where `before` is
/// one of them, they go where it stands. Nothing happens where the stage is not there.
pub fn move_steps(tx: &mut Tx<'_>, steps: &[Id], stage: Option<&Id>, before: Option<&Id>) {
    if stage.is_none_or(|id| is::<Stage>(tx, id)) {
        let steps = in_journey_order(tx, steps);
        put_steps(tx, &steps, stage, before);
    }
}

/// Moves a stage with its steps before another one, or to the end.
pub fn move_stage(tx: &mut Tx<'_>, stage: &Id, before: Option<&Id>) {
    if is::<Stage>(tx, stage) {
        put_stages(tx, std::slice::from_ref(stage), before);
    }
}

/// Those of the ids that are steps, each once, as they follow each other in the journey.
pub(super) fn in_journey_order(tx: &Tx<'_>, ids: &[Id]) -> Vec<Id> {
    let set: BTreeSet<&Id> = ids.iter().filter(|id| is::<Step>(tx, id)).collect();
    if set.len() < 2 {
        return set.into_iter().cloned().collect();
    }
    tx.doc()
        .steps()
        .into_iter()
        .filter(|(id, _)| set.contains(id))
        .map(|(id, _)| id.clone())
        .collect()
}

/// Which way along the journey (for lanes: up or down).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the first.
    Earlier,
    /// Towards the last.
    Later,
}

/// Moves the selected records one place: steps past their neighbour or over the border into the
/// neighbouring stage, stages past a stage, lanes past a lane of their band. Only records of the first one's
/// kind move; many move as one block. Returns whether anything moved.
pub fn shift(tx: &mut Tx<'_>, ids: &[Id], way: Way) -> bool {
    let kind = ids.first().and_then(|id| tx.doc().kind_of(id));
    let all = match kind {
        Some(Kind::Step) => return shift_steps(tx, &in_journey_order(tx, ids), way),
        Some(Kind::Stage) => stages(tx),
        Some(Kind::Lane) => lanes_beside(tx, ids),
        _ => return false,
    };
    let block: Vec<Id> = all.iter().filter(|id| ids.contains(id)).cloned().collect();
    let before = match neighbour(&all, &block, way) {
        None => return false,
        Some(at) if way == Way::Earlier => all.get(at),
        Some(at) => all.get(at + 1),
    };
    match kind {
        Some(Kind::Stage) => put_stages(tx, &block, before),
        _ => put_lanes(tx, &block, before),
    }
    true
}

/// The lanes that the first of these stands among: those of its band that are shown. Bands keep
/// their order whatever the keys of their lanes.
fn lanes_beside(tx: &Tx<'_>, ids: &[Id]) -> Vec<Id> {
    let lane = |id: &Id| tx.doc().get_as::<Lane>(id);
    let band = ids.first().and_then(lane).map(|it| it.band);
    let shown = |id: &Id| {
        lane(id).is_some_and(|it| Some(it.band) == band && (!it.hidden || ids.contains(id)))
    };
    lanes(tx).into_iter().filter(shown).collect()
}

/// Where the next one that is not in the block stands, seen from the block's end on that side.
fn neighbour(all: &[Id], block: &[Id], way: Way) -> Option<usize> {
    let position = |id: Option<&Id>| all.iter().position(|it| Some(it) == id);
    match way {
        Way::Earlier => position(block.first())?.checked_sub(1),
        Way::Later => Some(position(block.last())? + 1).filter(|at| *at < all.len()),
    }
}

fn shift_steps(tx: &mut Tx<'_>, block: &[Id], way: Way) -> bool {
    let edge = match way {
        Way::Earlier => block.first(),
        Way::Later => block.last(),
    };
    let Some(edge) = edge else {
        return false;
    };
    let stage = stage_of(tx, edge);
    let siblings = steps_in(tx, stage.as_ref());
    let at = siblings.iter().position(|id| id == edge).unwrap_or(0);
    let (stage, before) = match way {
        Way::Earlier if at > 0 => (stage, Some(siblings[at - 1].clone())),
        Way::Later if at + 1 < siblings.len() => {
            (stage, next_of(&siblings, &siblings[at + 1]).cloned())
        }
        _ => match neighbouring_stage(tx, stage.as_ref(), way) {
            None => return false,
            Some(to) if way == Way::Earlier => (to, None),
            Some(to) => {
                let first = steps_in(tx, to.as_ref()).into_iter().next();
                (to, first)
            }
        },
    };
    put_steps(tx, block, stage.as_ref(), before.as_ref());
    true
}

/// The stage on that side; `Some(None)` stands for the steps without a stage, behind the last one,
/// where there are any.
fn neighbouring_stage(tx: &Tx<'_>, from: Option<&Id>, way: Way) -> Option<Option<Id>> {
    let all = stages(tx);
    let at = from.map_or(Some(all.len()), |from| all.iter().position(|id| id == from))?;
    match way {
        Way::Earlier => Some(Some(all.get(at.checked_sub(1)?)?.clone())),
        Way::Later => match all.get(at + 1) {
            Some(next) => Some(Some(next.clone())),
            None => (from.is_some() && !steps_in(tx, None).is_empty()).then_some(None),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::verbs::{add_stage, add_step, lane_of, materialise_lanes, set_lane_hidden};
    use crate::model::Doc;
    use crate::model::choice::LaneContent;

    fn order(doc: &Doc) -> String {
        let stage = |step: &Step| step.stage.as_ref().map_or("-", |id| doc.name_of(id)).to_owned();
        doc.steps().iter().map(|(_, it)| format!("{}{} ", stage(it), it.name)).collect()
    }

    #[test]
    fn steps_shift_over_the_borders_of_stages() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let [a, b, _] = ["A", "B", "C"].map(|name| add_stage(&mut tx, None, name));
        let [one, two] = ["1", "2"].map(|name| add_step(&mut tx, Some(&a), None, name));
        let three = add_step(&mut tx, Some(&b), None, "3");
        assert!(!shift(&mut tx, std::slice::from_ref(&one), Way::Earlier));
        assert!(shift(&mut tx, &[two.clone(), one.clone()], Way::Later));
        assert_eq!(order(tx.doc()), "B1 B2 B3 ", "as a block, over the border");
        assert!(shift(&mut tx, &[one, two], Way::Later));
        assert_eq!(order(tx.doc()), "B3 B1 B2 ");
        assert!(shift(&mut tx, std::slice::from_ref(&three), Way::Earlier));
        assert_eq!(order(tx.doc()), "A3 B1 B2 ", "into the empty stage before");
        assert!(shift(&mut tx, &[a], Way::Later));
        assert_eq!(order(tx.doc()), "B1 B2 A3 ", "a stage takes its steps along");
    }

    #[test]
    fn lanes_shift_past_the_lanes_that_one_sees() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        materialise_lanes(&mut tx);
        let [actions, measures, thoughts, criteria, activities] = [
            LaneContent::Actions,
            LaneContent::Measures,
            LaneContent::Thoughts,
            LaneContent::Criteria,
            LaneContent::Activities,
        ]
        .map(|content| lane_of(&tx, content).unwrap());
        assert!(!shift(&mut tx, &[actions], Way::Earlier), "not out of its band");
        assert!(!shift(&mut tx, &[measures], Way::Later));
        set_lane_hidden(&mut tx, &criteria, true);
        assert!(shift(&mut tx, std::slice::from_ref(&thoughts), Way::Earlier));
        let all = lanes(&tx);
        let place = |id: &Id| all.iter().position(|it| it == id).unwrap();
        assert!(place(&thoughts) < place(&activities));
    }
}
