//! What stands where, before anybody knows sizes: columns, rows, and for each card its row, the
//! columns it spans and its track inside the row.
//!
//! Pure placement from the document: the same document gives the same plan, whatever edits led
//! to it. Not here: widths, heights and positions (see [`super::grid`]).

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::model::choice::{Band, LaneContent, NextClass};
use crate::model::{Doc, Id};

use super::{collect, tracks};

/// A column of the journey: a step, or the place of a stage that has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub step: Option<Id>,
    /// How many steps come before it.
    pub number: usize,
    /// Index into [`Plan::groups`].
    pub group: usize,
}

/// Columns under one header.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// `None`: steps that belong to no stage.
    pub stage: Option<Id>,
    /// How many groups of the whole journey come before it; its colour goes by it.
    pub number: usize,
    pub columns: Range<usize>,
}

/// A lane that is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The lane's id; that of a default lane where the map has no lane records.
    pub id: Id,
    pub name: String,
    pub content: LaneContent,
    pub band: Band,
    /// How many tracks its cards take.
    pub tracks: usize,
}

/// What a card shows of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shows {
    Step,
    Activities,
    Criteria,
    Thoughts,
    /// A link from an influencer to a step.
    Influence,
    Touchpoint,
    Friction,
    Delight,
    System,
    Action,
    /// The latest readings of a measure at a place.
    Measure,
    Verbatim,
    Note,
}

/// Friction points on a node, in short.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The worst one.
    pub friction: Id,
    /// Its severity, 1 to 5.
    pub severity: u8,
    pub count: u32,
}

impl Mark {
    /// Both counted together; the worst one stays, of equals the first.
    pub fn join(a: Option<&Self>, b: Option<&Self>) -> Option<Self> {
        match (a, b) {
            (Some(a), Some(b)) => {
                let worst = if b.severity > a.severity { b } else { a };
                Some(Self { count: a.count + b.count, ..worst.clone() })
            }
            (one, other) => one.or(other).cloned(),
        }
    }
}

/// A card's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    pub shows: Shows,
    pub record: Id,
    /// Index into [`Plan::rows`].
    pub row: usize,
    /// First and last column, inclusive.
    pub first: usize,
    pub last: usize,
    /// Which of the row's tracks it stands in; tracks are as high as their highest card.
    pub track: usize,
    /// Which of how many equal shares of its column it has; all of its columns where it has more
    /// than one.
    pub share: (usize, usize),
    /// Open friction points on what the card stands for.
    pub mark: Option<Mark>,
    /// Further records that the card shows: the readings of a measure, one a segment.
    pub also: Vec<Id>,
}

/// An arrow from step to step, by columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// The link; `None` where the order of the journey alone says it.
    pub link: Option<Id>,
    pub from: usize,
    pub to: usize,
    pub class: NextClass,
    /// Whether it runs straight through the gap between two neighbouring cards.
    pub straight: bool,
}

/// Where everything stands, without sizes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    pub columns: Vec<Column>,
    pub groups: Vec<Group>,
    pub rows: Vec<Row>,
    pub slots: Vec<Slot>,
    pub nexts: Vec<Next>,
    /// Latest readings of the whole map.
    pub headline: Vec<Vec<Id>>,
    /// How many steps there are.
    pub steps: usize,
    pub column_of: FxHashMap<Id, usize>,
    /// Whether columns or lanes of the map are cut out.
    pub is_part: bool,
    /// Whether lanes are.
    pub is_narrowed: bool,
}

impl Plan {
    /// Places everything that the journey view shows; `segment` is the one that it is limited to.
    pub fn of(doc: &Doc, segment: Option<&Id>) -> Self {
        let mut plan = Self::default();
        plan.place_columns(doc);
        if plan.columns.is_empty() {
            return plan;
        }
        plan.rows = rows(doc);
        collect::fill(&mut plan, doc);
        plan.drop_empty_rows(doc, segment);
        plan.assign_tracks(1);
        plan
    }

    fn place_columns(&mut self, doc: &Doc) {
        let steps = doc.steps();
        self.steps = steps.len();
        let mut rest = steps.into_iter().peekable();
        let stages = doc.stages();
        for (stage, _) in &stages {
            let start = self.columns.len();
            while let Some((id, _)) = rest.next_if(|(_, it)| it.stage.as_ref() == Some(*stage)) {
                self.push_step(id);
            }
            if self.columns.len() == start {
                let number = self.column_of.len();
                self.columns.push(Column { step: None, number, group: self.groups.len() });
            }
            self.close_group(Some((*stage).clone()), start);
        }
        let start = self.columns.len();
        for (id, _) in rest {
            self.push_step(id);
        }
        if self.columns.len() > start {
            self.close_group(None, start);
        }
    }

    fn push_step(&mut self, id: &Id) {
        let (step, number) = (Some(id.clone()), self.column_of.len());
        self.column_of.insert(id.clone(), self.columns.len());
        self.columns.push(Column { step, number, group: self.groups.len() });
    }

    fn close_group(&mut self, stage: Option<Id>, start: usize) {
        let number = self.groups.len();
        self.groups.push(Group { stage, number, columns: start..self.columns.len() });
    }

    /// The row for some content: the one in that band, or else the first that shows it.
    pub fn row_for(&self, content: LaneContent, band: Option<Band>) -> Option<usize> {
        let mut fit = None;
        for (i, row) in self.rows.iter().enumerate() {
            if row.content == content {
                if band.is_none_or(|band| row.band == band) {
                    return Some(i);
                }
                fit = fit.or(Some(i));
            }
        }
        fit
    }

    /// A lane that nothing stands in would be dead space; that of the steps stays, as it is where
    /// steps are added.
    pub(super) fn drop_empty_rows(&mut self, doc: &Doc, segment: Option<&Id>) {
        let mut filled = vec![false; self.rows.len()];
        for slot in &self.slots {
            filled[slot.row] = true;
        }
        let mut index = Vec::with_capacity(self.rows.len());
        let mut kept = Vec::new();
        for (row, filled) in std::mem::take(&mut self.rows).into_iter().zip(filled) {
            let keep = filled
                || row.content == LaneContent::Steps
                || row.content == LaneContent::Emotion
                    && collect::has_feelings(&self.columns, doc, segment);
            index.push(kept.len());
            if keep {
                kept.push(row);
            }
        }
        self.rows = kept;
        for slot in &mut self.slots {
            slot.row = index[slot.row];
        }
    }

    /// `abreast`: how many cards of a step stand side by side at most.
    pub(super) fn assign_tracks(&mut self, abreast: usize) {
        let mut of_row: Vec<Vec<usize>> = vec![Vec::new(); self.rows.len()];
        for (i, slot) in self.slots.iter().enumerate() {
            of_row[slot.row].push(i);
        }
        for (row, slots) in of_row.into_iter().enumerate() {
            let spans: Vec<_> =
                slots.iter().map(|i| (self.slots[*i].first, self.slots[*i].last)).collect();
            let (assigned, shares, count) =
                tracks::assign_abreast(&spans, self.columns.len(), abreast);
            self.rows[row].tracks = count;
            for ((slot, track), share) in slots.into_iter().zip(assigned).zip(shares) {
                (self.slots[slot].track, self.slots[slot].share) = (track, share);
            }
        }
    }
}

/// The lanes that may be shown, in order within the order of the bands.
fn rows(doc: &Doc) -> Vec<Row> {
    let own = doc.lanes();
    let mut rows: Vec<Row> = if own.is_empty() {
        crate::model::default_lanes().into_iter().map(|(id, lane)| row(id, &lane)).collect()
    } else {
        own.into_iter()
            .filter(|(_, lane)| !lane.hidden)
            .map(|(id, lane)| row(id.clone(), lane))
            .collect()
    };
    rows.sort_by_key(|row| row.band);
    rows
}

fn row(id: Id, lane: &crate::model::record::Lane) -> Row {
    let name = if lane.name.is_empty() { lane.content.label() } else { &lane.name };
    Row { id, name: name.to_owned(), content: lane.content, band: lane.band, tracks: 0 }
}
