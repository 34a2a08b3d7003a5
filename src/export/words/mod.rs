//! A map as text: a report in Markdown, and the graph in the languages of other programs.

use crate::model::{Doc, Graph, Id, Index};

/// A report in Markdown.
pub fn markdown(_doc: &Doc, _index: &Index, _graph: &Graph, _segment: Option<&Id>) -> String {
    String::new()
}

/// A Mermaid `journey`.
pub fn mermaid_journey(_doc: &Doc, _segment: Option<&Id>) -> String {
    String::new()
}

/// A Mermaid `flowchart` of the graph.
pub fn mermaid_flowchart(_doc: &Doc, _index: &Index, _graph: &Graph) -> String {
    String::new()
}

/// The graph in DOT, for Graphviz.
pub fn dot(_doc: &Doc, _index: &Index, _graph: &Graph) -> String {
    String::new()
}

/// The graph in GraphML, for yEd, Gephi and Kumu.
pub fn graphml(_doc: &Doc, _index: &Index, _graph: &Graph) -> String {
    String::new()
}
