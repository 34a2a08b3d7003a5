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
    let was_team = is_team(tx.doc(), system);
    tx.update::<System>(system, |it| it.class = class);
    if was_team && class != SystemClass::Team {
        release(tx, system);
    }
}

/// Takes a former team out of everything that it answered for.
fn release(tx: &mut Tx<'_>, team: &Id) {
    for id in tx.referrers(team) {
        tx.update_record(&id, |record| {
            if let Some(owner) = owner_mut(record) {
                owner.take_if(|it| it == team);
            }
        });
    }
}

/// Replaces a record by a changed copy of it, as a form does that edits many fields; what goes
/// with a change goes with it here too: a step that gets another stage comes to stand at its end,
/// a team that becomes something else answers for nothing. Nothing happens where the record is
/// not there.
pub fn replace(tx: &mut Tx<'_>, id: &Id, record: Record) {
    let Some(before) = tx.doc().get(id).cloned() else {
        return;
    };
    let was_team = is_team(tx.doc(), id);
    let moved = match (before.as_ref(), &record) {
        (Record::Step(was), Record::Step(is)) => was.stage != is.stage,
        _ => false,
    };
    tx.put(id, record);
    if moved {
        let stage = stage_of(tx, id);
        put_steps(tx, std::slice::from_ref(id), stage.as_ref(), None);
    }
    if was_team && !is_team(tx.doc(), id) {
        release(tx, id);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::verbs::{
        add_friction, add_influencer, add_segment, add_stage, add_step, add_system, add_touchpoint,
    };
    use crate::model::Index;
    use crate::model::choice::{Channel, InfluencerClass, Rating};

    #[test]
    fn texts_are_cleaned_by_what_they_are() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let step = add_step(&mut tx, None, None, "");
        let note = crate::edit::verbs::add_note(&mut tx, Some(&step), "");
        for id in [&step, &note] {
            assert!(rename(&mut tx, id, " Two\r\nlines\t "));
        }
        assert_eq!(tx.doc().name_of(&step), "Two  lines");
        assert_eq!(tx.doc().name_of(&note), "Two\nlines");
        let shop = add_touchpoint(&mut tx, &step, "Shop", Channel::Store);
        let link = tx.referrers(&shop).remove(0);
        assert!(!rename(&mut tx, &link, "Name"), "links have no name");
    }

    #[test]
    fn numbers_stay_in_range() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let step = add_step(&mut tx, None, None, "Watch");
        let families = add_segment(&mut tx, "Families");
        let friend = add_influencer(&mut tx, &step, "Friend", InfluencerClass::Friend);
        let link = tx.referrers(&friend).remove(0);
        let pain = add_friction(&mut tx, &step, "Slow", 9).unwrap();
        let feeling =
            |tx: &Tx<'_>| tx.doc().get_as::<Step>(&step).unwrap().feelings.get(&families).copied();
        set_feeling(&mut tx, &step, &families, Some(7));
        assert_eq!(feeling(&tx), Some(2));
        shift_feelings(&mut tx, &step, None, -1);
        assert_eq!(feeling(&tx), Some(1));
        set_feeling(&mut tx, &step, &step, Some(1));
        set_feeling(&mut tx, &step, &families, None);
        assert!(tx.doc().get_as::<Step>(&step).unwrap().feelings.is_empty(), "segments only");
        set_importance(&mut tx, &link, &families, Some(9));
        let LinkKind::Influences { importance, .. } = &tx.doc().get_as::<Link>(&link).unwrap().kind
        else {
            panic!("an influence");
        };
        assert_eq!(importance[&families], 5);
        assert_eq!(tx.doc().get_as::<Friction>(&pain).unwrap().severity, 5);
        let rests = LinkKind::DependsOn { what: None, rating: Some(Rating::Good) };
        assert!(!set_link_kind(&mut tx, &link, rests), "not between these two");
    }

    #[test]
    fn moments_of_truth_toggle_together() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let stage = add_stage(&mut tx, None, "Enjoy");
        let step = add_step(&mut tx, Some(&stage), None, "Watch");
        let shop = add_touchpoint(&mut tx, &step, "Shop", Channel::Store);
        assert_eq!(toggle_moment_of_truth(&mut tx, std::slice::from_ref(&shop)), Some(true));
        let both = [shop, step, stage.clone()];
        assert_eq!(toggle_moment_of_truth(&mut tx, &both), Some(true), "the rest joins in");
        assert_eq!(toggle_moment_of_truth(&mut tx, &both), Some(false));
        assert_eq!(toggle_moment_of_truth(&mut tx, &[stage]), None);
    }

    #[test]
    fn teams_answer_and_nothing_else_does() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let step = add_step(&mut tx, None, None, "Return");
        let shop = add_touchpoint(&mut tx, &step, "Shop", Channel::Store);
        let desk = add_system(&mut tx, None, "Desk", SystemClass::Team);
        let rule = add_system(&mut tx, None, "Rule", SystemClass::Policy);
        assert!(!set_owner(&mut tx, &shop, Some(&rule)));
        assert!(!set_owner(&mut tx, &desk, Some(&desk)));
        assert!(!set_owner(&mut tx, &step, Some(&desk)), "steps have no owner");
        assert!(set_owner(&mut tx, &shop, Some(&desk)) && set_owner(&mut tx, &rule, Some(&desk)));
        set_system_class(&mut tx, &desk, SystemClass::Partner);
        assert!(Index::of(tx.doc()).referrers(&desk).is_empty());
    }

    #[test]
    fn a_changed_copy_brings_what_goes_with_the_change() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let [a, b] = ["A", "B"].map(|name| add_stage(&mut tx, None, name));
        let one = add_step(&mut tx, Some(&a), None, "1");
        for name in ["2", "3"] {
            add_step(&mut tx, Some(&b), None, name);
        }
        let copy = Step { stage: Some(b), ..tx.doc().get_as::<Step>(&one).unwrap().clone() };
        replace(&mut tx, &one, copy.into());
        let names: Vec<_> = tx.doc().steps().iter().map(|(_, it)| it.name.clone()).collect();
        assert_eq!(names, ["2", "3", "1"]);
        let desk = add_system(&mut tx, None, "Desk", SystemClass::Team);
        let rule = add_system(&mut tx, None, "Rule", SystemClass::Policy);
        set_owner(&mut tx, &rule, Some(&desk));
        replace(&mut tx, &desk, System::default().into());
        assert_eq!(
            tx.doc().get_as::<System>(&rule).unwrap().owner,
            Some(desk.clone()),
            "still one"
        );
        replace(&mut tx, &desk, System { class: SystemClass::Process, ..System::default() }.into());
        assert_eq!(tx.doc().get_as::<System>(&rule).unwrap().owner, None);
    }
}
