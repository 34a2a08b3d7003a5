//! The status line: what is selected, a hint, findings, saved or not.

use egui::{Align, Layout, RichText, Ui};

use super::command::Command;
use super::cx::Open;

/// Draws the line; `notice` stands in for the selection for a moment.
pub fn line_ui(
    ui: &mut Ui,
    open: Option<&mut Open>,
    notice: Option<&str>,
    _commands: &mut Vec<Command>,
) {
    ui.horizontal_centered(|ui| {
        let said = match (notice, &open) {
            (Some(notice), _) => notice.to_owned(),
            (None, Some(open)) => selected(open),
            (None, None) => String::new(),
        };
        ui.label(RichText::new(said).small().weak());
        let Some(open) = open else {
            return;
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let saved = if open.is_dirty() { "unsaved changes" } else { "saved" };
            ui.label(RichText::new(saved).small().weak());
        });
    });
}

/// What is selected, in words.
fn selected(open: &Open) -> String {
    let (doc, selection) = (open.session.doc(), &open.session.selection);
    match (selection.ids.len(), &selection.lead) {
        (0, _) | (_, None) => "Nothing selected".to_owned(),
        (1, Some(id)) => {
            let kind = doc.kind_of(id).map_or("record", |kind| kind.singular());
            let name = doc.name_of(id);
            if name.is_empty() { kind.to_owned() } else { format!("{name} · {kind}") }
        }
        (many, _) => format!("{many} selected"),
    }
}
