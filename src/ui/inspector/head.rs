//! The head of the map: what is shown while nothing is selected.

use egui::Ui;

use crate::layout::sizes;
use crate::model::record::{Head, Segment};
use crate::model::{Id, Kind};
use crate::ui::widget::muted;
use crate::ui::widget::text_field::Lines;

use super::pane::Pane;
use super::words::capital;

pub(super) fn head_ui(ui: &mut Ui, pane: &mut Pane<'_>, it: &mut Head) {
    pane.title_field(ui, "title", "Title", "Title of the map", &mut it.title);
    ui.label(muted(format!("Map \u{b7} {}", it.state.label().to_lowercase()), pane.theme));
    ui.add_space(sizes().space.xs);
    pane.optional_text(ui, "scenario", "Scenario", &mut it.scenario, Lines::Many);
    pane.optional_text(ui, "goal", "Goal", &mut it.goal, Lines::Many);
    pane.choice(ui, "state", "State", &mut it.state);
    pane.optional_text(ui, "owner", "Owner", &mut it.owner, Lines::One);
    pane.list(ui, "team", "Team", "Team member", &mut it.team);
    pane.optional_text(ui, "based_on", "Based on file", &mut it.based_on, Lines::One);
    pane.optional_text(ui, "parent", "Details file", &mut it.parent, Lines::One);
    pane.optional_text(ui, "remarks", "Notes", &mut it.notes, Lines::Many);
    segments_ui(ui, pane);
    counts_ui(ui, pane);
}

fn segments_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let all = pane.segments();
    let button = pane.section(ui, "Segments", all.len(), Some("Add a segment"), |pane, ui| {
        ui.horizontal_wrapped(|ui| {
            for (id, _, ink) in &all {
                pane.chip(ui, "Segment", id, Some(*ink), false);
            }
        });
    });
    if button.is_some_and(|button| button.clicked()) {
        pane.add_record("add segment".into(), Segment { priority: 3, ..Default::default() });
    }
}

fn counts_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let index = pane.session.index();
    let counts: Vec<(Kind, usize)> = Kind::ALL
        .into_iter()
        .map(|kind| (kind, index.of_kind(kind).len()))
        .filter(|(_, count)| *count > 0)
        .collect();
    pane.section(ui, "On this map", 0, None, |pane, ui| {
        if counts.is_empty() {
            ui.label(muted("Nothing yet: add a stage or a step.", pane.theme));
        }
        let line = sizes().space.l;
        egui::Grid::new("counts").num_columns(2).min_row_height(line).show(ui, |ui| {
            for (kind, count) in &counts {
                let name = if *count == 1 { kind.singular() } else { kind.plural() };
                ui.label(muted(capital(name), pane.theme));
                ui.label(count.to_string());
                ui.end_row();
            }
        });
    });
    kinds_ui(ui, pane, "Lanes", Kind::Lane);
    kinds_ui(ui, pane, "Measures on this map", Kind::Measure);
    kinds_ui(ui, pane, "Saved views", Kind::View);
}

/// Records that have no card on the canvas, so that they can be reached.
fn kinds_ui(ui: &mut Ui, pane: &mut Pane<'_>, title: &'static str, kind: Kind) {
    let ids: Vec<Id> = if kind == Kind::Lane {
        super::journey::lanes_in_order(pane)
    } else {
        pane.session.index().of_kind(kind).iter().cloned().collect()
    };
    pane.chips(ui, title, &ids);
}
