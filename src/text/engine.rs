//! The text engine over parley.
//!
//! Sets a text in lines and remembers what it has set. Each paragraph is laid out by itself,
//! with the direction of its first letter; an ellipsis stands for what does not fit.

use std::ops::Range;
use std::sync::Arc;

use parley::{
    FontFamily, FontWeight, LayoutContext, Line as ParleyLine, LineHeight, OverflowWrap,
    StyleProperty,
};

use super::cache::{Cache, hash_of};
use super::clean::{Clean, Clusters, clean, paragraphs, steers};
use super::fonts::{FAMILY, Fonts};
use super::{Block, FontFace, FontId, Glyph, Line, Run, Style, SystemFonts, Weight, Wrap};

/// The characters of a text that are set at most; the rest is cut. A label is no book: what is
/// longer is shown in full where it is edited.
pub(super) const MAX_CHARS: usize = 5000;

/// How far above and below the baseline Arimo reaches, in em (its `hhea` table). Baselines come
/// from these alone, so that a word in another font does not move its line.
const ASCENT: f32 = 1854.0 / 2048.0;
const DESCENT: f32 = 434.0 / 2048.0;

/// What rounding may add to a width.
const SLACK: f32 = 0.01;

/// Blocks that a generation of the cache holds: those of some screens' full.
const CACHED: usize = 16_384;

type Layout = parley::Layout<()>;

/// Sets text in lines; one an application (or a worker) is enough.
pub struct Text {
    fonts: Fonts,
    context: LayoutContext<()>,
    blocks: Cache<(Wrap, Arc<Block>)>,
    widths: Cache<(Arc<str>, Style, f32)>,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Text").field("faces", &self.fonts.faces().len()).finish_non_exhaustive()
    }
}

impl Text {
    /// An engine with the bundled fonts; the system's are looked for when a text needs them.
    pub fn new(system: SystemFonts) -> Self {
        Self {
            fonts: Fonts::new(system),
            context: LayoutContext::new(),
            blocks: Cache::new(CACHED),
            widths: Cache::new(CACHED),
        }
    }

    /// A text in lines. The same question gets the same block, without setting it again.
    ///
    /// A text of more than 5,000 characters is cut there.
    pub fn block(&mut self, text: &str, style: Style, wrap: Wrap) -> Arc<Block> {
        let width = wrap.width.map(f32::to_bits);
        let hash = hash_of((text, style_key(style), width, wrap.max_lines));
        let is_it = |(w, block): &(Wrap, Arc<Block>)| {
            *w == wrap && block.style == style && *block.text == *text
        };
        if let Some((_, block)) = self.blocks.get(hash, is_it) {
            return block;
        }
        let block = Arc::new(self.set(text, style, wrap));
        self.blocks.put(hash, (wrap, block.clone()));
        block
    }

    /// The width of the widest part that cannot be broken but inside a word.
    pub fn min_width(&mut self, text: &str, style: Style) -> f32 {
        let hash = hash_of((text, style_key(style)));
        let is_it = |(t, s, _): &(Arc<str>, Style, f32)| *s == style && **t == *text;
        if let Some((_, _, width)) = self.widths.get(hash, is_it) {
            return width;
        }
        let shown = first_chars(text, MAX_CHARS);
        let mut width = 0.0_f32;
        for range in paragraphs(shown) {
            let layout = self.shape(&clean(&shown[range], Clusters::Whole).text, style);
            width = width.max(layout.calculate_content_widths().min);
        }
        self.widths.put(hash, (text.into(), style, width));
        width
    }

    /// The font of a run.
    pub fn face(&self, id: FontId) -> &FontFace {
        let faces = self.fonts.faces();
        faces.get(usize::from(id.0)).unwrap_or(&faces[0])
    }

    /// All fonts that runs have used so far, by [`FontId`]; Arimo Regular and Bold come first.
    pub fn faces(&self) -> &[FontFace] {
        self.fonts.faces()
    }

    fn shape(&mut self, text: &str, style: Style) -> Layout {
        self.fonts.provide(text);
        let mut builder = self.context.ranged_builder(&mut self.fonts.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(FAMILY)));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(match style.weight {
            Weight::Regular => FontWeight::NORMAL,
            Weight::Bold => FontWeight::BOLD,
        }));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(style.line_height)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        builder.build(text)
    }

    fn set(&mut self, text: &str, style: Style, wrap: Wrap) -> Block {
        let limit = wrap.max_lines.map_or(usize::MAX, |n| n.max(1));
        let width = wrap.width.filter(|w| w.is_finite()).map(|w| w.max(0.0));
        let shown = first_chars(text, MAX_CHARS);
        let paragraphs = paragraphs(shown);
        let mut lines: Vec<Line> = Vec::new();
        let mut cut = false;
        'all: for (i, range) in paragraphs.iter().enumerate() {
            let paragraph = self.broken(&shown[range.clone()], style, width);
            let count = paragraph.ends.len();
            let is_end = i + 1 == paragraphs.len();
            for n in 0..count {
                let more = n + 1 < count || !is_end;
                let too_long = !more && shown.len() < text.len();
                let full = lines.len() + 1 == limit;
                cut = too_long || (full && more);
                let mut line = if cut {
                    self.cut_line(&paragraph, n, style, width)
                } else {
                    self.line(&paragraph, n)
                };
                line.range = line.range.start + range.start..line.range.end + range.start;
                lines.push(line);
                if cut || full {
                    break 'all;
                }
            }
        }
        let height = style.line_height;
        for (i, line) in lines.iter_mut().enumerate() {
            let above = (height - (ASCENT + DESCENT) * style.size) / 2.0;
            line.baseline = i as f32 * height + above + ASCENT * style.size;
        }
        Block {
            text: text.into(),
            style,
            width: lines.iter().fold(0.0, |width, line| width.max(line.width)),
            height: lines.len() as f32 * height,
            lines,
            cut,
        }
    }

    /// A paragraph in lines of at most that width.
    fn broken<'a>(
        &mut self,
        paragraph: &'a str,
        style: Style,
        width: Option<f32>,
    ) -> Paragraph<'a> {
        let mut found = None;
        for clusters in [Clusters::Whole, Clusters::Apart] {
            let clean = clean(paragraph, clusters);
            let layout = self.shape(&clean.text, style);
            let mut broken = Paragraph { clean, layout, ends: Vec::new() };
            let mut target = width;
            // parley misjudges a line now and then that ends in the middle of a ligature.
            for _ in 0..4 {
                broken.break_at(target);
                let over = width.map_or(0.0, |w| broken.widest() - w);
                if over <= SLACK {
                    return broken;
                }
                target = target.map(|w| (w - over.max(style.size / 2.0)).max(0.0));
            }
            found = Some(broken);
            // What is still wider is a cluster that means nothing, or a sequence that the fonts
            // cannot show as one; it is taken apart. (Or there is no room for one letter.)
        }
        found.expect("both ways were tried")
    }

    /// A line of a paragraph as it is; its range counts from the paragraph's start.
    fn line(&mut self, paragraph: &Paragraph<'_>, n: usize) -> Line {
        let range = paragraph.range(n);
        let source = |at| paragraph.clean.source_of(at);
        let (runs, width) = self.runs(paragraph, n);
        Line {
            baseline: 0.0,
            width,
            range: source(range.start)..source(range.end),
            rtl: paragraph.layout.is_rtl(),
            runs,
        }
    }

    /// A line of a paragraph with an ellipsis at its end: as much of it and of what follows as
    /// fits beside the ellipsis.
    fn cut_line(
        &mut self,
        paragraph: &Paragraph<'_>,
        n: usize,
        style: Style,
        width: Option<f32>,
    ) -> Line {
        let mut line = self.line(paragraph, n);
        let text = &paragraph.clean.text;
        let start = paragraph.range(n).start;
        let room = width.map_or(f32::INFINITY, |w| w - self.shape("…", style).full_width());
        let mut ends = paragraph.fitting(n, room);
        loop {
            let end = text.floor_char_boundary(ends.pop().unwrap_or(start).max(start));
            let kept = text[start..end].trim_end_matches(dangles);
            // The mark keeps the paragraph's direction where its first letter is on a line above.
            let mark = if line.rtl { '\u{200f}' } else { '\u{200e}' };
            let clean = Clean::plain(format!("{mark}{kept}…"));
            let layout = self.shape(&clean.text, style);
            let mut whole = Paragraph { clean, layout, ends: Vec::new() };
            whole.break_at(None);
            let (runs, advance) = self.runs(&whole, 0);
            if kept.is_empty() || width.is_none_or(|w| advance <= w + SLACK) {
                line.range.end = paragraph.clean.source_of(start + kept.len());
                line.runs = runs;
                line.width = advance;
                return line;
            }
        }
    }

    /// A line's runs, left to right, without the space at the line's end; and their advance.
    fn runs(&mut self, paragraph: &Paragraph<'_>, n: usize) -> (Vec<Run>, f32) {
        let text = &paragraph.clean.text;
        let line = paragraph.shown(n);
        let mut parts: Vec<Part> = Vec::new();
        let mut x = 0.0;
        for run in paragraph.layout.get(n).iter().flat_map(ParleyLine::runs) {
            let mut advance = 0.0;
            let (mut from, mut to) = (usize::MAX, 0);
            let mut glyphs: Vec<(Range<usize>, parley::Glyph)> = Vec::new();
            // Where the glyphs of the cluster begin that what follows may belong to.
            let mut group = 0;
            for cluster in run.visual_clusters() {
                let range = cluster.text_range();
                if !line.contains(&range.start) {
                    continue;
                }
                advance += cluster.advance();
                from = from.min(range.start);
                to = to.max(range.end.min(line.end));
                if cluster.is_ligature_continuation() {
                    for (stands_for, _) in &mut glyphs[group..] {
                        *stands_for =
                            stands_for.start.min(range.start)..stands_for.end.max(range.end);
                    }
                } else {
                    group = glyphs.len();
                    glyphs.extend(cluster.glyphs().map(|glyph| (range.clone(), glyph)));
                }
            }
            if from >= to {
                continue;
            }
            let range = text.floor_char_boundary(from)..text.ceil_char_boundary(to);
            let font = self.fonts.id_of(run.font());
            let part = Part { range, font, x, advance, rtl: run.is_rtl(), glyphs };
            x += advance;
            match parts.last_mut() {
                Some(last) if last.continues_in(&part) => last.join(part),
                _ => parts.push(part),
            }
        }
        let runs = parts.into_iter().filter_map(|part| part.into_run(text)).collect();
        (runs, x)
    }
}

/// A run that is being put together: parley parts them by script as well, painters need not.
struct Part {
    range: Range<usize>,
    font: FontId,
    x: f32,
    advance: f32,
    rtl: bool,
    /// Left to right, with the bytes of the paragraph that each stands for.
    glyphs: Vec<(Range<usize>, parley::Glyph)>,
}

impl Part {
    /// Whether the next part to the right goes on where this one ends.
    fn continues_in(&self, right: &Self) -> bool {
        let touch = if self.rtl {
            right.range.end == self.range.start
        } else {
            self.range.end == right.range.start
        };
        touch && self.font == right.font && self.rtl == right.rtl
    }

    fn join(&mut self, right: Self) {
        let (a, b) = (&self.range, &right.range);
        self.range = a.start.min(b.start)..a.end.max(b.end);
        self.advance += right.advance;
        self.glyphs.extend(right.glyphs);
    }

    fn into_run(self, text: &str) -> Option<Run> {
        let Self { range, font, x, advance, rtl, glyphs } = self;
        let source = &text[range.clone()];
        let shown: String = source.chars().filter(|c| !steers(*c)).collect();
        if shown.is_empty() {
            return None;
        }
        // The place in what is shown of a place in the paragraph.
        let place = |at: usize| {
            let at = source.floor_char_boundary(at.saturating_sub(range.start).min(source.len()));
            let left_out = |c: char| if steers(c) { c.len_utf8() } else { 0 };
            let before = if shown.len() == source.len() {
                0
            } else {
                source[..at].chars().map(left_out).sum()
            };
            u16::try_from(at - before).unwrap_or(u16::MAX)
        };
        let glyphs = glyphs.into_iter().map(|(stands_for, glyph)| Glyph {
            id: u16::try_from(glyph.id).unwrap_or(0),
            from: place(stands_for.start),
            to: place(stands_for.end),
            advance: glyph.advance,
            dx: glyph.x,
            dy: glyph.y,
        });
        let glyphs = glyphs.collect();
        Some(Run { text: shown.into(), font, x, advance, rtl, glyphs })
    }
}

/// A paragraph, shaped and broken.
struct Paragraph<'a> {
    clean: Clean<'a>,
    layout: Layout,
    /// Where each line ends in the clean text; at least one line.
    ends: Vec<usize>,
}

impl Paragraph<'_> {
    fn break_at(&mut self, width: Option<f32>) {
        self.layout.break_all_lines(width);
        self.ends.clear();
        let mut end = 0;
        for line in self.layout.lines() {
            // Not parley's own range of the line. Its ranges go astray where a ligature that reads
            // from right to left is broken, even to the middle of a character.
            for run in line.runs() {
                end = run.clusters().fold(end, |end, cluster| end.max(cluster.text_range().end));
            }
            self.ends.push(self.clean.text.ceil_char_boundary(end));
        }
        self.ends.pop();
        self.ends.push(self.clean.text.len());
    }

    fn range(&self, n: usize) -> Range<usize> {
        let start = n.checked_sub(1).map_or(0, |above| self.ends[above]);
        start..self.ends[n]
    }

    /// A line's range without the space at its end.
    fn shown(&self, n: usize) -> Range<usize> {
        let range = self.range(n);
        let is_space = |c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}';
        range.start..range.start + self.clean.text[range].trim_end_matches(is_space).len()
    }

    /// The widest line's advance, without the space at its end.
    fn widest(&self) -> f32 {
        let advance = |(n, line): (usize, ParleyLine<'_, ()>)| -> f32 {
            let shown = self.shown(n);
            let of_run = |run: parley::Run<'_, ()>| -> f32 {
                let clusters = run.clusters().filter(|c| shown.contains(&c.text_range().start));
                clusters.map(|cluster| cluster.advance()).sum()
            };
            line.runs().map(of_run).sum()
        };
        self.layout.lines().enumerate().map(advance).fold(0.0, f32::max)
    }

    /// The ends of the clusters from line `n` on that fit into `room` one after the other.
    fn fitting(&self, n: usize, room: f32) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut x = 0.0;
        for line in (n..self.layout.len()).map_while(|n| self.layout.get(n)) {
            let mut runs: Vec<_> = line.runs().collect();
            runs.sort_by_key(|run| run.text_range().start);
            for run in &runs {
                for cluster in run.clusters() {
                    x += cluster.advance();
                    if x > room + SLACK {
                        return ends;
                    }
                    ends.push(cluster.text_range().end);
                }
            }
        }
        ends
    }
}

/// What says nothing before an ellipsis: space, and signs that join or open what is left out.
fn dangles(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '•' | '–' | '—' | '-' | '/' | ',' | ';' | ':' | '(')
}

/// The text's first `n` characters.
fn first_chars(text: &str, n: usize) -> &str {
    if text.len() <= n {
        return text;
    }
    text.char_indices().nth(n).map_or(text, |(end, _)| &text[..end])
}

fn style_key(style: Style) -> (u32, u32, Weight) {
    (style.size.to_bits(), style.line_height.to_bits(), style.weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 12.0, weight: Weight::Regular, line_height: 16.0 };

    fn wrap(width: f32) -> Wrap {
        Wrap { width: Some(width), max_lines: None }
    }

    fn engine() -> Text {
        Text::new(SystemFonts::Ignore)
    }

    #[test]
    fn an_engine_can_go_to_a_worker() {
        fn is_send<T: Send>() {}
        is_send::<Text>();
    }

    #[test]
    fn the_baseline_stands_where_parley_puts_it() {
        let mut text = engine();
        let mut layout = text.shape("x", STYLE);
        layout.break_all_lines(None);
        let theirs = layout.get(0).unwrap().metrics().baseline;
        let ours = text.block("x", STYLE, wrap(100.0)).lines[0].baseline;
        assert!((theirs - ours).abs() < 0.6, "{theirs} against {ours}");
    }

    #[test]
    fn nothing_is_one_empty_line() {
        let block = engine().block("", STYLE, wrap(100.0));
        assert_eq!((block.lines.len(), block.height, block.width), (1, 16.0, 0.0));
        assert!(block.lines[0].runs.is_empty() && !block.cut);
    }

    #[test]
    fn words_go_to_lines_and_the_same_question_gets_the_same_block() {
        let mut text = engine();
        let block = text.block("Define the occasion", STYLE, wrap(70.0));
        let lines: Vec<_> = block.lines.iter().map(|l| &*l.runs[0].text).collect();
        assert_eq!(lines, ["Define the", "occasion"]);
        assert!(Arc::ptr_eq(&block, &text.block("Define the occasion", STYLE, wrap(70.0))));
        let other = text.block("Define the occasion", STYLE, wrap(170.0));
        assert_eq!(other.lines.len(), 1);
        assert_eq!(&*other.lines[0].runs[0].text, "Define the occasion");
    }

    #[test]
    fn min_width_is_the_widest_word() {
        let mut text = engine();
        let min = text.min_width("a recommendation of a film", STYLE);
        let word = text.block("recommendation", STYLE, Wrap { width: None, max_lines: None });
        assert!((min - word.width).abs() < 0.1, "{min} against {}", word.width);
        let lines = text.block("a recommendation of a film", STYLE, wrap(min)).lines.clone();
        assert!(lines.iter().any(|l| &*l.runs[0].text == "recommendation"));
    }

    #[test]
    fn what_is_left_out_is_marked() {
        let mut text = engine();
        let two = Wrap { width: Some(60.0), max_lines: Some(2) };
        let block = text.block("Orders online or drives to the shop", STYLE, two);
        assert!(block.cut);
        assert_eq!(block.lines.len(), 2);
        assert!(block.lines[1].runs.last().unwrap().text.ends_with('…'));
        assert!(block.width <= 60.0 + SLACK);
        let dot = text.block("Late in the post · 8 %", STYLE, Wrap { width: Some(102.0), ..two });
        assert_eq!(dot.lines.len(), 2, "nothing is left out");
        let one = Wrap { width: Some(102.0), max_lines: Some(1) };
        let dot = text.block("Late in the post · 8 %", STYLE, one);
        assert_eq!(&*dot.lines[0].runs[0].text, "Late in the post…");
        let paragraphs = text.block("a\nb\nc", STYLE, Wrap { width: None, max_lines: Some(2) });
        assert!(paragraphs.cut);
        assert_eq!(&*paragraphs.lines[1].runs[0].text, "b…");
        assert_eq!(paragraphs.lines[1].range, 2..3);
        let fits = text.block("a\nb", STYLE, Wrap { width: None, max_lines: Some(2) });
        assert!(!fits.cut);
    }

    #[test]
    fn the_bundled_font_is_named() {
        let text = engine();
        assert_eq!(&*text.face(FontId(0)).family, "Arimo");
        assert!(!text.face(FontId(0)).bold && text.face(FontId(1)).bold);
        let mut text = text;
        let bold = Style { weight: Weight::Bold, ..STYLE };
        let block = text.block("x", bold, wrap(10.0));
        assert_eq!(block.lines[0].runs[0].font, FontId(1));
    }
}
