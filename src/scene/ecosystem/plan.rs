//! In which strip and layer each card stands, before anybody knows sizes.
//!
//! Within a strip, cards stand by how deep they lie beneath what rests on them there: a card
//! stands below everything in its strip that rests on it, those that rest on each other side by
//! side. Steps stand above all other cards of their strip, influencers in a layer of their own.
//! Not here: where in its layer a card stands (see `layout::layered`).

use std::cmp::Reverse;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use crate::layout::{layered, sizes};
use crate::model::choice::Band;
use crate::model::record::Step;
use crate::model::{Doc, Edge, Id, Index, Kind};
use crate::text::Text;

use super::super::draw::set;
use super::super::header::stage_name;
use super::visible::{Shown, StripOf};
use super::{EcosystemOptions, Grouping, NodeKind};

/// A strip.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strip {
    pub of: StripOf,
    pub name: String,
    /// How many records stand in it.
    pub count: usize,
    pub layers: usize,
}

/// What stands where.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plan {
    pub shown: Shown,
    /// Top to bottom.
    pub strips: Vec<Strip>,
    /// By node: its strip and, over all strips, its layer.
    pub strip: Vec<usize>,
    pub layer: Vec<usize>,
    /// The stages of the map in order, last the one of steps without a stage.
    pub stages: Vec<Option<Id>>,
    /// By node: the stage, of a step.
    pub stage: Vec<Option<usize>>,
    /// How many steps the map has.
    pub steps: usize,
}

/// The bands of the view, top to bottom.
const BANDS: [Band; 4] = [Band::Customer, Band::Frontstage, Band::Backstage, Band::Support];

impl Plan {
    pub fn of(doc: &Doc, index: &Index, options: &EcosystemOptions) -> Self {
        let shown = Shown::of(doc, index, options);
        let strips = strips(doc, &shown, options);
        let place: FxHashMap<&StripOf, usize> =
            strips.iter().enumerate().map(|(i, strip)| (&strip.of, i)).collect();
        // A strip for each that a node names was made.
        let strip: Vec<usize> =
            shown.nodes.iter().map(|it| place.get(&it.strip).copied().unwrap_or(0)).collect();
        let stages: Vec<Option<Id>> =
            doc.stages().into_iter().map(|(id, _)| Some(id.clone())).chain([None]).collect();
        let number: FxHashMap<&Id, usize> = stages
            .iter()
            .enumerate()
            .filter_map(|(i, stage)| stage.as_ref().map(|id| (id, i)))
            .collect();
        let stage = shown.nodes.iter().map(|node| {
            let step = doc.get_as::<Step>(&node.record).filter(|_| node.kind == NodeKind::Step)?;
            let known = step.stage.as_ref().and_then(|id| number.get(id).copied());
            Some(known.unwrap_or(stages.len() - 1))
        });
        let stage = stage.collect();
        let steps = index.of_kind(Kind::Step).len();
        let mut plan = Self { strips, strip, layer: Vec::new(), stage, stages, steps, shown };
        plan.stack(options.grouping);
        plan
    }

    /// Puts cards into layers.
    fn stack(&mut self, grouping: Grouping) {
        let depth = self.depths();
        // Steps first; influencers where they hide no link of many.
        let tier = |i: usize| match (self.shown.nodes[i].kind, grouping) {
            (NodeKind::Step, _) => 0,
            (NodeKind::Influencer, _) => 1,
            _ => 2,
        };
        let mut deep = vec![[0_usize; 3]; self.strips.len()];
        for (i, strip) in self.strip.iter().enumerate() {
            let most = &mut deep[*strip][tier(i)];
            *most = (*most).max(depth[i] + 1);
        }
        let mut before = 0;
        let mut starts = Vec::new();
        for (strip, deep) in self.strips.iter_mut().zip(&deep) {
            starts.push([before, before + deep[0], before + deep[0] + deep[1]]);
            strip.layers = deep.iter().sum::<usize>().max(1);
            before += strip.layers;
        }
        let layer = (0..self.strip.len()).map(|i| starts[self.strip[i]][tier(i)] + depth[i]);
        self.layer = layer.collect();
    }

    /// How deep each card lies beneath others of its strip. Cards that rest on each other in a
    /// circle count as one.
    fn depths(&self) -> Vec<usize> {
        let nodes = &self.shown.nodes;
        let mut graph: DiGraph<(), ()> =
            DiGraph::with_capacity(nodes.len(), self.shown.links.len());
        nodes.iter().for_each(|_| _ = graph.add_node(()));
        let lower =
            |i: u32| !matches!(nodes[i as usize].kind, NodeKind::Step | NodeKind::Influencer);
        for link in &self.shown.links {
            let within = self.strip[link.from as usize] == self.strip[link.to as usize];
            let rests = matches!(link.edge, Edge::Uses | Edge::DependsOn);
            if within && rests && link.from != link.to && lower(link.from) && lower(link.to) {
                graph.add_edge(
                    NodeIndex::new(link.from as usize),
                    NodeIndex::new(link.to as usize),
                    (),
                );
            }
        }
        let circles = kosaraju_scc(&graph);
        let mut circle = vec![0_usize; nodes.len()];
        for (i, members) in circles.iter().enumerate() {
            members.iter().for_each(|node| circle[node.index()] = i);
        }
        let mut depth = vec![0_usize; circles.len()];
        // They come with what others rest on first, so from the last one on downwards.
        for (i, members) in circles.iter().enumerate().rev() {
            for below in members.iter().flat_map(|node| graph.neighbors(*node)) {
                let below = circle[below.index()];
                if below != i {
                    depth[below] = depth[below].max(depth[i] + 1);
                }
            }
        }
        circle.into_iter().map(|i| depth[i]).collect()
    }

    /// What the layout has to solve. `heights`: of the cards, by node.
    pub fn problem(
        &self,
        doc: &Doc,
        pins: impl Fn(&Id) -> Option<(f64, f64)>,
        heights: impl Fn(usize) -> f32,
        compact: bool,
        text: &mut Text,
    ) -> layered::Problem {
        let s = sizes();
        let strips = self.strips.iter().map(|strip| layered::Strip {
            layers: strip.layers,
            head: match &strip.of {
                _ if strip.count == 0 => s.strip.head,
                StripOf::Band(Band::Customer) => self.head_height(doc, text),
                _ => 0.0,
            },
        });
        let strips = strips.collect();
        let nodes = self.shown.nodes.iter().enumerate().map(|(i, node)| layered::Node {
            key: node.record.clone(),
            width: s.strip.card_width,
            height: heights(i),
            layer: self.layer[i],
            order: self.stage[i].map(|_| i as u32),
            group: self.stage[i].map(|stage| stage as u32),
            pin: pins(&node.record).map(|(x, y)| crate::geom::pt(x as f32, y as f32)),
        });
        let nodes = nodes.collect();
        let links = self.shown.links.iter().map(|it| layered::Link { from: it.from, to: it.to });
        let mut spacing = layered::Spacing::default();
        if compact {
            let strip = &s.strip;
            (spacing.row_gap, spacing.aspect) = (strip.slide_row_gap, strip.slide_aspect);
            (spacing.strip_gap, spacing.strip_pad) = (strip.slide_gap, strip.slide_pad);
        }
        layered::Problem { strips, nodes, links: links.collect(), spacing }
    }

    /// Whether steps stand under the heads of stages.
    pub fn has_heads(&self) -> bool {
        self.stage.iter().flatten().any(|stage| self.stages[*stage].is_some())
    }

    /// How high the heads of the stages are, with the space below: as high as the highest one
    /// over a single card.
    fn head_height(&self, doc: &Doc, text: &mut Text) -> f32 {
        if !self.has_heads() {
            return 0.0;
        }
        let mut stages: Vec<usize> = self.stage.iter().flatten().copied().collect();
        stages.dedup();
        let style = sizes().text.stage.bold();
        let width = sizes().strip.card_width;
        let high = |stage: usize, text: &mut Text| {
            set(text, stage_name(doc, self.stages[stage].as_ref()), style, width, HEAD_LINES).height
        };
        let most = stages.into_iter().map(|stage| high(stage, text)).fold(0.0, f32::max);
        most + sizes().space.s
    }
}

/// The most lines of a stage's name.
pub(super) const HEAD_LINES: usize = 2;

/// The strips that there are.
fn strips(doc: &Doc, shown: &Shown, options: &EcosystemOptions) -> Vec<Strip> {
    let mut counts: FxHashMap<&StripOf, usize> = FxHashMap::default();
    for node in &shown.nodes {
        *counts.entry(&node.strip).or_default() += node.members.len();
    }
    let strip = |of: StripOf, name: String| Strip {
        count: counts.get(&of).copied().unwrap_or(0),
        layers: 1,
        of,
        name,
    };
    let asked = |band: &Band| {
        let bands = &options.filter.bands;
        let filled = counts.contains_key(&StripOf::Band(*band));
        filled || !options.compact && (bands.is_empty() || bands.contains(band))
    };
    let band = |band: Band| strip(StripOf::Band(band), band.label().to_owned());
    if options.grouping == Grouping::Bands {
        return BANDS.into_iter().filter(asked).map(band).collect();
    }
    let mut owners: Vec<Strip> = (counts.keys())
        .filter_map(|of| match of {
            StripOf::Owner(Some(id)) => Some(strip((*of).clone(), owner_name(doc, id).to_owned())),
            _ => None,
        })
        .collect();
    owners.sort_by(|a, b| {
        (Reverse(a.count), &a.name, &a.of).cmp(&(Reverse(b.count), &b.name, &b.of))
    });
    let unowned = strip(StripOf::Owner(None), "No owner".to_owned());
    let unowned = (unowned.count > 0 || owners.is_empty()).then_some(unowned);
    Some(band(Band::Customer)).into_iter().chain(owners).chain(unowned).collect()
}

/// A team's name; what stands in its place where there is none.
pub(super) fn owner_name<'a>(doc: &'a Doc, id: &Id) -> &'a str {
    match doc.name_of(id).trim() {
        "" => "Unnamed team",
        name => name,
    }
}
