//! Text: how sentences of many scripts are broken, that no line is wider than asked, and that
//! no text whatever does harm. On the bundled fonts alone, unless a test says otherwise.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use throughline::text::{Block, FontId, Style, SystemFonts, Text, Weight, Wrap};

const STYLE: Style = Style { size: 12.0, weight: Weight::Regular, line_height: 16.0 };

/// What rounding may add to a width.
const SLACK: f32 = 0.01;

fn wrap(width: f32) -> Wrap {
    Wrap { width: Some(width), max_lines: None }
}

/// Each line's runs in visual order, with their direction.
fn shown(block: &Block) -> String {
    let mut out = String::new();
    for line in &block.lines {
        let side = if line.rtl { "right" } else { "left" };
        out += &format!("{side} {:>6.1}:", line.width);
        for run in &line.runs {
            let (open, close) = if run.rtl { ('‹', '‹') } else { ('›', '›') };
            out += &format!(" {open}{}{close}", run.text);
        }
        out.push('\n');
    }
    if block.cut {
        out.push_str("cut\n");
    }
    out
}

fn set(words: &str, width: f32) -> Block {
    (*Text::new(SystemFonts::Ignore).block(words, STYLE, wrap(width))).clone()
}

/// Every line as its characters in logical order.
fn lines(block: &Block) -> Vec<&str> {
    block.lines.iter().map(|line| &block.text[line.range.clone()]).collect()
}

/// What holds for every block: lines cover the text in order, nothing is wider than asked,
/// runs stand side by side.
fn check(block: &Block, wrap: Wrap) {
    let mut end = 0;
    for (i, line) in block.lines.iter().enumerate() {
        assert!(line.range.start >= end && line.range.end <= block.text.len(), "{:?}", line.range);
        end = line.range.end;
        assert!(block.text.is_char_boundary(line.range.start));
        assert!(block.text.is_char_boundary(line.range.end));
        assert!(line.width <= block.width);
        let top = i as f32 * block.style.line_height;
        assert!(line.baseline > top && line.baseline < top + block.style.line_height);
        let mut x = 0.0;
        for run in &line.runs {
            assert!(!run.text.is_empty() && run.advance >= 0.0);
            assert!((run.x - x).abs() < 0.5, "runs stand side by side");
            x = run.x + run.advance;
            let steering = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}');
            assert!(!run.text.contains(steering), "{:?}", run.text);
        }
        assert!(line.width.is_finite() && line.width >= x - 0.5);
        if let Some(width) = wrap.width {
            // Narrower than that there may be nothing to break: a letter with what hangs on it.
            assert!(line.width <= width.max(40.0) + SLACK, "{width}: {line:?}");
        }
    }
    assert!(!block.lines.is_empty());
    assert!((block.height - block.lines.len() as f32 * block.style.line_height).abs() < 1e-3);
    if let Some(max) = wrap.max_lines {
        assert!(block.lines.len() <= max.max(1));
    }
}

#[test]
fn sentences_of_many_scripts() {
    let mut out = String::new();
    for words in [
        "Views recommendations, asks friends – then orders (or doesn't).",
        "שלום, הזמנתי 3 סרטים ב-12.5 ש\"ח (אתמול) והם הגיעו",
        "أراد العميل أن يشتري فيلماً (رقم 42) قبل الساعة ٩ مساءً",
        "Die Donaudampfschifffahrtsgesellschaft ruft zurück",
        "The שלום order was 3 days late, said أحمد.",
        "お客様は「映画を見たい。」と言いました。それから店に行きます。",
        "顾客在网上选择电影，然后付款。",
        "E\u{301}te\u{301} 👩‍👩‍👧‍👦 🇩🇪",
        "a\tb\u{1}c\u{202e}d\r\ne\u{2028}f",
    ] {
        out += &format!("{words:?}\n");
        out.push_str(&shown(&set(words, 110.0)));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn no_japanese_line_starts_with_what_ends_a_clause() {
    let words = "「映画を見たい。」と、お客様は言いました。それから、店に行きます。（明日）";
    for width in 30..200 {
        let block = set(words, width as f32);
        for line in lines(&block) {
            assert!(!line.starts_with(['。', '、', '」', '）']), "{width}: {line}");
            assert!(!line.trim_end().ends_with(['「', '（']), "{width}: {line}");
        }
    }
}

#[test]
fn a_line_from_right_to_left_is_in_visual_order() {
    let block = set("שלום 123 עולם", 500.0);
    let line = &block.lines[0];
    assert!(line.rtl);
    let texts: Vec<_> = line.runs.iter().map(|run| (run.text.trim(), run.rtl)).collect();
    assert_eq!(texts, [("עולם", true), ("123", false), ("שלום", true)]);
    // A line that begins with Latin keeps its paragraph's direction.
    let block = set("שלום עולם AVATAR", 60.0);
    assert!(block.lines.len() > 1 && block.lines.iter().all(|line| line.rtl));
    let one = Wrap { width: Some(70.0), max_lines: Some(1) };
    let cut = Text::new(SystemFonts::Ignore).block("שלום עולם טוב AVATAR", STYLE, one);
    assert!(cut.cut && cut.lines[0].rtl);
    assert!(cut.lines[0].runs[0].text.ends_with('…'), "the ellipsis is at the left: {cut:?}");
}

#[test]
fn long_words_and_names_are_broken_inside() {
    for words in ["w".repeat(200), "name ".repeat(200), "é".repeat(1000), "שלום".repeat(50)] {
        for width in [20.0, 60.0, 168.0] {
            let block = set(&words, width);
            check(&block, wrap(width));
            assert!(block.width <= width + SLACK, "{width}: {}", block.width);
            assert_eq!(lines(&block).concat(), words, "nothing is lost");
        }
    }
}

#[test]
fn graphemes_stay_whole() {
    let family = "👩‍👩‍👧‍👦";
    let words = format!("{}{}", family.repeat(20), "e\u{301}".repeat(40));
    for width in [45.0, 60.0, 80.0] {
        for line in lines(&set(&words, width)) {
            assert!(line.starts_with(['👩', 'e']), "{width}: {line:?}");
            assert!(!line.ends_with(['\u{200d}', 'e']), "{width}: {line:?}");
        }
    }
}

#[test]
fn a_book_is_cut_and_quickly() {
    let book = "word ".repeat(200_000);
    let mut text = Text::new(SystemFonts::Ignore);
    let start = Instant::now();
    let block = text.block(&book, STYLE, wrap(100.0));
    assert!(block.cut && block.lines.len() < 2000);
    assert!(text.min_width(&book, STYLE) < 60.0);
    let newlines = text.block(&"\n".repeat(1_000_000), STYLE, wrap(100.0));
    assert!(newlines.cut);
    // Some ten milliseconds; the limit tells a hang from a slow machine.
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn blocks_are_the_same_in_every_engine() {
    let words = ["Select a title", "שלום 12", "映画を見たい。", "👩‍👩‍👧‍👦 zero"];
    let all = |order: &mut dyn Iterator<Item = &&str>| {
        let mut text = Text::new(SystemFonts::Ignore);
        let mut blocks: Vec<_> = order.map(|w| text.block(w, STYLE, wrap(50.0))).collect();
        blocks.sort_by(|a, b| a.text.cmp(&b.text));
        blocks
    };
    assert_eq!(all(&mut words.iter()), all(&mut words.iter().rev()));
}

/// With the system's fonts, as people see it; on a system without such a font this says nothing.
#[test]
fn the_system_lends_what_arimo_lacks() {
    let mut text = Text::new(SystemFonts::Use);
    let latin = text.block("Only Latin, Ελληνικά, Кириллица", STYLE, wrap(500.0));
    assert_eq!(latin.lines[0].runs.iter().map(|run| run.font).max(), Some(FontId(0)));
    assert_eq!(text.faces().len(), 2, "nothing was looked for");
    let block = text.block("مرحبا 你好", STYLE, wrap(500.0));
    check(&block, wrap(500.0));
    for run in &block.lines[0].runs {
        let face = text.face(run.font);
        assert!(!face.family.is_empty() && !face.data.data().is_empty());
    }
    assert_eq!(block.lines[0].runs.last().map(|run| run.rtl), Some(true));
    // However long such a text is not asked for, its font keeps its number.
    let faces = text.faces().len();
    for i in 0..400 {
        text.block(&format!("label {i}"), STYLE, wrap(500.0));
    }
    let again = text.block("مرحبا 你好", STYLE, wrap(499.0));
    assert_eq!((again.lines.clone(), text.faces().len()), (block.lines.clone(), faces));
}

/// A long Arabic word is broken inside, between letters that are drawn as one.
#[test]
fn a_word_of_ligatures_loses_nothing() {
    for system in [SystemFonts::Use, SystemFonts::Ignore] {
        let mut text = Text::new(system);
        for words in ["السلامالاسلام".repeat(30), "السلام عليكم الاجتماعات ".repeat(10)]
        {
            for width in [45.0, 70.0, 120.0] {
                let block = text.block(&words, STYLE, wrap(width));
                check(&block, wrap(width));
                assert_eq!(lines(&block).concat(), words);
                let shown = block.lines.iter().flat_map(|line| line.runs.iter().rev());
                let shown: String = shown.map(|run| &*run.text).collect();
                assert_eq!(shown.replace(' ', ""), words.replace(' ', ""), "{width}");
            }
        }
    }
}

/// Strings of what is known to be hard, besides any characters.
fn hard_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<char>().prop_map(String::from),
        4 => "[a-zA-Z ,.()\\-]{0,12}",
        1 => "[\u{5d0}-\u{5ea} 0-9]{0,8}",
        1 => "[\u{621}-\u{64a}\u{64b}-\u{652} ]{0,8}",
        1 => "[\u{3041}-\u{3096}\u{4e00}-\u{4e80}。「」、]{0,8}",
        1 => "[\u{900}-\u{97f}\u{e01}-\u{e4e}\u{1000}-\u{109f}]{0,8}",
        1 => "[\u{1100}-\u{11ff}]{0,8}",
        2 => "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{ad}\u{feff}\u{fe0f}]{0,4}",
        1 => "[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u{1f466}-\u{1f469}\u{200d}]{0,8}",
        1 => "[\0-\u{1f}\u{7f}-\u{9f}\u{2028}\u{2029}]{0,4}",
        1 => ("[a\u{301}\u{1f469}\u{915}\u{94d}\u{200d}\u{1100}\u{600}]", 1_usize..400)
            .prop_map(|(c, n)| c.repeat(n)),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_does_harm(
        words in hard_text(),
        width in prop::option::of(0.0_f32..300.0),
        max_lines in prop::option::of(0_usize..5),
    ) {
        let mut text = Text::new(SystemFonts::Ignore);
        let wrap = Wrap { width, max_lines };
        let block = text.block(&words, STYLE, wrap);
        check(&block, wrap);
        prop_assert!(text.min_width(&words, STYLE) >= 0.0);
        if max_lines.is_none() && width.is_some() {
            // The same text, cut where it had fitted, is not marked as cut.
            let lines = block.lines.len();
            let again = text.block(&words, STYLE, Wrap { width, max_lines: Some(lines) });
            prop_assert_eq!(&again.lines, &block.lines);
        }
    }
}
