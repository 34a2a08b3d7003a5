//! Actions.

use egui::Ui;

use crate::model::choice::Lever;
use crate::model::record::{Action, Told};
use crate::model::{Id, Kind};
use crate::ui::widget::text_field::Lines;

use super::fields::group;
use super::pane::Pane;
use super::pick::Offer;
use super::service::TEAMS;

pub(super) fn action_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Action) {
    pane.choice(ui, "status", "Status", &mut it.status);
    pane.reference(ui, "owner", "Owner", &mut it.owner, &TEAMS);
    pane.date(ui, "due", "Due", &mut it.due);
    pane.steps(ui, "effort", "Effort", &mut it.effort, false);
    pane.steps(ui, "value", "Value", &mut it.value, false);
    let frictions = Offer { kinds: &[Kind::Friction], allow: &|_, _| true, fresh: None };
    pane.references(ui, "addresses", "Addresses", &mut it.addresses, &frictions);
    let kinds = [Kind::Step, Kind::Touchpoint, Kind::System, Kind::Influencer, Kind::Stage];
    let places = Offer { kinds: &kinds, allow: &|_, _| true, fresh: None };
    pane.references(ui, "at", "At", &mut it.at, &places);
    levers_ui(ui, pane, &mut it.levers);
    pane.votes(ui, "votes", "Votes", &mut it.votes);
    pane.tags(ui, &mut it.tags);
    pane.section(ui, "How we will see it worked", 0, None, |pane, ui| {
        group(&mut it.check, |check| {
            let measures =
                Offer { kinds: &[Kind::Measure], allow: &|_, _| true, fresh: Some(Kind::Measure) };
            let any = f64::MIN..=f64::MAX;
            pane.reference(ui, "check.measure", "Measure", &mut check.measure, &measures);
            pane.number(ui, "check.baseline", "Baseline", "", any.clone(), &mut check.baseline);
            pane.number(ui, "check.target", "Target", "", any, &mut check.target);
        });
    });
    pane.section(ui, "Closing the loop", 0, None, |pane, ui| {
        let fields = ["told_customers.date", "told_customers.text"];
        told_ui(ui, pane, fields, ["Customers told", "What they heard"], &mut it.told_customers);
        let fields = ["told_staff.date", "told_staff.text"];
        told_ui(ui, pane, fields, ["Staff told", "What staff heard"], &mut it.told_staff);
    });
    pane.notes_on(ui, id);
}

fn told_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    [date, text]: [&'static str; 2],
    [date_label, text_label]: [&str; 2],
    it: &mut Option<Told>,
) {
    group(it, |told| {
        pane.date(ui, date, date_label, &mut told.date);
        pane.text(ui, text, text_label, &mut told.text, Lines::Many);
    });
}

/// Any of the five levers, as switches.
fn levers_ui(ui: &mut Ui, pane: &mut Pane<'_>, levers: &mut Vec<Lever>) {
    pane.row(ui, "levers", "Levers", |pane, ui| {
        ui.horizontal_wrapped(|ui| {
            for lever in Lever::ALL {
                let on = levers.contains(lever);
                if ui.add(egui::Button::new(lever.label()).selected(on)).clicked() {
                    if on {
                        levers.retain(|it| it != lever);
                    } else {
                        levers.push(*lever);
                        levers.sort_unstable();
                    }
                    pane.stroke("Levers");
                }
            }
        });
    });
}
