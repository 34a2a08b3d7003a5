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
    /// A text that is laid out as it is.
    pub fn plain(text: String) -> Self {
        Clean { text: Cow::Owned(text), shifts: Vec::new() }
    }

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

/// Marks that one base character may carry in the layout, and joiners in a row: more are noise.
const MAX_MARKS: usize = 24;

/// How many characters may form one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clusters {
    /// As many as parley takes, which counts them in a byte.
    Whole,
    /// One: for what is wider than its line and must be broken somewhere.
    Apart,
}

const MAX_JOINED: usize = 200;

/// Makes a paragraph safe to lay out.
pub(super) fn clean(paragraph: &str, clusters: Clusters) -> Clean<'_> {
    let apart = clusters == Clusters::Apart;
    if paragraph.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Clean { text: Cow::Borrowed(paragraph), shifts: Vec::new() };
    }
    let mut text = String::with_capacity(paragraph.len());
    let mut shifts = Vec::new();
    let (mut marks, mut joined) = (0, 0);
    let mut after_joiner = false;
    for (at, c) in paragraph.char_indices() {
        marks = if extends(c) || after_joiner { marks + 1 } else { 0 };
        joined = if stands_alone(c) { 0 } else { joined + 1 };
        let long = joined > MAX_JOINED && !after_joiner && !extends(c);
        if long || (apart && joined > 1) {
            // A space of no width ends whatever cluster this is.
            text.push('\u{200b}');
            shifts.push((text.len(), at));
            joined = 1;
        }
        // A second joiner in a row says nothing, nor does the twenty-fifth mark.
        let idle = (marks > MAX_MARKS && extends(c)) || (after_joiner && is_joiner(c));
        let shown = if idle { None } else { shown(c) };
        if let Some(shown) = shown {
            text.push(shown);
        }
        if shown != Some(c) {
            shifts.push((text.len(), at + c.len_utf8()));
        }
        after_joiner = is_joiner(c);
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

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a character surely begins a cluster: letters of the scripts that do not stack them.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\0'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{58f}'
        | '\u{5d0}'..='\u{5ea}' | '\u{621}'..='\u{64a}' | '\u{e01}'..='\u{e30}'
        | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
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
        let clean = clean(source, Clusters::Whole);
        assert_eq!(clean.text, "a\u{fffd}b c");
        for needle in ["b", "c"] {
            let at = clean.text.find(needle).unwrap();
            assert_eq!(clean.source_of(at), source.find(needle).unwrap());
        }
        assert_eq!(clean.source_of(clean.text.len()), source.len());
    }

    #[test]
    fn piled_up_marks_are_thinned() {
        let source = format!("a{}b", "\u{301}".repeat(1000));
        let clean = clean(&source, Clusters::Whole);
        assert_eq!(clean.text.chars().count(), MAX_MARKS + 2);
    }

    #[test]
    fn endless_clusters_are_ended() {
        for piece in ["\u{1f469}\u{200d}", "\u{1100}", "\u{915}\u{94d}", "\u{600}"] {
            let source = piece.repeat(1000);
            let clean = clean(&source, Clusters::Whole);
            let longest = clean.text.split('\u{200b}').map(|part| part.chars().count()).max();
            let joiners = clean.text.matches('\u{200d}').count();
            assert!(longest <= Some(MAX_JOINED + 2) || joiners < 1000, "{piece:?}");
            assert_eq!(clean.source_of(clean.text.len()), source.len());
        }
    }
}
