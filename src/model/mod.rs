//! The document: records, ids, order keys, patches, the derived graph, checks.
//!
//! Architecture invariant: nothing in here knows files, layout, drawing or a window.

pub mod check;
pub mod choice;
mod doc;
mod graph;
mod id;
mod index;
mod kind;
mod lanes;
mod order;
pub mod query;
pub mod record;
mod refs;

pub use choice::Choice;
pub use doc::{Change, Doc, Patch};
pub use graph::{Edge, Graph};
pub use id::{Id, IdError};
pub use index::Index;
pub use kind::{Kind, Record, Typed};
pub use lanes::default_lanes;
pub use order::{OrderError, OrderKey};
pub use refs::{Hold, Ref};
