//! Weaknesses: what is missing from a map that breaks no rule.

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::choice::{ActionStatus, FrictionStatus, TouchpointStatus};
use crate::model::record::{Action, Friction, Link, LinkKind, Step};
use crate::model::{Id, Record};

use super::Checker;

/// Who is named by whom, gathered in one walk.
#[derive(Default)]
struct Named<'a> {
    /// Steps that use a touchpoint.
    using: FxHashSet<&'a Id>,
    /// What rests on an internal system.
    resting: FxHashSet<&'a Id>,
    /// What is rested on, owns something or is a cause: internal systems that have a use.
    useful: FxHashSet<&'a Id>,
    /// Segments that an influence weighs something for.
    weighed: FxHashSet<&'a Id>,
    /// Stages with a step.
    staged: FxHashSet<&'a Id>,
    /// Places and friction points that an action is about.
    acted_on: FxHashSet<&'a Id>,
    /// Causes, with the open friction points that come from them.
    causes: FxHashMap<&'a Id, Vec<&'a Id>>,
    /// Causes in the order in which they were met.
    cause_order: Vec<&'a Id>,
}

impl<'a> Named<'a> {
    fn of(checker: &Checker<'a>) -> Self {
        let mut it = Self::default();
        for (id, record) in checker.doc.iter() {
            match &**record {
                Record::Link(link) => it.link(link),
                Record::Step(step) => it.staged.extend(&step.stage),
                Record::Touchpoint(touchpoint) => it.useful.extend(&touchpoint.owner),
                Record::System(system) => it.useful.extend(&system.owner),
                Record::Friction(friction) => it.friction(id, friction),
                Record::Action(action) => it.action(action),
                _ => {}
            }
        }
        it
    }

    fn link(&mut self, link: &'a Link) {
        match &link.kind {
            LinkKind::Uses => drop(self.using.insert(&link.from)),
            LinkKind::DependsOn { .. } => {
                self.resting.insert(&link.from);
                self.useful.insert(&link.to);
            }
            LinkKind::Influences { importance, .. } => {
                let weighed = importance.iter().filter(|(_, weight)| **weight > 0);
                self.weighed.extend(weighed.map(|(segment, _)| segment));
            }
            LinkKind::Next { .. } => {}
        }
    }

    fn friction(&mut self, id: &'a Id, friction: &'a Friction) {
        self.useful.extend(&friction.causes);
        if friction.status == FrictionStatus::Resolved {
            return;
        }
        for cause in friction.causes.iter().filter(|cause| *cause != id) {
            let frictions = self.causes.entry(cause).or_default();
            if frictions.is_empty() {
                self.cause_order.push(cause);
            }
            frictions.push(id);
        }
    }

    fn action(&mut self, action: &'a Action) {
        self.useful.extend(&action.owner);
        if action.status != ActionStatus::Dropped {
            self.acted_on.extend(action.addresses.iter().chain(&action.at));
        }
    }
}

impl Checker<'_> {
    /// Finds what is missing.
    pub(super) fn weaknesses(&mut self, today: Option<Date>) {
        let named = Named::of(self);
        for (id, record) in self.doc.iter() {
            self.weak_record(id, record, &named, today);
        }
        self.causes_without_action(&named);
    }

    fn weak_record(&mut self, id: &Id, record: &Record, named: &Named<'_>, today: Option<Date>) {
        match record {
            Record::Segment(it) => {
                if !named.weighed.contains(id) {
                    let message =
                        format!("{} is mentioned by no influencer's importance.", self.label(id));
                    self.weakness("W211", id, "name", message);
                }
                if it.priority == 0 {
                    self.weakness(
                        "W214",
                        id,
                        "priority",
                        format!("{} has no priority.", self.label(id)),
                    );
                }
            }
            Record::Stage(_) if !named.staged.contains(id) => {
                self.weakness("W216", id, "name", format!("{} has no step.", self.label(id)));
            }
            Record::Step(it) => self.weak_step(id, it, named),
            Record::Touchpoint(it) if it.status != TouchpointStatus::Retired => {
                if it.owner.is_none() {
                    self.weakness("W201", id, "owner", format!("{} has no owner.", self.label(id)));
                }
                if !named.resting.contains(id) {
                    let message = format!("{} is supported by no internal system.", self.label(id));
                    self.weakness("W204", id, "name", message);
                }
            }
            Record::System(_) if !named.useful.contains(id) => {
                self.weakness(
                    "W210",
                    id,
                    "name",
                    format!("{} is used by nothing.", self.label(id)),
                );
            }
            Record::Friction(it) => self.weak_friction(id, it),
            Record::Delight(it) => {
                if it.strength == 0 {
                    self.weakness(
                        "W213",
                        id,
                        "strength",
                        format!("{} has no strength.", self.label(id)),
                    );
                }
                if it.at.is_none() {
                    self.weakness("W215", id, "at", format!("{} sits nowhere.", self.label(id)));
                }
            }
            Record::Action(it) => self.weak_action(id, it, today),
            _ => {}
        }
    }

    fn weak_step(&mut self, id: &Id, it: &Step, named: &Named<'_>) {
        if it.company_involved && !named.using.contains(id) {
            self.weakness("W202", id, "name", format!("{} has no touchpoint.", self.label(id)));
        }
        if it.feelings.is_empty() {
            let message = format!("{} says of nobody what they feel.", self.label(id));
            self.weakness("W203", id, "feelings", message);
        }
    }

    fn weak_friction(&mut self, id: &Id, it: &Friction) {
        if it.severity == 0 {
            self.weakness("W212", id, "severity", format!("{} has no severity.", self.label(id)));
        }
        if it.at.is_none() {
            self.weakness("W215", id, "at", format!("{} sits nowhere.", self.label(id)));
        }
        if it.causes.is_empty() && it.status != FrictionStatus::Resolved {
            self.weakness("W205", id, "causes", format!("{} has no cause.", self.label(id)));
        }
    }

    fn weak_action(&mut self, id: &Id, it: &Action, today: Option<Date>) {
        let open =
            matches!(it.status, ActionStatus::Idea | ActionStatus::Agreed | ActionStatus::Doing);
        if !open {
            return;
        }
        if it.owner.is_none() {
            self.weakness("W207", id, "owner", format!("{} has no owner.", self.label(id)));
        }
        match (it.due, today) {
            (None, _) => {
                self.weakness("W208", id, "due", format!("{} has no due date.", self.label(id)));
            }
            (Some(due), Some(today)) if due < today => {
                self.weakness("W209", id, "due", format!("{} was due on {due}.", self.label(id)));
            }
            _ => {}
        }
    }

    /// A cause is taken care of by an action on it or on a friction point that comes from it.
    fn causes_without_action(&mut self, named: &Named<'_>) {
        for cause in &named.cause_order {
            let frictions = &named.causes[cause];
            let acted = |id: &Id| named.acted_on.contains(id);
            if self.get(cause).is_none() || acted(cause) || frictions.iter().any(|id| acted(id)) {
                continue;
            }
            let more = match frictions.len() {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            let message = format!(
                "{} causes {}{more}, and no action is about it.",
                self.label(cause),
                self.name(frictions[0]),
            );
            self.weakness("W206", cause, "name", message);
        }
    }
}
