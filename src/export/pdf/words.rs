//! What a PDF says beside the picture: its language, and on a poster's sheets which one it is and
//! where to cut.

use std::sync::Arc;

use crate::geom::{Path, Point, pt};
use crate::model::Doc;
use crate::scene::{Ink, Shape, Stroke, Theme};
use crate::text::{Block, Style, SystemFonts, Text, Weight, Wrap};

use super::super::ExportError;
use super::paint::{Fonts, Painter};
use super::sheet::{Sheet, points};
use super::tags::plain;

/// The document's language as a tag of RFC 5646: that of the script most of the title, scenario and
/// steps are written in; English (which names and labels are in) for Latin script.
pub(super) fn language(doc: &Doc) -> &'static str {
    let head = doc.head();
    let mut counts = [0_usize; 12];
    let steps = doc.steps();
    let names = steps.iter().map(|(_, step)| step.name.as_str());
    let said = [Some(head.title.as_str()), head.scenario.as_deref(), head.goal.as_deref()];
    for c in said.into_iter().flatten().chain(names).flat_map(|text| text.chars().take(500)) {
        if let Some(script) = script(c) {
            counts[script] += 1;
        }
    }
    // Japanese is written in Chinese letters as well, Chinese never in kana.
    if counts[KANA] > 0 && counts[HAN] > 0 {
        counts[KANA] += counts[HAN];
        counts[HAN] = 0;
    }
    let most = (0..counts.len()).rev().max_by_key(|i| counts[*i]).unwrap_or(0);
    if counts[most] == 0 { "en" } else { LANGUAGES[most] }
}

const HAN: usize = 1;
const KANA: usize = 2;
const LANGUAGES: [&str; 12] =
    ["en", "zh", "ja", "ko", "ar", "he", "ru", "el", "hi", "th", "ka", "hy"];

/// The number of a letter's script in [`LANGUAGES`].
fn script(c: char) -> Option<usize> {
    Some(match c {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' => 0,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => HAN,
        '\u{3041}'..='\u{30ff}' => KANA,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => 3,
        '\u{620}'..='\u{6ff}' => 4,
        '\u{5d0}'..='\u{5ea}' => 5,
        '\u{400}'..='\u{4ff}' => 6,
        '\u{370}'..='\u{3ff}' => 7,
        '\u{900}'..='\u{97f}' => 8,
        '\u{e01}'..='\u{e5b}' => 9,
        '\u{10a0}'..='\u{10ff}' => 10,
        '\u{531}'..='\u{587}' => 11,
        _ => return None,
    })
}

/// How the labels in the margins are set, in points.
const STYLE: Style = Style { size: 7.0, weight: Weight::Regular, line_height: 9.0 };

/// What stands in the margins of a poster's sheets.
pub(super) struct Labels {
    /// The labels' own fonts: the bundled ones.
    fonts: Fonts,
    blocks: Vec<Arc<Block>>,
}

/// What stands in the margin of one sheet.
pub(super) struct Label<'a> {
    fonts: &'a Fonts,
    block: &'a Block,
}

impl Labels {
    /// The labels of a poster of a map of that title; none for a page that is no poster's.
    ///
    /// # Errors
    /// [`ExportError::Drawing`].
    pub fn of(sheets: &[Sheet], title: &str) -> Result<Self, ExportError> {
        let mut text = Text::new(SystemFonts::Ignore);
        let mut out = Self { fonts: Fonts::default(), blocks: Vec::new() };
        // Letters that the bundled font lacks would show as boxes.
        let title = plain(title);
        let known =
            title.chars().all(|c| matches!(c, ' '..='~' | '\u{a0}'..='\u{24f}' | '–' | '—' | '’'));
        for (sheet, tile) in sheets.iter().filter_map(|sheet| Some((sheet, sheet.tile?))) {
            let mut said = format!(
                "Row {} of {}, column {} of {}",
                tile.row + 1,
                tile.rows,
                tile.column + 1,
                tile.columns
            );
            if known && !title.is_empty() {
                said = format!("{said} · {title}");
            }
            let wrap = Wrap { width: Some(sheet.width / 2.0), max_lines: Some(1) };
            let block = text.block(&said, STYLE, wrap);
            out.fonts.add(&block, &text)?;
            out.blocks.push(block);
        }
        Ok(out)
    }

    /// Those of a page.
    pub fn at(&self, page: usize) -> Option<Label<'_>> {
        self.blocks.get(page).map(|block| Label { fonts: &self.fonts, block })
    }
}

impl<'a> Label<'a> {
    /// Draws the cut marks and the label into the margins, in points.
    pub fn draw(&self, sheet: &Sheet, painter: &mut Painter<'a, '_>) {
        // The paper is white, whatever the map's theme.
        let theme = std::mem::replace(&mut painter.theme, Theme::light());
        let (a, b) = (sheet.window.min, sheet.window.max);
        let (gap, long) = (points(1.5), points(5.0));
        let stroke = Some(Stroke::solid(0.4, Ink::Text));
        let mut line = |from: Point, to: Point| {
            let path = Path::polyline(&[from, to]);
            painter.shape(&Shape::Path { path, fill: None, stroke }, Point::default());
        };
        for x in [a.x, b.x] {
            line(pt(x, a.y - gap), pt(x, a.y - gap - long));
            line(pt(x, b.y + gap), pt(x, b.y + gap + long));
        }
        for y in [a.y, b.y] {
            line(pt(a.x - gap, y), pt(a.x - gap - long, y));
            line(pt(b.x + gap, y), pt(b.x + gap + long, y));
        }
        let before = std::mem::replace(&mut painter.fonts, self.fonts);
        let at = pt(a.x + points(4.0), b.y + gap);
        painter.text(self.block, at, Ink::Text, |_| 0.0);
        painter.fonts = before;
        painter.theme = theme;
    }
}
