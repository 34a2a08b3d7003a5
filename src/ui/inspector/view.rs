//! Saved views: what they leave out, and what is pinned in them.

use egui::Ui;

use crate::model::choice::Band;
use crate::model::record::View;
use crate::model::{Id, Kind};
use crate::ui::widget::muted;

use super::pane::Pane;
use super::pick::Offer;

pub(super) fn view_ui(ui: &mut Ui, pane: &mut Pane<'_>, _id: &Id, it: &mut View) {
    pane.choice(ui, "kind", "Shows", &mut it.kind);
    let segments = Offer { kinds: &[Kind::Segment], allow: &|_, _| true, fresh: None };
    pane.references(ui, "filter.segments", "Only segments", &mut it.filter.segments, &segments);
    bands_ui(ui, pane, &mut it.filter.bands);
    pane.list(ui, "filter.tags", "Only tags", "Tag", &mut it.filter.tags);
    let least = &mut it.filter.min_severity;
    pane.steps(ui, "filter.min_severity", "Severity from", least, true);
    pins_ui(ui, pane, it);
    tidied_ui(ui, pane, it);
}

fn bands_ui(ui: &mut Ui, pane: &mut Pane<'_>, bands: &mut Vec<Band>) {
    pane.row(ui, "filter.bands", "Only bands", |pane, ui| {
        ui.horizontal_wrapped(|ui| {
            for band in Band::ALL {
                let on = bands.contains(band);
                if ui.add(egui::Button::new(band.label()).selected(on)).clicked() {
                    if on {
                        bands.retain(|it| it != band);
                    } else {
                        bands.push(*band);
                        bands.sort_unstable();
                    }
                    pane.stroke("Only bands");
                }
            }
        });
    });
}

/// Pins are set by hand on the canvas; here they can be seen and taken out.
fn pins_ui(ui: &mut Ui, pane: &mut Pane<'_>, it: &mut View) {
    pane.row(ui, "pins", "Pinned", |pane, ui| {
        if it.pins.is_empty() {
            ui.label(muted("Nothing is pinned in this view.", pane.theme));
            return;
        }
        let mut gone = None;
        for (node, (x, y)) in &it.pins {
            ui.horizontal_wrapped(|ui| {
                if pane.chip(ui, "Pinned", node, None, true) {
                    gone = Some(node.clone());
                }
                ui.label(muted(format!("{x:.0}, {y:.0}"), pane.theme));
            });
        }
        if let Some(node) = gone {
            it.pins.remove(&node);
            pane.stroke("Pinned");
        }
        if it.pins.len() > 1 && ui.button("Clear all pins").clicked() {
            it.pins.clear();
            pane.stroke("Pinned");
        }
    });
}

/// Tidying up is a command of the ecosystem view; here it can be seen how often that was done.
fn tidied_ui(ui: &mut Ui, pane: &mut Pane<'_>, it: &View) {
    pane.row(ui, "tidied", "Tidied up", |pane, ui| {
        let times = match it.tidied {
            0 => "Not yet".to_owned(),
            1 => "Once".to_owned(),
            n => format!("{n} times"),
        };
        ui.label(muted(times, pane.theme));
    });
}
