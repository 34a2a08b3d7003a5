//! What leaves the program: the dialog of formats, the composer of slides, pictures on the clipboard.
//!
//! Here it is chosen how something is written; what is written is `export`'s, and the worker that
//! writes it is one of `jobs`. A desk stays open behind the question for a path, so that nothing
//! that was chosen is lost when that question is given up.

mod composer;
mod copy;
mod dialog;
mod folder;
mod format;
mod memory;
mod parts;
mod plan;
mod previews;
mod roving;
mod run;
mod sheet;
mod slides;
mod source;

pub use composer::Composer;
pub use copy::Copying;
pub use dialog::ExportDialog;
pub use memory::Exports;
pub use plan::Plan;
pub use previews::{Composed, Composing};

/// Where it is chosen how something is exported.
#[derive(Debug)]
pub enum Desk {
    Dialog(ExportDialog),
    Composer(Box<Composer>),
}
