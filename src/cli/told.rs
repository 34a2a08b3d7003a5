//! Traces and impact as a text for people.

use std::fmt::Write as _;

use crate::insight::{self, Cause, Impact, Trace, in_words, percent};
use crate::model::record::Friction;
use crate::model::{Doc, Id, Kind};

/// What a record rests on.
pub(super) fn trace(doc: &Doc, id: &Id, trace: &Trace) -> String {
    let mut text = Text::titled(doc, "Trace of", id);
    if trace.causes.is_empty() {
        text.line("Nothing lies beneath it.");
    }
    text.part("Causes", trace.causes.iter().map(|it| cause(doc, it)));
    let head = match trace.path_count {
        count if count > trace.paths.len() as u64 => {
            format!("Ways ({} of {count}, the shortest)", trace.paths.len())
        }
        count => format!("Ways ({count})"),
    };
    let ways = trace.paths.iter().map(|it| {
        let mark = if it.named { "named" } else { "" };
        format!("{mark:<9}{}", it.in_words(doc))
    });
    text.part(&head, ways);
    let owners = trace.owners.iter().map(|it| {
        let team = it.team.as_ref().map_or("nobody’s".to_owned(), |team| in_words(doc, team));
        match it.owns.is_empty() {
            true => team,
            false => format!("{team}: {}", names(doc, &it.owns)),
        }
    });
    text.part("Owners met", owners);
    let frictions = trace.frictions.iter().map(|id| {
        let severity = doc.get_as::<Friction>(id).map_or(0, |it| it.severity);
        format!("severity {severity}  {}", with_id(doc, id))
    });
    text.part("Friction points along them", frictions);
    text.text
}

/// What rests on a record.
pub(super) fn impact(doc: &Doc, id: &Id, impact: &Impact) -> String {
    let mut text = Text::titled(doc, "Impact of", id);
    if impact.nodes.len() < 2 && impact.steps.is_empty() {
        text.line("Nothing rests on it.");
    }
    if !impact.steps.is_empty() {
        let head = format!("{} of the journey rests on it", percent(impact.share));
        let segments = impact.segments.iter().filter_map(|it| {
            let name = in_words(doc, it.segment.as_ref()?);
            Some(format!("{:>5}  {name}", percent(it.share)))
        });
        text.part_even_if_empty(&head, segments);
    }
    let steps = impact.steps.iter().map(|it| {
        let how = if it.stops { "stops" } else { "degrades" };
        format!("{how:<10}{}", with_id(doc, &it.step))
    });
    let all = doc.iter().filter(|(_, record)| record.kind() == Kind::Step).count();
    text.part(&format!("Steps, if it fails ({} of {all})", impact.steps.len()), steps);
    text.part("Stages", impact.stages.iter().map(|id| with_id(doc, id)));
    text.part("Touchpoints", impact.touchpoints.iter().map(|id| with_id(doc, id)));
    text.part("Internal systems", impact.systems.iter().map(|id| with_id(doc, id)));
    let share = percent(impact.friction_share);
    let frictions =
        impact.frictions.iter().map(|(id, weight)| format!("{weight:>5.1}  {}", with_id(doc, id)));
    text.part(&format!("Friction points felt there, {share} of all by weight"), frictions);
    text.text
}

fn cause(doc: &Doc, cause: &Cause) -> String {
    let how = if cause.named_by.is_empty() { "possible cause" } else { "named cause" };
    let far = match cause.distance {
        None => "no link leads there".to_owned(),
        Some(0) => "here".to_owned(),
        Some(1) => "1 link away".to_owned(),
        Some(links) => format!("{links} links away"),
    };
    let share = match cause.distance {
        None if cause.share == 0.0 => String::new(),
        _ => format!(", {}", percent(cause.share)),
    };
    format!("{how:<16}{}, {far}{share}", with_id(doc, &cause.system))
}

/// `Returns desk (returns-desk)`.
pub(super) fn with_id(doc: &Doc, id: &Id) -> String {
    let name = in_words(doc, id);
    if name == id.as_str() { name } else { format!("{name} ({id})") }
}

fn names(doc: &Doc, ids: &[Id]) -> String {
    ids.iter().map(|id| in_words(doc, id)).collect::<Vec<_>>().join(", ")
}

/// A title and parts with indented lines; parts with no line are left out.
struct Text {
    text: String,
}

impl Text {
    fn titled(doc: &Doc, what: &str, id: &Id) -> Self {
        let kind = doc.kind_of(id).map_or("", Kind::singular);
        let mut text = format!("{what} the {kind} “{}” ({id})\n", in_words(doc, id));
        let place = doc.get_as::<Friction>(id).and_then(|it| it.at.as_ref());
        if let Some((at, kind)) = place.and_then(|at| doc.kind_of(at).map(|kind| (at, kind))) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "at the {} “{}” ({at})", kind.singular(), in_words(doc, at));
        }
        Self { text }
    }

    fn part(&mut self, head: &str, lines: impl Iterator<Item = String>) {
        let mut lines = lines.peekable();
        if lines.peek().is_some() {
            self.part_even_if_empty(head, lines);
        }
    }

    fn part_even_if_empty(&mut self, head: &str, lines: impl Iterator<Item = String>) {
        let _ = writeln!(self.text, "\n{head}");
        for line in lines {
            let _ = writeln!(self.text, "  {line}");
        }
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "\n{line}");
    }
}

/// How traced friction comes about, broken into lines of at most 76 characters.
pub(super) fn formula() -> String {
    let mut text = String::new();
    let mut width = 0;
    for word in insight::formula().split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 76 {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text += word;
        width += length;
    }
    text
}
