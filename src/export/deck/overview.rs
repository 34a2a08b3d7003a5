//! The whole journey: all steps with as many lanes as stay legible, on as few slides as can be.
//!
//! Lanes that have no room here have their slides stage by stage.

use crate::geom::Rect;
use crate::model::Id;
use crate::model::choice::{LaneContent, SlidePart};
use crate::scene::{Heading, JourneyOptions, JourneyScene, Slice};
use crate::text::Text;

use super::super::ExportError;
use super::compose::Source;
use super::fit::{Fit, LARGER, least_scale, placed};
use super::say::count;
use super::spread::{lanes_of, parts};
use super::{Slide, SlideLayout, notes};

/// The lanes that tell most of a journey, the first most.
const LANES: [LaneContent; 8] = [
    LaneContent::Steps,
    LaneContent::Emotion,
    LaneContent::Frictions,
    LaneContent::Touchpoints,
    LaneContent::Actions,
    LaneContent::Thoughts,
    LaneContent::Measures,
    LaneContent::Activities,
];

/// The least and the most height of the emotion curve, in map units.
const CURVE: (f32, f32) = (100.0, 320.0);

/// A way to show it.
struct Plan {
    fit: Fit,
    parts: Vec<Vec<Id>>,
    lanes: Vec<LaneContent>,
    lines: Option<usize>,
    /// What is left free on the fullest slide, in map units.
    free: f32,
}

pub(super) fn slides(
    source: &Source<'_>,
    whole: &JourneyScene,
    text: &mut Text,
) -> Result<Vec<Slide>, ExportError> {
    let stages = source.stages(whole);
    let steps: usize = stages.iter().map(|it| it.1.len()).sum();
    let room = source.frame.body;
    let Some(plan) = planned(source, whole, room, text)?.filter(|_| steps > 0) else {
        return Ok(Vec::new());
    };
    let named = stages.iter().filter(|it| it.0.is_some()).count();
    let name = match (&source.options.stage, named) {
        (Some(stage), _) => format!("{}: {}", source.stage_name(Some(stage)), count(steps, "step")),
        (None, 0) => format!("The whole journey: {}", count(steps, "step")),
        _ => format!("The whole journey: {} in {}", count(steps, "step"), count(named, "stage")),
    };
    let curve = (CURVE.0 + plan.free).clamp(CURVE.0, CURVE.1);
    let mut slides: Vec<Slide> = Vec::with_capacity(plan.parts.len());
    for part in &plan.parts {
        source.go_on()?;
        let options = options(source, whole, part, &plan.lanes, &plan.fit, plan.lines, curve);
        let journey = whole.part(source.doc, text, options);
        let names: Vec<&str> = journey.lanes().map(|row| row.content.label()).collect();
        let alt = format!("{name}. Lanes: {}.", names.join(", "));
        let mut notes = Vec::new();
        for (stage, _) in &stages {
            let here = |it: (Option<&Id>, Option<&Id>, f32)| it.1 == stage.as_ref();
            if journey.wishes().any(here) {
                notes.push(notes::of_stage(source, stage.as_ref(), &journey));
            }
        }
        notes.extend(notes::cut_cards(&journey));
        slides.push(Slide {
            part: SlidePart::Overview,
            key: super::key("overview", slides.len()),
            layout: SlideLayout::TitleOnly,
            title: source.title(text, &name, (slides.len(), plan.parts.len())),
            subtitle: None,
            pieces: vec![placed(&journey, room, plan.fit.scale, alt)],
            notes,
        });
    }
    Ok(slides)
}

/// The largest scale that needs no more slides and leaves out none of the first lanes that the
/// least scale has room for.
fn planned(
    source: &Source<'_>,
    whole: &JourneyScene,
    room: Rect,
    text: &mut Text,
) -> Result<Option<Plan>, ExportError> {
    /// Lanes that are worth more than larger letters.
    const FIRST: usize = 4;
    let all = usize::MAX;
    let Some(least) = at_scale(source, whole, Fit::of(room, least_scale()), all, text)? else {
        return Ok(None);
    };
    for scale in LARGER {
        let most = least.parts.len();
        if let Some(plan) = at_scale(source, whole, Fit::of(room, scale), most, text)?
            && plan.lines == least.lines
            && plan.lanes.len() >= least.lanes.len().min(FIRST)
        {
            return Ok(Some(plan));
        }
    }
    Ok(Some(least))
}

/// `None`: there are no steps, or they need more than so many slides.
fn at_scale(
    source: &Source<'_>,
    whole: &JourneyScene,
    fit: Fit,
    most: usize,
    text: &mut Text,
) -> Result<Option<Plan>, ExportError> {
    let parts = parts(source, whole, fit.width, text);
    if parts.is_empty() || parts.len() > most {
        return Ok(None);
    }
    // All that is tried is cut out of these, not out of the whole map.
    let bases: Vec<JourneyScene> = parts
        .iter()
        .map(|part| {
            let slice = Slice { only: Some(part.clone()), ..Slice::default() };
            let segment = source.options.segment.clone();
            let options = JourneyOptions { segment, slice, ..JourneyOptions::default() };
            whole.part(source.doc, text, options)
        })
        .collect();
    let mut lanes = Vec::new();
    let mut free = 0.0;
    let mut lines = None;
    for lane in LANES.into_iter().filter(|it| whole.lanes().any(|row| row.content == *it)) {
        source.go_on()?;
        let mut with = lanes.clone();
        with.push(lane);
        let left = |lines, text: &mut Text| {
            let each = parts.iter().zip(&bases).map(|(part, base)| {
                let options = options(source, whole, part, &with, &fit, lines, CURVE.0);
                fit.height - base.part(source.doc, text, options).reach().height()
            });
            each.fold(f32::INFINITY, f32::min)
        };
        let spare = left(lines, text);
        if spare >= 0.0 {
            (lanes, free) = (with, spare);
        } else if lanes.is_empty() {
            // The names of the steps alone are too much: they are cut.
            lines = Some(2);
            (free, lanes) = (left(lines, text).max(0.0), with);
        } else if with.len() > 2 {
            // What comes after tells less; but a lower one may have room yet.
            continue;
        }
    }
    Ok(Some(Plan { fit, parts, lanes, lines, free }))
}

fn options(
    source: &Source<'_>,
    whole: &JourneyScene,
    part: &[Id],
    lanes: &[LaneContent],
    fit: &Fit,
    lines: Option<usize>,
    curve: f32,
) -> JourneyOptions {
    let lanes = Some(lanes_of(whole, lanes));
    JourneyOptions {
        segment: source.options.segment.clone(),
        slice: Slice { only: Some(part.to_vec()), lanes, abreast: 1 },
        width: Some(fit.width),
        curve_height: Some(curve),
        heading: Heading::Nothing,
        without_stages: false,
        card_lines: lines,
    }
}
