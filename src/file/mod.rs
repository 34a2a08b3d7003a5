//! Map files: RON in, RON out, and saving without ever losing a word.
//!
//! Architecture invariant: nothing in here knows layout, pictures or a window.

mod diagnostic;

pub use diagnostic::{Diagnostic, Level, Loaded};
