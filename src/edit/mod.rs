//! Edits: verbs over a transaction, undo and redo.
//!
//! A verb is a plain function that writes through a [`Tx`]; none writes its own inverse.
//! [`Session`] holds the document, its graph and its history together and is the only way to
//! change them.
//!
//! Architecture invariant: nothing in here knows layout, pictures, files or a window.

pub mod clipboard;
mod history;
mod new_map;
mod session;
mod tx;
pub mod verbs;

pub use history::{Entry, History, Selection};
pub use new_map::new_map;
pub use session::Session;
pub use tx::Tx;
