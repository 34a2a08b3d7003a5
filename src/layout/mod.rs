//! Where things stand: the journey grid and the routes of links round the cards.
//!
//! Architecture invariant: nothing in here knows colours, painters or a window.

mod sizes;

pub use sizes::{Sizes, sizes};
