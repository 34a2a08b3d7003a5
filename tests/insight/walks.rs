//! Walks against petgraph's own reachability, what stops against taking the node out and looking,
//! ways against listing them all.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use throughline::insight::Trace;
use throughline::model::record::{Friction, Link, LinkKind, System, Touchpoint};
use throughline::model::{Doc, Graph, Id, Index, Kind, Patch};

use super::Map;
use super::tangle::{Plain, tangle, without_causes, without_rings};
use crate::support;

/// Every node's trace and impact reach what petgraph reaches, over the links between.
fn walks_reach_what_petgraph_reaches(doc: &Doc) {
    let plain = Plain::of(doc);
    let map = Map::of(without_causes(doc));
    let links = |ends: &dyn Fn(&Id) -> bool, from: bool| -> BTreeSet<Id> {
        let edges = plain.graph.edge_indices().filter(|edge| {
            let (above, beneath) = plain.graph.edge_endpoints(*edge).unwrap();
            ends(&plain.graph[if from { above } else { beneath }])
        });
        edges.map(|edge| plain.graph[edge].clone()).collect()
    };
    for (id, node) in &plain.nodes {
        let trace = map.trace(id.as_str());
        let beneath = plain.beneath(&[*node]);
        assert_eq!(BTreeSet::from_iter(trace.nodes), beneath, "beneath {id}");
        assert_eq!(BTreeSet::from_iter(trace.links), links(&|it| beneath.contains(it), true));

        let impact = map.impact(id.as_str());
        let above = plain.above(*node);
        assert_eq!(BTreeSet::from_iter(impact.nodes), above, "above {id}");
        assert_eq!(BTreeSet::from_iter(impact.links), links(&|it| above.contains(it), false));
    }
}

/// What stops is what has no way left when one looks.
fn what_stops_has_no_way_left(doc: &Doc) {
    let plain = Plain::of(doc);
    let map = Map::of(doc.clone());
    let ends = plain.ends();
    let hubs = map.hubs().hubs;
    for (id, node) in &plain.nodes {
        let steps = map.impact(id.as_str()).steps;
        for it in &steps {
            let stops = plain.stops(plain.nodes[&it.step], *node, &ends);
            assert_eq!(it.stops, stops, "{} without {id}", it.step);
        }
        if let Some(hub) = hubs.iter().find(|it| it.system == *id) {
            let stops = steps.iter().filter(|it| it.stops).count();
            assert_eq!((hub.reach, hub.stops), (steps.len(), stops), "{id}");
        }
    }
    for (id, _) in doc.all::<Link>() {
        let holds = plain.graph.edge_weights().any(|it| it == id);
        for it in map.impact(id.as_str()).steps {
            let cut = plain.stops_when_cut(plain.nodes[&it.step], id, &ends);
            assert_eq!(it.stops, holds && cut, "{} with {id} cut", it.step);
        }
    }
}

/// Whatever is asked, the answer holds together.
fn traces_hold_together(doc: &Doc) {
    let map = Map::of(doc.clone());
    for (id, _) in doc.iter() {
        let trace = map.trace(id.as_str());
        holds_together(doc, &trace);
        let impact = map.impact(id.as_str());
        assert!((0.0..=1.0).contains(&impact.share), "{impact:?}");
        assert!((0.0..=1.0).contains(&impact.friction_share), "{impact:?}");
        assert!(impact.segments.iter().all(|it| (0.0..=1.0).contains(&it.share)), "{impact:?}");
    }
}

fn holds_together(doc: &Doc, trace: &Trace) {
    let plain = Plain::of(doc);
    let named: BTreeSet<&Id> =
        trace.causes.iter().filter(|it| !it.named_by.is_empty()).map(|it| &it.system).collect();
    let mut seen = BTreeSet::new();
    for walk in &trace.paths {
        assert!(seen.insert(&walk.nodes), "twice: {walk:?}");
        assert_eq!(walk.links.len() + 1, walk.nodes.len());
        let each: BTreeSet<_> = walk.nodes.iter().collect();
        assert_eq!(each.len(), walk.nodes.len(), "a node twice on {walk:?}");
        assert!(walk.nodes.iter().all(|it| trace.nodes.contains(it)));
        assert!(walk.links.iter().flatten().all(|it| trace.links.contains(it)));
        let last = walk.nodes.last().unwrap();
        assert_eq!(walk.named, named.contains(last), "{walk:?}");
        for (pair, link) in walk.nodes.windows(2).zip(&walk.links) {
            let Some(link) = link else { continue };
            let edge = plain.graph.edge_indices().find(|it| plain.graph[*it] == *link).unwrap();
            let (from, to) = plain.graph.edge_endpoints(edge).unwrap();
            assert_eq!((&plain.graph[from], &plain.graph[to]), (&pair[0], &pair[1]));
        }
    }
    let key = |at: usize| (!trace.paths[at].named, trace.paths[at].nodes.len());
    assert!((1..trace.paths.len()).all(|at| key(at - 1) <= key(at)), "shortest first");
    let listed = trace.path_count.min(Trace::MOST_PATHS as u64);
    assert_eq!(trace.paths.len() as u64, listed, "as many as there are, or as are listed");
    for cause in &trace.causes {
        assert!((0.0..=1.0 + 1e-9).contains(&cause.share), "{cause:?}");
        assert!(trace.nodes.contains(&cause.system));
    }
    for cause in named {
        let ends = |it: &throughline::insight::Walk| it.nodes.last() == Some(cause);
        let all_listed = trace.path_count <= Trace::MOST_PATHS as u64;
        assert!(!all_listed || trace.paths.iter().any(ends), "no way to {cause} in {trace:?}");
    }
    for friction in &trace.frictions {
        let at = doc.get_as::<Friction>(friction).unwrap().at.as_ref().unwrap();
        assert!(trace.nodes.contains(at) || trace.links.contains(at));
    }
}

#[test]
fn on_all_examples() {
    for example in throughline::examples::EXAMPLES {
        let map = Map::example(example.name);
        walks_reach_what_petgraph_reaches(&map.doc);
        what_stops_has_no_way_left(&map.doc);
        traces_hold_together(&map.doc);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn on_tangles(doc in tangle(24, true)) {
        walks_reach_what_petgraph_reaches(&doc);
        what_stops_has_no_way_left(&doc);
        traces_hold_together(&doc);
    }

    #[test]
    fn on_generated_maps(doc in support::maps::doc()) {
        walks_reach_what_petgraph_reaches(&doc);
        what_stops_has_no_way_left(&doc);
        traces_hold_together(&doc);
    }

    /// Without rings every way down is listed, and none that is not there.
    #[test]
    fn ways_are_all_ways(doc in tangle(30, true)) {
        let doc = without_rings(&doc);
        let (plain, map) = (Plain::of(&doc), Map::of(doc));
        for (id, node) in &plain.nodes {
            let trace = map.trace(id.as_str());
            let named = trace.causes.iter().filter(|it| !it.named_by.is_empty());
            let named: BTreeSet<Id> = named.map(|it| it.system.clone()).collect();
            let listed: BTreeSet<Vec<Id>> =
                trace.paths.iter().map(|it| it.nodes.clone()).collect();
            // Where causes lie elsewhere, ways lead there, too, which links alone do not say.
            if trace.nodes.len() == plain.beneath(&[*node]).len() {
                prop_assert_eq!(listed, plain.ways(*node, &named), "from {}", id);
            }
        }
    }

    /// A graph that followed edits gives the answers of one that is built afresh.
    #[test]
    fn answers_do_not_depend_on_the_way_there(doc in tangle(24, true), gone in 0usize..40) {
        let mut map = Map::of(doc.clone());
        let all: Vec<Id> = doc.iter().map(|(id, _)| id.clone()).collect();
        let some: Vec<&Id> = all.iter().cycle().skip(gone).step_by(3).take(9).collect();
        let mut patch = Patch::default();
        for (at, id) in some.into_iter().enumerate() {
            // Some go; others become something else under their old id.
            let (to, kind) = (Id::new("y3").unwrap(), LinkKind::Uses);
            let other = match (at % 3, map.doc.kind_of(id)) {
                (0, Some(Kind::Touchpoint)) => Some(System::default().into()),
                (0, Some(Kind::System)) => Some(Touchpoint::default().into()),
                (0, Some(Kind::Link)) => Some(Link { from: to.clone(), to, kind }.into()),
                _ => None,
            };
            patch.set(id, map.doc.get(id).cloned(), other.map(Arc::new));
        }
        for patch in [patch.clone(), patch.inverse()] {
            map.doc.apply(&patch);
            map.index.apply(&patch);
            map.graph.apply(&map.doc, &patch);
            let fresh = Map { doc: map.doc.clone(), index: Index::of(&map.doc), graph: Graph::of(&map.doc) };
            for (id, _) in doc.iter() {
                prop_assert_eq!(map.trace(id.as_str()), fresh.trace(id.as_str()));
                prop_assert_eq!(map.impact(id.as_str()), fresh.impact(id.as_str()));
            }
            prop_assert_eq!(map.hubs(), fresh.hubs());
        }
    }
}

#[test]
fn the_generator_tangles() {
    // Rings and links to oneself must come up, or the tests above say nothing of them.
    let (mut rings, mut own) = (0, 0);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..32 {
        let doc = tangle(24, true).new_tree(&mut runner).unwrap().current();
        let plain = Plain::of(&doc);
        own += plain
            .graph
            .edge_indices()
            .filter(|it| {
                let (from, to) = plain.graph.edge_endpoints(*it).unwrap();
                from == to
            })
            .count();
        rings +=
            petgraph::algo::kosaraju_scc(&plain.graph).iter().filter(|it| it.len() > 1).count();
        assert_eq!(doc.iter().filter(|(_, it)| it.kind() == Kind::Step).count(), 4);
    }
    assert!(rings > 4 && own > 8, "{rings} rings, {own} links to oneself");
}
