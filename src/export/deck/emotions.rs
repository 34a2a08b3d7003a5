//! The emotion curve: what each segment feels at each step, as high as the slide lets it be.

use crate::insight::in_words;
use crate::model::Id;
use crate::model::choice::{LaneContent, SlidePart};
use crate::model::record::Step;
use crate::scene::{Heading, JourneyOptions, JourneyScene, Slice};
use crate::text::Text;

use super::super::ExportError;
use super::compose::Source;
use super::fit::{Fit, LARGER, least_scale, placed};
use super::say::{count, list};
use super::spread::{lanes_of, parts};
use super::{Slide, SlideLayout, notes};

/// The most lines of a step's card and the least height of the curve, in map units: the first that
/// fit into the room.
const SIZES: [(usize, f32); 4] = [(4, 100.0), (3, 84.0), (2, 64.0), (1, 44.0)];

pub(super) fn slides(
    source: &Source<'_>,
    whole: &JourneyScene,
    text: &mut Text,
) -> Result<Vec<Slide>, ExportError> {
    let steps: Vec<Id> =
        source.stages(whole).into_iter().flat_map(|it| it.1).map(|it| it.1).collect();
    let felt = felt(source, &steps);
    let has_lane = whole.lanes().any(|row| row.content == LaneContent::Emotion);
    if felt.is_empty() || !has_lane {
        return Ok(Vec::new());
    }
    let room = source.frame.body;
    let least = Fit::of(room, least_scale());
    let mut fit = least;
    let mut all = parts(source, whole, least.width, text);
    for scale in LARGER {
        let larger = Fit::of(room, scale);
        let wide = parts(source, whole, larger.width, text);
        if wide.len() <= all.len() {
            (fit, all) = (larger, wide);
            break;
        }
    }
    let name = title(source, &felt);
    let has_feelings = |part: &Vec<Id>| part.iter().any(|id| felt.iter().any(|it| it.step == *id));
    let all: Vec<Vec<Id>> = all.into_iter().filter(has_feelings).collect();
    let mut slides: Vec<Slide> = Vec::with_capacity(all.len());
    for part in &all {
        source.go_on()?;
        let lanes = Some(lanes_of(whole, &[LaneContent::Steps, LaneContent::Emotion]));
        let mut options = JourneyOptions {
            segment: source.options.segment.clone(),
            slice: Slice { only: Some(part.clone()), lanes, abreast: 1 },
            width: Some(fit.width),
            curve_height: None,
            heading: Heading::Legend,
            without_stages: false,
            card_lines: None,
        };
        for (lines, curve) in SIZES {
            (options.card_lines, options.curve_height) = (Some(lines), Some(curve));
            let low = whole.part(source.doc, text, options.clone());
            let spare = fit.height - low.reach().height();
            if spare >= 0.0 {
                options.curve_height = Some(curve + spare);
                break;
            }
        }
        let journey = whole.part(source.doc, text, options);
        let mut notes = in_notes(source, &felt, part);
        let alt = format!("Emotion curve. {}", notes.join(" "));
        notes.extend(notes::cut_cards(&journey));
        slides.push(Slide {
            part: SlidePart::Emotions,
            key: super::key("emotions", slides.len()),
            layout: SlideLayout::TitleOnly,
            title: source.title(text, &name, (slides.len(), all.len())),
            subtitle: None,
            pieces: vec![placed(&journey, room, fit.scale, alt)],
            notes,
        });
    }
    Ok(slides)
}

/// What a segment feels at a step, and what it expected.
struct Felt {
    step: Id,
    segment: Id,
    value: i8,
    expected: Option<i8>,
}

fn felt(source: &Source<'_>, steps: &[Id]) -> Vec<Felt> {
    let segments = source.segments();
    let of = |id: &Id| {
        let it = source.doc.get_as::<Step>(id)?;
        let each = segments.iter().filter_map(|segment| {
            let (step, segment) = (id.clone(), (*segment).clone());
            let value = it.feelings.get(&segment).copied()?.clamp(-2, 2);
            let expected = it.expected.get(&segment).map(|it| (*it).clamp(-2, 2));
            Some(Felt { step, segment, value, expected })
        });
        Some(each.collect::<Vec<_>>())
    };
    steps.iter().filter_map(of).flatten().collect()
}

/// Where it is worst, over all segments that are shown.
fn title(source: &Source<'_>, felt: &[Felt]) -> String {
    let mut worst: Option<(&Id, f32)> = None;
    for it in felt {
        let here: Vec<&Felt> = felt.iter().filter(|other| other.step == it.step).collect();
        let sum: f32 = here.iter().map(|it| f32::from(it.value)).sum();
        let mean = sum / here.len() as f32;
        if worst.is_none_or(|(_, least)| mean < least) {
            worst = Some((&it.step, mean));
        }
    }
    match worst {
        Some((step, mean)) if mean < 0.0 => {
            format!("How it feels: lowest at {}", in_words(source.doc, step))
        }
        _ => "How it feels, step by step".to_owned(),
    }
}

/// `+2`, `0`, `−1`
fn signed(value: i8) -> String {
    match value {
        0 => "0".to_owned(),
        1.. => format!("+{value}"),
        ..0 => format!("−{}", value.unsigned_abs()),
    }
}

/// For each segment its lows and highs on this slide, and where it expected more.
fn in_notes(source: &Source<'_>, felt: &[Felt], part: &[Id]) -> Vec<String> {
    let mut notes = Vec::new();
    for segment in source.segments() {
        let here: Vec<&Felt> =
            felt.iter().filter(|it| it.segment == *segment && part.contains(&it.step)).collect();
        let values = || here.iter().map(|it| it.value);
        let (Some(low), Some(high)) = (values().min(), values().max()) else { continue };
        let at = |value: i8| {
            let steps = here.iter().filter(|it| it.value == value);
            let names: Vec<String> = steps.map(|it| in_words(source.doc, &it.step)).collect();
            if names.len() > 3 { count(names.len(), "step") } else { list(&names) }
        };
        let name = in_words(source.doc, segment);
        let mut said = if low == high {
            format!("{name}: {} at {}.", signed(low), at(low))
        } else {
            let (lows, highs) = (at(low), at(high));
            format!(
                "{name}: lowest {} at {lows}; highest {} at {highs}.",
                signed(low),
                signed(high)
            )
        };
        let missed = here.iter().filter(|it| it.expected.is_some_and(|hope| hope > it.value));
        let missed: Vec<String> = missed
            .map(|it| {
                let expected = signed(it.expected.unwrap_or_default());
                let step = in_words(source.doc, &it.step);
                format!("{step} ({} where {expected} was expected)", signed(it.value))
            })
            .collect();
        if !missed.is_empty() {
            said += &format!(" Less than expected at {}.", list(&missed));
        }
        notes.push(said);
    }
    notes
}
