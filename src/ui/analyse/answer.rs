//! An answer of the map, and what of it lights up.

use rustc_hash::FxHashSet;

use crate::edit::Session;
use crate::insight::{self, Impact, Trace};
use crate::model::record::{Delight, Friction};
use crate::model::{Doc, Id};
use crate::ui::trail::Trail;

use super::state::{Pointed, Question};

/// What the map answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Trace(Trace),
    Impact(Impact),
}

impl Answer {
    /// Asks the map about a record.
    pub fn to(question: Question, session: &Session, about: &Id) -> Self {
        let (doc, index, graph) = (session.doc(), session.index(), session.graph());
        match question {
            Question::Trace => Self::Trace(insight::trace(doc, index, graph, about)),
            Question::Impact => Self::Impact(insight::impact(doc, index, graph, about)),
        }
    }

    /// All that the answer speaks of.
    pub fn trail(&self) -> Trail {
        match self {
            Self::Trace(it) => {
                let mut lit: FxHashSet<Id> = it.nodes.union(&it.links).cloned().collect();
                lit.extend(it.frictions.iter().chain(&it.from).cloned());
                Trail { lit, named: named(it).cloned().collect() }
            }
            Self::Impact(it) => {
                let mut lit: FxHashSet<Id> = it.nodes.union(&it.links).cloned().collect();
                lit.extend(it.frictions.iter().map(|(id, _)| id).chain(&it.of).cloned());
                Trail { lit, named: FxHashSet::default() }
            }
        }
    }

    /// The part of it that a line of the panel is about. Nothing less than what was asked about is
    /// lit, so that one sees where the way begins.
    pub fn part(&self, pointed: &Pointed, session: &Session) -> Trail {
        let (doc, index, graph) = (session.doc(), session.index(), session.graph());
        let mut lit: FxHashSet<Id> = FxHashSet::default();
        let both = |a: &FxHashSet<Id>, b: &FxHashSet<Id>| -> Vec<Id> {
            a.intersection(b).cloned().collect()
        };
        let whole = self.trail();
        match (self, pointed) {
            (Self::Trace(it), Pointed::Way(at)) => {
                let way = it.paths.get(*at);
                let links = way.iter().flat_map(|it| it.links.iter().flatten());
                lit.extend(way.iter().flat_map(|it| &it.nodes).chain(links).cloned());
            }
            // Every way to one end: what is beneath the start and above the end.
            (Self::Trace(it), Pointed::End(end)) => {
                let above = insight::impact(doc, index, graph, end);
                lit.extend(both(&it.nodes, &above.nodes));
                lit.extend(both(&it.links, &above.links));
                lit.extend(it.starts.iter().cloned());
                let causes = it.causes.iter().filter(|cause| cause.system == *end);
                lit.extend(causes.flat_map(|cause| cause.named_by.clone()));
            }
            (Self::Trace(it), Pointed::Owner(at)) => {
                let owner = it.owners.get(*at);
                lit.extend(
                    owner.into_iter().flat_map(|it| it.owns.iter().chain(&it.team)).cloned(),
                );
            }
            (Self::Impact(it), Pointed::End(end)) => {
                let below = insight::trace(doc, index, graph, end);
                lit.extend(both(&it.nodes, &below.nodes));
                lit.extend(both(&it.links, &below.links));
            }
            (Self::Impact(_), _) | (_, Pointed::Hub(_)) => return whole,
        }
        let (Self::Trace(Trace { from: of, .. }) | Self::Impact(Impact { of, .. })) = self;
        lit.extend(of.iter().cloned());
        let at = |id: &&Id| place_of(doc, id).is_some_and(|at| lit.contains(at));
        let felt: Vec<Id> = whole.lit.iter().filter(at).cloned().collect();
        lit.extend(felt);
        let named = whole.named.intersection(&lit).cloned().collect();
        Trail { lit, named }
    }
}

/// The causes that the team named.
fn named(trace: &Trace) -> impl Iterator<Item = &Id> {
    trace.causes.iter().filter(|it| !it.named_by.is_empty()).map(|it| &it.system)
}

/// What a friction point or a delight sits on.
pub(super) fn place_of<'a>(doc: &'a Doc, id: &Id) -> Option<&'a Id> {
    let friction = doc.get_as::<Friction>(id).and_then(|it| it.at.as_ref());
    friction.or_else(|| doc.get_as::<Delight>(id).and_then(|it| it.at.as_ref()))
}
