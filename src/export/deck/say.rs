//! Words on slides: cleaned, cut where there is no room, and numbered where a slide goes on.
//!
//! What is cut is kept for the notes. Not here: which words a slide has.

use std::sync::Arc;

use jiff::civil::Date;

use crate::text::{Block, Style, Text, Weight, Wrap};

use super::{LINE, Paragraph};

/// A text on one line: what breaks lines and what steers a terminal is left out.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split_whitespace();
    let mut line = String::with_capacity(text.len());
    for word in words {
        let start = line.len();
        if start > 0 {
            line.push(' ');
        }
        let before = line.len();
        line.extend(word.chars().filter(|c| !c.is_control()));
        if line.len() == before {
            line.truncate(start);
        }
    }
    line
}

/// At most so many characters of a text, the last an ellipsis where it is cut.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

/// A text on one line, or what stands in its place.
pub(super) fn or<'a>(text: &'a str, none: &'a str) -> String {
    let line = one_line(text);
    if line.is_empty() { none.to_owned() } else { line }
}

/// Quotation marks round a text that has none.
pub(super) fn quoted(text: &str) -> String {
    let text = one_line(text);
    let has = text.starts_with(['“', '"', '„', '«', '‘', '「']);
    if has { text } else { format!("“{text}”") }
}

/// `12 June 2026`
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `1 step`, `3 steps`
pub(super) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// `a, b and c`
pub(super) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The style of a text on a slide, in points.
pub(super) fn style(size: f32, bold: bool) -> Style {
    let weight = if bold { Weight::Bold } else { Weight::Regular };
    Style { size, weight, line_height: size * LINE }
}

/// A text as set in a width, in at most so many lines.
pub(super) fn set(
    text: &mut Text,
    what: &str,
    style: Style,
    width: f32,
    lines: Option<usize>,
) -> Arc<Block> {
    text.block(what, style, Wrap { width: Some(width.max(1.0)), max_lines: lines })
}

/// A text cut so that it takes at most so many lines, with an ellipsis; `None` where all of it fits.
pub(super) fn cut(
    text: &mut Text,
    what: &str,
    style: Style,
    width: f32,
    lines: usize,
) -> Option<String> {
    let block = set(text, what, style, width, Some(lines));
    let end = block.lines.last().filter(|_| block.cut)?.range.end;
    let mut kept = what[..end].trim_end().to_owned();
    loop {
        let shown = format!("{kept}…");
        // What is broken anew may break elsewhere, now that the ellipsis is part of a word.
        if !set(text, &shown, style, width, Some(lines)).cut || kept.pop().is_none() {
            return Some(shown);
        }
        kept.truncate(kept.trim_end().len());
    }
}

/// A slide's title in a width, on one line, with its number where it goes on: `Decide (2 of 3)`.
/// The name is cut where there is no room, never the number.
pub(super) fn title(
    text: &mut Text,
    name: &str,
    (at, all): (usize, usize),
    size: f32,
    width: f32,
) -> String {
    let style = style(size, true);
    let name = one_line(name);
    let number = if all > 1 { format!(" ({} of {all})", at + 1) } else { String::new() };
    let room = width - set(text, &number, style, f32::MAX, Some(1)).width - size / 2.0;
    let name = cut(text, &name, style, room.max(size), 1).unwrap_or(name);
    format!("{name}{number}")
}

impl Paragraph {
    /// As set in a width; a bullet takes its room from it.
    pub fn block(&self, text: &mut Text, width: f32) -> Arc<Block> {
        let room = if self.bullet { width - super::BULLET_INDENT } else { width };
        set(text, &self.text, style(self.size, self.bold), room, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SystemFonts;

    #[test]
    fn a_title_keeps_its_number_whatever_its_name() {
        let mut text = Text::new(SystemFonts::Ignore);
        assert_eq!(title(&mut text, "Decide", (1, 3), 24.0, 900.0), "Decide (2 of 3)");
        assert_eq!(title(&mut text, "De\ncide\u{7}", (0, 1), 24.0, 900.0), "De cide");
        let long = title(&mut text, &"Deciding ".repeat(40), (1, 12), 24.0, 400.0);
        assert!(long.ends_with("… (2 of 12)"), "{long}");
        let block = set(&mut text, &long, style(24.0, true), 400.0, None);
        assert_eq!(block.lines.len(), 1);
    }

    #[test]
    fn what_is_cut_fits_when_it_is_set_again() {
        let mut text = Text::new(SystemFonts::Ignore);
        let style = style(12.0, false);
        for what in ["Orders online or drives to the shop and back", "Wwwwwwwwwwwwwwwwwwwwwwwwwwww"]
        {
            let shown = cut(&mut text, what, style, 70.0, 2).unwrap();
            assert!(shown.ends_with('…') && shown.len() > 12, "{shown}");
            assert!(set(&mut text, &shown, style, 70.0, None).lines.len() <= 2, "{shown}");
        }
        assert_eq!(cut(&mut text, "short", style, 70.0, 2), None);
    }

    #[test]
    fn words_are_joined() {
        let all = ["a", "b", "c"].map(String::from);
        assert_eq!((list(&all), list(&all[..1])), ("a, b and c".into(), "a".into()));
        assert_eq!((count(1, "step"), count(2, "step")), ("1 step".into(), "2 steps".into()));
        assert_eq!(one_line(" a \n \u{7} b\t"), "a b");
        assert_eq!((quoted("Why?"), quoted("„Warum?“")), ("“Why?”".into(), "„Warum?“".into()));
    }
}
