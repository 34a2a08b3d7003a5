//! How a deck is made: shape, segment, stage, lines, and the files that it goes into.
//!
//! Draws and changes the choice; opens no file.

use std::path::Path;

use egui::{Align, Layout, Ui};

use crate::layout::sizes;
use crate::model::choice::SlideSize;
use crate::model::{Doc, Id};
use crate::ui::jobs::Purpose;
use crate::ui::theme::current;
use crate::ui::widget::choice::drop_down;
use crate::ui::widget::mark::{Glyph, glyph_button_ui};
use crate::ui::widget::muted;

use super::composer::Asked;
use super::format::{row_ui, segments_ui};
use super::{Composer, Exports, sheet};

/// Draws the choices.
pub fn source_ui(
    ui: &mut Ui,
    composer: &mut Composer,
    exports: &mut Exports,
    asked: &mut Option<Asked>,
) {
    sheet::section(ui, "How they are made");
    let shapes = SlideSize::ALL.iter().map(|it| (*it, it.label()));
    row_ui(ui, "Shape", |ui| {
        segments_ui(ui, "Shape", shapes, &mut composer.options.size);
    });
    let doc = composer.doc().clone();
    if !composer.segments.is_empty() {
        let (all, chosen) = (&composer.segments, &mut composer.options.segment);
        row_ui(ui, "Segment", |ui| one_ui(ui, &doc, ("Segment", "All"), all, chosen));
    }
    if !composer.stages.is_empty() {
        let (all, chosen) = (&composer.stages, &mut composer.options.stage);
        row_ui(ui, "Stage", |ui| one_ui(ui, &doc, ("Stage", "All"), all, chosen));
    }
    ui.checkbox(&mut composer.exact_lines, "Keep exact line breaks").on_hover_text(
        "Lines break where they do here, also in another font; text that is changed later does \
         not flow",
    );
    ui.add_space(sizes().space.m);
    sheet::section(ui, "Files");
    let own = "Our own look";
    let files = [
        ("Template", own, exports.template.as_deref(), Purpose::Template),
        ("Refresh", "A new deck", composer.refresh.as_deref(), Purpose::Refresh),
    ];
    let mut cleared = None;
    for (name, none, path, purpose) in files {
        let tip = match purpose {
            Purpose::Template => "Take the master, layouts, colours and fonts of a deck",
            _ => "Make the slides anew in a deck that has some of this map’s",
        };
        match file_ui(ui, name, none, path, tip) {
            Some(Press::Choose) => *asked = Some(Asked::Pick(purpose)),
            Some(Press::Clear) => cleared = Some(purpose),
            None => {}
        }
    }
    match cleared {
        Some(Purpose::Template) => exports.template = None,
        Some(_) => composer.refresh = None,
        None => {}
    }
}

/// One record of some, or all.
fn one_ui(ui: &mut Ui, doc: &Doc, (name, all): (&str, &str), ids: &[Id], chosen: &mut Option<Id>) {
    let called = |id: &Id| match doc.name_of(id) {
        "" => "Unnamed".to_owned(),
        name => name.to_owned(),
    };
    let shown = chosen.as_ref().map_or_else(|| all.to_owned(), called);
    drop_down(ui, ui.scope_id().with(name), &format!("{name}: {shown}"), &shown, |ui| {
        ui.selectable_value(chosen, None, all);
        for id in ids {
            ui.selectable_value(chosen, Some(id.clone()), called(id));
        }
    });
}

/// What was pressed at a file.
enum Press {
    Choose,
    Clear,
}

/// A file that may be chosen.
fn file_ui(ui: &mut Ui, name: &str, none: &str, path: Option<&Path>, tip: &str) -> Option<Press> {
    let theme = current(ui);
    let mut press = None;
    row_ui(ui, name, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let choose = ui.button("Choose…").on_hover_text(tip);
            let spoken = format!("Choose: {name}");
            choose.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
            if choose.clicked() {
                press = Some(Press::Choose);
            }
            if path.is_some()
                && glyph_button_ui(ui, theme, Glyph::Cross, &format!("Clear: {name}")).clicked()
            {
                press = Some(Press::Clear);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| match path {
                Some(path) => {
                    let file = path.file_name().unwrap_or_default().to_string_lossy();
                    let label = ui.add(egui::Label::new(file.as_ref()).truncate());
                    label.on_hover_text(path.display().to_string());
                }
                None => drop(ui.add(egui::Label::new(muted(none, theme)).truncate())),
            });
        });
    });
    press
}
