//! How much of the journey some steps are, for each segment and for all.
//!
//! A segment's share is the weight of these steps by that of all steps. A step weighs what the
//! segment cares about there: the highest importance (0 to 5) that an influence at the step has
//! for it; the mean of what is known for the segment where nothing is known of the step; 1
//! everywhere where nothing is known of the segment or all is 0. A moment of truth weighs double.
//!
//! Over all segments, shares are weighed by priority (3, the middle, where nobody has said) times
//! customers; by priority times share of the customers where not all numbers of customers are
//! known; by priority alone where these are not known either.

use petgraph::Direction;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::record::{Link, LinkKind, Segment, Stage, Step};
use crate::model::{Doc, Edge, Graph, Id, Index, Kind, OrderKey, query};

use super::SegmentShare;
use super::impact::part;

/// Where nobody has said how much a segment counts: the middle of 1 to 5.
const UNKNOWN_PRIORITY: u8 = 3;

/// Steps in journey order, as [`Doc::steps`] has it, without a walk over the whole map.
pub(super) fn in_order<'a>(doc: &'a Doc, mut steps: Vec<&'a Id>) -> Vec<&'a Id> {
    type Key<'a> = (bool, Option<(&'a OrderKey, &'a Id)>, Option<&'a OrderKey>, &'a Id);
    steps.sort_by_cached_key(|id| -> Key<'a> {
        let step = doc.get_as::<Step>(id);
        let stage = step.and_then(|it| stage_of(doc, it)).map(|(id, stage)| (&stage.order, id));
        (stage.is_none(), stage, step.map(|it| &it.order), id)
    });
    steps
}

/// The stages of some steps that are in journey order, each once.
pub(super) fn stages_of(doc: &Doc, steps: &[&Id]) -> Vec<Id> {
    let steps = steps.iter().filter_map(|id| doc.get_as::<Step>(id));
    let mut stages: Vec<Id> =
        steps.filter_map(|step| stage_of(doc, step)).map(|(id, _)| id.clone()).collect();
    stages.dedup();
    stages
}

fn stage_of<'a>(doc: &'a Doc, step: &'a Step) -> Option<(&'a Id, &'a Stage)> {
    let id = step.stage.as_ref()?;
    doc.get_as::<Stage>(id).map(|stage| (id, stage))
}

/// The steps of a map with what they weigh for each segment.
pub(super) struct Journey<'a> {
    steps: Vec<&'a Id>,
    /// The highest priority first; one without a segment where there is none.
    segments: Vec<Weights<'a>>,
}

struct Weights<'a> {
    segment: Option<&'a Id>,
    /// By step.
    weights: Vec<f64>,
    /// What the segment counts among all.
    counts: f64,
}

impl<'a> Journey<'a> {
    pub(super) fn new(doc: &'a Doc, index: &'a Index, graph: &'a Graph) -> Self {
        let steps: Vec<&Id> = index.of_kind(Kind::Step).iter().collect();
        let truth: Vec<f64> = steps
            .iter()
            .map(|id| doc.get_as::<Step>(id).is_some_and(|it| it.moment_of_truth))
            .map(|it| if it { 2.0 } else { 1.0 })
            .collect();
        let segments = query::segments(doc, index);
        if segments.is_empty() {
            let all = Weights { segment: None, weights: truth, counts: 1.0 };
            return Self { steps, segments: vec![all] };
        }
        let known = importance(doc, graph, &steps, &segments);
        let counts = counts(&segments);
        let segments = segments.iter().zip(known).zip(counts).map(|(((id, _), known), counts)| {
            let weights = fill(&known).into_iter().zip(&truth).map(|(it, truth)| it * truth);
            Weights { segment: Some(id), weights: weights.collect(), counts }
        });
        Self { segments: segments.collect(), steps }
    }

    /// What share of each segment's journey some steps are, and of all together.
    pub(super) fn shares(&self, reached: &[&Id]) -> (Vec<SegmentShare>, f64) {
        let reached: FxHashSet<&Id> = reached.iter().copied().collect();
        let is_reached: Vec<bool> = self.steps.iter().map(|id| reached.contains(id)).collect();
        let shares: Vec<SegmentShare> = self
            .segments
            .iter()
            .map(|it| {
                let some = it.weights.iter().zip(&is_reached).filter(|(_, reached)| **reached);
                let share = part(some.map(|(weight, _)| weight).sum(), it.weights.iter().sum());
                SegmentShare { segment: it.segment.cloned(), share }
            })
            .collect();
        let sum = shares.iter().zip(&self.segments).map(|(it, of)| it.share * of.counts).sum();
        (shares, part(sum, self.segments.iter().map(|it| it.counts).sum()))
    }
}

/// By segment and step: the highest importance that is known.
fn importance(
    doc: &Doc,
    graph: &Graph,
    steps: &[&Id],
    segments: &[(&Id, &Segment)],
) -> Vec<Vec<Option<u8>>> {
    let numbers: FxHashMap<&Id, usize> =
        segments.iter().enumerate().map(|(number, (id, _))| (*id, number)).collect();
    let mut known = vec![vec![None; steps.len()]; segments.len()];
    for (at, step) in steps.iter().enumerate() {
        let Some(node) = graph.index_of(step) else { continue };
        for edge in graph.petgraph().edges_directed(node, Direction::Incoming) {
            let (link, Edge::Influences) = edge.weight() else { continue };
            let Some(Link { kind: LinkKind::Influences { importance, .. }, .. }) = doc.get_as(link)
            else {
                continue;
            };
            for (segment, weight) in importance {
                if let Some(number) = numbers.get(segment) {
                    let highest: &mut Option<u8> = &mut known[*number][at];
                    *highest = (*highest).max(Some((*weight).min(5)));
                }
            }
        }
    }
    known
}

/// The weights of steps, with what is not known filled in.
fn fill(known: &[Option<u8>]) -> Vec<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for weight in known.iter().flatten() {
        sum += f64::from(*weight);
        count += 1.0;
    }
    if sum <= 0.0 {
        return vec![1.0; known.len()];
    }
    known.iter().map(|it| it.map_or(sum / count, f64::from)).collect()
}

/// What each segment counts among all.
fn counts(segments: &[(&Id, &Segment)]) -> Vec<f64> {
    let all = |get: &dyn Fn(&Segment) -> Option<f64>| -> Option<Vec<f64>> {
        let all: Option<Vec<f64>> = segments.iter().map(|(_, it)| get(it)).collect();
        all.filter(|it| it.iter().sum::<f64>() > 0.0 && it.iter().all(|it| *it >= 0.0))
    };
    let sizes = all(&|it| it.customers.map(|it| it as f64))
        .or_else(|| all(&|it| it.share_pct))
        .unwrap_or_else(|| vec![1.0; segments.len()]);
    let priority = |it: &Segment| match it.priority {
        0 => f64::from(UNKNOWN_PRIORITY),
        it => f64::from(it.min(5)),
    };
    segments.iter().zip(sizes).map(|((_, it), size)| priority(it) * size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_weights_are_filled_in() {
        assert_eq!(fill(&[Some(4), None, Some(2)]), [4.0, 3.0, 2.0]);
        assert_eq!(fill(&[None, None]), [1.0, 1.0]);
        assert_eq!(fill(&[Some(0), None]), [1.0, 1.0], "all alike where nothing weighs anything");
    }

    #[test]
    fn segments_count_by_priority_and_size() {
        let id = Id::new("s").unwrap();
        let counted = |all: &[(u8, Option<f64>, Option<u64>)]| {
            let all: Vec<Segment> = all
                .iter()
                .map(|(priority, share_pct, customers)| Segment {
                    priority: *priority,
                    share_pct: *share_pct,
                    customers: *customers,
                    ..Segment::default()
                })
                .collect();
            counts(&all.iter().map(|it| (&id, it)).collect::<Vec<_>>())
        };
        assert_eq!(counted(&[(5, None, Some(10)), (1, Some(9.0), Some(20))]), [50.0, 20.0]);
        assert_eq!(counted(&[(5, Some(30.0), None), (1, Some(70.0), Some(20))]), [150.0, 70.0]);
        assert_eq!(counted(&[(5, None, Some(10)), (0, Some(9.0), None)]), [5.0, 3.0]);
        assert_eq!(counted(&[(2, Some(0.0), Some(0)), (3, Some(0.0), Some(0))]), [2.0, 3.0]);
    }
}
