//! DOT, the language of Graphviz: the graph with its bands as clusters.
//!
//! Labels are plain, never HTML-like; positions are Graphviz's to find.

use std::fmt::Write as _;

use crate::model::choice::{Rating, SystemClass};
use crate::model::record::LinkKind;
use crate::model::{Doc, Graph, Index, Kind, query};
use crate::scene::Theme;

use super::super::say;
use super::{BANDS, Node, link_text, links, nodes, short};

/// The most characters of a name in a drawing; the whole of it is the tooltip.
const MOST: usize = 160;
/// About how many characters stand in a line.
const WIDTH: usize = 22;

/// The graph in DOT, for Graphviz.
pub fn dot(doc: &Doc, index: &Index, graph: &Graph) -> String {
    let theme = Theme::light();
    let title = say::line(&doc.head().title);
    let mut out = String::new();
    let _ = writeln!(out, "digraph {} {{", quoted(&title));
    let fonts = "fontname=\"Arimo,Arial,Helvetica,sans-serif\"";
    let ink = theme.canvas.text.hex();
    let _ = writeln!(
        out,
        "  graph [label={}, labelloc=t, rankdir=TB, newrank=true, nodesep=0.3, ranksep=0.6, {fonts}, fontsize=16, fontcolor=\"{ink}\"];",
        quoted(&broken(&short(&title, MOST), 80))
    );
    let _ = writeln!(out, "  node [style=filled, {fonts}, fontsize=11, fontcolor=\"{ink}\"];");
    let line = theme.canvas.link.hex();
    let _ = writeln!(out, "  edge [{fonts}, fontsize=9, fontcolor=\"{ink}\", color=\"{line}\"];");
    let all = nodes(doc, index);
    for band in BANDS {
        let inside: Vec<&Node<'_>> = all.iter().filter(|it| it.band == band).collect();
        if inside.is_empty() {
            continue;
        }
        let _ = writeln!(out, "  subgraph \"cluster_{band:?}\" {{");
        let (text, edge) = (band.label(), theme.canvas.band_line.hex());
        let _ = writeln!(out, "    label=\"{text}\"; labeljust=l; color=\"{edge}\";");
        for node in &inside {
            let _ = writeln!(out, "    {};", statement(doc, index, theme, node));
        }
        steps_in_a_row(&mut out, &inside);
        out += "  }\n";
    }
    for (id, link) in links(doc, index, graph) {
        // Labels between nodes of one rank are put beside the line: dot fails at placing them in it.
        let (class, style, label) = match &link.kind {
            LinkKind::Next { .. } => ("next", "style=bold, constraint=false", "xlabel"),
            LinkKind::Uses => ("uses", "style=solid", "label"),
            LinkKind::Influences { .. } => ("influences", "style=dotted", "label"),
            LinkKind::DependsOn { .. } => ("depends-on", "style=solid", "label"),
        };
        let colour = match &link.kind {
            LinkKind::DependsOn { rating: Some(Rating::Broken), .. } => Some(theme.canvas.broken),
            LinkKind::DependsOn { rating: Some(Rating::Strained), .. } => {
                Some(theme.canvas.strained)
            }
            _ => None,
        };
        let colour = colour.map_or_else(String::new, |it| format!(", color=\"{}\"", it.hex()));
        let text = broken(&short(&link_text(link), MOST), WIDTH);
        let text = if text.is_empty() { text } else { format!(", {label}={}", quoted(&text)) };
        let _ = writeln!(
            out,
            "  \"{}\" -> \"{}\" [id=\"{id}\", class=\"{class}\", {style}{colour}{text}];",
            link.from, link.to
        );
    }
    out += "}\n";
    out
}

/// The steps of a band side by side, in their order.
fn steps_in_a_row(out: &mut String, inside: &[&Node<'_>]) {
    let steps: Vec<String> = (inside.iter())
        .filter(|it| it.kind == Kind::Step)
        .map(|it| format!("\"{}\"", it.id))
        .collect();
    if steps.len() > 1 {
        let _ = writeln!(out, "    {{ rank=same; {}; }}", steps.join("; "));
        let _ = writeln!(out, "    {} [style=invis, weight=10];", steps.join(" -> "));
    }
}

fn statement(doc: &Doc, index: &Index, theme: &Theme, node: &Node<'_>) -> String {
    let (shape, colours) = match (node.kind, node.system) {
        (Kind::Step, _) => ("box", 0),
        (Kind::Touchpoint, _) => ("ellipse", 1),
        (Kind::Influencer, _) => ("oval", 2),
        (_, Some(SystemClass::Team)) => ("house", 3),
        (_, Some(SystemClass::Process)) => ("cds", 3),
        (_, Some(SystemClass::Policy)) => ("note", 3),
        (_, Some(SystemClass::Technology)) => ("cylinder", 3),
        (_, Some(SystemClass::Partner)) => ("component", 3),
        _ => ("box3d", 3),
    };
    let colours = &theme.stages[colours % theme.stages.len()];
    let worst = query::worst_severity(doc, index, node.id).unwrap_or(0);
    let hurt = usize::from(worst).checked_sub(1).and_then(|at| theme.severities.get(at));
    let (border, width) = match hurt {
        Some(it) => (it.border.hex(), 3),
        None => (colours.accent.hex(), 1),
    };
    let tooltip = format!("{}: {}", node.class, node.name);
    format!(
        "\"{}\" [label={}, tooltip={}, shape={shape}, class={}, fillcolor=\"{}\", color=\"{border}\", penwidth={width}]",
        node.id,
        quoted(&broken(&short(&node.name, MOST), WIDTH)),
        quoted(&tooltip),
        quoted(node.class),
        colours.fill.hex(),
    )
}

/// Breaks a line at spaces, into lines of about `width` characters.
fn broken(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 {
            let full = used + 1 + length > width;
            out.push(if full { '\n' } else { ' ' });
            used = if full { 0 } else { used + 1 };
        }
        out += word;
        used += length;
    }
    out
}

/// A text as a quoted string of DOT. Graphviz reads `\` and entities in labels (`escString`, and
/// what "Character encodings" of its documentation says), so both are taken away from texts.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '&' => out += "&amp;",
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_broken_and_quoted() {
        assert_eq!(broken("one two three four", 8), "one two\nthree\nfour");
        assert_eq!(quoted("a \"b\" \\N &lt;\nc"), "\"a \\\"b\\\" \\\\N &amp;lt;\\nc\"");
    }
}
