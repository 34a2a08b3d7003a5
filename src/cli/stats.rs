//! `throughline stats`: how much of what is in a map.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::model::record::Friction;
use crate::model::{Doc, Graph, Kind};

use super::args::StatsArgs;
use super::input;
use super::output::{self, Exit};

/// The counts, as they are written in JSON.
#[derive(Debug, Serialize)]
struct Stats {
    title: String,
    /// All records, the head left out.
    records: usize,
    /// By the name of the section in the file, also where there are none.
    kinds: BTreeMap<&'static str, usize>,
    nodes: usize,
    /// Links whose two ends are there.
    links: usize,
    /// From 5 down to 1; 0 is where nobody has said.
    frictions_by_severity: BTreeMap<u8, usize>,
}

pub(super) fn run(args: &StatsArgs) -> anyhow::Result<Exit> {
    let loaded = input::load_map(&args.file)?;
    let stats = count(&loaded.doc);
    let text = if args.json {
        let mut json = serde_json::to_string_pretty(&stats)?;
        json.push('\n');
        json
    } else {
        table(&stats)
    };
    output::say(text.as_bytes())?;
    Ok(Exit::Clean)
}

fn count(doc: &Doc) -> Stats {
    let mut kinds: BTreeMap<&'static str, usize> =
        Kind::ALL.iter().map(|kind| (kind.section(), 0)).collect();
    for (_, record) in doc.iter() {
        *kinds.entry(record.kind().section()).or_default() += 1;
    }
    let mut frictions_by_severity: BTreeMap<u8, usize> = (0..=5).map(|it| (it, 0)).collect();
    for (_, friction) in doc.all::<Friction>() {
        *frictions_by_severity.entry(friction.severity).or_default() += 1;
    }
    let graph = Graph::of(doc);
    Stats {
        title: doc.head().title.clone(),
        records: doc.len(),
        kinds,
        nodes: graph.node_count(),
        links: graph.edge_count(),
        frictions_by_severity,
    }
}

fn table(stats: &Stats) -> String {
    let mut text = String::new();
    let mut row = |name: &str, count: usize| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:<24}{count:>8}");
    };
    for kind in Kind::ALL {
        row(kind.plural(), stats.kinds.get(kind.section()).copied().unwrap_or(0));
    }
    row("records in all", stats.records);
    row("nodes of the graph", stats.nodes);
    row("links of the graph", stats.links);
    for (severity, count) in stats.frictions_by_severity.iter().rev() {
        match severity {
            0 => row("frictions, no severity", *count),
            _ => row(&format!("frictions of severity {severity}"), *count),
        }
    }
    format!("{}\n\n{text}", stats.title)
}
