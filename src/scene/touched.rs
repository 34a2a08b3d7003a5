//! How much of the journey a patch touches: whether cards have to be placed anew, and whether
//! anything but cards shows what changed.
//!
//! When in doubt, more: a property test holds that following patches equals starting afresh.

use rustc_hash::FxHashSet;

use crate::model::record::{PerSegment, Step};
use crate::model::{Id, Patch, Record};

/// What a patch asks for.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Records that are not what they were.
    pub records: FxHashSet<Id>,
    /// Places may have changed: plan again.
    pub places: bool,
    /// Headers, labels, curves or arrows show something that changed.
    pub frame: bool,
    /// Segments are not what they were.
    pub segments: bool,
}

impl Touched {
    /// Reads a patch.
    pub fn by(patch: &Patch) -> Self {
        let mut touched = Self { frame: patch.head().is_some(), ..Self::default() };
        for (id, change) in patch.changes() {
            touched.records.insert(id.clone());
            let any = change.after.as_deref().or(change.before.as_deref());
            touched.segments |= matches!(any, Some(Record::Segment(_)));
            match (change.before.as_deref(), change.after.as_deref()) {
                (Some(before), Some(after)) => {
                    touched.places |= places(before, after);
                    touched.frame |= frame(before, after);
                }
                (Some(Record::View(_)), None) | (None, Some(Record::View(_))) => {}
                _ => touched.places = true,
            }
        }
        touched
    }
}

/// Whether a change may move cards between cells, add or remove some, or change what they mark.
fn places(before: &Record, after: &Record) -> bool {
    match (before, after) {
        (Record::Step(a), Record::Step(b)) => {
            let shape = |it: &Step| {
                (
                    it.stage.clone(),
                    it.order.clone(),
                    [it.activities.is_empty(), it.criteria.is_empty(), it.thoughts.is_empty()],
                )
            };
            let keys = |a: &PerSegment<i8>, b: &PerSegment<i8>| a.keys().eq(b.keys());
            shape(a) != shape(b)
                || !keys(&a.feelings, &b.feelings)
                || !keys(&a.expected, &b.expected)
        }
        (Record::Stage(a), Record::Stage(b)) => a.order != b.order,
        (Record::System(a), Record::System(b)) => (a.class, a.band) != (b.class, b.band),
        (Record::Friction(a), Record::Friction(b)) => {
            (&a.at, a.severity, a.votes, a.status) != (&b.at, b.severity, b.votes, b.status)
        }
        (Record::Delight(a), Record::Delight(b)) => (&a.at, a.strength) != (&b.at, b.strength),
        (Record::Action(a), Record::Action(b)) => {
            let shape = |it: &crate::model::record::Action| (it.status, it.votes);
            shape(a) != shape(b) || a.at != b.at || a.addresses != b.addresses
        }
        (Record::Verbatim(a), Record::Verbatim(b)) => a.at != b.at,
        (Record::Note(a), Record::Note(b)) => a.at != b.at,
        (Record::Segment(_), Record::Segment(_))
        | (Record::Touchpoint(_), Record::Touchpoint(_))
        | (Record::Influencer(_), Record::Influencer(_))
        | (Record::Measure(_), Record::Measure(_))
        | (Record::View(_), Record::View(_)) => false,
        _ => true,
    }
}

/// Whether anything but cards shows the change.
fn frame(before: &Record, after: &Record) -> bool {
    match (before, after) {
        (Record::Step(a), Record::Step(b)) => {
            a.name != b.name || a.feelings != b.feelings || a.expected != b.expected
        }
        // Marks name what they are on, but then its card is a marked one.
        (Record::Touchpoint(_), Record::Touchpoint(_))
        | (Record::Influencer(_), Record::Influencer(_))
        | (Record::System(_), Record::System(_))
        | (Record::Friction(_), Record::Friction(_))
        | (Record::Delight(_), Record::Delight(_))
        | (Record::Action(_), Record::Action(_))
        | (Record::Verbatim(_), Record::Verbatim(_))
        | (Record::Note(_), Record::Note(_))
        | (Record::View(_), Record::View(_)) => false,
        _ => true,
    }
}
