//! The status line: what is selected, a hint, what the checks found, saved or not, the zoom.

use egui::{Align, Button, Layout, RichText, Ui};

use crate::edit::verbs;
use crate::layout::sizes;

use super::command::Command;
use super::cx::Open;
use super::findings::in_words;
use super::theme::{colour, current};

/// What the line says.
#[derive(Debug, Default)]
pub struct Line<'a> {
    pub open: Option<&'a Open>,
    /// Stands in for the selection for a moment.
    pub notice: Option<&'a str>,
    /// Errors and weaknesses.
    pub findings: Option<(usize, usize)>,
    /// The view is being laid out; the picture is still the one of before.
    pub laying_out: bool,
    /// The picture that is being written.
    pub exporting: Option<&'a str>,
}

/// Draws the line. Returns whether the export shall be given up.
pub fn line_ui(ui: &mut Ui, line: &Line<'_>, commands: &mut Vec<Command>) -> bool {
    let mut give_up = false;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if let Some(open) = line.open {
            facts_ui(ui, open, line.findings, commands);
        }
        if let Some(name) = line.exporting {
            give_up = ui.small_button("Cancel").clicked();
            ui.label(RichText::new(format!("Writing {name} …")).small().weak());
        }
        if line.laying_out {
            ui.label(RichText::new("Laying out …").small().weak());
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let said = match (line.notice, line.open) {
                (Some(notice), _) => notice.to_owned(),
                (None, Some(open)) => format!("{}{}", selected(open), hint(open)),
                (None, None) => "Drop a map file here to open it".to_owned(),
            };
            ui.add(egui::Label::new(RichText::new(said).small().weak()).truncate());
        });
    });
    give_up
}

/// Zoom, saved or not, and what the checks found; right to left.
fn facts_ui(
    ui: &mut Ui,
    open: &Open,
    findings: Option<(usize, usize)>,
    commands: &mut Vec<Command>,
) {
    let chrome = &current(ui).chrome;
    let quiet = |text: String| RichText::new(text).small().color(colour(chrome.muted));
    ui.spacing_mut().item_spacing.x = sizes().space.m;
    ui.spacing_mut().button_padding.y = 0.0;
    let percent = (open.canvas.zoom() * 100.0).round();
    let zoom = ui.add(Button::new(quiet(format!("{percent} %"))).frame(false));
    zoom.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Zoom: {percent} %"))
    });
    if zoom.on_hover_text("Zoom to 100 % (0)").clicked() {
        commands.push(Command::ZoomReset);
    }
    let saved = match (open.is_dirty(), &open.path) {
        (true, _) => "unsaved changes",
        (false, Some(_)) => "saved",
        (false, None) => "not in a file yet",
    };
    ui.label(quiet(saved.to_owned()));
    if let Some((errors, weak)) = findings {
        let ink = if errors > 0 { chrome.danger } else { chrome.muted };
        let text = RichText::new(in_words(errors, weak)).small().color(colour(ink));
        let button = ui.add(Button::new(text).frame(false));
        if button.on_hover_text("Show or hide what the checks found (F8)").clicked() {
            commands.push(Command::ToggleFindings);
        }
    }
}

/// What is selected, in words.
fn selected(open: &Open) -> String {
    let (doc, selection) = (open.session.doc(), &open.session.selection);
    match (selection.ids.len(), &selection.lead) {
        (0, _) | (_, None) => "Nothing selected".to_owned(),
        (1, Some(id)) => {
            // A lane that is as usual is no record yet.
            let usual = |id| verbs::default_lanes().into_iter().find(|(lane, _)| lane == id);
            let (kind, name) = match doc.kind_of(id) {
                Some(kind) => (kind.singular(), doc.name_of(id).to_owned()),
                None => ("lane", usual(id).map(|(_, lane)| lane.name).unwrap_or_default()),
            };
            if name.is_empty() { kind.to_owned() } else { format!("{name} · {kind}") }
        }
        (many, _) => format!("{many} selected"),
    }
}

/// What can be done now: the tool's hint, or keys for what is selected.
fn hint(open: &Open) -> String {
    let hint = open.canvas.hint();
    if !hint.is_empty() {
        return format!(" · {hint}");
    }
    let status = open.status();
    let hints: &[(Command, &str)] = match (status.selected, status.node) {
        (0, _) => &[
            (Command::AddStep, "adds a step"),
            (Command::ZoomFit, "fits the map"),
            (Command::ShowShortcuts, "shows all keys"),
        ],
        (1, true) => &[
            (Command::Rename, "edits"),
            (Command::AddFriction, "marks friction"),
            (Command::StartLink, "links"),
        ],
        (1, false) => &[(Command::Rename, "edits"), (Command::Delete, "deletes")],
        _ => &[(Command::Duplicate, "duplicates"), (Command::Delete, "deletes")],
    };
    hints.iter().filter_map(|(c, does)| Some(format!(" · {} {does}", c.keys()?))).collect()
}
