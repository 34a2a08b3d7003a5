//! Map files: RON in, RON out, and saving without ever losing a word.
//!
//! Architecture invariant: nothing in here knows layout, pictures or a window.

mod diagnostic;
mod read;
mod save;
mod write;

pub use diagnostic::{CODES, Diagnostic, Level, Loaded};
pub use read::{check_text, read};
pub use save::{MAX_BYTES, OpenError, SaveError, open, save};
pub use write::{FORMAT, write};
