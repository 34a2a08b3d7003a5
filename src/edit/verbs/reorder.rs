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
/// neighbouring stage, stages past a stage, lanes past a lane. Only records of the first one's
/// kind move; many move as one block. Returns whether anything moved.
pub fn shift(tx: &mut Tx<'_>, ids: &[Id], way: Way) -> bool {
    let kind = ids.first().and_then(|id| tx.doc().kind_of(id));
    let all = match kind {
        Some(Kind::Step) => return shift_steps(tx, &in_journey_order(tx, ids), way),
        Some(Kind::Stage) => stages(tx),
        Some(Kind::Lane) => lanes(tx),
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
    debug_assert!(block.iter().all(|id| is::<Stage>(tx, id) || is::<Lane>(tx, id)));
    true
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
