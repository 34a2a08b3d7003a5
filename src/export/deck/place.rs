//! Where things happen: the steps at which a record shows, and their stages.

use rustc_hash::FxHashMap;

use crate::model::record::{Link, LinkKind, Stage, Step};
use crate::model::{Doc, Edge, Id, Record};

use super::compose::Source;

/// Whether it is a step, a touchpoint, an influencer or an internal system.
pub(super) fn is_node(doc: &Doc, id: &Id) -> bool {
    doc.kind_of(id).is_some_and(crate::model::Kind::is_node)
}

/// The steps in journey order, with the stage of each.
pub(super) struct Steps {
    /// By step: its place in the journey, and its stage where that is there.
    stage_of: FxHashMap<Id, (usize, Option<Id>)>,
}

impl Steps {
    pub fn of(source: &Source<'_>) -> Self {
        let doc = source.doc;
        let stage = |step: &Step| step.stage.clone().filter(|id| doc.get_as::<Stage>(id).is_some());
        let all = doc.steps().into_iter().enumerate();
        Self { stage_of: all.map(|(i, (id, step))| (id.clone(), (i, stage(step)))).collect() }
    }

    /// A step's stage.
    pub fn stage(&self, step: &Id) -> Option<Id> {
        self.stage_of.get(step).and_then(|it| it.1.clone())
    }

    /// The first step at which a node, a link or what sits on one is met.
    pub fn at(&self, source: &Source<'_>, id: &Id) -> Option<Id> {
        self.all_at(source, id).into_iter().next()
    }

    /// Whether it is met at a step of that stage, or is that stage.
    pub fn is_at(&self, source: &Source<'_>, id: &Id, stage: Option<&Id>) -> bool {
        Some(id) == stage
            || self.all_at(source, id).iter().any(|it| self.stage(it).as_ref() == stage)
    }

    /// All steps at which it is met, in journey order: for an internal system those that rest on it.
    pub fn all_at(&self, source: &Source<'_>, id: &Id) -> Vec<Id> {
        /// Frictions, links and nodes lead no deeper.
        const DEEPEST: usize = 4;
        let doc = source.doc;
        let mut at = id;
        for _ in 0..DEEPEST {
            at = match doc.get(at).map(AsRef::as_ref) {
                Some(Record::Friction(it)) => match &it.at {
                    Some(next) => next,
                    None => return Vec::new(),
                },
                Some(Record::Link(Link { from, to, kind })) => match kind {
                    LinkKind::Influences { .. } => to,
                    _ => from,
                },
                _ => break,
            };
        }
        let mut found: Vec<&Id> = Vec::new();
        let mut seen: rustc_hash::FxHashSet<&Id> = [at].into_iter().collect();
        let mut queue = vec![at];
        while let Some(node) = queue.pop() {
            if self.stage_of.contains_key(node) {
                found.push(node);
                continue;
            }
            let up = source.graph.incoming(node);
            let up = up.filter(|(_, edge, _)| matches!(edge, Edge::Uses | Edge::DependsOn));
            let on = source.graph.outgoing(node).filter(|(_, edge, _)| *edge == Edge::Influences);
            for (_, _, above) in up.chain(on) {
                if seen.insert(above) {
                    queue.push(above);
                }
            }
        }
        found.sort_by_key(|id| self.stage_of[*id].0);
        found.into_iter().cloned().collect()
    }
}
