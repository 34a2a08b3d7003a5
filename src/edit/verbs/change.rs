//! Changing fields that have rules. Fields without any go through [`Tx::update`].

use crate::edit::Tx;
use crate::model::choice::{NextClass, SystemClass};
use crate::model::record::{
    Action, Delight, Friction, Link, LinkKind, Segment, Stage, Step, System, Touchpoint,
};
use crate::model::{Doc, Edge, Id, Kind, Record};

use super::place::{is, put_steps, stage_of};

/// A text on one line: control characters become spaces, and none is left at the ends.
pub(super) fn clean_name(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}

/// A text that may have line breaks: `\n` alone, no other control characters.
pub(in crate::edit) fn clean_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let keep = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
    text.chars().map(keep).collect::<String>().trim().to_owned()
}

/// Sets what people call the record. Returns whether it is there and has such a text.
pub fn rename(tx: &mut Tx<'_>, id: &Id, text: &str) -> bool {
    let mut named = false;
    tx.update_record(id, |record| {
        let clean = match record.kind() {
            Kind::Note | Kind::Verbatim => clean_text(text),
            _ => clean_name(text),
        };
        if let Some(name) = record.name_mut() {
            *name = clean;
            named = true;
        }
    });
    named
}

/// Sets the severity of a friction point, 1 to 5.
pub fn set_severity(tx: &mut Tx<'_>, friction: &Id, severity: u8) {
    tx.update::<Friction>(friction, |it| it.severity = severity.clamp(1, 5));
}

/// Sets the strength of a delight, 1 to 5.
pub fn set_strength(tx: &mut Tx<'_>, delight: &Id, strength: u8) {
    tx.update::<Delight>(delight, |it| it.strength = strength.clamp(1, 5));
}

/// Sets what a segment feels at a step, −2 to +2; `None` where nobody knows.
pub fn set_feeling(tx: &mut Tx<'_>, step: &Id, segment: &Id, feeling: Option<i8>) {
    if is::<Segment>(tx, segment) {
        tx.update::<Step>(step, |it| {
            match feeling {
                Some(value) => it.feelings.insert(segment.clone(), value.clamp(-2, 2)),
                None => it.feelings.remove(segment),
            };
        });
    }
}

/// Sets what a segment expected to feel at a step, −2 to +2; `None` where nobody knows.
pub fn set_expected(tx: &mut Tx<'_>, step: &Id, segment: &Id, feeling: Option<i8>) {
    if is::<Segment>(tx, segment) {
        tx.update::<Step>(step, |it| {
            match feeling {
                Some(value) => it.expected.insert(segment.clone(), value.clamp(-2, 2)),
                None => it.expected.remove(segment),
            };
        });
    }
}

/// Lifts or lowers what segments feel at a step, within −2 to +2: one segment, or all of them.
/// A feeling that nobody has set yet counts as 0.
pub fn shift_feelings(tx: &mut Tx<'_>, step: &Id, segment: Option<&Id>, by: i8) {
    let segments = match segment {
        Some(segment) => vec![segment.clone()],
        None => tx.of_kind(Kind::Segment),
    };
    for segment in segments {
        let now = tx.doc().get_as::<Step>(step).and_then(|it| it.feelings.get(&segment).copied());
        set_feeling(tx, step, &segment, Some(now.unwrap_or(0).saturating_add(by)));
    }
}

/// Sets how much an influencer weighs for a segment (0 to 5) on an influence link; `None` where
/// nobody has said.
pub fn set_importance(tx: &mut Tx<'_>, link: &Id, segment: &Id, weight: Option<u8>) {
    if is::<Segment>(tx, segment) {
        tx.update::<Link>(link, |it| {
            if let LinkKind::Influences { importance, .. } = &mut it.kind {
                match weight {
                    Some(weight) => importance.insert(segment.clone(), weight.min(5)),
                    None => importance.remove(segment),
                };
            }
        });
    }
}

/// Marks steps and touchpoints as moments of truth; where all of them are already, unmarks them.
/// Returns how they are now, or `None` where none of the records can be one.
pub fn toggle_moment_of_truth(tx: &mut Tx<'_>, ids: &[Id]) -> Option<bool> {
    let states: Vec<bool> = ids
        .iter()
        .filter_map(|id| match tx.doc().get(id).map(AsRef::as_ref) {
            Some(Record::Step(it)) => Some(it.moment_of_truth),
            Some(Record::Touchpoint(it)) => Some(it.moment_of_truth),
            _ => None,
        })
        .collect();
    let on = states.iter().any(|it| !it);
    for id in ids {
        tx.update_record(id, |record| match record {
            Record::Step(it) => it.moment_of_truth = on,
            Record::Touchpoint(it) => it.moment_of_truth = on,
            _ => {}
        });
    }
    (!states.is_empty()).then_some(on)
}

/// Puts a step at the end of another stage, or of none; in its own stage it keeps its place.
pub fn set_stage(tx: &mut Tx<'_>, step: &Id, stage: Option<&Id>) {
    let known = stage.is_none_or(|id| is::<Stage>(tx, id));
    if known && is::<Step>(tx, step) && stage_of(tx, step).as_ref() != stage {
        put_steps(tx, std::slice::from_ref(step), stage, None);
    }
}

/// Replaces what a link says. Returns whether this kind of link is allowed between its ends.
pub fn set_link_kind(tx: &mut Tx<'_>, link: &Id, kind: LinkKind) -> bool {
    let doc = tx.doc();
    let ends = doc
        .get_as::<Link>(link)
        .and_then(|it| Some((doc.kind_of(&it.from)?, doc.kind_of(&it.to)?)));
    let fits = ends.is_some_and(|(from, to)| Edge::of(&kind).allows(from, to));
    if fits {
        tx.update::<Link>(link, |it| it.kind = kind);
    }
    fits
}

/// Says what kind of "next" a link between steps is; nothing happens to other links.
pub fn set_next_class(tx: &mut Tx<'_>, link: &Id, to: NextClass) {
    tx.update::<Link>(link, |it| {
        if let LinkKind::Next { class, .. } = &mut it.kind {
            *class = to;
        }
    });
}

/// The field that names the team that answers for a record, where it has one.
pub(super) fn owner_mut(record: &mut Record) -> Option<&mut Option<Id>> {
    match record {
        Record::Touchpoint(Touchpoint { owner, .. })
        | Record::System(System { owner, .. })
        | Record::Action(Action { owner, .. }) => Some(owner),
        _ => None,
    }
}

/// Whether the record can answer for others.
pub(super) fn is_team(doc: &Doc, id: &Id) -> bool {
    doc.get_as::<System>(id).is_some_and(|it| it.class == SystemClass::Team)
}

/// Sets the team that answers for a touchpoint, system or action. Returns whether it is a team
/// and the record can have one; a team cannot answer for itself.
pub fn set_owner(tx: &mut Tx<'_>, id: &Id, team: Option<&Id>) -> bool {
    let is_team =
        |team: &Id| tx.doc().get_as::<System>(team).is_some_and(|it| it.class == SystemClass::Team);
    if !team.is_none_or(|team| team != id && is_team(team)) {
        return false;
    }
    let mut set = false;
    tx.update_record(id, |record| {
        if let Some(owner) = owner_mut(record) {
            *owner = team.cloned();
            set = true;
        }
    });
    set
}

/// Sets the class of an internal system. A team that becomes something else no longer answers for
/// anything: owners are teams.
pub fn set_system_class(tx: &mut Tx<'_>, system: &Id, class: SystemClass) {
    let was = tx.doc().get_as::<System>(system).map(|it| it.class);
    tx.update::<System>(system, |it| it.class = class);
    if was != Some(SystemClass::Team) || class == SystemClass::Team {
        return;
    }
    for id in tx.referrers(system) {
        tx.update_record(&id, |record| {
            if let Some(owner) = owner_mut(record) {
                owner.take_if(|it| it == system);
            }
        });
    }
}

/// Says that a friction point comes from a node or another friction point. Returns whether it can.
pub fn add_cause(tx: &mut Tx<'_>, friction: &Id, cause: &Id) -> bool {
    let kind = tx.doc().kind_of(cause);
    let fits = kind.is_some_and(|kind| kind.is_node() || kind == Kind::Friction);
    let fits = fits && friction != cause && is::<Friction>(tx, friction);
    if fits {
        tx.update::<Friction>(friction, |it| {
            if !it.causes.contains(cause) {
                it.causes.push(cause.clone());
            }
        });
    }
    fits
}

/// Takes a cause off a friction point.
pub fn remove_cause(tx: &mut Tx<'_>, friction: &Id, cause: &Id) {
    tx.update::<Friction>(friction, |it| it.causes.retain(|id| id != cause));
}
