//! Text for slides: what XML may hold, paragraphs as the scene set them, languages and directions.
//!
//! By default text wraps by itself in exactly the width that it was set in; with exact lines every
//! line of the scene ends in a break. Not here: which text stands in which shape.

use crate::export::deck::LINE;
use crate::geom::{Point, Rect};
use crate::scene::{Align, Ink};
use crate::text::{Block, FontId, Line, Weight};

use super::pen::{Pen, emu, put};

/// Writes text for XML 1.0 into an element: marked up where it must be, without the characters
/// that XML may not hold, and without bidi overrides, which would turn round what stands beside.
pub(super) fn content(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if is_space(c) => out.push(' '),
            c if is_left_out(c) => {}
            c => out.push(c),
        }
    }
}

/// Writes at most so many characters into an attribute.
pub(super) fn attribute(text: &str, most: usize, out: &mut String) {
    let mut chars = text.chars();
    for c in chars.by_ref().take(most) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_space(c) => out.push(' '),
            c if is_left_out(c) => {}
            c => out.push(c),
        }
    }
    if chars.next().is_some() {
        out.push('…');
    }
}

fn is_space(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_left_out(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        // Noncharacters in the Arabic block (Unicode 16, 23.7).
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// A text's language by its script, where one says which: for spelling, hyphens and voices.
/// Latin is taken for the language of the program's own words.
pub(super) fn language(text: &str) -> &'static str {
    /// Enough to know.
    const LOOKED_AT: usize = 200;
    const LANGUAGES: [&str; 12] = [
        "en-GB", "ar-SA", "he-IL", "ja-JP", "ko-KR", "zh-CN", "ru-RU", "el-GR", "th-TH", "hi-IN",
        "ka-GE", "hy-AM",
    ];
    if text.is_ascii() {
        return LANGUAGES[0];
    }
    let mut counts = [0_u32; 12];
    for c in text.chars().take(LOOKED_AT) {
        let at = match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => 0,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fefc}' => 1,
            '\u{590}'..='\u{5ff}' => 2,
            '\u{3040}'..='\u{30ff}' => 3,
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => 4,
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => 5,
            '\u{400}'..='\u{52f}' => 6,
            '\u{370}'..='\u{3ff}' => 7,
            '\u{e00}'..='\u{e7f}' => 8,
            '\u{900}'..='\u{97f}' => 9,
            '\u{10a0}'..='\u{10ff}' => 10,
            '\u{530}'..='\u{58f}' => 11,
            _ => continue,
        };
        counts[at] += 1;
    }
    // Japanese is written with Chinese characters too.
    if counts[3] > 0 {
        counts[3] += std::mem::take(&mut counts[5]);
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let first = counts.iter().position(|count| *count == most).unwrap_or(0);
    LANGUAGES[if most == 0 { 0 } else { first }]
}

/// The attributes that say a text's language.
fn put_language(pen: &mut Pen<'_>, text: &str) {
    let language = language(text);
    put!(pen, " lang=\"{language}\"");
    if language != "en-GB" {
        pen.push(" altLang=\"en-GB\"");
    }
}

/// A text of the scene in a shape, in map units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow<'a> {
    /// Its top left.
    pub at: Point,
    pub width: f32,
    pub block: &'a Block,
    pub ink: Ink,
    pub align: Align,
    /// How far the dot before it stands out; 0 where there is none.
    pub bullet: f32,
}

/// Where a shape's text stands in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// The shape's box, in map units.
    pub rect: Rect,
    /// What the shape's own text rectangle leaves out at each side, in map units.
    pub inset: f32,
    /// Points for each map unit.
    pub scale: f32,
    /// Whether the text is centred in the shape, whatever its place.
    pub centred: bool,
    /// Whether its colours are fixed.
    pub fixed: bool,
    /// Whether its paragraphs have different margins.
    pub mixed: bool,
}

/// How far below the scene's baseline LibreOffice sets a line of an exact height: all of the space
/// that the height leaves goes above the text there, half of it here (Arimo's descent is 0.212 em).
fn lead(flow: &Flow<'_>) -> f32 {
    let style = flow.block.style;
    let first = flow.block.lines.first().map_or(0.0, |line| line.baseline);
    (style.line_height - 0.212 * style.size - first).max(0.0)
}

/// A box for a text that stands for itself, with room to spare below.
pub(super) fn own_room(flow: &Flow<'_>) -> Rect {
    let (at, style) = (flow.at, flow.block.style);
    let max = Point {
        x: at.x + flow.width.max(flow.block.width),
        y: at.y + flow.block.height + 0.2 * style.line_height,
    };
    Rect { min: Point { x: at.x, y: at.y - lead(flow) }, max }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Middle,
    Right,
}

fn side(align: Align, rtl: bool) -> Side {
    match (align, rtl) {
        (Align::Center, _) => Side::Middle,
        (Align::Start, false) | (Align::End, true) => Side::Left,
        (Align::Start, true) | (Align::End, false) => Side::Right,
    }
}

/// The text of a shape, as `p:txBody`.
pub(super) fn body(pen: &mut Pen<'_>, flows: &[Flow<'_>], room: Room) {
    let (rect, s) = (room.rect, room.scale);
    let (Some(first), inner) = (flows.first(), rect.grow(-room.inset)) else { return };
    let left = flows.iter().map(|it| it.at.x - it.bullet).fold(f32::INFINITY, f32::min);
    let right = flows.iter().map(|it| it.at.x + it.width).fold(f32::NEG_INFINITY, f32::max);
    // The widest that the lines may take: with exact lines more than they need.
    let (left, right) = match pen.exact || room.centred {
        true => (inner.min.x.min(left), inner.max.x.max(right)),
        false => (left.max(inner.min.x), right.min(inner.max.x)),
    };
    let [l, r] = [left - inner.min.x, inner.max.x - right].map(|it| emu(it.max(0.0) * s));
    let middle = first.at.y + first.block.height / 2.0 - rect.center().y;
    let (top, anchor) = match room.centred {
        false => (first.at.y - lead(first) - inner.min.y, "t"),
        true if middle.abs() < 1.0 => (0.0, "ctr"),
        // With the line height of the font itself: Arimo's ascent is 0.905 em.
        true => {
            let baseline = first.block.lines.first().map_or(0.0, |line| line.baseline);
            (first.at.y + baseline - 0.905 * first.block.style.size - rect.min.y, "t")
        }
    };
    let t = emu(top.max(0.0) * s);
    put!(
        pen,
        "<p:txBody><a:bodyPr wrap=\"square\" lIns=\"{l}\" tIns=\"{t}\" rIns=\"{r}\" bIns=\"0\" \
         anchor=\"{anchor}\"><a:normAutofit/></a:bodyPr><a:lstStyle/>"
    );
    // A margin that one paragraph has and the next lacks is said of both: LibreOffice takes the one
    // for the other's else.
    let even = |of: fn(&Flow<'_>) -> f32| flows.iter().all(|it| (of(it) - of(first)).abs() < 0.01);
    let mixed = !(even(|it| it.at.x) && even(|it| it.at.x + it.width) && even(|it| it.bullet));
    let room = Room { mixed, ..room };
    let mut above = None;
    for flow in flows {
        // Lines are only ever moved down by space before a paragraph.
        let space = above.map_or(0.0, |above: f32| (flow.at.y - above).max(0.0));
        above = Some(flow.at.y + flow.block.height);
        paragraphs(pen, flow, (left, right), space, room);
    }
    pen.push("</p:txBody>");
}

fn paragraphs(
    pen: &mut Pen<'_>,
    flow: &Flow<'_>,
    (left, right): (f32, f32),
    above: f32,
    room: Room,
) {
    let lines = &flow.block.lines;
    let mut start = 0;
    while start < lines.len() {
        let mut end = start + 1;
        while end < lines.len() && !is_apart(flow.block, &lines[end - 1], &lines[end]) {
            end += 1;
        }
        let above = if start == 0 { above } else { 0.0 };
        let last = end == lines.len();
        paragraph(pen, flow, &lines[start..end], last, (left, right), above, room);
        start = end;
    }
}

/// Whether a line begins a paragraph of its own.
fn is_apart(block: &Block, before: &Line, line: &Line) -> bool {
    let between = block.text.get(before.range.start..line.range.start).unwrap_or_default();
    between.chars().any(|c| is_space(c) && c != '\t')
}

fn paragraph(
    pen: &mut Pen<'_>,
    flow: &Flow<'_>,
    lines: &[Line],
    last: bool,
    (left, right): (f32, f32),
    above: f32,
    room: Room,
) {
    let s = room.scale;
    let rtl = lines[0].rtl;
    let side = if room.centred { Side::Middle } else { side(flow.align, rtl) };
    // Exact lines need no edge on the side where they end.
    let free = |at: Side| room.centred || (pen.exact && side == at);
    let ends = if free(Side::Left) { 0.0 } else { right - flow.at.x - flow.width };
    let begins = if free(Side::Right) { 0.0 } else { flow.at.x - left };
    // Margins are those before and after the text, whichever way it reads.
    let (before, after) = if rtl { (ends, begins) } else { (begins, ends) };
    // At most 4,032 points each (21.1.2.2.7 `pPr`).
    let [before, after, dot] =
        [before, after, flow.bullet].map(|it| emu(it.max(0.0) * s).clamp(0, 51_206_400));
    pen.push("<a:p><a:pPr");
    if before > 0 || room.mixed {
        put!(pen, " marL=\"{before}\"");
    }
    if after > 0 || room.mixed {
        put!(pen, " marR=\"{after}\"");
    }
    if flow.bullet > 0.0 || room.mixed {
        put!(pen, " indent=\"{}\"", -dot);
    }
    match side {
        Side::Left if !rtl => {}
        Side::Left => pen.push(" algn=\"l\""),
        Side::Middle => pen.push(" algn=\"ctr\""),
        Side::Right => pen.push(" algn=\"r\""),
    }
    if rtl {
        pen.push(" rtl=\"1\"");
    }
    pen.push(">");
    if !room.centred {
        let line = hundredths(flow.block.style.line_height * s, 158_400);
        put!(pen, "<a:lnSpc><a:spcPts val=\"{line}\"/></a:lnSpc>");
    }
    if above * s >= 0.01 {
        let above = hundredths(above * s, 158_400);
        put!(pen, "<a:spcBef><a:spcPts val=\"{above}\"/></a:spcBef>");
    }
    if flow.bullet > 0.0 {
        pen.push("<a:buClr>");
        pen.colour(Ink::Faint, room.fixed);
        pen.push("</a:buClr><a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>");
    }
    pen.push("</a:pPr>");
    let text = &flow.block.text;
    let ellipsis = last && flow.block.cut;
    if pen.exact {
        let mut properties = String::new();
        for (i, line) in lines.iter().enumerate() {
            let words = text.get(line.range.clone()).unwrap_or_default();
            if i > 0 {
                pen.push("<a:br>");
                pen.push(&properties);
                pen.push("</a:br>");
            }
            let from = pen.out.len();
            run(pen, flow, words.trim_end(), ellipsis && i + 1 == lines.len(), lines, room);
            if i == 0 {
                let to = pen.out[from..].find("<a:t>").map_or(from, |at| from + at);
                properties = pen.out[from..to].replacen("<a:r>", "", 1);
            }
        }
    } else {
        let range = lines[0].range.start..lines[lines.len() - 1].range.end;
        let words = text.get(range).unwrap_or_default().trim_end();
        run(pen, flow, words, ellipsis, lines, room);
    }
    pen.push("</a:p>");
}

fn run(
    pen: &mut Pen<'_>,
    flow: &Flow<'_>,
    words: &str,
    ellipsis: bool,
    lines: &[Line],
    room: Room,
) {
    let style = flow.block.style;
    pen.push("<a:r><a:rPr");
    put_language(pen, words);
    let size = hundredths(style.size * room.scale, 400_000).max(100);
    put!(pen, " sz=\"{size}\"");
    pen.push(if style.weight == Weight::Bold { " b=\"1\" dirty=\"0\">" } else { " dirty=\"0\">" });
    pen.push("<a:solidFill>");
    pen.colour(flow.ink, room.fixed);
    pen.push("</a:solidFill>");
    if let Some(font) = other_font(lines) {
        let family = pen.fonts.face(font).family.clone();
        for script in ["ea", "cs"] {
            put!(pen, "<a:{script} typeface=\"");
            attribute(&family, 80, &mut pen.out);
            pen.push("\"/>");
        }
    }
    pen.push("</a:rPr><a:t>");
    if pen.exact && words.contains('\u{ad}') {
        // A place to break at, where now no line breaks, would show as a hyphen.
        content(&words.replace('\u{ad}', ""), &mut pen.out);
    } else {
        content(words, &mut pen.out);
    }
    pen.push(if ellipsis { "…</a:t></a:r>" } else { "</a:t></a:r>" });
}

/// The first font that is not the theme's: what it lacked came from the system.
fn other_font(lines: &[Line]) -> Option<FontId> {
    let runs = lines.iter().flat_map(|line| &line.runs);
    runs.map(|run| run.font).find(|font| font.0 > 1)
}

/// Hundredths of a point.
pub(super) fn hundredths(points: f32, most: u32) -> u32 {
    (points * 100.0).round().clamp(0.0, most as f32) as u32
}

/// A paragraph with properties of its own, for placeholders, notes, tables and text pieces.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plain<'a> {
    pub text: &'a str,
    /// In points; `None`: the placeholder's.
    pub size: Option<f32>,
    pub bold: bool,
    pub ink: Option<Ink>,
    /// Whether the colour is fixed.
    pub fixed: bool,
    /// How far a dot stands out, in points; 0 for none.
    pub bullet: f32,
}

/// Writes paragraphs, one for each line of the text.
pub(super) fn plain(pen: &mut Pen<'_>, it: Plain<'_>) {
    /// What no slide can show is cut.
    const MOST: usize = 20_000;
    let cut = it.text.char_indices().nth(MOST).map(|(at, _)| at);
    let text = &it.text[..cut.unwrap_or(it.text.len())];
    let breaks =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut rows: Vec<&str> = text.split(breaks).filter(|row| !row.trim().is_empty()).collect();
    if rows.is_empty() {
        rows.push("");
    }
    let last = rows.len() - 1;
    for (i, row) in rows.into_iter().enumerate() {
        pen.push("<a:p><a:pPr");
        if it.bullet > 0.0 {
            let by = emu(it.bullet);
            put!(pen, " marL=\"{by}\" indent=\"-{by}\"");
        }
        if reads_from_right(row) {
            pen.push(" algn=\"r\" rtl=\"1\"");
        }
        pen.push(">");
        if let Some(size) = it.size {
            let line = hundredths(size * LINE, 158_400);
            put!(pen, "<a:lnSpc><a:spcPts val=\"{line}\"/></a:lnSpc>");
        }
        if it.bullet > 0.0 {
            pen.push("<a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>");
        }
        pen.push("</a:pPr>");
        let empty = row.trim().is_empty();
        pen.push(if empty { "<a:endParaRPr" } else { "<a:r><a:rPr" });
        put_language(pen, row);
        if let Some(size) = it.size {
            let size = hundredths(size, 400_000).max(100);
            put!(pen, " sz=\"{size}\"");
        }
        if it.bold {
            pen.push(" b=\"1\"");
        }
        pen.push(" dirty=\"0\"");
        match it.ink {
            Some(ink) => {
                pen.push("><a:solidFill>");
                pen.colour(ink, it.fixed);
                pen.push(if empty {
                    "</a:solidFill></a:endParaRPr>"
                } else {
                    "</a:solidFill></a:rPr>"
                });
            }
            None => pen.push("/>"),
        }
        if !empty {
            pen.push("<a:t>");
            content(row.trim(), &mut pen.out);
            pen.push(if i == last && cut.is_some() { "…</a:t></a:r>" } else { "</a:t></a:r>" });
        }
        pen.push("</a:p>");
    }
}

/// Whether a paragraph reads from right to left: its first letter with a direction says so
/// (Unicode Standard Annex 9, rules P2 and P3, for the scripts in use).
pub(super) fn reads_from_right(text: &str) -> bool {
    let strong = text.chars().find(|c| c.is_alphabetic());
    strong.is_some_and(|c| {
        matches!(c,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_xml_may_hold_is_written() {
        let mut out = String::new();
        content("a<b> & ]]>\u{0}\u{1}\u{fffe}\u{202e}\tc\u{7f}", &mut out);
        assert_eq!(out, "a&lt;b&gt; &amp; ]]&gt; c");
        out.clear();
        attribute("say \"1234\"\n", 6, &mut out);
        assert_eq!(out, "say &quot;1…");
    }

    #[test]
    fn scripts_say_languages() {
        assert_eq!(language("Select a title"), "en-GB");
        assert_eq!(language("قابل للنقاش"), "ar-SA");
        assert_eq!(language("映画を選ぶ"), "ja-JP");
        assert_eq!(language("选择标题"), "zh-CN");
        assert_eq!(language("★ 12"), "en-GB");
    }

    #[test]
    fn the_first_letter_says_the_direction() {
        assert!(reads_from_right("12 שלום world"));
        assert!(!reads_from_right("a שלום"));
        assert!(!reads_from_right("12"));
    }
}
