//! Rules about references: that what is referred to is there, and of a kind that fits.

use rustc_hash::FxHashMap;

use super::super::record::{Link, LinkKind, System};
use super::super::{Edge, Hold, Id, Kind, Record, Ref, Typed};
use super::{Checker, Repair, words};
use crate::model::choice::SystemClass;

/// So many different links between the same two records are compared with each other.
const MOST_BETWEEN_TWO: usize = 50;

/// What a field of a record of some kind may refer to, in people's words.
fn wanted(kind: Kind, field: &str) -> &'static str {
    match (kind, field) {
        (_, "stage") => "a stage",
        (_, "owner") => "a team",
        (_, "via") => "a touchpoint",
        (_, "measure") => "a measure",
        (_, "feelings" | "expected" | "importance" | "segment" | "segments") => "a segment",
        (_, "addresses") => "a friction point",
        (_, "pins") => "a step, touchpoint, influencer or internal system",
        (_, "causes") => "a step, touchpoint, influencer, internal system or friction point",
        (Kind::Friction | Kind::Delight, "at") => {
            "a step, touchpoint, influencer, internal system or link"
        }
        (Kind::Action | Kind::Reading, "at") => {
            "a stage, step, touchpoint, influencer or internal system"
        }
        (Kind::Verbatim, "at") => {
            "a stage, step, touchpoint, influencer, internal system, link, friction point or delight"
        }
        _ => "a record",
    }
}

/// Whether a field of a record of some kind may refer to this record.
fn fits(kind: Kind, field: &str, target: &Record) -> bool {
    let to = target.kind();
    match (kind, field) {
        (_, "stage") => to == Kind::Stage,
        (_, "owner") => System::of(target).is_some_and(|it| it.class == SystemClass::Team),
        (_, "via") => to == Kind::Touchpoint,
        (_, "measure") => to == Kind::Measure,
        (_, "feelings" | "expected" | "importance" | "segment" | "segments") => to == Kind::Segment,
        (_, "addresses") => to == Kind::Friction,
        (_, "pins") => to.is_node(),
        (_, "causes") => to.is_node() || to == Kind::Friction,
        (Kind::Friction | Kind::Delight, "at") => to.is_node() || to == Kind::Link,
        (Kind::Action | Kind::Reading, "at") => to.is_node() || to == Kind::Stage,
        (Kind::Verbatim, "at") => {
            to.is_node() || matches!(to, Kind::Stage | Kind::Link | Kind::Friction | Kind::Delight)
        }
        _ => true,
    }
}

impl<'a> Checker<'a> {
    /// Checks every reference of a record.
    pub(super) fn refs(&mut self, id: &'a Id, record: &'a Record) {
        let mut refs = Vec::new();
        record.for_each_ref(|it| refs.push(it));
        for it in &refs {
            match self.get(it.target) {
                None => self.dangling(id, record, it),
                Some(_) if it.target == id => self.of_itself(id, record, it),
                Some(target) if !fits(record.kind(), it.field, target) => {
                    let message = format!(
                        "{} refers in “{}” to {}, which is not {}.",
                        self.label(id),
                        words(it.field),
                        self.name(it.target),
                        wanted(record.kind(), it.field),
                    );
                    let repair = self.without(id, record, it);
                    self.error("E102", Some(id), it.field, message, repair);
                }
                Some(_) => {}
            }
        }
        if let Record::Link(link) = record {
            self.ends(id, link);
        }
    }

    fn dangling(&mut self, id: &Id, record: &Record, it: &Ref<'_>) {
        let message = format!(
            "{} refers in “{}” to “{}”, which is not in the map.",
            self.label(id),
            words(it.field),
            it.target,
        );
        let repair = self.without(id, record, it);
        self.error("E101", Some(id), it.field, message, repair);
    }

    fn of_itself(&mut self, id: &Id, record: &Record, it: &Ref<'_>) {
        let message = format!("{} refers in “{}” to itself.", self.label(id), words(it.field));
        let repair = self.without(id, record, it);
        self.error("E109", Some(id), it.field, message, repair);
    }

    /// Whether a link joins what its kind may join, and two records at all.
    fn ends(&mut self, id: &Id, link: &Link) {
        let (Some(from), Some(to)) = (self.kind_of(&link.from), self.kind_of(&link.to)) else {
            return;
        };
        let edge = Edge::of(&link.kind);
        if !edge.allows(from, to) {
            let message = format!(
                "{} joins {} {} and {} {}, which it cannot.",
                self.link_label(link),
                article(from),
                from.singular(),
                article(to),
                to.singular(),
            );
            let turn = |it: &mut Link| std::mem::swap(&mut it.from, &mut it.to);
            let repair = edge
                .allows(to, from)
                .then(|| self.fix::<Link>(id, "Turn the link around".to_owned(), turn));
            self.error("E103", Some(id), "kind", message, repair.flatten());
        } else if link.from == link.to && !matches!(link.kind, LinkKind::Next { .. }) {
            let message = format!("{} leads back to where it starts.", self.link_label(link));
            self.error("E109", Some(id), "to", message, self.removal(id));
        }
    }

    /// Links that say the same as one before them.
    pub(super) fn same_links(&mut self) {
        let mut seen: FxHashMap<(&Id, &Id, Edge), Vec<&Link>> = FxHashMap::default();
        let doc = self.doc;
        for (id, link) in doc.all::<Link>() {
            let same = seen.entry((&link.from, &link.to, Edge::of(&link.kind))).or_default();
            if same.contains(&link) {
                self.of_this = 0;
                let message = format!("{} is there twice.", self.link_label(link));
                self.error("E110", Some(id), "kind", message, self.removal(id));
            } else if same.len() < MOST_BETWEEN_TWO {
                same.push(link);
            }
        }
    }

    /// The repair that takes one reference out of a record; a link without an end goes as a whole.
    fn without(&self, id: &Id, record: &Record, it: &Ref<'_>) -> Option<Repair> {
        if let (Record::Link(_), Hold::Hangs) = (record, it.hold) {
            return self.removal(id);
        }
        let before = self.get(id).filter(|_| !self.is_enough())?;
        let mut after = record.clone();
        after.drop_ref(it.field, it.target);
        let mut patch = crate::model::Patch::default();
        patch.set(id, Some(before.clone()), Some(after.into()));
        let label = match it.field {
            "at" if it.hold == Hold::Hangs => "Keep it without a place".to_owned(),
            _ => "Remove the reference".to_owned(),
        };
        (!patch.is_empty()).then_some(Repair { label, patch })
    }
}

fn article(kind: Kind) -> &'static str {
    if kind.singular().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
