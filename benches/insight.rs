//! Traces, impact and hubs: what a change of the selection costs, and what a worker does.

use std::sync::Arc;

use throughline::insight;
use throughline::model::record::{Link, LinkKind};
use throughline::model::{Doc, Graph, Id, Index, Kind, Patch};

use crate::measure::{Row, samples};

/// A trace or an impact follows each change of the selection, so it must fit into a frame.
const SELECTION_MS: f64 = 5.0;

pub fn walks(cards: usize, doc: &Doc, rows: &mut Vec<Row>) {
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    let of_kind = |kind| index.of_kind(kind).iter().cloned().collect::<Vec<Id>>();
    let bar_ms = (cards == 10_000).then_some(SELECTION_MS);
    let mut row = |what: &str, bar_ms, samples| {
        rows.push(Row { what: what.to_owned(), cards, samples, bar_ms });
    };
    let trace = |from: &Id| insight::trace(doc, &index, &graph, from);
    let impact = |of: &Id| insight::impact(doc, &index, &graph, of);
    let [steps, systems, frictions] = [Kind::Step, Kind::System, Kind::Friction].map(of_kind);

    let mut turn = steps.iter().chain(&frictions).cycle();
    row("trace, one after the other", bar_ms, samples(|| turn.next().map(trace)));
    let deepest = steps.iter().max_by_key(|it| trace(it).nodes.len()).unwrap();
    row("trace, the deepest", bar_ms, samples(|| trace(deepest)));
    let mut turn = systems.iter().cycle();
    row("impact, one after the other", bar_ms, samples(|| turn.next().map(impact)));
    let widest = systems.iter().max_by_key(|it| impact(it).nodes.len()).unwrap();
    row("impact, the widest", bar_ms, samples(|| impact(widest)));

    row("map cloned for a worker", None, samples(|| (doc.clone(), index.clone(), graph.clone())));
    row("hubs", None, samples(|| insight::hubs(doc, &index, &graph)));
    row("parts of a hub", None, samples(|| insight::hub_parts(doc, &index, &graph, widest)));
    println!(
        "{cards} cards: the deepest trace has {} nodes and {} ways, the widest impact {} nodes",
        trace(deepest).nodes.len(),
        trace(deepest).path_count,
        impact(widest).nodes.len(),
    );
}

/// The same where most internal systems rest on each other all round: the worst there can be.
pub fn knots(cards: usize, doc: &Doc, rows: &mut Vec<Row>) {
    let mut doc = doc.clone();
    let systems: Vec<Id> = Index::of(&doc).of_kind(Kind::System).iter().cloned().collect();
    let mut patch = Patch::default();
    for (at, from) in systems.iter().enumerate() {
        let to = systems[(at * 7919 + 1) % systems.len()].clone();
        let kind = LinkKind::DependsOn { what: None, rating: None };
        let link = Arc::new(Link { from: from.clone(), to, kind }.into());
        patch.set(&Id::new(&format!("knot-{at}")).unwrap(), None, Some(link));
    }
    doc.apply(&patch);
    let (index, graph) = (Index::of(&doc), Graph::of(&doc));
    let step = index.of_kind(Kind::Step).first().unwrap();
    let trace = samples(|| insight::trace(&doc, &index, &graph, step));
    rows.push(Row { what: "trace, all in knots".to_owned(), cards, samples: trace, bar_ms: None });
    let impact = samples(|| insight::impact(&doc, &index, &graph, &systems[0]));
    rows.push(Row {
        what: "impact, all in knots".to_owned(),
        cards,
        samples: impact,
        bar_ms: None,
    });
}
