//! Stage by stage: all lanes of a stage's steps, on as few slides as hold them legibly.
//!
//! Slides are split between steps and between lanes, whichever needs fewer; a lane that is higher
//! than a slide goes on on the next one. A card that is higher than a slide is cut, and the notes
//! have all of it.

use crate::geom::Rect;
use crate::model::Id;
use crate::model::choice::{LaneContent, SlidePart};
use crate::model::record::Stage;
use crate::scene::{Heading, JourneyOptions, JourneyScene, LanePart, Slice};
use crate::text::Text;

use super::super::ExportError;
use super::compose::Source;
use super::fit::{Fit, LARGER, lane_pages, least_scale, placed};
use super::notes;
use super::say::one_line;
use super::{Slide, SlideLayout};

/// The least width of a step's column on a slide, in map units: narrower, and cards are all line
/// breaks.
const COLUMN: f32 = 150.0;

/// What the labels of lanes and the edges of a stage take from the width, in map units.
const BESIDE: f32 = 156.0;

/// What stands between two columns, in map units.
const BETWEEN: f32 = 20.0;

/// The least width of cards that stand side by side at a step, and the gap between them.
const CARD: f32 = 176.0;
const GAP: f32 = 8.0;

/// The height of the emotion curve: it has slides of its own.
const CURVE: f32 = 84.0;

/// Lines of text a card may have, where cards are higher than a slide.
const LINES: [Option<usize>; 7] = [None, Some(14), Some(9), Some(6), Some(4), Some(2), Some(1)];

/// Steps that stand side by side, on one slide or several.
struct Chunk {
    steps: Vec<Id>,
    lines: Option<usize>,
    pages: Vec<Vec<LanePart>>,
}

pub(super) fn slides(
    source: &Source<'_>,
    whole: &JourneyScene,
    text: &mut Text,
) -> Result<Vec<Slide>, ExportError> {
    let mut slides = Vec::new();
    let stages = source.stages(whole);
    for (i, (stage, steps)) in stages.iter().enumerate() {
        source.made(i, stages.len())?;
        if !steps.is_empty() {
            slides.extend(of_stage(source, whole, stage.as_ref(), steps, text)?);
        }
    }
    Ok(slides)
}

fn of_stage(
    source: &Source<'_>,
    whole: &JourneyScene,
    stage: Option<&Id>,
    steps: &[(usize, Id)],
    text: &mut Text,
) -> Result<Vec<Slide>, ExportError> {
    let goal =
        stage.and_then(|id| source.doc.get_as::<Stage>(id)).and_then(|it| it.goal.as_deref());
    let goal = goal.map(one_line).filter(|it| !it.is_empty());
    let ids: Vec<Id> = steps.iter().map(|(_, id)| id.clone()).collect();
    let room = source.below_line();
    // All slices of a stage are cut out of it, not out of the whole map.
    let all = Slice { only: Some(ids.clone()), ..Slice::default() };
    let segment = source.options.segment.clone();
    let all = JourneyOptions { segment, slice: all, ..JourneyOptions::default() };
    let whole = &whole.part(source.doc, text, all);
    let (scale, chunks) = split(source, whole, &ids, room, text)?;
    let all: usize = chunks.iter().map(|it| it.pages.len()).sum();
    let name = source.stage_name(stage);
    let key = format!("stage/{}", stage.map_or("none", |id| id.as_str()));
    let mut slides: Vec<Slide> = Vec::with_capacity(all);
    let mut first = 0;
    for chunk in chunks {
        let (from, last) = (steps[first].0, steps[first + chunk.steps.len() - 1].0);
        first += chunk.steps.len();
        let shown = if from == last {
            format!("Step {} of {}", from + 1, source.steps)
        } else {
            format!("Steps {} to {} of {}", from + 1, last + 1, source.steps)
        };
        for (page, lanes) in chunk.pages.iter().enumerate() {
            source.go_on()?;
            let options = options(source, whole, &chunk.steps, Fit::of(room, scale), chunk.lines);
            let slice = Slice { lanes: Some(lanes.clone()), ..options.slice };
            let journey = whole.part(source.doc, text, JourneyOptions { slice, ..options });
            let names: Vec<&str> = journey.lanes().map(|row| row.content.label()).collect();
            let lanes = names.join(", ");
            let alt = format!("Stage {name}. {shown}. Lanes: {lanes}.");
            let line = match &goal {
                Some(goal) => format!("{shown} · Goal: {goal}"),
                None => shown.clone(),
            };
            let mut notes = notes::of_page(&shown, &lanes);
            if page == 0 {
                notes.extend(goal.iter().map(|it| format!("Goal: {it}")));
                notes.extend(notes::of_steps(source, stage, &chunk.steps));
            }
            notes.extend(notes::cut_cards(&journey));
            let (line, _) = source.with_line(text, &line);
            slides.push(Slide {
                part: SlidePart::Stages,
                key: super::key(&key, slides.len()),
                layout: SlideLayout::TitleOnly,
                title: source.title(text, &name, (slides.len(), all)),
                subtitle: None,
                pieces: vec![line, placed(&journey, room, scale, alt)],
                notes,
            });
        }
    }
    Ok(slides)
}

fn options(
    source: &Source<'_>,
    whole: &JourneyScene,
    steps: &[Id],
    fit: Fit,
    lines: Option<usize>,
) -> JourneyOptions {
    // The curve of a single step is a dot.
    let is_shown = |content| steps.len() > 1 || content != LaneContent::Emotion;
    let lanes = whole.lanes().filter(|row| is_shown(row.content));
    let lanes = Some(lanes.map(|row| LanePart::whole(row.id.clone())).collect());
    let column = (fit.width - BESIDE + BETWEEN) / steps.len().max(1) as f32 - BETWEEN;
    let abreast = ((column + GAP) / (CARD + GAP)).floor().max(1.0) as usize;
    JourneyOptions {
        segment: source.options.segment.clone(),
        slice: Slice { only: Some(steps.to_vec()), lanes, abreast },
        width: Some(fit.width),
        curve_height: Some(CURVE),
        heading: Heading::Nothing,
        without_stages: true,
        card_lines: lines,
    }
}

/// The steps in groups that need the fewest slides, and the largest scale at which they need no
/// more.
fn split(
    source: &Source<'_>,
    whole: &JourneyScene,
    steps: &[Id],
    room: Rect,
    text: &mut Text,
) -> Result<(f32, Vec<Chunk>), ExportError> {
    let smallest = Fit::of(room, least_scale());
    let widest = |fit: Fit| ((fit.width - BESIDE + BETWEEN) / (COLUMN + BETWEEN)).max(1.0) as usize;
    let mut best: Option<(usize, usize, Vec<Chunk>)> = None;
    let mut tried = 0;
    for parts in steps.len().div_ceil(widest(smallest))..=steps.len() {
        let each = steps.len().div_ceil(parts);
        // Every part needs a slide at least.
        if each == tried || best.as_ref().is_some_and(|it| it.0 <= steps.len().div_ceil(each)) {
            continue;
        }
        tried = each;
        let chunks = chunks(source, whole, steps, each, smallest, text)?;
        let count = chunks.iter().map(|it| it.pages.len()).sum();
        if best.as_ref().is_none_or(|it| count < it.0) {
            best = Some((count, each, chunks));
        }
    }
    let (count, each, mut chosen) = best.unwrap_or_default();
    for scale in LARGER {
        let fit = Fit::of(room, scale);
        if each > widest(fit) {
            continue;
        }
        let larger = chunks(source, whole, steps, each, fit, text)?;
        let is_cut = larger.iter().zip(&chosen).any(|(a, b)| a.lines != b.lines);
        if !is_cut && larger.iter().map(|it| it.pages.len()).sum::<usize>() == count {
            chosen = larger;
            return Ok((scale, chosen));
        }
    }
    Ok((smallest.scale, chosen))
}

/// Groups of so many steps, as even as can be, with the slides that each needs.
fn chunks(
    source: &Source<'_>,
    whole: &JourneyScene,
    steps: &[Id],
    each: usize,
    fit: Fit,
    text: &mut Text,
) -> Result<Vec<Chunk>, ExportError> {
    let parts = steps.len().div_ceil(each.max(1));
    let mut chunks = Vec::with_capacity(parts);
    for i in 0..parts {
        let part = &steps[i * steps.len() / parts..(i + 1) * steps.len() / parts];
        let mut found = None;
        for lines in LINES {
            source.go_on()?;
            let journey = whole.part(source.doc, text, options(source, whole, part, fit, lines));
            if let Some(pages) = lane_pages(&journey, fit.height) {
                found = Some((lines, pages));
                break;
            }
        }
        // A room of a few lines holds no slide at all; the picture is then scaled down into it.
        let (lines, pages) = found.unwrap_or_else(|| {
            let journey = whole.part(source.doc, text, options(source, whole, part, fit, Some(1)));
            let all = journey.lanes().map(|row| LanePart::whole(row.id.clone())).collect();
            (Some(1), vec![all])
        });
        chunks.push(Chunk { steps: part.to_vec(), lines, pages });
    }
    Ok(chunks)
}
