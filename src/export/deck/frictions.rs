//! Top frictions: a table by rank, with what customers say.
//!
//! The rank is by weight (see [`weight`]): severity × frequency × reach. Resolved ones are left
//! out; those that nobody has rated come last.

use rustc_hash::FxHashMap;

use crate::geom::Rect;
use crate::insight::{in_words, percent, weight};
use crate::model::choice::{FrictionStatus, SlidePart};
use crate::model::record::{Friction, System, Touchpoint, Verbatim};
use crate::model::{Id, query};
use crate::text::Text;

use super::super::ExportError;
use super::compose::Source;
use super::place::{Steps, is_node};
use super::say::{count, list, or};
use super::table::{Rows, Tables, largest, small, words};
use super::{Piece, Slide, SlideLayout};

/// The most friction points that are shown, and the most a slide.
const TOP: usize = 16;
const ROWS: usize = 8;

const NAME: &str = "Top frictions";

/// A friction point with where it hurts.
struct Ranked<'a> {
    id: &'a Id,
    it: &'a Friction,
    weight: f64,
    stage: Option<Option<Id>>,
}

/// The open ones, the heaviest first.
fn ranked<'a>(source: &Source<'a>) -> Result<Vec<Ranked<'a>>, ExportError> {
    let steps = Steps::of(source);
    let mut all = Vec::new();
    for (id, it) in source.doc.all::<Friction>() {
        source.go_on()?;
        if it.status == FrictionStatus::Resolved {
            continue;
        }
        let first = it.at.as_ref().and_then(|at| steps.at(source, at));
        let stage = first.as_ref().map(|step| steps.stage(step));
        let wanted = source.options.stage.as_ref();
        let here = |at: &Id| steps.is_at(source, at, wanted);
        if wanted.is_none() || it.at.as_ref().is_some_and(here) {
            all.push(Ranked { id, it, weight: weight(it), stage });
        }
    }
    let key = |it: &Ranked<'_>| (it.it.severity, it.it.votes);
    all.sort_by(|a, b| {
        let heavier = b.weight.total_cmp(&a.weight);
        heavier.then_with(|| key(b).cmp(&key(a))).then_with(|| a.id.cmp(b.id))
    });
    Ok(all)
}

pub(super) fn slides(source: &Source<'_>, text: &mut Text) -> Result<Vec<Slide>, ExportError> {
    let all = ranked(source)?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let title = title(source, &all);
    let shown = &all[..all.len().min(TOP)];
    let note = match all.len() - shown.len() {
        0 => {
            format!("{}, by severity × frequency × reach.", count(all.len(), "open friction point"))
        }
        _ => format!(
            "The heaviest {TOP} of {} open friction points, by severity × frequency × reach.",
            all.len()
        ),
    };
    let (line, room) = source.with_line(text, &note);
    let (tables, cuts) = largest(|size| rows(source, shown, room, size, text))?;
    let pages = tables.len();
    let mut slides = Vec::with_capacity(pages);
    for (i, (table, range)) in tables.into_iter().enumerate() {
        let mut notes = vec![note.clone()];
        for (cuts, rank) in cuts[range.clone()].iter().zip(range) {
            notes.extend(cuts.iter().map(|it| format!("{}: {it}", rank + 1)));
            notes.extend(voices(source, &shown[rank]).into_iter().skip(1));
        }
        slides.push(Slide {
            part: SlidePart::Frictions,
            key: super::key("frictions", i),
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
    shown: &[Ranked<'_>],
    room: Rect,
    size: f32,
    text: &mut Text,
) -> Result<Tables, ExportError> {
    let columns = [
        ("#", 3.6, 30.0),
        ("Friction point and what customers say", 38.0, 0.0),
        ("Where", 19.0, 0.0),
        ("Severity", 12.0, 104.0),
        ("Status", 11.5, 90.0),
        ("Causes and owner", 22.0, 0.0),
    ];
    let mut rows = Rows::new(text, &columns, room, size);
    for (rank, it) in shown.iter().enumerate() {
        source.go_on()?;
        let severity = (1..=5).contains(&it.it.severity).then_some(it.it.severity);
        let mut what = vec![words(or(&it.it.text, "No words for it yet"), 3)];
        what.extend(voice(source, it).map(|said| small(said, 2)));
        let at = it.it.at.as_ref().filter(|at| source.doc.get(at).is_some());
        let place = at.map_or_else(String::new, |at| in_words(source.doc, at));
        let mut place = vec![words(place, 2)];
        if let Some(stage) = &it.stage {
            place.push(small(source.stage_name(stage.as_ref()), 1));
        }
        let said = severity.map_or_else(|| "Not rated".to_owned(), |it| format!("{it} of 5"));
        let mut severe = vec![words(said, 1)];
        // In the order of the formula that stands above the table.
        let often = it.it.frequency.map(|it| format!("× {it} of 5"));
        let reach = it.it.reach_pct.map(|it| format!("× {}", percent(it / 100.0)));
        let times: Vec<String> = [often, reach].into_iter().flatten().collect();
        severe.push(small(times.join(" "), 1));
        let status = vec![words(it.it.status.label(), 1), small(it.it.confidence.label(), 2)];
        let (causes, owner) = behind(source, it);
        let mut because = vec![words(causes, 2)];
        because.extend(owner.map(|owner| small(format!("Owner: {owner}"), 2)));
        let number = vec![words((rank + 1).to_string(), 1)];
        rows.push(vec![
            (number, None),
            (what, None),
            (place, None),
            (severe, severity),
            (status, None),
            (because, None),
        ]);
    }
    Ok(rows.tables(NAME, ROWS))
}

/// Where it hurts most: the stage whose friction points weigh most together.
fn title(source: &Source<'_>, all: &[Ranked<'_>]) -> String {
    if let Some(stage) = &source.options.stage {
        return format!("Where it hurts: {}", source.stage_name(Some(stage)));
    }
    let mut by_stage: FxHashMap<&Option<Id>, f64> = FxHashMap::default();
    for it in all {
        if let Some(stage) = &it.stage {
            *by_stage.entry(stage).or_default() += it.weight;
        }
    }
    // The first of equals in rank, so that no hash decides.
    let mut worst: Option<(&Option<Id>, f64)> = None;
    for stage in all.iter().filter_map(|it| it.stage.as_ref()) {
        let sum = by_stage[stage];
        if sum > 0.0 && worst.is_none_or(|(_, most)| sum > most) {
            worst = Some((stage, sum));
        }
    }
    match worst {
        Some((Some(stage), _)) => {
            format!("Where it hurts most: {}", source.stage_name(Some(stage)))
        }
        _ => "Where it hurts most".to_owned(),
    }
}

/// What customers say about it, in their words, with who says so.
fn voices(source: &Source<'_>, it: &Ranked<'_>) -> Vec<String> {
    let mut all: Vec<(&Id, &Verbatim)> = query::verbatims_at(source.doc, source.index, it.id);
    if let Some(at) = &it.it.at {
        all.extend(query::verbatims_at(source.doc, source.index, at));
    }
    // Of what is said about the same place only what is no praise.
    all.retain(|(_, said)| {
        let fits = said.at.as_ref() == Some(it.id) || said.sentiment.is_none_or(|it| it < 1);
        fits && !said.text.trim().is_empty() && source.hears(said.segment.as_ref())
    });
    all.into_iter().map(|(_, said)| source.voice(said)).collect()
}

fn voice(source: &Source<'_>, it: &Ranked<'_>) -> Option<String> {
    voices(source, it).into_iter().next()
}

/// What it comes from, and who answers for that: the owner of an action against it, else of its
/// causes, else of its place.
fn behind(source: &Source<'_>, it: &Ranked<'_>) -> (String, Option<String>) {
    let doc = source.doc;
    let causes: Vec<&Id> = it.it.causes.iter().filter(|id| doc.get(id).is_some()).collect();
    let said: Vec<String> = causes.iter().map(|id| in_words(doc, id)).collect();
    let acting = query::actions_for(doc, source.index, it.id).into_iter();
    let acting = acting.filter_map(|(_, action)| action.owner.as_ref());
    let places = causes.iter().copied().chain(&it.it.at).filter(|id| is_node(doc, id));
    let of = |id: &Id| -> Option<&Id> {
        let system = doc.get_as::<System>(id).and_then(|it| it.owner.as_ref());
        system.or_else(|| doc.get_as::<Touchpoint>(id).and_then(|it| it.owner.as_ref()))
    };
    let mut owners: Vec<String> = Vec::new();
    for owner in acting.chain(places.filter_map(of)).filter(|id| doc.get(id).is_some()) {
        let name = in_words(doc, owner);
        if !owners.contains(&name) {
            owners.push(name);
        }
    }
    owners.truncate(2);
    (list(&said), (!owners.is_empty()).then(|| list(&owners)))
}
