//! Actions: a table of what is done about friction points, by whom and until when.
//!
//! Dropped ones are left out.

use std::cmp::Reverse;

use crate::geom::Rect;
use crate::insight::in_words;
use crate::model::choice::{ActionStatus, SlidePart};
use crate::model::record::Action;
use crate::model::{Doc, Id};
use crate::text::Text;

use super::super::ExportError;
use super::compose::Source;
use super::place::Steps;
use super::say::{count, day, list, one_line, or};
use super::table::{Rows, Tables, largest, small, words};
use super::{Piece, Slide, SlideLayout};

/// The most actions that are shown, and the most a slide.
const TOP: usize = 24;
const ROWS: usize = 8;

const NAME: &str = "Actions";

/// How soon one wants to hear of it: what is under way first, what is over last.
fn rank(status: ActionStatus) -> usize {
    match status {
        ActionStatus::Doing => 0,
        ActionStatus::Agreed => 1,
        ActionStatus::Idea => 2,
        ActionStatus::Done => 3,
        ActionStatus::Verified => 4,
        ActionStatus::Dropped => 5,
    }
}

/// Those that are not dropped, what is under way first, then by date and value.
fn in_order<'a>(source: &Source<'a>) -> Vec<(&'a Id, &'a Action)> {
    let steps = Steps::of(source);
    let stage = source.options.stage.as_ref();
    let here = |it: &Action| {
        let mut at = it.at.iter().chain(&it.addresses);
        stage.is_none() || at.any(|id| steps.is_at(source, id, stage))
    };
    let all = source.doc.all::<Action>();
    let mut all: Vec<(&Id, &Action)> =
        all.filter(|(_, it)| it.status != ActionStatus::Dropped && here(it)).collect();
    all.sort_by_key(|(id, it)| {
        let due = (it.due.is_none(), it.due);
        (rank(it.status), due, Reverse(it.value), it.effort, Reverse(it.votes), *id)
    });
    all
}

fn names(doc: &Doc, ids: &[Id]) -> Vec<String> {
    let there = ids.iter().filter(|id| doc.get(id).is_some());
    there.map(|id| in_words(doc, id)).collect()
}

pub(super) fn slides(source: &Source<'_>, text: &mut Text) -> Result<Vec<Slide>, ExportError> {
    let doc = source.doc;
    let all = in_order(source);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let shown = &all[..all.len().min(TOP)];
    let with = |from: usize, to: usize| {
        all.iter().filter(|(_, it)| (from..=to).contains(&rank(it.status))).count()
    };
    let (doing, agreed, ideas, done) = (with(0, 0), with(1, 1), with(2, 2), with(3, 4));
    let parts = [(doing, "under way"), (agreed, "agreed"), (done, "done")];
    let mut said: Vec<String> =
        parts.iter().filter(|it| it.0 > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if ideas > 0 {
        said.push(count(ideas, "idea"));
    }
    let title = format!("What we do about it: {}", list(&said));
    let note = match all.len() - shown.len() {
        0 => format!("{}; what is under way first.", count(all.len(), "action")),
        _ => format!("The first {TOP} of {} actions; what is under way first.", all.len()),
    };
    let (line, room) = source.with_line(text, &note);
    let (tables, cuts) = largest(|size| rows(source, shown, room, size, text))?;
    let pages = tables.len();
    let mut slides = Vec::with_capacity(pages);
    for (i, (table, range)) in tables.into_iter().enumerate() {
        let mut notes = vec![note.clone()];
        for (cuts, (_, it)) in cuts[range.clone()].iter().zip(&shown[range]) {
            notes.extend(details(doc, it, cuts));
        }
        slides.push(Slide {
            part: SlidePart::Actions,
            key: super::key("actions", i),
            layout: SlideLayout::TitleOnly,
            title: source.title(text, &title, (i, pages)),
            subtitle: None,
            pieces: vec![line.clone(), Piece::Table(table)],
            notes,
        });
    }
    Ok(slides)
}

fn rows(
    source: &Source<'_>,
    shown: &[(&Id, &Action)],
    room: Rect,
    size: f32,
    text: &mut Text,
) -> Result<Tables, ExportError> {
    let doc = source.doc;
    let columns = [
        ("Action", 28.0, 0.0),
        ("Addresses", 29.0, 0.0),
        ("Owner", 15.0, 0.0),
        ("Due", 12.0, 78.0),
        ("Effort", 8.0, 58.0),
        ("Value", 7.5, 58.0),
        ("Status", 9.5, 70.0),
    ];
    let mut rows = Rows::new(text, &columns, room, size);
    for (_, it) in shown {
        source.go_on()?;
        let mut what = vec![words(or(&it.title, "Unnamed action"), 3)];
        let place = names(doc, &it.at);
        if !place.is_empty() {
            what.push(small(list(&place), 1));
        }
        let addresses = names(doc, &it.addresses);
        let addresses = match addresses.as_slice() {
            [] => Vec::new(),
            [one] => vec![words(one, 3)],
            [one, two] => vec![words(one, 2), words(two, 2)],
            [one, rest @ ..] => {
                vec![words(one, 2), small(format!("and {} more", rest.len()), 1)]
            }
        };
        let owner = it.owner.as_ref().filter(|id| doc.get(id).is_some());
        let owner = owner.map_or_else(String::new, |id| in_words(doc, id));
        let of_five = |n: Option<u8>| n.map_or_else(String::new, |n| format!("{n} of 5"));
        let due = it.due.map_or_else(String::new, |date| date.strftime("%-d %b %Y").to_string());
        let status = it.status.label();
        let cells = [words(owner, 3), words(due, 2), words(of_five(it.effort), 1)];
        let cells = cells.into_iter().chain([words(of_five(it.value), 1), words(status, 1)]);
        let mut row = vec![(what, None), (addresses, None)];
        row.extend(cells.map(|it| (vec![it], None)));
        rows.push(row);
    }
    Ok(rows.tables(NAME, ROWS))
}

/// What the table has no column or no room for, in one paragraph; `None` where there is nothing.
fn details(doc: &Doc, it: &Action, cuts: &[String]) -> Option<String> {
    let mut parts: Vec<String> = cuts.to_vec();
    if it.addresses.len() > 2 {
        parts.push(format!("Addresses: {}", names(doc, &it.addresses).join("; ")));
    }
    if !it.levers.is_empty() {
        let levers: Vec<String> = it.levers.iter().map(|it| it.label().to_owned()).collect();
        parts.push(format!("Levers: {}", list(&levers)));
    }
    if let Some(measure) = it.check.as_ref().and_then(|it| it.measure.as_ref()) {
        parts.push(format!("Checked by: {}", in_words(doc, measure)));
    }
    for (whom, told) in [("customers", &it.told_customers), ("staff", &it.told_staff)] {
        if let Some(told) = told {
            let date = told.date.map_or_else(String::new, |date| format!(" ({})", day(date)));
            parts.push(format!("Told {whom}{date}: {}", one_line(&told.text)));
        }
    }
    let title = or(&it.title, "Unnamed action");
    (!parts.is_empty()).then(|| format!("{title}. {}", parts.join(". ")))
}
