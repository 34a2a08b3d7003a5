//! Friction points and delights.

use egui::Ui;

use crate::model::record::{Delight, Friction};
use crate::model::{Id, Kind, Record};

use super::pane::Pane;
use super::pick::Offer;

/// Where friction points and delights may sit: nodes and links.
pub(super) const PLACES: [Kind; 5] =
    [Kind::Step, Kind::Touchpoint, Kind::Influencer, Kind::System, Kind::Link];

pub(super) fn friction_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Friction) {
    pane.steps_or_zero(ui, "severity", "Severity", &mut it.severity, true);
    let places = Offer { kinds: &PLACES, allow: &|_, _| true, fresh: None };
    pane.reference(ui, "at", "At", &mut it.at, &places);
    pane.choice(ui, "class", "Kind", &mut it.class);
    pane.steps(ui, "frequency", "Frequency", &mut it.frequency, false);
    pane.percent(ui, "reach_pct", "Reach", &mut it.reach_pct);
    pane.choice(ui, "status", "Status", &mut it.status);
    pane.choice(ui, "confidence", "Confidence", &mut it.confidence);
    let kinds = [Kind::System, Kind::Friction, Kind::Step, Kind::Touchpoint, Kind::Influencer];
    let allow = |other: &Id, _: &Record| other != id;
    let causes = Offer { kinds: &kinds, allow: &allow, fresh: Some(Kind::System) };
    pane.references(ui, "causes", "Causes", &mut it.causes, &causes);
    pane.votes(ui, "votes", "Votes", &mut it.votes);
    pane.money(ui, "cost_per_year", "Cost a year", &mut it.cost_per_year);
    pane.tags(ui, &mut it.tags);
    pane.causes_of(ui, id);
    pane.verbatims(ui, id);
    pane.actions(ui, id);
    pane.notes_on(ui, id);
}

pub(super) fn delight_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Delight) {
    pane.steps_or_zero(ui, "strength", "Strength", &mut it.strength, false);
    let places = Offer { kinds: &PLACES, allow: &|_, _| true, fresh: None };
    pane.reference(ui, "at", "At", &mut it.at, &places);
    pane.tags(ui, &mut it.tags);
    pane.verbatims(ui, id);
    pane.notes_on(ui, id);
}
