//! Which ids a record points at, in one place: checks, removal and copying all ask here.

use super::record::LinkKind;
use super::{Id, Record};

/// How a record holds on to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Without the other record this one makes no sense and goes with it (a link's end, a friction's place).
    Hangs,
    /// Without the other record a field is emptied or a list entry dropped.
    Mentions,
}

/// A reference from a record to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ref<'a> {
    /// The field that holds it, as in the file.
    pub field: &'static str,
    pub target: &'a Id,
    pub hold: Hold,
}

impl Record {
    /// Calls `f` with every reference of this record, in field order.
    pub fn for_each_ref<'a>(&'a self, mut f: impl FnMut(Ref<'a>)) {
        use Hold::{Hangs, Mentions};
        let mut say = |field, target: &'a Id, hold| f(Ref { field, target, hold });
        match self {
            Self::Segment(_) | Self::Stage(_) | Self::Lane(_) | Self::Influencer(_) => {}
            Self::Measure(_) => {}
            Self::Step(it) => {
                it.stage.iter().for_each(|id| say("stage", id, Mentions));
                it.feelings.keys().for_each(|id| say("feelings", id, Mentions));
                it.expected.keys().for_each(|id| say("expected", id, Mentions));
            }
            Self::Touchpoint(it) => it.owner.iter().for_each(|id| say("owner", id, Mentions)),
            Self::System(it) => it.owner.iter().for_each(|id| say("owner", id, Mentions)),
            Self::Link(it) => {
                say("from", &it.from, Hangs);
                say("to", &it.to, Hangs);
                if let LinkKind::Influences { importance, via, .. } = &it.kind {
                    importance.keys().for_each(|id| say("importance", id, Mentions));
                    via.iter().for_each(|id| say("via", id, Mentions));
                }
            }
            Self::Friction(it) => {
                it.at.iter().for_each(|id| say("at", id, Hangs));
                it.causes.iter().for_each(|id| say("causes", id, Mentions));
            }
            Self::Delight(it) => it.at.iter().for_each(|id| say("at", id, Hangs)),
            Self::Action(it) => {
                it.addresses.iter().for_each(|id| say("addresses", id, Mentions));
                it.at.iter().for_each(|id| say("at", id, Mentions));
                it.owner.iter().for_each(|id| say("owner", id, Mentions));
                if let Some(check) = &it.check {
                    check.measure.iter().for_each(|id| say("measure", id, Mentions));
                }
            }
            Self::Reading(it) => {
                it.measure.iter().for_each(|id| say("measure", id, Hangs));
                it.at.iter().for_each(|id| say("at", id, Hangs));
                it.segment.iter().for_each(|id| say("segment", id, Mentions));
            }
            Self::Verbatim(it) => {
                it.at.iter().for_each(|id| say("at", id, Hangs));
                it.segment.iter().for_each(|id| say("segment", id, Mentions));
            }
            Self::Note(it) => it.at.iter().for_each(|id| say("at", id, Mentions)),
            Self::View(it) => {
                it.filter.segments.iter().for_each(|id| say("segments", id, Mentions));
                it.pins.keys().for_each(|id| say("pins", id, Mentions));
                let deck = it.deck.iter().flat_map(|deck| &deck.segment);
                deck.for_each(|id| say("deck", id, Mentions));
            }
        }
    }

    /// Whether the record refers to `target` at all.
    pub fn refers_to(&self, target: &Id) -> bool {
        let mut found = false;
        self.for_each_ref(|r| found |= r.target == target);
        found
    }

    /// Whether the record goes when `target` goes.
    pub fn hangs_on(&self, target: &Id) -> bool {
        let mut hangs = false;
        self.for_each_ref(|r| hangs |= r.target == target && r.hold == Hold::Hangs);
        hangs
    }

    /// Sends every reference through `map`: `Some` replaces the id, `None` empties the field or
    /// drops the list entry. References that the record hangs on (a link's ends) cannot be
    /// emptied where the field is not optional; those stay as they are.
    pub fn map_refs(&mut self, map: &dyn Fn(&Id) -> Option<Id>) {
        let opt = |field: &mut Option<Id>| *field = field.as_ref().and_then(map);
        let list = |field: &mut Vec<Id>| *field = field.iter().filter_map(map).collect();
        fn keys<T: Clone>(
            field: &mut std::collections::BTreeMap<Id, T>,
            map: &dyn Fn(&Id) -> Option<Id>,
        ) {
            *field = std::mem::take(field)
                .into_iter()
                .filter_map(|(id, value)| map(&id).map(|id| (id, value)))
                .collect();
        }
        match self {
            Self::Segment(_) | Self::Stage(_) | Self::Lane(_) | Self::Influencer(_) => {}
            Self::Measure(_) => {}
            Self::Step(it) => {
                opt(&mut it.stage);
                keys(&mut it.feelings, map);
                keys(&mut it.expected, map);
            }
            Self::Touchpoint(it) => opt(&mut it.owner),
            Self::System(it) => opt(&mut it.owner),
            Self::Link(it) => {
                it.from = map(&it.from).unwrap_or_else(|| it.from.clone());
                it.to = map(&it.to).unwrap_or_else(|| it.to.clone());
                if let LinkKind::Influences { importance, via, .. } = &mut it.kind {
                    keys(importance, map);
                    opt(via);
                }
            }
            Self::Friction(it) => {
                opt(&mut it.at);
                list(&mut it.causes);
            }
            Self::Delight(it) => opt(&mut it.at),
            Self::Action(it) => {
                list(&mut it.addresses);
                list(&mut it.at);
                opt(&mut it.owner);
                if let Some(check) = &mut it.check {
                    opt(&mut check.measure);
                }
            }
            Self::Reading(it) => {
                opt(&mut it.measure);
                opt(&mut it.at);
                opt(&mut it.segment);
            }
            Self::Verbatim(it) => {
                opt(&mut it.at);
                opt(&mut it.segment);
            }
            Self::Note(it) => opt(&mut it.at),
            Self::View(it) => {
                list(&mut it.filter.segments);
                keys(&mut it.pins, map);
                it.deck.iter_mut().for_each(|deck| opt(&mut deck.segment));
            }
        }
    }
}
