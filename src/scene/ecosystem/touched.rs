//! How much of the ecosystem a patch touches: whether cards and lines have to be placed anew, and
//! whether anything but cards shows what changed.
//!
//! When in doubt, more: a property test holds that following patches equals starting afresh.

use rustc_hash::FxHashSet;

use crate::model::choice::ViewKind;
use crate::model::record::LinkKind;
use crate::model::{Id, Patch, Record};

use super::{EcosystemOptions, Grouping};

/// What a patch asks for.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Records that are not what they were.
    pub records: FxHashSet<Id>,
    /// Cards or lines may come, go or stand elsewhere.
    pub places: bool,
    /// The title or the strips show something that changed.
    pub frame: bool,
}

impl Touched {
    /// Reads a patch.
    pub fn by(patch: &Patch, options: &EcosystemOptions) -> Self {
        let mut touched = Self { frame: patch.head().is_some(), ..Self::default() };
        for (id, change) in patch.changes() {
            touched.records.insert(id.clone());
            match (change.before.as_deref(), change.after.as_deref()) {
                (Some(before), Some(after)) => touched.places |= places(before, after, options),
                (one, other) => {
                    touched.places |= one.or(other).is_some_and(is_shown);
                }
            }
            let any = change.after.as_deref().or(change.before.as_deref());
            // The name of the segment that is chosen stands in the title block.
            touched.frame |=
                matches!(any, Some(Record::Segment(_))) && options.segment.as_ref() == Some(id);
        }
        touched
    }
}

/// Whether a record of this kind shows in the view at all.
fn is_shown(record: &Record) -> bool {
    match record {
        Record::Stage(_)
        | Record::Step(_)
        | Record::Touchpoint(_)
        | Record::Influencer(_)
        | Record::System(_)
        | Record::Link(_)
        | Record::Friction(_) => true,
        Record::View(view) => view.kind == ViewKind::Ecosystem,
        _ => false,
    }
}

/// Whether a change may move cards, add or remove some, or change lines and marks.
fn places(before: &Record, after: &Record, options: &EcosystemOptions) -> bool {
    match (before, after) {
        (Record::Step(a), Record::Step(b)) => {
            (&a.stage, &a.order) != (&b.stage, &b.order)
                || options.segment.is_some()
                    && (&a.feelings, &a.expected) != (&b.feelings, &b.expected)
        }
        // Its name stands in the head, which grows with it.
        (Record::Stage(a), Record::Stage(b)) => (&a.name, &a.order) != (&b.name, &b.order),
        (Record::Touchpoint(a), Record::Touchpoint(b)) => a.owner != b.owner,
        (Record::System(a), Record::System(b)) => {
            (a.class, a.band, &a.owner) != (b.class, b.band, &b.owner)
                // Names of owners are those of strips.
                || options.grouping == Grouping::Owners && a.name != b.name
        }
        (Record::Influencer(_), Record::Influencer(_)) => false,
        (Record::Link(a), Record::Link(b)) => {
            let next = |kind: &LinkKind| matches!(kind, LinkKind::Next { .. });
            let same_ends = (&a.from, &a.to) == (&b.from, &b.to);
            a != b && !(next(&a.kind) && next(&b.kind) && same_ends)
        }
        (Record::Friction(a), Record::Friction(b)) => {
            (&a.at, a.severity, a.status, &a.causes) != (&b.at, b.severity, b.status, &b.causes)
        }
        _ => is_shown(before) || is_shown(after),
    }
}
