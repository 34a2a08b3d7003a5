//! What of a text is laid out: separators, control characters and bidi overrides are taken out
//! or replaced, so that no text can break a layout or reorder what stands around it.
//!
//! Knows nothing of fonts and widths; keeps the way back to the bytes of the source.

use std::borrow::Cow;
use std::ops::Range;

/// A paragraph as the layout sees it.
#[derive(Debug)]
pub(super) struct Clean<'a> {
    pub text: Cow<'a, str>,
    /// Where the clean text and the source part: from the first offset on, the second is the
    /// source's. Empty where nothing was changed.
    shifts: Vec<(usize, usize)>,
}

impl Clean<'_> {
    /// The source byte (from the paragraph's start) of a byte of the clean text.
    pub fn source_of(&self, at: usize) -> usize {
        let i = self.shifts.partition_point(|(clean, _)| *clean <= at);
        match i.checked_sub(1).map(|i| self.shifts[i]) {
            Some((clean, source)) => source + (at - clean),
            None => at,
        }
    }
}

/// The byte ranges of a text's paragraphs, line separators left out; at least one.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_separator(c) {
            out.push(start..at);
            start = at + c.len_utf8();
            if c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
                chars.next();
                start += 1;
            }
        }
    }
    out.push(start..text.len());
    out
}

fn is_separator(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Marks that one base character may carry in the layout: more are noise (and would overflow
/// parley's clusters, which hold 255 bytes).
const MAX_MARKS: usize = 24;

/// Makes a paragraph safe to lay out.
pub(super) fn clean(paragraph: &str) -> Clean<'_> {
    if paragraph.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Clean { text: Cow::Borrowed(paragraph), shifts: Vec::new() };
    }
    let mut text = String::with_capacity(paragraph.len());
    let mut shifts = Vec::new();
    let mut marks = 0;
    for (at, c) in paragraph.char_indices() {
        marks = if extends(c) { marks + 1 } else { 0 };
        let shown = if marks > MAX_MARKS { None } else { shown(c) };
        if let Some(shown) = shown {
            text.push(shown);
        }
        if shown != Some(c) {
            shifts.push((text.len(), at + c.len_utf8()));
        }
    }
    Clean { text: Cow::Owned(text), shifts }
}

/// What stands for a character in the layout, if anything.
fn shown(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        // Embeddings, overrides and isolates: direction comes from the letters alone.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        '\u{fff9}'..='\u{fffc}' => Some(char::REPLACEMENT_CHARACTER),
        c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => Some(char::REPLACEMENT_CHARACTER),
        c => Some(c),
    }
}

/// Whether a character may join the one before it without end: the blocks of combining marks,
/// joiners, variation selectors and tags. Letters' own vowel signs come in words, not in hundreds.
fn extends(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6ed}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{f71}'..='\u{f84}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Whether a character steers the layout only and is not handed to painters, who might draw it.
pub(super) fn steers(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_separator_ends_a_paragraph() {
        assert_eq!(paragraphs("").as_slice(), std::slice::from_ref(&(0..0)));
        assert_eq!(paragraphs("a\r\nb\n"), [0..1, 3..4, 5..5]);
        assert_eq!(paragraphs("a\u{2028}b"), [0..1, 4..5]);
    }

    #[test]
    fn controls_are_replaced_and_the_way_back_is_kept() {
        let source = "a\u{1}\u{202e}b\tc";
        let clean = clean(source);
        assert_eq!(clean.text, "a\u{fffd}b c");
        for needle in ["b", "c"] {
            let at = clean.text.find(needle).unwrap();
            assert_eq!(clean.source_of(at), source.find(needle).unwrap());
        }
        assert_eq!(clean.source_of(clean.text.len()), source.len());
    }

    #[test]
    fn piled_up_marks_are_thinned() {
        let clean = clean(&format!("a{}b", "\u{301}".repeat(1000))).text.chars().count();
        assert_eq!(clean, MAX_MARKS + 2);
    }
}
