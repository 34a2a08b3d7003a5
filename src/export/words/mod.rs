//! A map as text: a report in Markdown, and the graph in the languages of other programs.
//!
//! Texts of people are escaped so that none can break out of its place; see each module. Not here:
//! what of the map is written (see [`super::narrow`]).

mod dot;
mod graphml;
mod markdown;
mod mermaid;
mod report;

pub use dot::dot;
pub use graphml::graphml;
pub use mermaid::{mermaid_flowchart, mermaid_journey};
pub use report::markdown;

use crate::model::choice::{Band, SystemClass};
use crate::model::record::{Link, LinkKind, System};
use crate::model::{Doc, Graph, Id, Index, Kind};

use super::say;

/// A node of the graph as other programs see it.
struct Node<'a> {
    id: &'a Id,
    name: String,
    kind: Kind,
    /// What people call its kind; of an internal system its class.
    class: &'static str,
    system: Option<SystemClass>,
    band: Band,
}

/// The bands of a graph, top to bottom.
const BANDS: [Band; 5] =
    [Band::Customer, Band::Frontstage, Band::Backstage, Band::Support, Band::Insight];

/// The nodes by band, top to bottom; within one, steps in journey order first, then all others by
/// kind and id.
fn nodes<'a>(doc: &'a Doc, index: &'a Index) -> Vec<Node<'a>> {
    let steps = doc.steps().into_iter().map(|(id, _)| id);
    let others = [Kind::Influencer, Kind::Touchpoint, Kind::System];
    let others = others.into_iter().flat_map(|kind| index.of_kind(kind));
    let node = |id: &'a Id| {
        let kind = doc.kind_of(id)?;
        let system = doc.get_as::<System>(id);
        let band = match (kind, system) {
            (_, Some(it)) => it.band.unwrap_or_else(|| it.class.default_band()),
            (Kind::Touchpoint, _) => Band::Frontstage,
            _ => Band::Customer,
        };
        Some(Node {
            id,
            name: say::name(doc, id),
            kind,
            class: system.map_or(kind.singular(), |it| it.class.label()),
            system: system.map(|it| it.class),
            band,
        })
    };
    let mut all: Vec<Node<'a>> = steps.chain(others).filter_map(node).collect();
    all.sort_by_key(|it| it.band);
    all
}

/// The links that have both ends, by id, and what each says beyond its kind.
fn links<'a>(
    doc: &'a Doc,
    index: &'a Index,
    graph: &'a Graph,
) -> impl Iterator<Item = (&'a Id, &'a Link)> {
    let all = index.of_kind(Kind::Link).iter();
    all.filter_map(|id| doc.get_as::<Link>(id).map(|it| (id, it)))
        .filter(|(_, it)| graph.index_of(&it.from).is_some() && graph.index_of(&it.to).is_some())
}

/// What stands at a link: a condition, what is depended on, what an influencer does.
fn link_text(link: &Link) -> String {
    match &link.kind {
        LinkKind::Next { condition, .. } => say::line(condition.as_deref().unwrap_or("")),
        LinkKind::Uses => String::new(),
        LinkKind::Influences { activities, .. } => say::line(&activities.join(", ")),
        LinkKind::DependsOn { what, .. } => say::line(what.as_deref().unwrap_or("")),
    }
}

/// The first so many characters, with an ellipsis where there were more: labels in a drawing that
/// no program could lay out otherwise.
fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
