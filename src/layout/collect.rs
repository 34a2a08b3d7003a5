//! Which cards there are and in which columns: what each record of the map puts into a plan.
//!
//! Linear in the records and in the cells that get filled. Not here: tracks and sizes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::choice::ActionStatus::{Done, Dropped, Verified};
use crate::model::choice::{FrictionStatus, LaneContent, NextClass, SystemClass};
use crate::model::record::{
    Action, Delight, Friction, Influencer, Link, LinkKind, Note, Reading, Segment, Step, System,
    Touchpoint, Verbatim,
};
use crate::model::{Doc, Id, Record};

use super::plan::{Column, Mark, Next, Plan, Shows, Slot};

/// The records that become cards, sorted out in one walk over the store.
#[derive(Default)]
struct World<'a> {
    uses: FxHashMap<&'a Id, Vec<&'a Id>>,
    depends: FxHashMap<&'a Id, Vec<&'a Id>>,
    influences: Vec<(&'a Id, &'a Link)>,
    nexts: Vec<(usize, usize, NextClass, &'a Id)>,
    frictions: Vec<(&'a Id, &'a Friction)>,
    delights: Vec<(&'a Id, &'a Delight)>,
    actions: Vec<(&'a Id, &'a Action)>,
    readings: Vec<(&'a Id, &'a Reading)>,
    verbatims: Vec<(&'a Id, &'a Verbatim)>,
    notes: Vec<(&'a Id, &'a Note)>,
    /// Columns of touchpoints, influencers and systems, ascending.
    columns: FxHashMap<&'a Id, Vec<usize>>,
    marks: FxHashMap<Id, Mark>,
}

/// Puts every card into the plan, and the arrows.
pub(super) fn fill(plan: &mut Plan, doc: &Doc) {
    let mut world = World::of(doc, plan);
    world.mark(doc);
    world.steps(plan, doc);
    world.influencers(plan);
    world.touchpoints(plan);
    world.systems(plan, doc);
    world.frictions(plan, doc);
    world.insights(plan, doc);
    world.readings(plan, doc);
    world.arrows(plan);
}

/// Whether any shown segment has a feeling or an expectation at any of the columns' steps.
pub(super) fn has_feelings(columns: &[Column], doc: &Doc, segment: Option<&Id>) -> bool {
    let known = |id: &Id| segment.is_none_or(|it| it == id) && doc.get_as::<Segment>(id).is_some();
    let mut steps = columns.iter().filter_map(|it| doc.get_as::<Step>(it.step.as_ref()?));
    steps.any(|step| step.feelings.keys().chain(step.expected.keys()).any(known))
}

/// Severity as it is shown: 1 where nobody has said.
fn shown(severity: u8) -> u8 {
    severity.clamp(1, 5)
}

impl<'a> World<'a> {
    fn of(doc: &'a Doc, plan: &Plan) -> Self {
        let mut world = Self::default();
        for (id, record) in doc.iter() {
            match &**record {
                Record::Link(link) => world.link(doc, plan, id, link),
                Record::Friction(it) => world.frictions.push((id, it)),
                Record::Delight(it) => world.delights.push((id, it)),
                Record::Action(it) => world.actions.push((id, it)),
                Record::Reading(it) => world.readings.push((id, it)),
                Record::Verbatim(it) => world.verbatims.push((id, it)),
                Record::Note(it) => world.notes.push((id, it)),
                _ => {}
            }
        }
        world
    }

    fn link(&mut self, doc: &'a Doc, plan: &Plan, id: &'a Id, link: &'a Link) {
        let (from, to) = (&link.from, &link.to);
        match &link.kind {
            LinkKind::Next { class, .. } => {
                if let (Some(a), Some(b)) = (plan.column_of.get(from), plan.column_of.get(to)) {
                    self.nexts.push((*a, *b, *class, id));
                }
            }
            LinkKind::Uses => {
                if doc.get_as::<Step>(from).is_some() && doc.get_as::<Touchpoint>(to).is_some() {
                    self.uses.entry(from).or_default().push(to);
                }
            }
            LinkKind::Influences { .. } => {
                if doc.get_as::<Influencer>(from).is_some() && plan.column_of.contains_key(to) {
                    self.influences.push((id, link));
                }
            }
            LinkKind::DependsOn { .. } => {
                if doc.get(from).is_some() && doc.get_as::<System>(to).is_some() {
                    self.depends.entry(from).or_default().push(to);
                }
            }
        }
    }

    /// Counts open friction points on nodes; one on a link counts where the link begins, one on an
    /// influence on that influence.
    fn mark(&mut self, doc: &Doc) {
        for (id, it) in &self.frictions {
            let Some(at) = it.at.as_ref().filter(|_| it.status != FrictionStatus::Resolved) else {
                continue;
            };
            let node = match doc.get_as::<Link>(at) {
                Some(Link { kind: LinkKind::Influences { .. }, .. }) | None => at,
                Some(link) => &link.from,
            };
            let mark = Mark { friction: (*id).clone(), severity: shown(it.severity), count: 1 };
            let all = Mark::join(self.marks.get(node), Some(&mark)).unwrap_or(mark);
            self.marks.insert(node.clone(), all);
        }
    }

    fn steps(&self, plan: &mut Plan, doc: &Doc) {
        type List = (Shows, LaneContent, fn(&Step) -> &[String]);
        let lists: [List; 3] = [
            (Shows::Activities, LaneContent::Activities, |it| &it.activities),
            (Shows::Criteria, LaneContent::Criteria, |it| &it.criteria),
            (Shows::Thoughts, LaneContent::Thoughts, |it| &it.thoughts),
        ];
        let row = plan.row_for(LaneContent::Steps, None);
        let list_rows = lists.map(|(_, content, _)| plan.row_for(content, None));
        for column in 0..plan.columns.len() {
            let Some(id) = plan.columns[column].step.clone() else {
                continue;
            };
            let Some(step) = doc.get_as::<Step>(&id) else {
                continue;
            };
            if let Some(row) = row {
                let mark = self.marks.get(&id).cloned();
                push(plan, Shows::Step, &id, row, &[column], mark);
            }
            for ((shows, _, list), row) in lists.iter().zip(list_rows) {
                if let Some(row) = row.filter(|_| !list(step).is_empty()) {
                    push(plan, *shows, &id, row, &[column], None);
                }
            }
        }
    }

    fn influencers(&mut self, plan: &mut Plan) {
        let row = plan.row_for(LaneContent::Influencers, None);
        // The weightiest first.
        let weight = |link: &Link| match &link.kind {
            LinkKind::Influences { importance, .. } => importance.values().max().copied(),
            _ => None,
        };
        let mut all = self.influences.clone();
        all.sort_by_key(|(id, link)| (Reverse(weight(link)), *id));
        for (id, link) in all {
            let Some(column) = plan.column_of.get(&link.to).copied() else {
                continue;
            };
            self.columns.entry(&link.from).or_default().push(column);
            if let Some(row) = row {
                let mark = Mark::join(self.marks.get(id), self.marks.get(&link.from));
                push(plan, Shows::Influence, id, row, &[column], mark);
            }
        }
        for columns in self.columns.values_mut() {
            columns.sort_unstable();
            columns.dedup();
        }
    }

    fn touchpoints(&mut self, plan: &mut Plan) {
        let mut columns: BTreeMap<&Id, BTreeSet<usize>> = BTreeMap::new();
        for (step, touchpoints) in &self.uses {
            if let Some(column) = plan.column_of.get(*step) {
                for touchpoint in touchpoints {
                    columns.entry(touchpoint).or_default().insert(*column);
                }
            }
        }
        let row = plan.row_for(LaneContent::Touchpoints, None);
        for (id, columns) in columns {
            let columns: Vec<usize> = columns.into_iter().collect();
            if let Some(row) = row {
                push(plan, Shows::Touchpoint, id, row, &columns, self.marks.get(id).cloned());
            }
            self.columns.insert(id, columns);
        }
    }

    /// A system stands under every step that rests on it: directly, through a touchpoint, or
    /// through another system.
    fn systems(&mut self, plan: &mut Plan, doc: &Doc) {
        let mut found: FxHashMap<&'a Id, (usize, Vec<usize>)> = FxHashMap::default();
        let mut queue: VecDeque<(&Id, usize)> = VecDeque::new();
        let mut seen: FxHashSet<&Id> = FxHashSet::default();
        for (column, at) in plan.columns.iter().enumerate() {
            let Some(step) = &at.step else {
                continue;
            };
            seen.clear();
            queue.push_back((step, 0));
            queue.extend(self.uses.get(step).into_iter().flatten().map(|it| (*it, 0)));
            while let Some((node, depth)) = queue.pop_front() {
                for system in self.depends.get(node).into_iter().flatten() {
                    if seen.insert(system) {
                        let (least, columns) = found.entry(system).or_insert((depth, Vec::new()));
                        *least = depth.min(*least);
                        columns.push(column);
                        queue.push_back((system, depth + 1));
                    }
                }
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_unstable_by(|a, b| (a.1.0, a.0).cmp(&(b.1.0, b.0)));
        for (id, (_, columns)) in found {
            if let Some(system) = doc.get_as::<System>(id) {
                let band = system.band.unwrap_or(system.class.default_band());
                if let Some(row) = plan.row_for(content_of(system.class), Some(band)) {
                    push(plan, Shows::System, id, row, &columns, self.marks.get(id).cloned());
                }
            }
            self.columns.insert(id, columns);
        }
    }

    /// Friction points on systems show as marks there; all others stand in their step's column.
    fn frictions(&self, plan: &mut Plan, doc: &Doc) {
        let Some(row) = plan.row_for(LaneContent::Frictions, None) else {
            return;
        };
        let mut frictions = self.frictions.clone();
        frictions.sort_by_key(|(id, it)| {
            let resolved = it.status == FrictionStatus::Resolved;
            (resolved, Reverse(shown(it.severity)), Reverse(it.votes), *id)
        });
        for (id, it) in frictions {
            let Some(at) = it.at.as_ref().filter(|at| !is_inside(doc, at)) else {
                continue;
            };
            push(plan, Shows::Friction, id, row, &self.columns_at(plan, doc, at, 0), None);
        }
        let mut delights = self.delights.clone();
        delights.sort_by_key(|(id, it)| (Reverse(it.strength), *id));
        for (id, it) in delights {
            if let Some(at) = &it.at {
                push(plan, Shows::Delight, id, row, &self.columns_at(plan, doc, at, 0), None);
            }
        }
    }

    fn insights(&self, plan: &mut Plan, doc: &Doc) {
        if let Some(row) = plan.row_for(LaneContent::Actions, None) {
            let mut actions = self.actions.clone();
            let open = |it: &Action| !matches!(it.status, Done | Verified | Dropped);
            actions.sort_by_key(|(id, it)| (!open(it), Reverse(it.status), Reverse(it.votes), *id));
            for (id, it) in actions {
                let place = |ids: &[Id]| -> BTreeSet<usize> {
                    ids.iter().flat_map(|at| self.columns_at(plan, doc, at, 0)).collect()
                };
                let mut columns = place(&it.at);
                if columns.is_empty() {
                    columns = place(&it.addresses);
                }
                let columns: Vec<usize> = columns.into_iter().collect();
                push(plan, Shows::Action, id, row, &columns, None);
            }
        }
        if let Some(row) = plan.row_for(LaneContent::Verbatims, None) {
            for (id, at) in self.verbatims.iter().filter_map(|(id, it)| Some((id, it.at.as_ref()?)))
            {
                push(plan, Shows::Verbatim, id, row, &self.columns_at(plan, doc, at, 0), None);
            }
        }
        if let Some(row) = plan.row_for(LaneContent::Notes, None) {
            for (id, at) in self.notes.iter().filter_map(|(id, it)| Some((id, it.at.as_ref()?))) {
                push(plan, Shows::Note, id, row, &self.columns_at(plan, doc, at, 0), None);
            }
        }
    }

    /// One card for a measure at a place: the latest reading of each segment.
    fn readings(&self, plan: &mut Plan, doc: &Doc) {
        type Latest<'a> = BTreeMap<Option<&'a Id>, (&'a Id, &'a Reading)>;
        let mut places: BTreeMap<(Option<&Id>, &Id), Latest<'_>> = BTreeMap::new();
        for (id, it) in &self.readings {
            let Some(measure) = it.measure.as_ref().filter(|id| doc.get(id).is_some()) else {
                continue;
            };
            let latest = places.entry((it.at.as_ref(), measure)).or_default();
            let age = |id: &Id, it: &Reading| (it.date, it.round.clone(), id.clone());
            let best = latest.entry(it.segment.as_ref()).or_insert((id, it));
            if age(id, it) > age(best.0, best.1) {
                *best = (id, it);
            }
        }
        let row = plan.row_for(LaneContent::Measures, None);
        for ((at, _), latest) in places {
            let ids: Vec<Id> = latest.into_values().map(|(id, _)| id.clone()).collect();
            let (Some(at), Some(row)) = (at, row) else {
                if at.is_none() {
                    plan.headline.push(ids);
                }
                continue;
            };
            for (first, last) in runs(&self.columns_at(plan, doc, at, 0)) {
                plan.slots.push(Slot {
                    shows: Shows::Measure,
                    record: ids[0].clone(),
                    row,
                    first,
                    last,
                    track: 0,
                    share: (0, 1),
                    mark: None,
                    also: ids.clone(),
                });
            }
        }
    }

    /// The columns in which a record shows, ascending.
    fn columns_at(&self, plan: &Plan, doc: &Doc, id: &Id, depth: usize) -> Vec<usize> {
        // Delights, frictions and links lead on to a node; nothing leads on further than that.
        const DEEPEST: usize = 4;
        if depth > DEEPEST {
            return Vec::new();
        }
        let onward = |id: &Id| self.columns_at(plan, doc, id, depth + 1);
        match doc.get(id).map(|record| &**record) {
            Some(Record::Step(_)) => plan.column_of.get(id).copied().into_iter().collect(),
            Some(Record::Stage(_)) => plan
                .groups
                .iter()
                .find(|group| group.stage.as_ref() == Some(id))
                .map_or(Vec::new(), |group| group.columns.clone().collect()),
            Some(Record::Touchpoint(_) | Record::Influencer(_) | Record::System(_)) => {
                self.columns.get(id).cloned().unwrap_or_default()
            }
            Some(Record::Link(link)) => match link.kind {
                LinkKind::Influences { .. } => onward(&link.to),
                _ => onward(&link.from),
            },
            Some(Record::Friction(it)) => it.at.as_ref().map_or(Vec::new(), onward),
            Some(Record::Delight(it)) => it.at.as_ref().map_or(Vec::new(), onward),
            _ => Vec::new(),
        }
    }

    /// Explicit links, and from steps that none leaves the plain arrow to the next step.
    fn arrows(&mut self, plan: &mut Plan) {
        self.nexts.sort_unstable();
        let mut leaves = vec![false; plan.columns.len()];
        let mut straight_taken = vec![false; plan.columns.len()];
        for (from, to, class, id) in &self.nexts {
            leaves[*from] = true;
            let straight = *to == from + 1 && !straight_taken[*from];
            straight_taken[*from] |= straight;
            plan.nexts.push(Next {
                link: Some((*id).clone()),
                from: *from,
                to: *to,
                class: *class,
                straight,
            });
        }
        let steps: Vec<usize> =
            (0..plan.columns.len()).filter(|i| plan.columns[*i].step.is_some()).collect();
        for pair in steps.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if !leaves[from] {
                let straight = to == from + 1;
                plan.nexts.push(Next { link: None, from, to, class: NextClass::Normal, straight });
            }
        }
    }
}

/// Whether something sits on a system or on a link that leaves one.
fn is_inside(doc: &Doc, id: &Id) -> bool {
    match doc.get(id).map(|record| &**record) {
        Some(Record::System(_)) => true,
        Some(Record::Link(link)) => doc.get_as::<System>(&link.from).is_some(),
        _ => false,
    }
}

/// The lane content that shows systems of a class.
fn content_of(class: SystemClass) -> LaneContent {
    match class {
        SystemClass::Team => LaneContent::Teams,
        SystemClass::Action => LaneContent::WorkActions,
        SystemClass::Process => LaneContent::Processes,
        SystemClass::Policy => LaneContent::Policies,
        SystemClass::Technology => LaneContent::Technology,
        SystemClass::Partner => LaneContent::Partners,
    }
}

/// One card for each run of neighbouring columns.
fn push(plan: &mut Plan, shows: Shows, id: &Id, row: usize, columns: &[usize], mark: Option<Mark>) {
    for (first, last) in runs(columns) {
        plan.slots.push(Slot {
            shows,
            record: id.clone(),
            row,
            first,
            last,
            track: 0,
            share: (0, 1),
            mark: mark.clone(),
            also: Vec::new(),
        });
    }
}

/// Runs of consecutive numbers, first and last.
fn runs(columns: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for column in columns {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == *column => *last = *column,
            _ => out.push((*column, *column)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn neighbours_make_a_run() {
        assert_eq!(runs(&[1, 2, 3, 5, 7, 8]), [(1, 3), (5, 5), (7, 8)]);
        assert!(runs(&[]).is_empty());
    }
}
