//! What is lit on the canvas while the rest dims: a trace, an impact, a hub that is pointed at.

use rustc_hash::FxHashSet;

use crate::model::Id;

/// Records that are lit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// Nodes, links and frictions that are lit; what is not in it dims.
    pub lit: FxHashSet<Id>,
    /// Those among them that the team named as causes: they stand out.
    pub named: FxHashSet<Id>,
}
