//! GraphML (graphml.graphdrawing.org, 1.0): the graph with its fields as typed data.
//!
//! Every field is a `key` with a name and a type, as Gephi and networkx read it; `label` is what Gephi
//! shows. yEd shows only what its own extension says, so each node and link carries that too. No
//! positions: each of these programs lays graphs out. Not here: friction points and all else that
//! is neither a node nor a link, but for how many there are.

use std::fmt::Write as _;

use crate::model::record::{Influencer, Link, LinkKind, Step, System, Touchpoint};
use crate::model::{Doc, Graph, Id, Index, Kind, query};
use crate::scene::{Rgba, Theme};

use super::super::say;
use super::{Node, link_text, links, nodes};

/// Keys of nodes: id, name, type.
const NODE_KEYS: &[(&str, &str, &str)] = &[
    ("label", "label", "string"),
    ("kind", "kind", "string"),
    ("class", "class", "string"),
    ("band", "band", "string"),
    ("stage", "stage", "string"),
    ("order", "order", "int"),
    ("channel", "channel", "string"),
    ("status", "status", "string"),
    ("owner", "owner", "string"),
    ("lever", "lever", "string"),
    ("criticality", "criticality", "int"),
    ("truth", "moment of truth", "boolean"),
    ("feeling", "mean feeling", "double"),
    ("frictions", "friction points", "int"),
    ("severity", "worst severity", "int"),
    ("tags", "tags", "string"),
    ("notes", "notes", "string"),
];

/// Keys of links.
const EDGE_KEYS: &[(&str, &str, &str)] = &[
    ("text", "label", "string"),
    ("link", "kind", "string"),
    ("way", "class", "string"),
    ("share", "share per cent", "double"),
    ("importance", "importance", "int"),
    ("rating", "rating", "string"),
    ("pains", "friction points", "int"),
    ("worst", "worst severity", "int"),
];

/// The graph in GraphML, for yEd, Gephi and whatever reads graphs.
pub fn graphml(doc: &Doc, index: &Index, graph: &Graph) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:y=\"http://www.yworks.com/xml/graphml\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd\">\n",
    );
    for (of, keys) in [("node", NODE_KEYS), ("edge", EDGE_KEYS)] {
        for (id, name, kind) in keys {
            let _ = writeln!(
                out,
                "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            );
        }
    }
    out += "  <key id=\"title\" for=\"graph\" attr.name=\"title\" attr.type=\"string\"/>\n\
            \x20 <key id=\"look\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n\
            \x20 <key id=\"line\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n\
            \x20 <graph id=\"map\" edgedefault=\"directed\">\n";
    data(&mut out, 2, "title", &say::line(&doc.head().title));
    let order: std::collections::BTreeMap<&Id, usize> =
        doc.steps().into_iter().map(|(id, _)| id).zip(1..).collect();
    for it in nodes(doc, index) {
        node(&mut out, doc, index, &it, order.get(it.id).copied());
    }
    for (id, link) in links(doc, index, graph) {
        edge(&mut out, doc, index, id, link);
    }
    out += "  </graph>\n</graphml>\n";
    out
}

fn node(out: &mut String, doc: &Doc, index: &Index, node: &Node<'_>, order: Option<usize>) {
    let id = node.id;
    let _ = writeln!(out, "    <node id=\"{id}\">");
    let mut say = |key: &str, value: &str| data(out, 3, key, value);
    say("label", &node.name);
    say("kind", node.kind.singular());
    if node.kind != Kind::Step && node.kind != Kind::Touchpoint {
        let influencer = doc.get_as::<Influencer>(id).map(|it| it.class.label());
        say("class", influencer.unwrap_or(node.class));
    }
    say("band", node.band.label());
    let name = |id: &Option<Id>| id.as_ref().map_or_else(String::new, |id| say::name(doc, id));
    let (tags, notes) = if let Some(it) = doc.get_as::<Step>(id) {
        say("stage", &name(&it.stage));
        say("order", &order.map_or_else(String::new, |it| it.to_string()));
        say("truth", if it.moment_of_truth { "true" } else { "false" });
        if !it.feelings.is_empty() {
            let sum: f64 = it.feelings.values().map(|it| f64::from(*it)).sum();
            say("feeling", &(sum / it.feelings.len() as f64).to_string());
        }
        (&it.tags[..], it.notes.as_deref())
    } else if let Some(it) = doc.get_as::<Touchpoint>(id) {
        say("channel", it.channel.label());
        say("status", it.status.label());
        say("owner", &name(&it.owner));
        say("truth", if it.moment_of_truth { "true" } else { "false" });
        (&it.tags[..], it.notes.as_deref())
    } else if let Some(it) = doc.get_as::<System>(id) {
        say("owner", &name(&it.owner));
        say("lever", it.lever.map_or("", |it| it.label()));
        say("criticality", &it.criticality.map_or_else(String::new, |it| it.to_string()));
        (&it.tags[..], it.notes.as_deref())
    } else if let Some(it) = doc.get_as::<Influencer>(id) {
        (&it.tags[..], it.notes.as_deref())
    } else {
        (&[][..], None)
    };
    let frictions = query::frictions_at(doc, index, id);
    say("frictions", &frictions.len().to_string());
    say("severity", &frictions.first().map_or_else(String::new, |(_, it)| it.severity.to_string()));
    say("tags", &tags.join(", "));
    say("notes", notes.unwrap_or(""));
    look(out, node);
    *out += "    </node>\n";
}

/// What yEd shows: a shape by kind, large enough for about three lines of text.
fn look(out: &mut String, node: &Node<'_>) {
    let theme = Theme::light();
    let (shape, colours) = match node.kind {
        Kind::Step => ("roundrectangle", 0),
        Kind::Touchpoint => ("ellipse", 1),
        Kind::Influencer => ("octagon", 2),
        _ => ("rectangle", 3),
    };
    let colours = &theme.stages[colours % theme.stages.len()];
    let hex = |colour: Rgba| colour.hex();
    let _ = writeln!(
        out,
        "      <data key=\"look\"><y:ShapeNode><y:Geometry width=\"160\" height=\"60\"/>\
         <y:Fill color=\"{}\"/><y:BorderStyle color=\"{}\" type=\"line\" width=\"1.0\"/>\
         <y:NodeLabel textColor=\"{}\" autoSizePolicy=\"node_width\" configuration=\"CroppingLabel\">{}</y:NodeLabel>\
         <y:Shape type=\"{shape}\"/></y:ShapeNode></data>",
        hex(colours.fill),
        hex(colours.accent),
        hex(colours.text),
        xml(&node.name)
    );
}

fn edge(out: &mut String, doc: &Doc, index: &Index, id: &Id, link: &Link) {
    let _ = writeln!(out, "    <edge id=\"{id}\" source=\"{}\" target=\"{}\">", link.from, link.to);
    let text = link_text(link);
    let mut say = |key: &str, value: &str| data(out, 3, key, value);
    say("text", &text);
    let style = match &link.kind {
        LinkKind::Next { class, share_pct, .. } => {
            say("link", "next");
            say("way", class.label());
            let share = share_pct.filter(|it| it.is_finite());
            say("share", &share.map_or_else(String::new, |it| it.to_string()));
            "line"
        }
        LinkKind::Uses => {
            say("link", "uses");
            "line"
        }
        LinkKind::Influences { importance, .. } => {
            say("link", "influences");
            let most = importance.values().max();
            say("importance", &most.map_or_else(String::new, |it| it.to_string()));
            "dotted"
        }
        LinkKind::DependsOn { rating, .. } => {
            say("link", "depends on");
            say("rating", rating.map_or("", |it| it.label()));
            "dashed"
        }
    };
    let frictions = query::frictions_at(doc, index, id);
    say("pains", &frictions.len().to_string());
    say("worst", &frictions.first().map_or_else(String::new, |(_, it)| it.severity.to_string()));
    let label =
        if text.is_empty() { text } else { format!("<y:EdgeLabel>{}</y:EdgeLabel>", xml(&text)) };
    let _ = writeln!(
        out,
        "      <data key=\"line\"><y:PolyLineEdge><y:LineStyle type=\"{style}\" width=\"1.0\"/>\
         <y:Arrows source=\"none\" target=\"standard\"/>{label}</y:PolyLineEdge></data>\n    </edge>"
    );
}

/// A value of a field, where there is one.
fn data(out: &mut String, depth: usize, key: &str, value: &str) {
    if !value.is_empty() {
        let indent = "  ".repeat(depth);
        let _ = writeln!(out, "{indent}<data key=\"{key}\">{}</data>", xml(value));
    }
}

/// A text as character data of XML.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in say::clean(text).chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            c => out.push(c),
        }
    }
    out
}
