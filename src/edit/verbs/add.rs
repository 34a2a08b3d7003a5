//! Adding records, each at its place and with the link that makes it show there.

use jiff::civil::Date;

use crate::edit::Tx;
use crate::model::choice::{Channel, InfluencerClass, SystemClass};
use crate::model::record::{
    Action, Delight, Friction, Influencer, Measure, MeasureKind, Note, Reading, Segment, Stage,
    Step, System, Touchpoint, Verbatim,
};
use crate::model::{Doc, Id, Kind};

use super::change::{clean_name, clean_text};
use super::link::link;
use super::place::{is, next_of, put_stages, put_steps, stage_of, steps_in};

/// Adds a stage before another one, or at the end.
pub fn add_stage(tx: &mut Tx<'_>, before: Option<&Id>, name: &str) -> Id {
    let id = tx.add(Stage { name: clean_name(name), ..Stage::default() });
    put_stages(tx, std::slice::from_ref(&id), before);
    id
}

/// Adds a step to a stage (to none where it is not there), before one of its steps or at its end.
pub fn add_step(tx: &mut Tx<'_>, stage: Option<&Id>, before: Option<&Id>, name: &str) -> Id {
    let stage = stage.filter(|id| is::<Stage>(tx, id));
    let step = Step { name: clean_name(name), stage: stage.cloned(), ..Step::default() };
    let id = tx.add(step);
    put_steps(tx, std::slice::from_ref(&id), stage, before);
    id
}

/// Adds a step right after another one, in its stage.
pub fn add_step_after(tx: &mut Tx<'_>, step: &Id, name: &str) -> Id {
    let stage = stage_of(tx, step);
    let siblings = steps_in(tx, stage.as_ref());
    add_step(tx, stage.as_ref(), next_of(&siblings, step), name)
}

/// Adds a touchpoint that a step uses.
pub fn add_touchpoint(tx: &mut Tx<'_>, step: &Id, name: &str, channel: Channel) -> Id {
    let id = tx.add(Touchpoint { name: clean_name(name), channel, ..Touchpoint::default() });
    tie(tx, step, &id);
    id
}

/// Adds an influencer that sways a step.
pub fn add_influencer(tx: &mut Tx<'_>, step: &Id, name: &str, class: InfluencerClass) -> Id {
    let id = tx.add(Influencer { name: clean_name(name), class, ..Influencer::default() });
    tie(tx, step, &id);
    id
}

/// Adds an internal system, which `from` (a step, touchpoint or other system) rests on.
pub fn add_system(tx: &mut Tx<'_>, from: Option<&Id>, name: &str, class: SystemClass) -> Id {
    let id = tx.add(System { name: clean_name(name), class, ..System::default() });
    if let Some(from) = from {
        tie(tx, from, &id);
    }
    id
}

/// Links a new node to the one it was added at; where no link fits, it stands alone and the
/// checks say so.
fn tie(tx: &mut Tx<'_>, from: &Id, to: &Id) {
    let _refused_is_fine = link(tx, from, to);
}

/// Whether a friction point can sit on the record: on nodes and links.
fn can_carry(doc: &Doc, at: &Id) -> bool {
    doc.kind_of(at).is_some_and(|kind| kind.is_node() || kind == Kind::Link)
}

/// Marks a friction point at a node or link, severity 1 to 5. `None` where it cannot sit there.
pub fn add_friction(tx: &mut Tx<'_>, at: &Id, text: &str, severity: u8) -> Option<Id> {
    can_carry(tx.doc(), at).then(|| {
        let severity = severity.clamp(1, 5);
        let (at, text) = (Some(at.clone()), clean_name(text));
        tx.add(Friction { at, text, severity, ..Friction::default() })
    })
}

/// Marks a delight at a node or link, strength 1 to 5. `None` where it cannot sit there.
pub fn add_delight(tx: &mut Tx<'_>, at: &Id, text: &str, strength: u8) -> Option<Id> {
    can_carry(tx.doc(), at).then(|| {
        let strength = strength.clamp(1, 5);
        let (at, text) = (Some(at.clone()), clean_name(text));
        tx.add(Delight { at, text, strength, ..Delight::default() })
    })
}

/// Adds an action that is meant to end friction points; it takes place where they sit, as far as
/// those are nodes. What is no friction point in `addresses` is passed over; a node or stage
/// becomes a place of the action.
pub fn add_action(tx: &mut Tx<'_>, addresses: &[Id], title: &str) -> Id {
    let mut action = Action { title: clean_name(title), ..Action::default() };
    for id in addresses {
        let place = match tx.doc().get_as::<Friction>(id) {
            Some(friction) => {
                if !action.addresses.contains(id) {
                    action.addresses.push(id.clone());
                }
                friction.at.clone()
            }
            None => Some(id.clone()),
        };
        let place = place.filter(|place| {
            let kind = tx.doc().kind_of(place);
            kind.is_some_and(|kind| kind.is_node() || kind == Kind::Stage)
        });
        if let Some(place) = place.filter(|place| !action.at.contains(place)) {
            action.at.push(place);
        }
    }
    tx.add(action)
}

/// Adds a measure.
pub fn add_measure(tx: &mut Tx<'_>, name: &str, kind: MeasureKind) -> Id {
    tx.add(Measure { name: clean_name(name), kind, ..Measure::default() })
}

/// Adds a reading of a measure at a stage or node (`None`: the whole map), brought into the
/// measure's scale. `None` where the measure is not there, the place takes no readings or the
/// score is no number.
pub fn add_reading(
    tx: &mut Tx<'_>,
    measure: &Id,
    at: Option<&Id>,
    date: Option<Date>,
    score: f64,
) -> Option<Id> {
    let takes =
        |at: &Id| tx.doc().kind_of(at).is_some_and(|kind| kind.is_node() || kind == Kind::Stage);
    let (low, high) = tx.doc().get_as::<Measure>(measure)?.kind.scores();
    if score.is_nan() || !at.is_none_or(takes) {
        return None;
    }
    // Not `clamp`: a custom scale may be the wrong way round, which checks report.
    let (measure, value) = (Some(measure.clone()), Some(score.max(low).min(high)));
    Some(tx.add(Reading { measure, at: at.cloned(), date, value, ..Reading::default() }))
}

/// Adds what a customer said, about a record or about the map as a whole.
/// `None` where it cannot be about that record.
pub fn add_verbatim(tx: &mut Tx<'_>, at: Option<&Id>, text: &str) -> Option<Id> {
    let takes = |at: &Id| {
        tx.doc().kind_of(at).is_some_and(|kind| {
            kind.is_node()
                || matches!(kind, Kind::Stage | Kind::Link | Kind::Friction | Kind::Delight)
        })
    };
    at.is_none_or(takes).then(|| {
        tx.add(Verbatim { text: clean_text(text), at: at.cloned(), ..Verbatim::default() })
    })
}

/// Sticks a note to a record; to the parking lot where that is none or not there.
pub fn add_note(tx: &mut Tx<'_>, at: Option<&Id>, text: &str) -> Id {
    let at = at.filter(|at| tx.doc().get(at).is_some()).cloned();
    tx.add(Note { text: clean_text(text), at, ..Note::default() })
}

/// Adds a segment of middle priority.
pub fn add_segment(tx: &mut Tx<'_>, name: &str) -> Id {
    tx.add(Segment { name: clean_name(name), priority: 3, ..Segment::default() })
}
