//! PPTX: a deck as slides that stay editable, in PowerPoint and whatever else reads them.

mod base;
mod connect;
mod curve;
mod geometry;
mod layouts;
mod notes;
mod notes_master;
#[allow(dead_code)]
mod opc;
mod parts;
mod pen;
mod place;
#[allow(dead_code)]
mod presentation;
#[allow(dead_code)]
mod refresh;
#[allow(dead_code)]
mod rooms;
mod shapes;
mod slides;
#[allow(dead_code)]
mod sweep;
mod table;
#[allow(dead_code)]
mod tags;
#[allow(dead_code)]
mod template;
mod text;
#[allow(dead_code)]
mod xml;

use std::sync::Arc;

use crate::scene::Theme;
use crate::text::Text;

use super::deck::Deck;
use super::{ExportError, Progress};
use place::{Place, Places};

/// How slides are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PptxOptions {
    /// Break lines where the screen does, and nowhere else.
    pub exact_lines: bool,
    /// The bytes of a .pptx or .potx: its master, layouts, theme colours and fonts are used.
    pub template: Option<Arc<[u8]>>,
    /// The bytes of a deck: slides that were made before are replaced, all others stay.
    pub refresh: Option<Arc<[u8]>>,
}

/// A deck as a file's bytes.
///
/// # Errors
/// [`ExportError::Cancelled`].
pub fn pptx(
    deck: &Deck,
    theme: &Theme,
    text: &Text,
    options: &PptxOptions,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let (mut package, layouts) = base::package(deck, theme)?;
    let places: Vec<Place> = Places::of(&package).take(deck.slides.len()).collect();
    slides::write(&mut package, &layouts, deck, &places, theme, text, options, progress)?;
    presentation::append(&mut package, places.iter().map(|place| place.slide.as_str()))?;
    let bytes = package.write()?;
    progress.step(1, 1)?;
    Ok(bytes)
}
