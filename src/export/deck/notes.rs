//! Notes: what the speaker has at hand, a paragraph each, and what slides had no room for.

use crate::insight::in_words;
use crate::model::choice::FrictionStatus;
use crate::model::record::{Link, LinkKind, Stage, Step, Verbatim};
use crate::model::{Id, query};
use crate::scene::JourneyScene;

use super::compose::Source;
use super::say::{count, one_line};

/// What a part of the journey shows.
pub(super) fn of_page(shown: &str, lanes: &str) -> Vec<String> {
    vec![format!("{shown}. Lanes on this slide: {lanes}.")]
}

/// A stage's goal and its steps, with what weighs on them.
pub(super) fn of_stage(source: &Source<'_>, stage: Option<&Id>, shown: &JourneyScene) -> String {
    let name = source.stage_name(stage);
    let goal = stage.and_then(|id| source.doc.get_as::<Stage>(id)?.goal.as_deref().map(one_line));
    let goal = goal.filter(|it| !it.is_empty()).map(|it| format!(" Goal: {it}."));
    let steps: Vec<String> = shown
        .wishes()
        .filter(|it| it.1 == stage)
        .filter_map(|it| it.0)
        .map(|id| {
            let open = query::frictions_at(source.doc, source.index, id).into_iter();
            let open = open.filter(|(_, it)| it.status != FrictionStatus::Resolved).count();
            let name = in_words(source.doc, id);
            if open == 0 { name } else { format!("{name} ({})", count(open, "friction point")) }
        })
        .collect();
    let steps = if steps.is_empty() { "no steps yet".to_owned() } else { steps.join(" → ") };
    format!("{name}:{} {steps}", goal.unwrap_or_default())
}

/// All that cards had no room for, in full.
pub(super) fn cut_cards(journey: &JourneyScene) -> Vec<String> {
    journey.cut_cards().map(one_line).collect()
}

/// What is known of some steps of a stage besides what stands on cards, and what customers say.
pub(super) fn of_steps(source: &Source<'_>, stage: Option<&Id>, steps: &[Id]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if let Some(stage) = stage {
        notes.extend(said(source, stage));
    }
    for id in steps {
        notes.extend(source.doc.get_as::<Step>(id).map(|it| of_step(source, id, it)));
        notes.extend(said(source, id));
        // What is said about the touchpoints of a step is said about the step.
        for (_, touchpoint) in query::touchpoints_of(source.graph, id) {
            notes.extend(said(source, touchpoint));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    notes.retain(|it| seen.insert(it.clone()));
    notes
}

/// What customers say about a record.
fn said(source: &Source<'_>, at: &Id) -> Vec<String> {
    let all: Vec<(&Id, &Verbatim)> = query::verbatims_at(source.doc, source.index, at);
    let heard = all
        .into_iter()
        .filter(|(_, it)| source.hears(it.segment.as_ref()) && !it.text.trim().is_empty());
    heard.map(|(_, it)| format!("{}: {}", in_words(source.doc, at), source.voice(it))).collect()
}

fn of_step(source: &Source<'_>, id: &Id, it: &Step) -> String {
    let mut parts = vec![in_words(source.doc, id)];
    if it.moment_of_truth {
        parts.push("Moment of truth".to_owned());
    }
    let time = it.time_spent.as_ref();
    let active = time.and_then(|it| it.active.as_deref()).map(one_line);
    let waiting = time.and_then(|it| it.waiting.as_deref()).map(one_line);
    parts.extend(active.filter(|it| !it.is_empty()).map(|it| format!("Takes {it}")));
    parts.extend(waiting.filter(|it| !it.is_empty()).map(|it| format!("Waits {it}")));
    parts.extend(it.notes.as_deref().map(one_line).filter(|it| !it.is_empty()));
    let lists = [
        ("Activities", &it.activities),
        ("Decides by", &it.criteria),
        ("Thinks", &it.thoughts),
        ("Could be shorter", &it.shorten),
    ];
    for (what, entries) in lists {
        let entries: Vec<String> = entries.iter().map(|it| one_line(it)).collect();
        if !entries.is_empty() {
            parts.push(format!("{what}: {}", entries.join("; ")));
        }
    }
    for (_, link) in query::links_at(source.doc, source.index, id) {
        parts.extend(way(source, id, link));
    }
    let all = parts.iter().map(|part| part.trim_end_matches(['.', ' ']));
    all.collect::<Vec<_>>().join(". ") + "."
}

/// A branch, a loop or an exit that leaves a step.
fn way(source: &Source<'_>, id: &Id, link: &Link) -> Option<String> {
    let LinkKind::Next { condition, share_pct, class } = &link.kind else { return None };
    let condition = condition.as_deref().map(one_line).filter(|it| !it.is_empty());
    let share = share_pct.map(|it| format!("{it:.0} %"));
    let when: Vec<String> = condition.into_iter().chain(share).collect();
    if link.from != *id || when.is_empty() {
        return None;
    }
    let to = in_words(source.doc, &link.to);
    Some(format!("{} to {to}: {}", class.label(), when.join(", ")))
}
