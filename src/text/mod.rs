//! Text, measured and broken into lines once, for the screen and for every export.
//!
//! Lines are made by parley in map units at a fixed size; painters place finished runs and never
//! wrap. Arimo is bundled; other scripts and emoji come from the system, found by parley.
//!
//! Architecture invariant: nothing in here knows records, the window or a file format.

mod block;
mod cache;
mod clean;
mod engine;
mod fonts;

pub use block::{Block, FontFace, FontId, Glyph, Line, Run, Style, Weight, Wrap};
pub use engine::Text;
pub use fonts::SystemFonts;
