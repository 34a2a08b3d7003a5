//! Questions that views ask of a document, answered from its index and graph.
//!
//! Each answer costs what it returns, not what the map holds. Not here: walks that go further
//! than one link (traces, impact).

use super::choice::ViewKind;
use super::record::{
    Action, Delight, Friction, Link, Note, Reading, Segment, Step, Verbatim, View,
};
use super::{Doc, Edge, Graph, Id, Index, Kind, Typed};

/// The records of one type that refer to `target` and that `keep` says yes to, by id.
fn referring<'a, T: Typed>(
    doc: &'a Doc,
    index: &'a Index,
    target: &Id,
    keep: impl Fn(&T) -> bool,
) -> Vec<(&'a Id, &'a T)> {
    let all = index.referrers(target).iter();
    all.filter_map(|id| doc.get_as::<T>(id).filter(|it| keep(it)).map(|it| (id, it))).collect()
}

/// Friction points that sit on a node or link, the worst first.
pub fn frictions_at<'a>(doc: &'a Doc, index: &'a Index, at: &Id) -> Vec<(&'a Id, &'a Friction)> {
    let mut all = referring(doc, index, at, |it: &Friction| it.at.as_ref() == Some(at));
    all.sort_by_key(|(_, it)| std::cmp::Reverse(it.severity));
    all
}

/// The highest severity of the friction points on a node or link; `None` where there is none.
pub fn worst_severity(doc: &Doc, index: &Index, at: &Id) -> Option<u8> {
    frictions_at(doc, index, at).first().map(|(_, it)| it.severity)
}

/// Friction points that name a node or another friction point among their causes, by id.
pub fn caused_by<'a>(doc: &'a Doc, index: &'a Index, cause: &Id) -> Vec<(&'a Id, &'a Friction)> {
    referring(doc, index, cause, |it: &Friction| it.causes.contains(cause))
}

/// Delights at a node, the strongest first.
pub fn delights_at<'a>(doc: &'a Doc, index: &'a Index, at: &Id) -> Vec<(&'a Id, &'a Delight)> {
    let mut all = referring(doc, index, at, |it: &Delight| it.at.as_ref() == Some(at));
    all.sort_by_key(|(_, it)| std::cmp::Reverse(it.strength));
    all
}

/// Actions that take place at a stage or node, by id.
pub fn actions_at<'a>(doc: &'a Doc, index: &'a Index, at: &Id) -> Vec<(&'a Id, &'a Action)> {
    referring(doc, index, at, |it: &Action| it.at.contains(at))
}

/// Actions that are meant to end a friction point, by id.
pub fn actions_for<'a>(doc: &'a Doc, index: &'a Index, friction: &Id) -> Vec<(&'a Id, &'a Action)> {
    referring(doc, index, friction, |it: &Action| it.addresses.contains(friction))
}

/// What customers said about a record, by id.
pub fn verbatims_at<'a>(doc: &'a Doc, index: &'a Index, at: &Id) -> Vec<(&'a Id, &'a Verbatim)> {
    referring(doc, index, at, |it: &Verbatim| it.at.as_ref() == Some(at))
}

/// Notes that stick to a record, by id.
pub fn notes_at<'a>(doc: &'a Doc, index: &'a Index, at: &Id) -> Vec<(&'a Id, &'a Note)> {
    referring(doc, index, at, |it: &Note| it.at.as_ref() == Some(at))
}

/// Readings taken at a stage or node, the newest first.
pub fn readings_at<'a>(doc: &'a Doc, index: &'a Index, at: &Id) -> Vec<(&'a Id, &'a Reading)> {
    let mut all = referring(doc, index, at, |it: &Reading| it.at.as_ref() == Some(at));
    all.sort_by_key(|(_, it)| std::cmp::Reverse(it.date));
    all
}

/// Readings of a measure, the newest first.
pub fn readings_of<'a>(doc: &'a Doc, index: &'a Index, measure: &Id) -> Vec<(&'a Id, &'a Reading)> {
    let mut all =
        referring(doc, index, measure, |it: &Reading| it.measure.as_ref() == Some(measure));
    all.sort_by_key(|(_, it)| std::cmp::Reverse(it.date));
    all
}

/// The segments: highest priority first, then by id.
pub fn segments<'a>(doc: &'a Doc, index: &'a Index) -> Vec<(&'a Id, &'a Segment)> {
    let all = index.of_kind(Kind::Segment).iter();
    let mut all: Vec<_> = all.filter_map(|id| doc.get_as(id).map(|it| (id, it))).collect();
    all.sort_by_key(|(_, it): &(_, &Segment)| std::cmp::Reverse(it.priority));
    all
}

/// The view whose pins the ecosystem shows: the first of its kind, by id.
pub fn ecosystem_view<'a>(doc: &'a Doc, index: &'a Index) -> Option<(&'a Id, &'a View)> {
    let views = index.of_kind(Kind::View).iter();
    let mut views = views.filter_map(|id| doc.get_as::<View>(id).map(|it| (id, it)));
    views.find(|(_, it)| it.kind == ViewKind::Ecosystem)
}

/// The steps of a stage, in order.
pub fn steps_in<'a>(doc: &'a Doc, index: &'a Index, stage: &Id) -> Vec<(&'a Id, &'a Step)> {
    let mut all = referring(doc, index, stage, |it: &Step| it.stage.as_ref() == Some(stage));
    all.sort_by(|(a_id, a), (b_id, b)| (&a.order, *a_id).cmp(&(&b.order, *b_id)));
    all
}

/// All links that start or end at a node, by id.
pub fn links_at<'a>(doc: &'a Doc, index: &'a Index, node: &Id) -> Vec<(&'a Id, &'a Link)> {
    referring(doc, index, node, |it: &Link| it.from == *node || it.to == *node)
}

/// Touchpoints that a step uses: link and touchpoint, by touchpoint.
pub fn touchpoints_of<'a>(graph: &'a Graph, step: &Id) -> Vec<(&'a Id, &'a Id)> {
    ends(graph.outgoing(step), Edge::Uses)
}

/// Steps that use a touchpoint: link and step, by step.
pub fn steps_using<'a>(graph: &'a Graph, touchpoint: &Id) -> Vec<(&'a Id, &'a Id)> {
    ends(graph.incoming(touchpoint), Edge::Uses)
}

fn ends<'a>(
    links: impl Iterator<Item = (&'a Id, Edge, &'a Id)>,
    wanted: Edge,
) -> Vec<(&'a Id, &'a Id)> {
    let mut all: Vec<_> = links
        .filter(|(_, edge, _)| *edge == wanted)
        .map(|(link, _, other)| (link, other))
        .collect();
    // petgraph lists edges newest first, which is no order that people would know.
    all.sort_by_key(|(link, other)| (*other, *link));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::{LinkKind, Touchpoint};
    use crate::model::{OrderKey, Patch, Record};
    use std::sync::Arc;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn doc(records: Vec<(&str, Record)>) -> Doc {
        let mut doc = Doc::default();
        let mut patch = Patch::default();
        for (at, record) in records {
            patch.set(&id(at), None, Some(Arc::new(record)));
        }
        doc.apply(&patch);
        doc
    }

    #[test]
    fn answers_are_sorted_and_only_what_was_asked() {
        let friction = |at: &str, severity, causes: &[&str]| -> Record {
            let causes = causes.iter().map(|c| id(c)).collect();
            Friction { at: Some(id(at)), severity, causes, ..Default::default() }.into()
        };
        let step = |order: &str| -> Record {
            let order = OrderKey::new(order).unwrap();
            Step { stage: Some(id("sa")), order, ..Default::default() }.into()
        };
        let uses = |from: &str, to: &str| -> Record {
            Link { from: id(from), to: id(to), kind: LinkKind::Uses }.into()
        };
        let doc = doc(vec![
            ("s1", step("z")),
            ("s2", step("b")),
            ("t1", Touchpoint::default().into()),
            ("t2", Touchpoint::default().into()),
            ("l1", uses("s1", "t2")),
            ("l2", uses("s1", "t1")),
            ("l3", uses("s2", "t1")),
            ("f1", friction("s1", 2, &[])),
            ("f2", friction("s1", 5, &["t1"])),
            ("f3", friction("s2", 5, &["s1"])),
        ]);
        let (index, graph) = (Index::of(&doc), Graph::of(&doc));
        let ids = |list: Vec<(&Id, &Friction)>| {
            list.iter().map(|(id, _)| (*id).clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(frictions_at(&doc, &index, &id("s1"))), [id("f2"), id("f1")]);
        assert_eq!(worst_severity(&doc, &index, &id("s1")), Some(5));
        assert_eq!(worst_severity(&doc, &index, &id("t1")), None);
        assert_eq!(ids(caused_by(&doc, &index, &id("s1"))), [id("f3")]);
        let steps: Vec<_> = steps_in(&doc, &index, &id("sa")).iter().map(|(id, _)| *id).collect();
        assert_eq!(steps, [&id("s2"), &id("s1")]);
        assert_eq!(
            touchpoints_of(&graph, &id("s1")),
            [(&id("l2"), &id("t1")), (&id("l1"), &id("t2"))]
        );
        assert_eq!(
            steps_using(&graph, &id("t1")),
            [(&id("l2"), &id("s1")), (&id("l3"), &id("s2"))]
        );
        assert_eq!(links_at(&doc, &index, &id("s1")).len(), 2);
    }

    #[test]
    fn segments_are_those_of_the_document() {
        let segment = |priority| -> Record { Segment { priority, ..Default::default() }.into() };
        let doc = doc(vec![("a", segment(2)), ("b", segment(5)), ("c", segment(2))]);
        let index = Index::of(&doc);
        let found = segments(&doc, &index);
        assert_eq!(found, doc.segments());
        assert_eq!(found.iter().map(|(id, _)| id.as_str()).collect::<String>(), "bac");
    }
}
