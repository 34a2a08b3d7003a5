//! PPTX: a deck as slides that stay editable, in PowerPoint and whatever else reads them.

mod base;
mod connect;
mod curve;
mod geometry;
mod layouts;
mod notes;
mod notes_master;
mod opc;
mod parts;
mod pen;
mod place;
mod presentation;
mod refresh;
mod rooms;
mod shapes;
mod slides;
mod sweep;
mod table;
mod tags;
mod template;
mod text;
mod xml;

use std::sync::Arc;

use crate::model::choice::SlideSize;
use crate::scene::Theme;
use crate::text::Text;

use super::deck::{Deck, Frame};
use super::{ExportError, Progress};
pub use refresh::Target;
use template::Template;

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

/// The file that slides go into: the deck that is refreshed; else the emptied template; else one of
/// our own, with that frame.
///
/// # Errors
/// [`ExportError::Presentation`] when the file that was given cannot be used.
pub fn target(
    title: &str,
    own: Frame,
    theme: &Theme,
    options: &PptxOptions,
) -> Result<Target, ExportError> {
    if let Some(deck) = &options.refresh {
        return refresh::open(deck);
    }
    if let Some(bytes) = &options.template {
        return Ok(template::open(bytes)?.into());
    }
    let (package, layouts) = base::package(title, &own, theme)?;
    Ok(Template { package, layouts, frame: own }.into())
}

/// The rooms on a slide of the file that slides will go into, for previews.
///
/// # Errors
/// [`ExportError::Presentation`] when the file that was given cannot be used.
pub fn frame(size: SlideSize, options: &PptxOptions) -> Result<Frame, ExportError> {
    let own = Frame::of(size);
    match (&options.refresh, &options.template) {
        (None, None) => Ok(own),
        _ => Ok(target("", own, Theme::light(), options)?.frame),
    }
}

/// A deck as a file's bytes. It was composed for the frame of the file that it goes into: see
/// [`frame`].
///
/// # Errors
/// [`ExportError::Cancelled`], and [`ExportError::Presentation`] when the file that was given cannot
/// be used.
pub fn pptx(
    deck: &Deck,
    theme: &Theme,
    text: &Text,
    options: &PptxOptions,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let target = target(&deck.title, deck.frame, theme, options)?;
    write_into(target, deck, false, theme, text, options, progress)
}

/// A deck as a file's bytes, written into a target. Where it is `partial`, the map's other slides
/// that are in the target stay.
///
/// # Errors
/// [`ExportError::Cancelled`], and [`ExportError::Presentation`] where the target is damaged.
pub fn write_into(
    mut target: Target,
    deck: &Deck,
    partial: bool,
    theme: &Theme,
    text: &Text,
    options: &PptxOptions,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let keys: Vec<&str> = deck.slides.iter().map(|slide| slide.key.as_str()).collect();
    let plan = target.plan(&deck.title, &keys, partial)?;
    let Target { package, layouts, .. } = &mut target;
    slides::write(package, layouts, deck, &plan.places, theme, text, options, progress)?;
    target.finish(&plan)?;
    let bytes = target.package.write()?;
    progress.step(1, 1)?;
    Ok(bytes)
}
