//! DOT, the language of Graphviz: the graph with its bands as clusters.
//!
//! Labels are plain, never HTML-like; positions are Graphviz's to find.

use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::choice::{Rating, SystemClass};
use crate::model::record::LinkKind;
use crate::model::{Doc, Edge, Graph, Id, Index, Kind, query};
use crate::scene::Theme;

use super::super::say;
use super::{BANDS, Node, link_text, links, nodes, short};

/// The most characters of a name in a drawing; the whole of it is the tooltip.
const MOST: usize = 160;
/// About how many characters stand in a line.
const WIDTH: usize = 22;
/// How many stand side by side at most, steps left out.
const ROW: usize = 12;

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
        "  graph [label={}, labelloc=t, rankdir=TB, nodesep=0.3, ranksep=0.6, {fonts}, fontsize=16, fontcolor=\"{ink}\"];",
        quoted(&broken(&short(&title, MOST), 80))
    );
    let _ = writeln!(out, "  node [style=filled, {fonts}, fontsize=11, fontcolor=\"{ink}\"];");
    let line = theme.canvas.link.hex();
    let _ = writeln!(out, "  edge [{fonts}, fontsize=9, fontcolor=\"{ink}\", color=\"{line}\"];");
    let all = nodes(doc, index);
    let (mut rows, mut borders): (Vec<Vec<&Id>>, Vec<(&Id, &Id)>) = Default::default();
    for band in BANDS {
        let inside: Vec<&Node<'_>> = all.iter().filter(|it| it.band == band).collect();
        if inside.is_empty() {
            continue;
        }
        // Within a cluster dot 2.43 does not keep steps in their order, so theirs has no frame.
        let framed = inside.iter().all(|it| it.kind != Kind::Step);
        if framed {
            let (text, edge) = (band.label(), theme.canvas.band_line.hex());
            let _ = writeln!(out, "  subgraph \"cluster_{band:?}\" {{");
            let _ = writeln!(out, "    label=\"{text}\"; labeljust=l; color=\"{edge}\";");
        }
        for node in &inside {
            let _ = writeln!(out, "    {};", statement(doc, index, theme, node));
        }
        let own = rows_of(graph, &inside);
        arrange(&mut out, &own);
        let steps: Vec<String> = (inside.iter())
            .filter(|it| it.kind == Kind::Step)
            .map(|it| format!("\"{}\"", it.id))
            .collect();
        if steps.len() > 1 {
            let _ = writeln!(out, "    {} [style=invis, weight=10];", steps.join(" -> "));
        }
        if framed {
            out += "  }\n";
        }
        if let (Some(above), Some(below)) = (rows.last(), own.first()) {
            borders.push((above[0], below[0]));
        }
        rows.extend(own);
    }
    for (above, below) in borders {
        let _ = writeln!(out, "  \"{above}\" -> \"{below}\" [style=invis];");
    }
    let order: FxHashMap<&Id, usize> =
        doc.steps().into_iter().map(|(id, _)| id).enumerate().map(|(at, id)| (id, at)).collect();
    let row: FxHashMap<&Id, usize> =
        rows.iter().enumerate().flat_map(|(at, row)| row.iter().map(move |id| (*id, at))).collect();
    for (id, link) in links(doc, index, graph) {
        let is_level = row.get(&link.from) == row.get(&link.to);
        // Labels between nodes of one rank are put beside the line: dot fails at placing them in it.
        let (class, style) = match &link.kind {
            LinkKind::Next { .. } => ("next", "bold"),
            LinkKind::Uses => ("uses", "solid"),
            LinkKind::Influences { .. } => ("influences", "dotted"),
            LinkKind::DependsOn { .. } => ("depends-on", "solid"),
        };
        let label = if is_level { "xlabel" } else { "label" };
        // What leads up or stays level must not turn the bands round.
        let free = if row.get(&link.from) < row.get(&link.to) { "" } else { ", constraint=false" };
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
        // Within a rank dot takes lines for an order from left to right: those that lead back are
        // said the other way round.
        let is_back = class == "next" && order.get(&link.from) > order.get(&link.to);
        let (tail, head, way) = match is_back {
            true => (&link.to, &link.from, ", dir=back"),
            false => (&link.from, &link.to, ""),
        };
        let _ = writeln!(
            out,
            "  \"{tail}\" -> \"{head}\" [id=\"{id}\", class=\"{class}\", style={style}{free}{way}{colour}{text}];"
        );
    }
    out += "}\n";
    out
}

/// The rows of a band, top to bottom: influencers, steps, then everything else by how deep it lies
/// beneath what rests on it there.
fn rows_of<'a>(graph: &Graph, inside: &[&Node<'a>]) -> Vec<Vec<&'a Id>> {
    let of_kind = |kind: Kind| -> Vec<&'a Id> {
        inside.iter().filter(|it| it.kind == kind).map(|it| it.id).collect()
    };
    let mut rows: Vec<Vec<&Id>> = Vec::new();
    rows.extend(of_kind(Kind::Influencer).chunks(ROW).map(<[_]>::to_vec));
    rows.push(of_kind(Kind::Step));
    let deep: Vec<&'a Id> = inside
        .iter()
        .filter(|it| matches!(it.kind, Kind::Touchpoint | Kind::System))
        .map(|it| it.id)
        .collect();
    let here: FxHashSet<&Id> = deep.iter().copied().collect();
    let below = |id: &Id| -> Vec<&'a Id> {
        let to = graph.outgoing(id).filter(|(_, edge, _)| *edge == Edge::DependsOn);
        to.filter_map(|(_, _, to)| here.get(to).copied()).collect()
    };
    // Row by row: what nothing left rests on; where all that is left goes round in a ring, that.
    let mut above: FxHashMap<&Id, usize> = deep.iter().map(|id| (*id, 0)).collect();
    for to in deep.iter().flat_map(|id| below(id)) {
        *above.entry(to).or_default() += 1;
    }
    let mut left = deep;
    while !left.is_empty() {
        let (mut row, mut rest): (Vec<&Id>, Vec<&Id>) =
            left.iter().partition(|id| above.get(*id).is_none_or(|it| *it == 0));
        if row.is_empty() {
            row = std::mem::take(&mut rest);
        }
        for to in row.iter().flat_map(|id| below(id)) {
            let count = above.entry(to).or_default();
            *count = count.saturating_sub(1);
        }
        rows.extend(row.chunks(ROW).map(<[_]>::to_vec));
        left = rest;
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Puts each row of a band on one rank, one below the other: lines that nobody sees hold them there.
fn arrange(out: &mut String, rows: &[Vec<&Id>]) {
    for row in rows {
        let quoted: Vec<String> = row.iter().map(|id| format!("\"{id}\"")).collect();
        let _ = writeln!(out, "    {{ rank=same; {}; }}", quoted.join("; "));
    }
    for pair in rows.windows(2) {
        let _ = writeln!(out, "    \"{}\" -> \"{}\" [style=invis];", pair[0][0], pair[1][0]);
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
