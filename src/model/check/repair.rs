//! Taking one reference out of a record, and nothing else.

use crate::model::record::LinkKind;
use crate::model::{Id, Record};

impl Record {
    /// Takes the reference to `target` out of `field` (as [`Record::for_each_ref`] names it). A
    /// link's ends cannot be taken out; they stay.
    pub(super) fn drop_ref(&mut self, field: &str, target: &Id) {
        let empty = |it: &mut Option<Id>| {
            if it.as_ref() == Some(target) {
                *it = None;
            }
        };
        let less = |it: &mut Vec<Id>| it.retain(|id| id != target);
        match (self, field) {
            (Self::Step(it), "stage") => empty(&mut it.stage),
            (Self::Step(it), "feelings") => drop(it.feelings.remove(target)),
            (Self::Step(it), "expected") => drop(it.expected.remove(target)),
            (Self::Touchpoint(it), "owner") => empty(&mut it.owner),
            (Self::System(it), "owner") => empty(&mut it.owner),
            (Self::Link(it), _) => {
                if let LinkKind::Influences { importance, via, .. } = &mut it.kind {
                    match field {
                        "importance" => drop(importance.remove(target)),
                        "via" => empty(via),
                        _ => {}
                    }
                }
            }
            (Self::Friction(it), "at") => empty(&mut it.at),
            (Self::Friction(it), "causes") => less(&mut it.causes),
            (Self::Delight(it), "at") => empty(&mut it.at),
            (Self::Action(it), "addresses") => less(&mut it.addresses),
            (Self::Action(it), "at") => less(&mut it.at),
            (Self::Action(it), "owner") => empty(&mut it.owner),
            (Self::Action(it), "measure") => {
                if let Some(check) = &mut it.check {
                    empty(&mut check.measure);
                }
            }
            (Self::Reading(it), "measure") => empty(&mut it.measure),
            (Self::Reading(it), "at") => empty(&mut it.at),
            (Self::Reading(it), "segment") => empty(&mut it.segment),
            (Self::Verbatim(it), "at") => empty(&mut it.at),
            (Self::Verbatim(it), "segment") => empty(&mut it.segment),
            (Self::Note(it), "at") => empty(&mut it.at),
            (Self::View(it), "segments") => less(&mut it.filter.segments),
            (Self::View(it), "pins") => drop(it.pins.remove(target)),
            _ => {}
        }
    }
}
