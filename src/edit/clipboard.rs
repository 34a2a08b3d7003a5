//! Copy, cut and paste: records with what belongs to them, inside a map and between maps, and
//! lines of text that become steps.
//!
//! Not here: the system's clipboard, which gets [`Clip::text`] and knows no records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::record::{Delight, Friction, Note, Stage, Step, Verbatim};
use crate::model::{Doc, Edge, Id, Index, Kind, Record, query};

use super::Tx;
use super::verbs::{
    Gathered, Reach, anchored_end, clean_text, gather, link, put_stages_after, put_steps, remove,
    write_copies,
};

/// What was copied or cut: records that can be pasted into any map.
#[must_use = "what was cut is in here only: evidence and all"]
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clip {
    records: BTreeMap<Id, Arc<Record>>,
    /// The records that were selected: stages and steps in journey order first.
    roots: Vec<Id>,
    /// All copied steps as they followed each other.
    steps: Vec<Id>,
    /// What the records refer to and is not copied; a map that has a record of that id and kind
    /// keeps the reference.
    outside: BTreeMap<Id, Kind>,
}

/// Where something is pasted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spot {
    /// The stage that steps go into; none: after all stages.
    pub stage: Option<Id>,
    /// The step of that stage that they go before; none: at its end.
    pub before: Option<Id>,
    /// The node or link that friction points and other cards are pasted onto, if any.
    pub at: Option<Id>,
}

impl Spot {
    /// Right after what is selected: after the step, at the end of the stage, onto any other node
    /// or link; where nothing is selected, at the end of the journey.
    pub fn after(doc: &Doc, index: &Index, selected: Option<&Id>) -> Self {
        let end = || doc.stages().last().map(|(id, _)| (*id).clone());
        match selected.and_then(|id| doc.get(id).map(|record| (id, record.as_ref()))) {
            Some((id, Record::Step(step))) => {
                let stage = step.stage.clone().filter(|id| doc.get_as::<Stage>(id).is_some());
                let siblings: Vec<&Id> = match &stage {
                    Some(stage) => query::steps_in(doc, index, stage).iter().map(|s| s.0).collect(),
                    None => doc.steps().into_iter().map(|(id, _)| id).collect(),
                };
                let next = siblings.iter().skip_while(|it| **it != id).nth(1);
                Self { stage, before: next.map(|id| (*id).clone()), at: Some(id.clone()) }
            }
            Some((id, Record::Stage(_))) => Self { stage: Some(id.clone()), ..Self::default() },
            Some((id, record)) if record.kind().is_node() || record.kind() == Kind::Link => {
                Self { stage: end(), before: None, at: Some(id.clone()) }
            }
            _ => Self { stage: end(), ..Self::default() },
        }
    }
}

/// Copies records with what belongs to them (see `verbs::duplicate` for what that is).
pub fn copy(doc: &Doc, index: &Index, ids: &[Id]) -> Clip {
    Clip::of(doc, gather(doc, |id| index.referrers(id).to_vec(), ids, Reach::Copy))
}

/// Copies records with all that would be lost with them, evidence included, and removes them.
/// What cannot be copied (links by themselves, lanes) stays.
pub fn cut(tx: &mut Tx<'_>, ids: &[Id]) -> Clip {
    let gathered = gather(tx.doc(), |id| tx.referrers(id), ids, Reach::Move);
    let mut going = gathered.roots.clone();
    // A stage that is cut takes its steps along; one that is removed would leave them.
    let stages: BTreeSet<&Id> =
        gathered.roots.iter().filter(|id| tx.doc().kind_of(id) == Some(Kind::Stage)).collect();
    going.extend(gathered.records.iter().filter_map(|(id, record)| match record.as_ref() {
        Record::Step(Step { stage: Some(stage), .. }) if stages.contains(stage) => Some(id.clone()),
        _ => None,
    }));
    let clip = Clip::of(tx.doc(), gathered);
    remove(tx, &going);
    clip
}

/// Pastes a clip under new ids. Friction points, delights, verbatims and notes that were copied by
/// themselves go onto the spot's node, other cards are linked to it where they can be. References
/// to records that this map does not have are dropped, and so is what hangs on them.
/// Returns the copies of the records that had been selected.
pub fn paste(tx: &mut Tx<'_>, clip: &Clip, spot: &Spot) -> Vec<Id> {
    let at = spot
        .at
        .clone()
        .filter(|at| tx.doc().kind_of(at).is_some_and(|kind| kind.is_node() || kind == Kind::Link));
    let mut records = clip.records.clone();
    if let Some(at) = &at {
        for id in &clip.roots {
            land_on(&mut records, id, at);
        }
    }
    let tied: BTreeSet<&Id> = match &at {
        Some(at) => clip.roots.iter().filter(|id| clip.can_stand_at(tx.doc(), id, at)).collect(),
        None => BTreeSet::new(),
    };
    // A card that gets a new place leaves the old ones to its original.
    records.retain(|_, record| match record.as_ref() {
        Record::Link(it) => {
            let end = anchored_end(it).filter(|end| tied.contains(*end));
            let other = if end == Some(&it.to) { &it.from } else { &it.to };
            end.is_none() || clip.records.contains_key(other)
        }
        _ => true,
    });
    let here: BTreeSet<Id> = clip
        .outside
        .iter()
        .filter(|(id, kind)| tx.doc().kind_of(id) == Some(**kind))
        .map(|(id, _)| id.clone())
        .chain(at.clone())
        .collect();
    let fresh = write_copies(tx, &records, &|id| here.contains(id).then(|| id.clone()));
    let copies = |olds: &[Id]| -> Vec<Id> {
        olds.iter().filter_map(|old| fresh.get(old).cloned()).collect()
    };
    let is_kind = |id: &Id, kind| clip.records.get(id).is_some_and(|r| r.kind() == kind);
    let stages: Vec<Id> =
        clip.roots.iter().filter(|id| is_kind(id, Kind::Stage)).cloned().collect();
    put_stages_after(tx, &copies(&stages), spot.stage.as_ref());
    let loose: Vec<Id> = clip
        .steps
        .iter()
        .filter(|id| match clip.records.get(*id).map(AsRef::as_ref) {
            Some(Record::Step(Step { stage: Some(stage), .. })) => !fresh.contains_key(stage),
            _ => true,
        })
        .cloned()
        .collect();
    let stage = spot.stage.as_ref().filter(|id| tx.doc().get_as::<Stage>(id).is_some());
    put_steps(tx, &copies(&loose), stage, spot.before.as_ref());
    for old in tied {
        if let (Some(new), Some(at)) = (fresh.get(old), &at) {
            let _there_already_is_fine = link(tx, at, new);
        }
    }
    copies(&clip.roots)
}

/// Puts a record that was copied by itself onto another place.
fn land_on(records: &mut BTreeMap<Id, Arc<Record>>, id: &Id, at: &Id) {
    let alone = |place: &Option<Id>| !place.as_ref().is_some_and(|p| records.contains_key(p));
    let goes = match records.get(id).map(AsRef::as_ref) {
        Some(Record::Friction(it)) => alone(&it.at),
        Some(Record::Delight(it)) => alone(&it.at),
        Some(Record::Verbatim(it)) => alone(&it.at),
        Some(Record::Note(it)) => alone(&it.at),
        _ => false,
    };
    let Some(record) = records.get_mut(id).filter(|_| goes) else {
        return;
    };
    match Arc::make_mut(record) {
        Record::Friction(Friction { at: place, .. })
        | Record::Delight(Delight { at: place, .. })
        | Record::Verbatim(Verbatim { at: place, .. })
        | Record::Note(Note { at: place, .. }) => *place = Some(at.clone()),
        _ => {}
    }
}

/// Pastes lines of text as steps, one a line, empty ones and list bullets left out.
pub fn paste_lines(tx: &mut Tx<'_>, text: &str, spot: &Spot) -> Vec<Id> {
    let text = clean_text(text);
    let new: Vec<Id> = text
        .lines()
        .map(|line| line.trim().trim_start_matches(['-', '*', '•', '–']).trim())
        .filter(|line| !line.is_empty())
        .map(|line| tx.add(Step { name: line.to_owned(), ..Step::default() }))
        .collect();
    let stage = spot.stage.as_ref().filter(|id| tx.doc().get_as::<Stage>(id).is_some());
    put_steps(tx, &new, stage, spot.before.as_ref());
    new
}

impl Clip {
    fn of(doc: &Doc, gathered: Gathered) -> Self {
        let Gathered { records, roots } = gathered;
        let mut outside = BTreeMap::new();
        for record in records.values() {
            record.for_each_ref(|r| {
                if let Some(kind) =
                    doc.kind_of(r.target).filter(|_| !records.contains_key(r.target))
                {
                    outside.insert(r.target.clone(), kind);
                }
            });
        }
        let has_steps = records.values().any(|record| record.kind() == Kind::Step);
        let all = if has_steps { doc.steps() } else { Vec::new() };
        let steps =
            all.into_iter().map(|s| s.0).filter(|id| records.contains_key(*id)).cloned().collect();
        Self { records, roots, steps, outside }
    }

    /// Whether nothing was copied.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// How many records were selected when copying.
    pub fn len(&self) -> usize {
        self.roots.len()
    }

    /// What was copied in words, for undo labels: `3 steps`, `Select a title`.
    pub fn label(&self) -> String {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        for (id, record) in &self.records {
            tx.put(id, Record::clone(record));
        }
        super::verbs::describe::several(tx.doc(), &self.roots)
    }

    /// What other programs get: the names of the selected records, one a line; for those without
    /// a name, what they are, so that a system clipboard never is left empty.
    pub fn text(&self) -> String {
        let names = self.roots.iter().filter_map(|id| self.records.get(id)).map(|record| {
            let name = record.name();
            if name.is_empty() { record.kind().singular() } else { name }
        });
        names.collect::<Vec<_>>().join("\n")
    }

    /// Whether a copied card shows at the spot's node once the two are linked.
    fn can_stand_at(&self, doc: &Doc, id: &Id, at: &Id) -> bool {
        let (Some(record), Some(at)) = (self.records.get(id), doc.kind_of(at)) else {
            return false;
        };
        let below = Edge::between(at, record.kind());
        matches!(below, Some(Edge::Uses | Edge::DependsOn))
            || Edge::between(record.kind(), at) == Some(Edge::Influences)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::verbs::{
        add_friction, add_influencer, add_segment, add_stage, add_step, add_system, add_touchpoint,
        add_verbatim, describe, set_feeling,
    };
    use crate::model::choice::{Channel, InfluencerClass, SystemClass};
    use crate::model::record::Link;

    /// A step at a shop with a friction point and words about it, in a stage; two steps after it.
    fn sample() -> (Doc, Id, Id) {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let stage = add_stage(&mut tx, None, "Return");
        let families = add_segment(&mut tx, "Families");
        let step = add_step(&mut tx, Some(&stage), None, "Drive");
        add_step(&mut tx, Some(&stage), None, "Queue");
        add_step(&mut tx, Some(&stage), None, "Pay");
        set_feeling(&mut tx, &step, &families, Some(-2));
        let shop = add_touchpoint(&mut tx, &step, "Shop", Channel::Store);
        add_system(&mut tx, Some(&shop), "Desk", SystemClass::Team);
        add_influencer(&mut tx, &step, "Friend", InfluencerClass::Friend);
        let pain = add_friction(&mut tx, &step, "Too far", 4).unwrap();
        add_verbatim(&mut tx, Some(&pain), "An hour!");
        tx.finish();
        (doc, step, shop)
    }

    fn names(doc: &Doc) -> Vec<&str> {
        doc.steps().into_iter().map(|(_, it)| it.name.as_str()).collect()
    }

    #[test]
    fn a_step_pasted_beside_itself_keeps_its_surroundings() {
        let (mut doc, step, shop) = sample();
        let index = Index::of(&doc);
        let clip = copy(&doc, &index, std::slice::from_ref(&step));
        let spot = Spot::after(&doc, &index, Some(&step));
        let mut tx = Tx::with_index(&mut doc, &index);
        let new = paste(&mut tx, &clip, &spot);
        tx.finish();
        assert_eq!(names(&doc), ["Drive", "Drive", "Queue", "Pay"]);
        let index = Index::of(&doc);
        let links = query::links_at(&doc, &index, &new[0]);
        assert_eq!(links.len(), 2);
        assert!(links.iter().any(|(_, it)| it.to == shop));
        assert_eq!(doc.get_as::<Step>(&new[0]).unwrap().feelings.len(), 1);
        assert_eq!(query::frictions_at(&doc, &index, &new[0]).len(), 1);
    }

    #[test]
    fn into_another_map_goes_what_can_stand_there() {
        let (doc, step, shop) = sample();
        let index = Index::of(&doc);
        let clip = copy(&doc, &index, &[step, shop]);
        assert_eq!(clip.text(), "Drive\nShop");
        assert_eq!(clip.label(), "2 items");
        let mut other = Doc::default();
        let mut tx = Tx::new(&mut other);
        let new = paste(&mut tx, &clip, &Spot::default());
        tx.finish();
        let step = other.get_as::<Step>(&new[0]).unwrap();
        assert!(step.stage.is_none() && step.feelings.is_empty(), "unknown here");
        let links: Vec<_> = other.all::<Link>().collect();
        assert_eq!(links.len(), 1, "to the shop, not to the desk and the friend left behind");
        assert_eq!((&links[0].1.from, &links[0].1.to), (&new[0], &new[1]));
        assert_eq!(other.all::<Friction>().count(), 1);
    }

    #[test]
    fn a_card_is_pasted_at_the_step_that_is_selected() {
        let (mut doc, step, shop) = sample();
        let index = Index::of(&doc);
        let queue = doc.steps()[1].0.clone();
        let friction = query::frictions_at(&doc, &index, &step)[0].0.clone();
        let clip = copy(&doc, &index, &[shop, friction]);
        let spot = Spot::after(&doc, &index, Some(&queue));
        let mut tx = Tx::with_index(&mut doc, &index);
        let new = paste(&mut tx, &clip, &spot);
        tx.finish();
        let index = Index::of(&doc);
        let at = |id: &Id| query::links_at(&doc, &index, id);
        let card = new.iter().find(|id| doc.kind_of(id) == Some(Kind::Touchpoint)).unwrap();
        let froms: Vec<_> =
            at(card).iter().filter(|(_, it)| it.to == *card).map(|(_, it)| &it.from).collect();
        assert_eq!(froms, [&queue], "not at the old step too");
        assert_eq!(at(card).len(), 2, "it rests on the same desk");
        assert_eq!(query::frictions_at(&doc, &index, &queue).len(), 1);
    }

    #[test]
    fn what_is_cut_comes_back_whole() {
        let (mut doc, _, _) = sample();
        let before = doc.clone();
        let stage = doc.stages()[0].0.clone();
        let mut tx = Tx::new(&mut doc);
        let clip = cut(&mut tx, std::slice::from_ref(&stage));
        assert_eq!(tx.doc().all::<Step>().count(), 0, "a stage is cut with its steps");
        assert_eq!(tx.doc().all::<Verbatim>().count(), 0);
        paste(&mut tx, &clip, &Spot::default());
        tx.finish();
        assert_eq!(names(&doc), names(&before));
        assert_eq!(doc.stages().len(), 1);
        assert_eq!(doc.len(), before.len(), "words, links and all");
    }

    #[test]
    fn lines_become_steps_at_the_spot() {
        let (mut doc, step, _) = sample();
        let index = Index::of(&doc);
        let spot = Spot::after(&doc, &index, Some(&step));
        let mut tx = Tx::with_index(&mut doc, &index);
        let new = paste_lines(&mut tx, "- Park\r\n\r\n  • Walk in \n", &spot);
        tx.finish();
        assert_eq!(names(&doc), ["Drive", "Park", "Walk in", "Queue", "Pay"]);
        assert_eq!(describe::doing("paste", &doc, &new), "paste 2 steps");
    }
}
