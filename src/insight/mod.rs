//! What rests on what: traces down to internal systems, impact back up to the journey, hubs and
//! orphans.
//!
//! A walk goes over *uses* and *depends on* links, from what is affected to what it rests on (a
//! trace) or the other way (impact); neither walks *next*. An influencer rests on the touchpoints
//! that it works through. Walks go over the graph that patches keep in step, so they cost what
//! they reach; nothing in here is stored in the file. Architecture invariant: knows documents, no
//! pictures and no window.

mod betweenness;
mod causes;
mod hubs;
mod impact;
mod journey;
mod net;
mod rings;
mod trace;
mod ways;
mod weight;
mod words;

pub use hubs::{FrictionPart, Hub, Hubs, hub_parts, hubs};
pub use impact::{Impact, SegmentShare, StepImpact, impact};
pub use trace::{Cause, Owner, Trace, Walk, trace};
pub use weight::{formula, weight};
pub use words::{in_words, percent};
