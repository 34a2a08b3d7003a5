//! What text is after layout: blocks of lines of runs.

use std::ops::Range;
use std::sync::Arc;

/// Regular or bold: the two faces that are bundled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Weight {
    #[default]
    Regular,
    Bold,
}

/// How a text is set. All of it in map units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Font size: the em square.
    pub size: f32,
    pub weight: Weight,
    /// The distance from one baseline to the next.
    pub line_height: f32,
}

/// How a text is broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wrap {
    /// The width to break at; `None` breaks at newlines only. A word wider than that is broken
    /// inside (between grapheme clusters), so that no line is ever wider.
    pub width: Option<f32>,
    /// At most that many lines; what is left out is marked by an ellipsis at the end of the last.
    pub max_lines: Option<usize>,
}

/// A font as the runs name it: an index into [`super::Text::face`]. 0 is Arimo Regular and 1 Arimo Bold;
/// others come from the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// A font that runs use, for exporters that embed or name it.
#[derive(Debug, Clone)]
pub struct FontFace {
    /// The family's name, such as `Arimo` or `Noto Sans CJK JP`.
    pub family: Arc<str>,
    pub bold: bool,
    /// The font file's bytes.
    pub data: parley::fontique::Blob<u8>,
    /// The font in the file, where it is a collection.
    pub index: u32,
}

/// A text set in lines. The origin is the top left; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The text as given (with what an ellipsis stands for).
    pub text: Arc<str>,
    pub style: Style,
    pub lines: Vec<Line>,
    /// The widest line's advance.
    pub width: f32,
    /// All lines: their number times the line height.
    pub height: f32,
    /// Whether an ellipsis stands for the rest.
    pub cut: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The baseline's distance from the block's top.
    pub baseline: f32,
    /// The line's advance, trailing space left out.
    pub width: f32,
    /// The bytes of [`Block::text`] that the line shows (without the ellipsis).
    pub range: Range<usize>,
    /// Whether the paragraph reads from right to left; such a line ends at the block's right
    /// edge when it is set flush.
    pub rtl: bool,
    /// In visual order, left to right.
    pub runs: Vec<Run>,
}

/// A stretch of one font and one direction: what a painter draws in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The characters in logical order, without trailing line breaks.
    pub text: Arc<str>,
    pub font: FontId,
    /// The left edge, from the line's start.
    pub x: f32,
    pub advance: f32,
    /// Whether it reads from right to left.
    pub rtl: bool,
    /// As the layout shaped it, left to right: for what embeds the font and must show these very
    /// glyphs. Painters that shape by themselves need only the text.
    pub glyphs: Arc<[Glyph]>,
}

/// A glyph of a run's font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// The bytes of [`Run::text`] that it stands for: with a ligature several characters, and the
    /// same for each glyph of a cluster. 5,000 characters have less than 65,536.
    pub from: u16,
    pub to: u16,
    /// How far the next one is, in map units.
    pub advance: f32,
    /// How far it is moved from its place, in map units; y grows downwards.
    pub dx: f32,
    pub dy: f32,
}

impl Block {
    /// The same lines, so many times as large: text scales with its size, line breaks stay.
    pub fn scaled(&self, by: f32) -> Self {
        let mut block = self.clone();
        block.style.size *= by;
        block.style.line_height *= by;
        block.width *= by;
        block.height *= by;
        for line in &mut block.lines {
            line.baseline *= by;
            line.width *= by;
            for run in &mut line.runs {
                run.x *= by;
                run.advance *= by;
            }
        }
        block
    }
}
