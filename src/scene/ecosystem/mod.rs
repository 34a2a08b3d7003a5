//! The ecosystem view: what each step rests on, in bands, as a scene that follows edits.
//!
//! It is the inside-out complement of the journey view over the same graph. Not here: where cards
//! stand and how links run (see `layout::layered`).

mod cards;
mod items;
mod links;
mod net;
mod options;
mod plan;
mod strips;
mod task;
mod touched;
mod view;
mod visible;

pub use options::{EcosystemFilter, EcosystemOptions, Focus, FocusWay, Grouping, NodeKind};
pub use task::{LayoutDone, LayoutTask, Standing};
pub use view::{EcosystemScene, EcosystemStats};
pub use visible::StripOf;
