//! Records and ways in people's words, on one line.

use crate::model::record::Link;
use crate::model::{Doc, Id, Record};

use super::Walk;

/// What people call a record, on one line: its name; for a link, both ends; its id where it has
/// no name.
pub fn in_words(doc: &Doc, id: &Id) -> String {
    match doc.get(id).map(AsRef::as_ref) {
        Some(Record::Link(Link { from, to, .. })) => {
            format!("{} → {}", name(doc, from), name(doc, to))
        }
        _ => name(doc, id),
    }
}

fn name(doc: &Doc, id: &Id) -> String {
    let words: Vec<String> = doc
        .name_of(id)
        .split_whitespace()
        // What would steer a terminal is no part of a name.
        .map(|word| word.chars().filter(|c| !c.is_control()).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    if words.is_empty() { id.to_string() } else { words.join(" ") }
}

/// A part of a whole, 0 to 1, in per cent; what is there is never 0 %.
pub fn percent(part: f64) -> String {
    let percent = part * 100.0;
    if percent > 0.0 && percent < 0.5 { "<1 %".to_owned() } else { format!("{percent:.0} %") }
}

impl Walk {
    /// The way in words: “Return the film → Post → Returns desk”; with ⇢ where the team named a
    /// cause to which no link leads.
    pub fn in_words(&self, doc: &Doc) -> String {
        let mut text = String::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(link) = at.checked_sub(1).and_then(|at| self.links.get(at)) {
                text += if link.is_some() { " → " } else { " ⇢ " };
            }
            text += &name(doc, node);
        }
        text
    }
}
