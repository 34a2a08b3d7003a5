//! An impact in words: how much of the journey, what stops, what degrades, what is felt.

use egui::Ui;

use crate::insight::{Impact, in_words, percent};
use crate::layout::sizes;
use crate::model::Id;
use crate::model::record::Step;
use crate::ui::inspector::coloured_segments;
use crate::ui::widget::muted;

use super::panel::List;
use super::row::{Mark, Row, bar_ui};
use super::state::Pointed;
use super::words::{self, DEGRADES, STOPS};

pub(super) fn impact_ui(ui: &mut Ui, list: &mut List<'_, '_>, about: &Id, impact: &Impact) {
    list.title_ui(ui, about, &words::impact_line(list.doc(), impact));
    segments_ui(ui, list, impact);
    let (stops, degrades) = (words::steps(impact, true), words::steps(impact, false));
    list.section(ui, "Stops", STOPS, stops.len(), |list, ui| {
        let shown = &stops[..list.most("Stops", stops.len())];
        shown.iter().for_each(|id| step_ui(ui, list, id, Mark::Warning));
        list.rest_ui(ui, "Stops", stops.len());
    });
    list.section(ui, "Degrades", DEGRADES, degrades.len(), |list, ui| {
        let shown = &degrades[..list.most("Degrades", degrades.len())];
        shown.iter().for_each(|id| step_ui(ui, list, id, Mark::Possible));
        list.rest_ui(ui, "Degrades", degrades.len());
    });
    let parts = [
        ("Stages", "Stage", &impact.stages),
        ("Touchpoints", "Touchpoint", &impact.touchpoints),
        ("Other internal systems", "Internal system", &impact.systems),
    ];
    for (title, label, ids) in parts {
        list.section(ui, title, title, ids.len(), |list, ui| list.chips(ui, title, label, ids));
    }
    let all = impact.frictions.len();
    list.section(ui, "Friction felt", "Friction felt", all, |list, ui| {
        if let Some(line) = words::friction_line(impact) {
            ui.label(muted(line, list.theme()));
        }
        for (id, _) in &impact.frictions[..list.most("Friction felt", all)] {
            list.friction(ui, id);
        }
        list.rest_ui(ui, "Friction felt", all);
    });
}

/// A bar for each segment; one alone says no more than the headline.
fn segments_ui(ui: &mut Ui, list: &List<'_, '_>, impact: &Impact) {
    if impact.steps.is_empty() {
        return;
    }
    ui.add_space(sizes().space.xs);
    let segments = coloured_segments(&list.cx.open.session, list.theme());
    for it in &impact.segments {
        let Some((_, name, hue)) = segments.iter().find(|(id, ..)| Some(id) == it.segment.as_ref())
        else {
            continue;
        };
        bar_ui(ui, list.theme(), name, it.share, &percent(it.share), *hue);
    }
}

fn step_ui(ui: &mut Ui, list: &mut List<'_, '_>, id: &Id, mark: Mark) {
    let doc = list.doc();
    let title = in_words(doc, id);
    let stage = doc.get_as::<Step>(id).and_then(|it| it.stage.as_ref());
    let line = stage.map(|stage| in_words(doc, stage)).unwrap_or_default();
    let stops = mark == Mark::Warning;
    let name = format!("{title} {}", if stops { "stops" } else { "degrades" });
    let row = Row { mark, title: &title, line: &line, name: &name, strong: true };
    list.row(ui, id, Some(Pointed::End(id.clone())), row);
}
