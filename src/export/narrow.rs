//! A map cut to some stages and one segment, for formats that write records and not a picture.
//!
//! What is left is a map of its own: nothing in it refers to what was cut away. Not here: what a
//! picture shows, which the scenes' options say.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::record::{Action, Friction, Link, LinkKind, Note, Reading, Verbatim};
use crate::model::{Doc, Edge, Graph, Id, Index, Kind, Patch, Record, query};

/// The map with only the steps of these stages (of all, where there is none), what they rest on,
/// who sways them, and what was found, said and planned there; and with only this segment's
/// feelings and importance, and its readings and verbatims beside those of everybody.
pub fn narrowed(doc: &Doc, stages: &BTreeSet<Id>, segment: Option<&Id>) -> Doc {
    let mut gone: BTreeSet<&Id> = BTreeSet::new();
    if !stages.is_empty() {
        let (index, graph) = (Index::of(doc), Graph::of(doc));
        let kept = kept(doc, &index, &graph, stages);
        gone.extend(doc.iter().map(|(id, _)| id).filter(|id| !kept.contains(*id)));
    }
    if let Some(segment) = segment {
        let others = |id: &Id| id != segment;
        gone.extend(doc.iter().filter_map(|(id, record)| {
            let is_gone = match record.as_ref() {
                Record::Segment(_) => others(id),
                Record::Reading(Reading { segment: of, .. })
                | Record::Verbatim(Verbatim { segment: of, .. }) => of.as_ref().is_some_and(others),
                _ => false,
            };
            is_gone.then_some(id)
        }));
    }
    let mut patch = Patch::default();
    for (id, record) in doc.iter() {
        if gone.contains(id) {
            patch.set(id, Some(Arc::clone(record)), None);
        } else {
            let mut refers = false;
            record.for_each_ref(|it| refers |= gone.contains(it.target));
            if refers {
                let mut after = record.as_ref().clone();
                after.map_refs(&|target| (!gone.contains(target)).then(|| target.clone()));
                patch.set(id, Some(Arc::clone(record)), Some(Arc::new(after)));
            }
        }
    }
    let mut narrowed = doc.clone();
    narrowed.apply(&patch);
    narrowed
}

/// The records that belong to some stages.
fn kept<'a>(
    doc: &'a Doc,
    index: &'a Index,
    graph: &'a Graph,
    stages: &'a BTreeSet<Id>,
) -> BTreeSet<&'a Id> {
    let mut kept: BTreeSet<&Id> = stages.iter().filter(|id| doc.get(id).is_some()).collect();
    for kind in [Kind::Segment, Kind::Lane] {
        kept.extend(index.of_kind(kind));
    }
    let steps: Vec<&Id> = (stages.iter())
        .flat_map(|stage| query::steps_in(doc, index, stage))
        .map(|(id, _)| id)
        .collect();
    let mut walk = steps.clone();
    for step in steps {
        for (link, edge, from) in graph.incoming(step) {
            if edge == Edge::Influences {
                kept.insert(from);
                if let Some(Link { kind: LinkKind::Influences { via: Some(via), .. }, .. }) =
                    doc.get_as(link)
                {
                    walk.push(via);
                }
            }
        }
    }
    while let Some(node) = walk.pop() {
        if kept.insert(node) {
            let down = graph.outgoing(node).filter(|(_, edge, _)| *edge != Edge::Next);
            walk.extend(down.map(|(_, _, to)| to));
        }
    }
    links(doc, index, &mut kept);

    // Friction points there, what they come from, and where that is.
    let all = |kind: Kind| index.of_kind(kind).iter();
    let mut frictions: Vec<&Id> = all(Kind::Friction)
        .filter(|id| {
            let at = doc.get_as::<Friction>(id).and_then(|it| it.at.as_ref());
            at.is_some_and(|at| kept.contains(at))
        })
        .collect();
    while let Some(id) = frictions.pop() {
        if !kept.insert(id) {
            continue;
        }
        match doc.get(id).map(AsRef::as_ref) {
            Some(Record::Friction(it)) => frictions.extend(it.at.iter().chain(&it.causes)),
            Some(Record::Link(it)) => frictions.extend([&it.from, &it.to]),
            _ => {}
        }
    }
    let is_there =
        |at: &Option<Id>, kept: &BTreeSet<&Id>| at.as_ref().is_some_and(|at| kept.contains(at));
    for id in all(Kind::Delight) {
        if doc
            .get(id)
            .is_some_and(|it| matches!(it.as_ref(), Record::Delight(it) if is_there(&it.at, &kept)))
        {
            kept.insert(id);
        }
    }
    for id in all(Kind::Action) {
        let Some(it) = doc.get_as::<Action>(id) else { continue };
        if it.addresses.iter().chain(&it.at).any(|at| kept.contains(at)) {
            kept.insert(id);
            kept.extend(it.check.iter().filter_map(|it| it.measure.as_ref()));
        }
    }
    for id in all(Kind::Reading) {
        let Some(it) = doc.get_as::<Reading>(id) else { continue };
        if is_there(&it.at, &kept) {
            kept.insert(id);
            kept.extend(&it.measure);
        }
    }
    for id in all(Kind::Verbatim).chain(all(Kind::Note)) {
        let Some(Record::Verbatim(Verbatim { at, .. }) | Record::Note(Note { at, .. })) =
            doc.get(id).map(AsRef::as_ref)
        else {
            continue;
        };
        if is_there(at, &kept) {
            kept.insert(id);
        }
    }
    // Last, so that they bring nothing with them: who owns what is there.
    let owners: Vec<&Id> = (kept.iter())
        .filter_map(|id| match doc.get(id)?.as_ref() {
            Record::Touchpoint(it) => it.owner.as_ref(),
            Record::System(it) => it.owner.as_ref(),
            Record::Action(it) => it.owner.as_ref(),
            _ => None,
        })
        .collect();
    kept.extend(owners);
    kept
}

/// Keeps the links between what is kept.
fn links<'a>(doc: &'a Doc, index: &'a Index, kept: &mut BTreeSet<&'a Id>) {
    for id in index.of_kind(Kind::Link) {
        if let Some(it) = doc.get_as::<Link>(id)
            && kept.contains(&it.from)
            && kept.contains(&it.to)
        {
            kept.insert(id);
        }
    }
}
