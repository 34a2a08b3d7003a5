//! The cover: what the map is about, for whom, and whose it is.

use crate::insight::in_words;
use crate::model::choice::{MapState, SlidePart};
use crate::model::record::{Reading, Verbatim};
use crate::text::Text;

use super::compose::Source;
use super::say::{cut, day, list, one_line, or, style};
use super::{Slide, SlideLayout};

pub(super) fn slide(source: &Source<'_>, text: &mut Text) -> Slide {
    let (doc, frame) = (source.doc, source.frame);
    let head = doc.head();
    let title = or(&head.title, "Customer journey");
    let mut notes = Vec::new();
    let room = frame.cover_title();
    let size = frame.cover_size();
    let lines = (room.height() / (size * super::LINE)).floor().max(1.0) as usize;
    let shown = cut(text, &title, style(size, true), room.width(), lines);
    if shown.is_some() {
        notes.push(title.clone());
    }
    let mut lines = Vec::new();
    let scenario = head.scenario.as_deref().or(head.goal.as_deref()).map(one_line);
    lines.extend(scenario.filter(|it| !it.is_empty()));
    if let Some(stage) = &source.options.stage {
        lines.push(format!("Only the stage {}", in_words(doc, stage)));
    }
    let names: Vec<String> = source.segments().iter().map(|id| in_words(doc, id)).collect();
    match names.len() {
        0 => {}
        1 => lines.push(format!("Segment: {}", names[0])),
        _ => lines.push(format!("Segments: {}", list(&names))),
    }
    let state = if head.state == MapState::Future { "Future state" } else { "Current state" };
    let owner = head.owner.as_deref().map(one_line).filter(|it| !it.is_empty());
    let whose: Vec<String> = std::iter::once(state.to_owned())
        .chain(owner.map(|it| format!("Owner: {it}")))
        .chain(date(source).map(|it| format!("As of {it}")))
        .collect();
    lines.push(whose.join(" · "));
    let team: Vec<String> = head.team.iter().map(|it| one_line(it)).collect();
    let team: Vec<String> = team.into_iter().filter(|it| !it.is_empty()).collect();
    if !team.is_empty() {
        lines.push(format!("Team: {}", list(&team)));
    }
    let room = frame.cover_subtitle();
    let mut shown_lines = Vec::with_capacity(lines.len());
    for (i, line) in lines.into_iter().enumerate() {
        let (size, most) = if i == 0 { (size / 2.0, 3) } else { (frame.cover_detail_size(), 2) };
        match cut(text, &line, style(size, false), room.width(), most) {
            Some(shown) => {
                notes.push(line);
                shown_lines.push(shown);
            }
            None => shown_lines.push(line),
        }
    }
    notes.extend(head.goal.as_deref().map(|it| format!("The customer's goal: {}", one_line(it))));
    notes.extend(head.notes.iter().cloned());
    // An empty line between what it is about and whose it is.
    if shown_lines.len() > 1 {
        shown_lines.insert(1, String::new());
    }
    Slide {
        part: SlidePart::Cover,
        key: "cover".to_owned(),
        layout: SlideLayout::Cover,
        title: shown.unwrap_or(title),
        subtitle: Some(shown_lines.join("\n")),
        pieces: Vec::new(),
        notes,
    }
}

/// The day that the map's evidence goes up to: of the latest verbatim or reading. A map has no other
/// date of its own, and the day on which slides are made says nothing about it.
fn date(source: &Source<'_>) -> Option<String> {
    let said = source.doc.all::<Verbatim>().filter_map(|(_, it)| it.date);
    let read = source.doc.all::<Reading>().filter_map(|(_, it)| it.date);
    said.chain(read).max().map(day)
}
