//! The draw list: what stands where, in which style, and which record it is.
//!
//! One scene serves the screen, SVG, PNG and whatever else draws a map. It says what colours
//! mean ([`Ink`]), not which they are, and holds finished lines of text.
//!
//! Architecture invariant: nothing in here knows a window or a file format.

mod cards;
mod draw;
mod drops;
mod ecosystem;
mod emotion;
mod empty;
mod face;
mod header;
mod icon;
mod item;
mod journey;
mod lanes;
mod links;
mod marks;
mod part;
mod queries;
mod scores;
mod theme;
mod touched;

pub use crate::layout::{LanePart, Slice, Span};
pub use drops::{LaneDrop, Place, StepDrop};
pub use ecosystem::{
    EcosystemFilter, EcosystemOptions, EcosystemScene, EcosystemStats, Focus, FocusWay, Grouping,
    LayoutDone, LayoutTask, NodeKind, Standing, StripOf,
};
pub use icon::Icon;
pub use item::{Align, Detail, Hit, Item, Layer, Part, Scene, Shape, Stroke};
pub use journey::{JourneyScene, JourneyStats};
pub use part::{Heading, JourneyOptions, Row, lane_gap, smallest_text};
pub use theme::{Canvas, Chrome, Ink, Rgba, SeverityColours, StageColours, Theme};
