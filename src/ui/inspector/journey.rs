//! Stages, steps and lanes.

use egui::Ui;

use crate::edit::verbs;
use crate::model::record::{Lane, Stage, Step};
use crate::model::{Edge, Id, Kind, Typed, query};
use crate::ui::widget::text_field::Lines;

use super::fields::group;
use super::pane::{Act, Pane};
use super::pick::Offer;

/// The records of a type in order of their keys.
fn in_order<T: Typed>(pane: &Pane<'_>, key: impl Fn(&T) -> &crate::model::OrderKey) -> Vec<Id> {
    let doc = pane.doc();
    let mut all: Vec<(&Id, &T)> = pane
        .session
        .index()
        .of_kind(T::KIND)
        .iter()
        .filter_map(|id| doc.get_as::<T>(id).map(|it| (id, it)))
        .collect();
    all.sort_by(|(a_id, a), (b_id, b)| (key(a), *a_id).cmp(&(key(b), *b_id)));
    all.into_iter().map(|(id, _)| id.clone()).collect()
}

pub(super) fn lanes_in_order(pane: &Pane<'_>) -> Vec<Id> {
    in_order::<Lane>(pane, |it| &it.order)
}

/// A row with the place among siblings; `go` moves the record before another one (or last).
fn place_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    id: &Id,
    siblings: &[Id],
    down: bool,
    go: impl FnOnce(&mut crate::edit::Tx<'_>, &Id, Option<&Id>) + 'static,
) {
    let at = siblings.iter().position(|it| it == id).unwrap_or(0);
    let by = pane.place(ui, "Place", at, siblings.len().max(1), down);
    if by == 0 {
        return;
    }
    // Before the one before it, or before the one after the next.
    let before = if by < 0 { at.checked_sub(1) } else { Some(at + 2) };
    let before = before.and_then(|at| siblings.get(at)).cloned();
    let (label, id) = (format!("move {}", pane.called), id.clone());
    pane.act(Act::Edit(label, Box::new(move |tx| go(tx, &id, before.as_ref()))));
}

pub(super) fn stage_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Stage) {
    pane.optional_text(ui, "goal", "Goal", &mut it.goal, Lines::Many);
    let siblings = in_order::<Stage>(pane, |it| &it.order);
    place_ui(ui, pane, id, &siblings, false, |tx, id, before| {
        verbs::move_stage(tx, id, before);
    });
    let steps = query::steps_in(pane.doc(), pane.session.index(), id);
    let steps: Vec<Id> = steps.into_iter().map(|(id, _)| id.clone()).collect();
    pane.chips(ui, "Steps", &steps);
    pane.hangs_on(ui, id);
}

pub(super) fn lane_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Lane) {
    pane.choice(ui, "content", "Shows", &mut it.content);
    pane.choice(ui, "band", "Band", &mut it.band);
    pane.switch(ui, "hidden", "Hidden", &mut it.hidden);
    let siblings = lanes_in_order(pane);
    place_ui(ui, pane, id, &siblings, true, |tx, id, before| {
        verbs::move_lane(tx, id, before);
    });
}

pub(super) fn step_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Step) {
    let stages = Offer { kinds: &[Kind::Stage], allow: &|_, _| true, fresh: None };
    let mut stage = it.stage.clone();
    pane.reference(ui, "stage", "Stage", &mut stage, &stages);
    if stage != it.stage {
        // The verb also finds the step its place among the stage's steps.
        let (label, id) = (format!("change stage of {}", pane.called), id.clone());
        let verb = move |tx: &mut crate::edit::Tx<'_>| verbs::set_stage(tx, &id, stage.as_ref());
        pane.act(Act::Edit(label, Box::new(verb)));
    }
    if let Some(stage) = &it.stage {
        let siblings = query::steps_in(pane.doc(), pane.session.index(), stage);
        let siblings: Vec<Id> = siblings.into_iter().map(|(id, _)| id.clone()).collect();
        let stage = stage.clone();
        place_ui(ui, pane, id, &siblings, false, move |tx, id, before| {
            verbs::move_step(tx, id, Some(&stage), before);
        });
    } else {
        let loose: Vec<Id> = in_order::<Step>(pane, |it| &it.order);
        let without = |id: &Id| pane.doc().get_as::<Step>(id).is_some_and(|it| it.stage.is_none());
        let siblings: Vec<Id> = loose.into_iter().filter(without).collect();
        place_ui(ui, pane, id, &siblings, false, |tx, id, before| {
            verbs::move_step(tx, id, None, before);
        });
    }
    group(&mut it.time_spent, |time| {
        pane.optional_text(ui, "time_spent.active", "Time active", &mut time.active, Lines::One);
        pane.optional_text(ui, "time_spent.waiting", "Time waiting", &mut time.waiting, Lines::One);
    });
    pane.list(ui, "activities", "Activities", "Activity", &mut it.activities);
    pane.list(ui, "criteria", "Criteria", "Criterion", &mut it.criteria);
    pane.list(ui, "thoughts", "Thoughts", "Thought", &mut it.thoughts);
    pane.rails(ui, "feelings", "Feels", -2..=2, &mut it.feelings);
    pane.rails(ui, "expected", "Expected", -2..=2, &mut it.expected);
    pane.switch(ui, "moment_of_truth", "Moment of truth", &mut it.moment_of_truth);
    pane.frictions(ui, id);
    pane.delights(ui, id);
    pane.links(ui, "Touchpoints", Edge::Uses, id, true);
    pane.links(ui, "Rests on", Edge::DependsOn, id, true);
    pane.links(ui, "Influencers", Edge::Influences, id, false);
    pane.links(ui, "Next steps", Edge::Next, id, true);
    pane.links(ui, "Steps before", Edge::Next, id, false);
    pane.hangs_on(ui, id);
    pane.section(ui, "More", 0, None, |pane, ui| {
        pane.list(ui, "shorten", "Make it easier", "Idea", &mut it.shorten);
        pane.switch(
            ui,
            "company_involved",
            "The company has a part in it",
            &mut it.company_involved,
        );
        pane.optional_text(ui, "submap", "Map of this step", &mut it.submap, Lines::One);
        pane.optional_text(ui, "notes", "Notes", &mut it.notes, Lines::Many);
        pane.tags(ui, &mut it.tags);
    });
}
