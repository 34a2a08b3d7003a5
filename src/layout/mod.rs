//! Where things stand: the journey grid, the layered ecosystem, and the routes of links round the
//! cards.
//!
//! The journey is laid out by construction: columns and rows are given, and what spans columns
//! gets a track of its own. Architecture invariant: nothing in here knows colours, painters or a
//! window.

mod collect;
pub mod curve;
pub mod grid;
pub mod layered;
pub mod plan;
pub mod routes;
mod sizes;
mod slice;
mod tracks;

pub use grid::{Across, Down, Geometry, Heights, Span};
pub use plan::{Plan, Shows, Slot};
pub use sizes::{LinkSizes, Sizes, TextSize, sizes};
pub use slice::{LanePart, Slice};
