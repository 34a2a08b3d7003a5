//! Traces, impact and hubs: what a change of the selection costs, and what a worker does.

use throughline::insight;
use throughline::model::{Doc, Graph, Id, Index, Kind};

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
