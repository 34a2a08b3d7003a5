//! What leaves the program: a map as slides, documents, pictures, tables and text, one module a format.
//!
//! An export shows what the screen shows at full detail, in the colours of one theme. Only [`make`] and
//! [`deck`] lay a map out, for those who have no scene at hand.

pub mod deck;
mod html;
mod make;
mod narrow;
mod pdf;
mod picture;
mod png;
mod pptx;
mod progress;
mod raster;
mod say;
mod svg;
mod tables;
mod words;
mod write;

use std::path::PathBuf;

pub use make::{Format, Output, Request, View, make};
pub use narrow::narrowed;
pub use pdf::{Paper, PdfOptions, pdf};
pub use picture::{Picture, picture_of};
pub use png::{PngOptions, png, png_size};
pub use pptx::{PptxOptions, frame as slide_frame, pptx};
pub use progress::Progress;
pub use svg::{SvgOptions, svg};
pub use tables::TableKind;
pub use write::{read_whole, write_atomically};

/// Why there is no picture. A file that was there before stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The picture would have more pixels than allowed.
    #[error(
        "The picture would be {width} × {height} pixels, more than a PNG of this program may have \
         (at most {max_px} a side). Nothing was written. Choose a scale of {fits:.2} or less, or export \
         SVG, which has no limit."
    )]
    TooLarge {
        width: u64,
        height: u64,
        /// The longest side allowed.
        max_px: u32,
        /// The largest scale at which the picture fits.
        fits: f32,
    },
    /// The scale is not a positive number.
    #[error(
        "A scale of {0} makes no picture. Nothing was written. Choose a scale above 0, such as 2."
    )]
    Scale(f32),
    /// A poster would take more sheets of paper than anybody glues together.
    #[error(
        "The poster would take {sheets} sheets, more than anybody glues together (at most {most}). Nothing was \
         written. Choose larger sheets or a smaller poster, such as A0."
    )]
    TooManySheets { sheets: usize, most: usize },
    /// Drawing failed or a library gave up on the text in the map.
    #[error(
        "The picture could not be drawn ({0}). Nothing was written and the map is unharmed. Exporting SVG may work."
    )]
    Drawing(String),
    /// A table cannot be written.
    #[error("The tables could not be written: {0}. Nothing was written and the map is unharmed.")]
    Tables(String),
    /// The presentation that slides were to go into cannot be used.
    #[error("{file} cannot be used: {why}. Nothing was written. {advice}")]
    Presentation {
        /// Which one: "The template", "The deck to refresh".
        file: &'static str,
        why: String,
        advice: &'static str,
    },
    /// It was given up.
    #[error("cancelled; nothing was written")]
    Cancelled,
    /// A file that is needed could not be read.
    #[error("{} could not be read: {why}. Nothing was written. Choose another file.", path.display())]
    Read {
        path: PathBuf,
        /// The cause in plain words.
        why: String,
    },
    /// The file could not be written.
    #[error("{} could not be written: {why}. What was there before is kept. Choose another folder or name.", path.display())]
    Write {
        path: PathBuf,
        /// The cause in plain words, without the name of the temporary file.
        why: String,
    },
}
