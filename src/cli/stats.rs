//! `throughline stats`: how much of what is in a map, its hubs and its orphans.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::insight::{self, in_words};
use crate::model::record::Friction;
use crate::model::{Doc, Graph, Id, Index, Kind};

use super::args::StatsArgs;
use super::input;
use super::output::{self, Exit};
use super::trace::Named;

/// How many hubs the table shows.
const MOST_HUBS: usize = 10;

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
    /// All internal systems: those without an owner first, then by traced friction.
    hubs: Vec<HubJson>,
    orphans: Orphans,
}

#[derive(Debug, Serialize)]
struct HubJson {
    #[serde(flatten)]
    system: Named,
    /// Null is nobody; a team answers for itself.
    owner: Option<Named>,
    friction: f64,
    betweenness: f64,
    /// Steps that rest on it, and how many of them have no other way down.
    reach: usize,
    stops: usize,
}

#[derive(Debug, Serialize)]
struct Orphans {
    unused_systems: Vec<Named>,
    unsupported_touchpoints: Vec<Named>,
    unused_touchpoints: Vec<Named>,
}

pub(super) fn run(args: &StatsArgs) -> anyhow::Result<Exit> {
    let loaded = input::load_map(&args.file)?;
    let stats = count(&loaded.doc);
    let text = if args.json {
        output::json(&stats)?
    } else {
        format!("{}{}", table(&stats), hubs_table(&loaded.doc, &stats))
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
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    let found = insight::hubs(doc, &index, &graph);
    let orphans = |ids: &[Id]| Named::all(doc, ids);
    Stats {
        title: doc.head().title.clone(),
        records: doc.len(),
        kinds,
        nodes: graph.node_count(),
        links: graph.edge_count(),
        frictions_by_severity,
        hubs: (found.hubs.iter())
            .map(|it| HubJson {
                system: Named::of(doc, &it.system),
                owner: it.owner.as_ref().map(|owner| Named::of(doc, owner)),
                friction: it.friction,
                betweenness: it.betweenness,
                reach: it.reach,
                stops: it.stops,
            })
            .collect(),
        orphans: Orphans {
            unused_systems: orphans(&found.unused_systems),
            unsupported_touchpoints: orphans(&found.unsupported_touchpoints),
            unused_touchpoints: orphans(&found.unused_touchpoints),
        },
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

/// The first hubs, and what hangs in the air.
fn hubs_table(doc: &Doc, stats: &Stats) -> String {
    let mut text = String::new();
    if !stats.hubs.is_empty() {
        let head = "friction  between  steps   stop  hub, owner";
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{head}");
    }
    for it in stats.hubs.iter().take(MOST_HUBS) {
        let name = in_words(doc, &it.system.id);
        let owner = match &it.owner {
            None => ", no owner".to_owned(),
            Some(owner) if owner.id == it.system.id => String::new(),
            Some(owner) => format!(", {}", in_words(doc, &owner.id)),
        };
        let (friction, between) = (it.friction, it.betweenness * 100.0);
        let (reach, stops) = (it.reach, it.stops);
        let _ =
            writeln!(text, "{friction:>8.1}{between:>7.2} %{reach:>7}{stops:>7}  {name}{owner}");
    }
    if stats.hubs.len() > MOST_HUBS {
        let _ = writeln!(text, "{:>37} more; --json has them all", stats.hubs.len() - MOST_HUBS);
    }
    let orphans = &stats.orphans;
    for (what, those) in [
        ("Internal systems that nothing rests on", &orphans.unused_systems),
        ("Touchpoints that nothing supports", &orphans.unsupported_touchpoints),
        ("Touchpoints that no step uses", &orphans.unused_touchpoints),
    ] {
        if !those.is_empty() {
            let names: Vec<String> = those.iter().map(|it| in_words(doc, &it.id)).collect();
            let _ = writeln!(text, "\n{what}: {}", names.join(", "));
        }
    }
    text
}
