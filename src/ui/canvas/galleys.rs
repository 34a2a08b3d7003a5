//! Finished runs of text as egui paints them, remembered from frame to frame.
//!
//! Lines come from the text engine and are never broken here. Each run becomes one galley whose
//! font size is one of a few steps, so that zooming does not fill the glyph atlas; the galley is
//! then scaled by the little that is missing, so that it has exactly the run's advance.

use std::sync::Arc;

use egui::epaint::text::FontsView;
use egui::{FontFamily, FontId, Galley, Vec2, vec2};
use rustc_hash::FxHashMap;

use crate::text::{Block, Run, Weight};
use crate::ui::theme::bold_family;

/// Entries that no frame used for this many frames are dropped.
const KEPT_FRAMES: u64 = 120;
/// A galley within this many points of its run's advance is painted as it is, which is crisper.
const CLOSE_ENOUGH: f32 = 0.4;
/// Runs are never broken.
const WIDE: f32 = f32::INFINITY;

/// One run, ready to paint.
#[derive(Debug, Clone)]
pub struct Placed {
    pub galley: Arc<Galley>,
    /// Which of the block's lines it is in.
    pub line: usize,
    /// The run's left edge, from the line's, in map units.
    pub x: f32,
    /// From the galley's top to its baseline, in points on the screen.
    pub ascent: f32,
}

/// A block's runs at one zoom.
#[derive(Debug)]
struct Entry {
    /// Keeps the block alive, so that no other one comes to its address.
    block: Arc<Block>,
    zoom: f32,
    runs: Arc<[Placed]>,
    used: u64,
}

/// The galleys of the blocks that were painted of late.
#[derive(Debug, Default)]
pub struct Galleys {
    entries: FxHashMap<usize, Entry>,
    frame: u64,
    /// What the galleys rest on: pixel density, fonts found so far, and a galley that egui
    /// remembers for as long as the glyph atlas stands.
    pixels_per_point: f32,
    discovered: usize,
    probe: Option<Arc<Galley>>,
}

impl Galleys {
    /// Called before painting: forgets what is out of date or was not used for a while.
    pub fn begin_frame(&mut self, fonts: &mut FontsView<'_>, pixels_per_point: f32) {
        self.frame += 1;
        let discovered = fonts.discovered_fonts().len();
        // A change of theme or a full atlas starts a new one, and galleys would point to where
        // glyphs no longer are. How full it is does not tell: panels may have filled it again.
        let probe = fonts.layout_delayed_color("x".to_owned(), FontId::default(), WIDE);
        let stands = self.probe.as_ref().is_some_and(|old| Arc::ptr_eq(old, &probe));
        if pixels_per_point.to_bits() != self.pixels_per_point.to_bits()
            || !stands
            || discovered != self.discovered
        {
            self.entries.clear();
        }
        self.probe = Some(probe);
        (self.pixels_per_point, self.discovered) = (pixels_per_point, discovered);
        if self.frame.is_multiple_of(KEPT_FRAMES) {
            let oldest = self.frame.saturating_sub(KEPT_FRAMES);
            self.entries.retain(|_, entry| entry.used >= oldest);
        }
    }

    /// Called after painting.
    pub fn end_frame(&mut self, fonts: &FontsView<'_>) {
        self.discovered = fonts.discovered_fonts().len();
    }

    /// The runs of a block at a zoom.
    pub fn of(
        &mut self,
        block: &Arc<Block>,
        zoom: f32,
        fonts: &mut FontsView<'_>,
    ) -> Arc<[Placed]> {
        let key = Arc::as_ptr(block) as usize;
        if let Some(entry) = self.entries.get_mut(&key)
            && entry.zoom.to_bits() == zoom.to_bits()
        {
            entry.used = self.frame;
            return Arc::clone(&entry.runs);
        }
        let runs = place(block, zoom, self.pixels_per_point, fonts);
        let entry =
            Entry { block: Arc::clone(block), zoom, runs: Arc::clone(&runs), used: self.frame };
        debug_assert!(Arc::as_ptr(&entry.block) as usize == key);
        self.entries.insert(key, entry);
        runs
    }
}

/// A font size that glyphs are drawn at: the nearest of the steps, in points.
fn step_of(size: f32, pixels_per_point: f32) -> f32 {
    let px = size * pixels_per_point;
    let step = if px < 24.0 {
        0.5
    } else if px < 48.0 {
        1.0
    } else {
        4.0
    };
    ((px / step).round() * step).max(step) / pixels_per_point
}

fn place(block: &Block, zoom: f32, ppp: f32, fonts: &mut FontsView<'_>) -> Arc<[Placed]> {
    let family = match block.style.weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Bold => bold_family(),
    };
    let size = step_of(block.style.size * zoom, ppp);
    let font = FontId::new(size, family);
    let mut out = Vec::new();
    for (line, set) in block.lines.iter().enumerate() {
        for run in &set.runs {
            if run.rtl {
                place_rtl(run, line, zoom, &font, fonts, &mut out);
            } else {
                let galley = fonts.layout_delayed_color(run.text.to_string(), font.clone(), WIDE);
                let width = run.advance * zoom;
                out.push(placed(fit(galley, width), line, run.x));
            }
        }
    }
    out.into()
}

/// egui shapes the words of a right-to-left run but has no notion of the run's direction: pieces
/// in different fonts come out from left to right. So each word and each sign between words is
/// placed by itself, beginning at the run's right edge.
fn place_rtl(
    run: &Run,
    line: usize,
    zoom: f32,
    font: &FontId,
    fonts: &mut FontsView<'_>,
    out: &mut Vec<Placed>,
) {
    let pieces = pieces(&run.text);
    let galleys: Vec<Arc<Galley>> = pieces
        .into_iter()
        .map(|piece| fonts.layout_delayed_color(piece, font.clone(), WIDE))
        .collect();
    let natural: f32 = galleys.iter().map(|galley| galley.size().x).sum();
    let scale = if natural > 0.0 { run.advance * zoom / natural } else { 1.0 };
    let mut right = run.x + run.advance;
    for galley in galleys {
        let width = galley.size().x * scale;
        right -= width / zoom;
        out.push(placed(fit(galley, width), line, right));
    }
}

/// The words of a right-to-left text and the signs between them, in logical order; brackets are
/// turned round, as they are seen.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in text.chars() {
        let sign = c.is_whitespace()
            || c.is_ascii_punctuation()
            || matches!(c, '\u{2000}'..='\u{206f}' | '«' | '»');
        match pieces.last_mut() {
            Some(word) if in_word && !sign => word.push(c),
            _ => pieces.push(mirrored(c).to_string()),
        }
        in_word = !sign;
    }
    pieces
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}

fn placed(galley: Arc<Galley>, line: usize, x: f32) -> Placed {
    let ascent = galley.rows.first().map_or(0.0, |row| {
        row.pos.y + row.row.glyphs.first().map_or(row.row.size.y, |glyph| glyph.pos.y)
    });
    Placed { galley, line, x, ascent }
}

/// Gives a galley a width, in points on the screen.
fn fit(mut galley: Arc<Galley>, width: f32) -> Arc<Galley> {
    let natural = galley.size().x;
    if natural > 0.0 && (natural - width).abs() > CLOSE_ENOUGH {
        squeeze(Arc::make_mut(&mut galley), vec2(width / natural, 1.0));
    }
    galley
}

/// Scales a galley's glyphs.
fn squeeze(galley: &mut Galley, by: Vec2) {
    galley.rect.max.x *= by.x;
    galley.mesh_bounds.min.x *= by.x;
    galley.mesh_bounds.max.x *= by.x;
    for row in &mut galley.rows {
        row.pos.x *= by.x;
        let inner = Arc::make_mut(&mut row.row);
        inner.visuals.mesh_bounds.min.x *= by.x;
        inner.visuals.mesh_bounds.max.x *= by.x;
        for vertex in &mut inner.visuals.mesh.vertices {
            vertex.pos.x *= by.x;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_uses_few_font_sizes() {
        let mut sizes: Vec<u32> =
            (0..2_000).map(|i| (step_of(2.0 + i as f32 * 0.02, 1.0) * 4.0) as u32).collect();
        sizes.dedup();
        assert!(sizes.len() < 75, "{}", sizes.len());
        for size in [11.0, 12.0, 13.0, 14.0, 18.0] {
            assert!((step_of(size, 1.0) - size).abs() < 1e-6, "100 % is exact");
        }
    }

    #[test]
    fn a_right_to_left_run_comes_in_pieces() {
        assert_eq!(pieces("إعادة (الفيلم)!"), ["إعادة", " ", ")", "الفيلم", "(", "!"]);
        assert_eq!(pieces(""), Vec::<String>::new());
    }

    /// Hebrew is in the bundled font, so this needs no font of the system.
    #[test]
    fn the_first_word_of_a_right_to_left_run_stands_at_the_right() {
        use crate::text::{Style, SystemFonts, Text, Weight, Wrap};
        let mut text = Text::new(SystemFonts::Ignore);
        let style = Style { size: 20.0, weight: Weight::Regular, line_height: 24.0 };
        let block = text.block("להחזיר את הסרט", style, Wrap { width: None, max_lines: None });
        let ctx = egui::Context::default();
        crate::ui::theme::setup(&ctx);
        let mut all = Vec::new();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            all = ui.fonts_mut(|fonts| place(&block, 1.0, 1.0, fonts)).to_vec();
        });
        output.textures_delta.clear();
        let words: Vec<&Placed> = all.iter().filter(|it| it.galley.text().trim() != "").collect();
        assert_eq!(words.len(), 3);
        assert!(words[0].x > words[1].x && words[1].x > words[2].x);
        let end = words[0].x + words[0].galley.size().x;
        assert!((end - block.width).abs() < 1.0, "{end} {}", block.width);
    }
}
