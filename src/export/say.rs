//! What tables and texts have in common: texts without what breaks a file, friction points by
//! rank, and who answers for them.
//!
//! Not here: the escapes of any one format.

use std::collections::BTreeSet;

use crate::insight;
use crate::model::choice::SystemClass;
use crate::model::record::{Friction, Link, System, Touchpoint};
use crate::model::{Doc, Id, Index, Kind};

/// A text that any file may hold: lines end in `\n`; control characters other than that and the
/// tab, what XML 1.0 forbids (2.2, `Char`) and what turns the reading direction round are left
/// out, as they are on screen.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => {}
            c => out.push(c),
        }
    }
    out
}

/// A clean text on one line, with single spaces.
pub(super) fn line(text: &str) -> String {
    let clean = clean(text);
    let mut out = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What people call a record, on one clean line; its id where it has no name.
pub(super) fn name(doc: &Doc, id: &Id) -> String {
    let name = line(&insight::in_words(doc, id));
    if name.is_empty() { id.to_string() } else { name }
}

/// All friction points, the heaviest first.
pub(super) fn ranked<'a>(doc: &'a Doc, index: &'a Index) -> Vec<(&'a Id, &'a Friction)> {
    let ids = index.of_kind(Kind::Friction).iter();
    let mut all: Vec<(&Id, &Friction)> =
        ids.filter_map(|id| doc.get_as(id).map(|it| (id, it))).collect();
    all.sort_by(|(a_id, a), (b_id, b)| {
        (insight::weight(b).total_cmp(&insight::weight(a)))
            .then_with(|| b.severity.cmp(&a.severity))
            .then_with(|| a_id.cmp(b_id))
    });
    all
}

/// The teams that answer for a friction point: the owners of its named causes; where no cause has
/// one, those of the place that it sits on, of both ends of a link.
pub(super) fn responsible<'a>(doc: &'a Doc, friction: &'a Friction) -> BTreeSet<&'a Id> {
    let of_causes: BTreeSet<&Id> =
        friction.causes.iter().filter_map(|cause| owner(doc, cause)).collect();
    if !of_causes.is_empty() {
        return of_causes;
    }
    let places = friction.at.iter().flat_map(|at| match doc.get_as::<Link>(at) {
        Some(link) => vec![&link.from, &link.to],
        None => vec![at],
    });
    places.filter_map(|place| owner(doc, place)).collect()
}

/// Who owns a touchpoint or an internal system; a team without an owner answers for itself.
fn owner<'a>(doc: &'a Doc, id: &'a Id) -> Option<&'a Id> {
    if let Some(it) = doc.get_as::<Touchpoint>(id) {
        return it.owner.as_ref();
    }
    let it = doc.get_as::<System>(id)?;
    it.owner.as_ref().or((it.class == SystemClass::Team).then_some(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_files_is_left_out() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\te\0\u{7}\u{202e}f\u{fffe}"), "a\nb\nc\nd\tef");
        assert_eq!(line("  two\r\n\twords \u{85} "), "two words");
    }
}
