//! A map as text: whatever people wrote, each format keeps its structure and every record its line.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quick_xml::events::Event;
use throughline::export::{self, Output, Progress, Request, narrowed};
use throughline::model::record::{Link, Step};
use throughline::model::{Doc, Graph, Kind};
use throughline::scene::{EcosystemOptions, JourneyOptions, Theme};

use crate::support::maps;
use crate::support::small::{Map, id};

fn made(doc: &Doc, output: Output) -> String {
    let view = export::View::Journey(JourneyOptions::default());
    made_of(doc, view, output)
}

fn made_of(doc: &Doc, view: export::View, output: Output) -> String {
    let request = Request { doc: doc.clone(), view, theme: Theme::light(), output };
    let bytes = export::make(&request, &Progress::default()).unwrap();
    assert_eq!(bytes, export::make(&request, &Progress::default()).unwrap());
    let text = String::from_utf8(bytes).unwrap();
    let breaks = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
    // A tab is all that GraphML may have besides, in what people wrote.
    assert!(!text.contains(|c| breaks(c) && c != '\t'), "{text:?}");
    text
}

fn flowchart(doc: &Doc) -> String {
    made_of(doc, export::View::Ecosystem(EcosystemOptions::default()), Output::Mermaid)
}

/// Nodes, and links that have both ends.
fn graph_size(doc: &Doc) -> (usize, usize) {
    let graph = Graph::of(doc);
    (graph.node_count(), graph.edge_count())
}

/// The text without what is between quotes; fails where they do not pair up in a line.
fn outside_quotes(line: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => inside = !inside,
            '\\' if inside => drop(chars.next()),
            c if !inside => out.push(c),
            _ => {}
        }
    }
    assert!(!inside, "quotes do not pair up: {line}");
    out
}

/// A Mermaid line without entities.
fn without_entities(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('#') {
        out += before;
        let (number, after) = after.split_once(';').expect("an entity ends");
        assert!(number.parse::<u32>().is_ok(), "{line}");
        rest = after;
    }
    out + rest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_journey_has_a_line_a_step(doc in maps::doc()) {
        let text = made(&doc, Output::Mermaid);
        let mut lines = text.lines();
        prop_assert_eq!(lines.next(), Some("journey"));
        let tasks: Vec<&str> = text.lines().filter(|it| it.starts_with("      ")).collect();
        prop_assert_eq!(tasks.len(), doc.all::<Step>().count());
        for task in tasks {
            let task = without_entities(task);
            let parts: Vec<&str> = task.split(':').collect();
            prop_assert!(matches!(parts.len(), 2 | 3) && !task.contains(';'), "{}", task);
            let score: f64 = parts[1].trim().parse().unwrap();
            prop_assert!((1.0..=5.0).contains(&score));
        }
        for line in lines.filter(|it| !it.starts_with("      ")) {
            let line = line.trim_start();
            prop_assert!(line.starts_with("title ") || line.starts_with("section "), "{}", line);
        }
    }

    #[test]
    fn a_flowchart_has_a_line_a_node_and_a_line_a_link(doc in maps::doc()) {
        let text = flowchart(&doc);
        let (nodes, links) = graph_size(&doc);
        let count = |has: &str| text.lines().filter(|it| outside_quotes(it).contains(has)).count();
        prop_assert_eq!(count(":::"), nodes);
        prop_assert_eq!(count("-->") + count("==>") + count("-.->"), links);
        prop_assert_eq!(count("subgraph "), text.lines().filter(|it| *it == "    end").count());
        for line in text.lines().filter(|it| it.contains('"')) {
            without_entities(line);
            prop_assert_eq!(line.matches('"').count(), 2, "{}", line);
        }
    }

    #[test]
    fn dot_has_a_statement_a_node_and_a_link(doc in maps::doc()) {
        let text = made(&doc, Output::Dot);
        let (nodes, links) = graph_size(&doc);
        let code: Vec<String> = text.lines().map(outside_quotes).collect();
        prop_assert_eq!(code.iter().filter(|it| it.contains("tooltip=")).count(), nodes);
        prop_assert_eq!(code.iter().filter(|it| it.contains("->") && it.contains("id=")).count(), links);
        let all = code.concat();
        prop_assert_eq!(all.matches('{').count(), all.matches('}').count());
        prop_assert_eq!(all.matches('[').count(), all.matches(']').count());
        prop_assert!(!all.contains('<'), "no label is markup");
    }

    #[test]
    fn graphml_is_the_graph(doc in maps::doc()) {
        let text = made(&doc, Output::GraphMl);
        let (nodes, edges) = read_graphml(&text);
        let graph = Graph::of(&doc);
        let (ids, links) = graph.by_id();
        prop_assert_eq!(nodes.keys().map(String::as_str).collect::<Vec<_>>(), ids.iter().map(|it| it.as_str()).collect::<Vec<_>>());
        let ends: BTreeMap<&str, (&str, &str)> =
            edges.iter().map(|(id, (from, to))| (id.as_str(), (from.as_str(), to.as_str()))).collect();
        let wanted: BTreeMap<&str, (&str, &str)> =
            links.iter().map(|(id, (from, to, _))| (id.as_str(), (from.as_str(), to.as_str()))).collect();
        prop_assert_eq!(ends, wanted);
        for label in nodes.values() {
            prop_assert!(!label.trim().is_empty() && !label.contains('\n'));
        }
    }

    #[test]
    fn a_report_keeps_its_structure(doc in maps::doc()) {
        let text = made(&doc, Output::Markdown);
        let count = |begin: &str| text.lines().filter(|it| it.starts_with(begin)).count();
        let of = |kind| doc.iter().filter(|(_, record)| record.kind() == kind).count();
        prop_assert_eq!(count("# "), 1);
        prop_assert_eq!(count("#### "), of(Kind::Step));
        let stray = usize::from(text.contains("\n### Steps without a stage\n"));
        let thirds = of(Kind::Segment) + of(Kind::Stage) + of(Kind::Friction) + stray;
        prop_assert_eq!(count("### "), thirds);
        let mut columns = None;
        for line in text.lines() {
            let begins = ["#", "- ", "  - ", ">", "| ", "\\"].iter().any(|it| line.starts_with(it));
            // All else is a paragraph, which nothing in it may make anything else.
            let first = line.chars().next();
            prop_assert!(begins || !matches!(first, Some('+' | '=' | '<' | '`' | '~' | '*' | ' ')), "{}", line);
            let bare = line.replace("\\\\", "").replace("\\<", "").replace("\\|", "").replace("\\`", "");
            prop_assert!(!bare.contains(['<', '`']), "{}", line);
            let cells = bare.matches('|').count();
            if line.starts_with("| ") {
                prop_assert_eq!(cells, *columns.get_or_insert(cells), "{}", line);
            } else {
                prop_assert_eq!(cells, 0, "{}", line);
                columns = None;
            }
        }
    }

    #[test]
    fn a_narrowed_map_refers_to_nothing_that_was_cut_away(doc in maps::doc()) {
        let stages: BTreeSet<_> = doc.stages().into_iter().take(1).map(|(id, _)| id.clone()).collect();
        let segment = doc.segments().first().map(|(id, _)| (*id).clone());
        let part = narrowed(&doc, &stages, segment.as_ref());
        for (at, record) in part.iter() {
            prop_assert!(doc.get(at).is_some());
            record.for_each_ref(|it| {
                assert!(part.get(it.target).is_some() || doc.get(it.target).is_none(), "{at}: {it:?}");
            });
        }
        if let Some(stage) = stages.first() {
            let own = |doc: &Doc| {
                let steps = doc.all::<Step>().filter(|(_, it)| it.stage.as_ref() == Some(stage));
                steps.map(|(id, _)| id.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(own(&part), own(&doc));
        } else {
            prop_assert_eq!(part.all::<Link>().count(), doc.all::<Link>().count());
        }
    }
}

/// Nodes with their labels, edges with their ends.
fn read_graphml(text: &str) -> (BTreeMap<String, String>, BTreeMap<String, (String, String)>) {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut nodes, mut edges) = (BTreeMap::new(), BTreeMap::new());
    let (mut keys, mut node, mut label) = (BTreeSet::new(), String::new(), None);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(it) | Event::Empty(it) => {
                let value = |name: &str| {
                    let found = it.try_get_attribute(name).unwrap();
                    found.map_or_else(String::new, |it| {
                        String::from_utf8(it.value.to_vec()).unwrap()
                    })
                };
                match it.local_name().as_ref() {
                    b"key" => assert!(keys.insert(value("id"))),
                    b"node" => node = value("id"),
                    b"edge" => {
                        edges.insert(value("id"), (value("source"), value("target")));
                    }
                    b"data" => {
                        assert!(keys.contains(&value("key")), "every key is declared");
                        label = (value("key") == "label").then(String::new);
                    }
                    _ => {}
                }
            }
            Event::Text(it) => {
                if let Some(label) = &mut label {
                    *label += &it.decode().unwrap();
                }
            }
            Event::GeneralRef(it) => {
                if let Some(label) = &mut label {
                    label.push_str(&it.decode().unwrap());
                }
            }
            Event::End(it) if it.local_name().as_ref() == b"data" => {
                if let Some(label) = label.take() {
                    nodes.insert(node.clone(), label);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    (nodes, edges)
}

#[test]
fn a_report_says_what_hurts_and_who_does_something_about_it() {
    let doc = throughline::examples::example("home-movie-night").unwrap();
    let text = made(&throughline::file::read(doc.ron).doc, Output::Markdown);
    let mut rest = text.as_str();
    for next in [
        "# Home movie night\n",
        "## Segments\n",
        "### Families\n",
        "### 1. Decide\n",
        "#### Select a title\n",
        "- **Moment of truth**\n",
        "- **Feels (−2 to +2):** Families −1 (expected +1), Film buffs 0 (expected +1)\n",
        "## Friction points\n",
        "### 1. Drive back before the shop closes\n",
        "- **Weight:** 9.6 (severity 4 of 5, frequency 4 of 5, reach 60 %)\n",
        "- **Causes:** Late-fee policy\n",
        "- **Owners:** Shop staff\n",
        "- **Actions:** One free day a month\n",
        "## Delights\n",
        "## Actions\n",
        "| One free day a month |",
        "## What the journey rests on\n",
        "| Warehouse system | Technology |",
    ] {
        let at = rest.find(next).unwrap_or_else(|| panic!("no {next:?} after what came before"));
        rest = &rest[at..];
    }
}

#[test]
fn a_score_is_the_mean_of_those_who_feel() {
    let doc = throughline::examples::example("home-movie-night").unwrap();
    let doc = throughline::file::read(doc.ron).doc;
    let text = made(&doc, Output::Mermaid);
    assert!(text.contains("      Select a title: 2.5: Families, Film buffs\n"), "{text}");
    let segment = Some(id("families"));
    let alone = export::View::Journey(JourneyOptions { segment, ..JourneyOptions::default() });
    let text = made_of(&doc, alone, Output::Mermaid);
    assert!(text.contains("      Select a title: 2: Families\n"), "{text}");
    let stage = export::View::Journey(JourneyOptions::of_stage(id("bring-back")));
    let text = made_of(&doc, stage, Output::Mermaid);
    assert!(text.contains("      Return the film: ") && !text.contains("Select"), "{text}");
    let mut map = Map::default();
    map.step("a", "section: style; 100% #1 of \"end\"", None);
    let text = made(&map.0, Output::Mermaid);
    let line = "      #115;ection#58; style#59; 100#37; #35;1 of #34;end#34;: 3\n";
    assert!(text.ends_with(line), "{text}");
}
