//! A part of the journey: some columns, some lanes, some tracks of a lane.
//!
//! A slice is cut out of a plan of the whole, so that what a card marks and which number a step has
//! stay what they are there. Not here: sizes, and which part is wanted.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::model::{Doc, Id};

use super::plan::{Column, Group, Next, Plan, Slot};

/// What of the journey is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slice {
    /// Only these steps, and all that belong to these stages; a stage without steps keeps its
    /// place where it is named. `None` shows all.
    pub only: Option<Vec<Id>>,
    /// Only these lanes, in the order of the map. `None` shows all.
    pub lanes: Option<Vec<LanePart>>,
    /// How many cards of a step stand side by side in a lane at most, where columns are wide: 0
    /// and 1 put one below the other.
    pub abreast: usize,
}

/// A lane, or some of the tracks that its cards stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanePart {
    pub lane: Id,
    /// Which tracks, from the top; those that are not there are passed over.
    pub tracks: Range<usize>,
}

impl LanePart {
    /// All of a lane.
    pub fn whole(lane: Id) -> Self {
        Self { lane, tracks: 0..usize::MAX }
    }
}

impl Slice {
    /// Whether it is everything.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

impl Plan {
    /// A part of a plan of the whole map; `segment` as in [`Plan::of`]. A card that spans columns
    /// is cut where the slice ends; an arrow is there if both its steps are, and the plain arrow
    /// to the next step only where nothing was cut out between them.
    pub fn sliced(self, doc: &Doc, segment: Option<&Id>, slice: &Slice) -> Self {
        if slice.is_whole() {
            return self;
        }
        let mut plan = match &slice.only {
            Some(only) => self.with_columns(only),
            None => self,
        };
        plan.drop_empty_rows(doc, segment);
        plan.assign_tracks(slice.abreast);
        if let Some(lanes) = &slice.lanes {
            plan.keep_lanes(lanes);
        }
        plan
    }

    /// Whether a slice of this plan is the slice of the whole: all lanes are here, and all columns
    /// that the slice asks for, with all that lie between them.
    pub fn holds(&self, slice: &Slice) -> bool {
        if !self.is_part {
            return true;
        }
        let near = |pair: &[Column]| {
            let step = usize::from(pair[0].step.is_some());
            let groups = [pair[0].group, pair[1].group].map(|it| self.groups[it].number);
            pair[1].number == pair[0].number + step && groups[1] - groups[0] <= 1
        };
        let is_there = |id: &Id| self.column_of.contains_key(id);
        let only = slice.only.as_ref().is_some_and(|only| only.iter().all(is_there));
        only && !self.is_narrowed && self.columns.windows(2).all(near)
    }

    fn with_columns(self, only: &[Id]) -> Self {
        let only: FxHashSet<&Id> = only.iter().collect();
        let Self { columns, groups, rows, slots, nexts, headline, steps, .. } = self;
        let mut plan = Self { rows, headline, steps, is_part: true, ..Self::default() };
        // Where each old column went.
        let mut place: Vec<Option<usize>> = vec![None; columns.len()];
        for group in groups {
            let start = plan.columns.len();
            let all = group.stage.as_ref().is_some_and(|id| only.contains(id));
            for old in group.columns.clone() {
                let step = columns[old].step.as_ref();
                if all || step.is_some_and(|id| only.contains(id)) {
                    place[old] = Some(plan.columns.len());
                    plan.column_of.extend(step.map(|id| (id.clone(), plan.columns.len())));
                    plan.columns.push(Column { group: plan.groups.len(), ..columns[old].clone() });
                }
            }
            if plan.columns.len() > start {
                plan.groups.push(Group { columns: start..plan.columns.len(), ..group });
            }
        }
        let kept = slots.into_iter().filter_map(|slot| {
            let mut there = place[slot.first..=slot.last].iter().flatten();
            let first = *there.next()?;
            Some(Slot { first, last: there.last().copied().unwrap_or(first), ..slot })
        });
        plan.slots = kept.collect();
        let kept = nexts.into_iter().filter_map(|next| {
            let (from, to) = (place[next.from]?, place[next.to]?);
            let near = to.abs_diff(from) == next.to.abs_diff(next.from);
            let straight = next.straight && near;
            (next.link.is_some() || near).then_some(Next { from, to, straight, ..next })
        });
        plan.nexts = kept.collect();
        plan
    }

    fn keep_lanes(&mut self, lanes: &[LanePart]) {
        (self.is_part, self.is_narrowed) = (true, true);
        let mut index = Vec::with_capacity(self.rows.len());
        let mut rows = Vec::new();
        for row in std::mem::take(&mut self.rows) {
            let part = lanes.iter().find(|part| part.lane == row.id);
            let kept = part.map(|part| part.tracks.start..part.tracks.end.min(row.tracks));
            index.push(kept.clone().map(|tracks| (rows.len(), tracks)));
            if let Some(tracks) = kept {
                let mut row = row;
                row.tracks = tracks.len();
                rows.push(row);
            }
        }
        self.rows = rows;
        let slots = std::mem::take(&mut self.slots).into_iter().filter_map(|slot| {
            let (row, tracks) = index[slot.row].clone()?;
            let track = slot.track.checked_sub(tracks.start)?;
            tracks.contains(&slot.track).then_some(Slot { row, track, ..slot })
        });
        self.slots = slots.collect();
    }
}
