//! Mermaid (version 10 and later): `journey` of the steps, `flowchart` of the whole graph.
//!
//! Nothing that people wrote means anything to Mermaid: every sign that could is written as
//! `#number;`, Mermaid's own entity. Mermaid refuses texts over 50,000 characters and flowcharts with
//! more than 500 links unless the page that shows them says otherwise; no diagram can lift that.

use std::fmt::Write as _;

use crate::model::choice::SystemClass;
use crate::model::record::{LinkKind, Step};
use crate::model::{Doc, Graph, Id, Index, Kind, query};
use crate::scene::{Rgba, Theme};

use super::super::say;
use super::{BANDS, Node, link_text, links, nodes, short};

/// The most characters of a name in a drawing.
const MOST: usize = 120;

/// A Mermaid `journey`: a section a stage, a task a step.
///
/// A task's score is 1 to 5, from the feeling of −2 to +2: the mean over the segments that feel
/// something there, who are its actors. A step without a feeling stands in the middle, at 3.
pub fn mermaid_journey(doc: &Doc) -> String {
    let mut out = String::from("journey\n");
    let title = escaped(&doc.head().title);
    if !title.is_empty() {
        let _ = writeln!(out, "    title {title}");
    }
    let steps = doc.steps();
    let mut section: Option<Option<&Id>> = None;
    for (id, step) in steps {
        let stage = step.stage.as_ref().filter(|at| doc.kind_of(at) == Some(Kind::Stage));
        if section != Some(stage) {
            let name = stage.map_or_else(
                || "Without a stage".to_owned(),
                |stage| escaped(&say::name(doc, stage)),
            );
            let _ = writeln!(out, "    section {name}");
            section = Some(stage);
        }
        let name = escaped(&say::name(doc, id));
        let (score, actors) = felt(doc, step);
        let actors = if actors.is_empty() { actors } else { format!(": {actors}") };
        let _ = writeln!(out, "      {name}: {score}{actors}");
    }
    out
}

/// The score of a step, and whose feelings it is the mean of.
fn felt(doc: &Doc, step: &Step) -> (String, String) {
    let all: Vec<(&Id, i8)> = (doc.segments().into_iter())
        .filter_map(|(id, _)| step.feelings.get(id).map(|it| (id, (*it).clamp(-2, 2))))
        .collect();
    let sum: f64 = all.iter().map(|(_, it)| f64::from(*it)).sum();
    let mean = if all.is_empty() { 0.0 } else { sum / all.len() as f64 };
    let score = ((mean + 3.0) * 10.0).round() / 10.0;
    let actors = all.iter().map(|(id, _)| escaped(&say::name(doc, id)).replace(',', "#44;"));
    (score.to_string(), actors.collect::<Vec<_>>().join(", "))
}

/// A Mermaid `flowchart` of the graph: a subgraph a band, a shape and a colour a kind, the worst
/// friction of each card as the colour of its border.
pub fn mermaid_flowchart(doc: &Doc, index: &Index, graph: &Graph) -> String {
    let theme = Theme::light();
    let mut out = String::from("flowchart TB\n");
    let all = nodes(doc, index);
    for band in BANDS {
        let mut inside = all.iter().filter(|it| it.band == band).peekable();
        if inside.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "    subgraph {band:?}[\"{}\"]", band.label());
        out += "        direction LR\n";
        for node in inside {
            let (open, close) = shape(node);
            let (id, name) = (key(node.id), escaped(&node.name));
            let _ = writeln!(out, "        {id}{open}\"{name}\"{close}:::{}", class(node));
        }
        out += "    end\n";
    }
    for (_, link) in links(doc, index, graph) {
        let arrow = match &link.kind {
            LinkKind::Next { .. } => "==>",
            LinkKind::Uses => "-->",
            LinkKind::Influences { .. } => "-.->",
            LinkKind::DependsOn { .. } => "--->",
        };
        let text = escaped(&link_text(link));
        let text = if text.is_empty() { text } else { format!("|\"{text}\"|") };
        let _ = writeln!(out, "    {} {arrow}{text} {}", key(&link.from), key(&link.to));
    }
    for (class, at) in [("step", 0), ("touchpoint", 1), ("influencer", 2), ("system", 3)] {
        let colours = &theme.stages[at % theme.stages.len()];
        let (fill, text, stroke) = (colours.fill.hex(), colours.text.hex(), colours.accent.hex());
        let _ = writeln!(out, "    classDef {class} fill:{fill},color:{text},stroke:{stroke}");
    }
    for (severity, colours) in (1..).zip(&theme.severities) {
        let hurt: Vec<String> = (all.iter())
            .filter(|it| {
                query::worst_severity(doc, index, it.id).map(|it| it.clamp(1, 5)) == Some(severity)
            })
            .map(|it| key(it.id))
            .collect();
        if !hurt.is_empty() {
            let border: Rgba = colours.border;
            let _ = writeln!(
                out,
                "    classDef severity{severity} stroke:{},stroke-width:3px",
                border.hex()
            );
            let _ = writeln!(out, "    class {} severity{severity}", hurt.join(","));
        }
    }
    out
}

/// A record's id as Mermaid takes it: dashes could end a link, and no id of ours has capitals.
fn key(id: &Id) -> String {
    format!("n_{}", id.as_str().replace('_', "U").replace('-', "_"))
}

fn class(node: &Node<'_>) -> &'static str {
    match node.kind {
        Kind::Step => "step",
        Kind::Touchpoint => "touchpoint",
        Kind::Influencer => "influencer",
        _ => "system",
    }
}

fn shape(node: &Node<'_>) -> (&'static str, &'static str) {
    match (node.kind, node.system) {
        (Kind::Touchpoint, _) => ("(", ")"),
        (Kind::Influencer, _) => ("([", "])"),
        (_, Some(SystemClass::Team)) => ("{{", "}}"),
        (_, Some(SystemClass::Process)) => ("[[", "]]"),
        (_, Some(SystemClass::Policy)) => ("[/", "/]"),
        (_, Some(SystemClass::Technology)) => ("[(", ")]"),
        (_, Some(SystemClass::Partner)) => ("[\\", "\\]"),
        _ => ("[", "]"),
    }
}

/// A text for Mermaid on one line; see above.
fn escaped(text: &str) -> String {
    let text = short(&say::line(text), MOST);
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let plain = match c {
            ' ' | ',' | '.' | '\'' | '(' | ')' | '?' | '/' | '+' => true,
            '-' => !out.ends_with('-'),
            // A name that begins with one of the language's words would be taken for it.
            c if at == 0 && c.is_ascii_alphabetic() => !begins_with_keyword(&text),
            c => c.is_alphanumeric() || !c.is_ascii(),
        };
        if plain {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

fn begins_with_keyword(text: &str) -> bool {
    let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let words = ["title", "section", "journey", "acctitle", "accdescr", "end", "style", "classdef"];
    words.iter().any(|it| word.eq_ignore_ascii_case(it))
}
