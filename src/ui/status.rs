//! The status line: what is selected, a hint, what the checks found, saved or not, the zoom.

use egui::{Align, Button, Layout, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::edit::verbs;
use crate::layout::sizes;

use super::command::Command;
use super::cx::Open;
use super::findings::in_words;
use super::jobs::Exporting;
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
    /// The file that is being written.
    pub exporting: Option<&'a Exporting>,
    /// The notice is about a file that was written.
    pub written: bool,
}

/// What was asked for in the line, other than a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    CancelExport,
    /// Show the folder of the file that was written.
    ShowFolder,
}

/// Draws the line. Returns what was asked for.
pub fn line_ui(ui: &mut Ui, line: &Line<'_>, commands: &mut Vec<Command>) -> Option<Wish> {
    let mut wish = None;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if let Some(open) = line.open {
            facts_ui(ui, open, line.findings, commands);
        }
        if let Some(exporting) = line.exporting
            && exporting_ui(ui, exporting)
        {
            wish = Some(Wish::CancelExport);
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
            if line.written {
                let link = ui.link(RichText::new("Show in folder").small());
                if link.on_hover_text("Show the file’s folder in the file manager").clicked() {
                    wish = Some(Wish::ShowFolder);
                }
            }
            ui.add(egui::Label::new(RichText::new(said).small().weak()).truncate());
        });
    });
    wish
}

/// What is being written, how far it has come, and a button that gives it up; right to left.
/// Returns whether that was pressed.
fn exporting_ui(ui: &mut Ui, exporting: &Exporting) -> bool {
    let Exporting { name, progress } = exporting;
    let (size, chrome) = (sizes(), &current(ui).chrome);
    if progress.is_cancelled() {
        ui.label(RichText::new(format!("Cancelling {name} …")).small().weak());
        return false;
    }
    let button = ui.small_button("Cancel");
    button
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Cancel writing {name}")));
    let percent = (progress.share() * 100.0).round();
    let quiet = |text: String| RichText::new(text).small().color(colour(chrome.muted));
    // As wide as the widest of them, so that the bar stands still.
    let wide = vec2(size.space.xxl, ui.available_height());
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(wide, layout, |ui| ui.label(quiet(format!("{percent} %"))));
    let long = vec2(3.0 * size.space.xxl, size.space.xs);
    let (bar, response) = ui.allocate_exact_size(long, Sense::hover());
    response.widget_info(|| {
        let mut info =
            WidgetInfo::labeled(Role::ProgressIndicator, true, format!("Writing {name}"));
        info.value = Some(f64::from(percent));
        info
    });
    ui.painter().rect_filled(bar, size.radius.chip, colour(chrome.border));
    let done = bar.with_max_x(bar.left() + bar.width() * progress.share());
    ui.painter().rect_filled(done, size.radius.chip, colour(chrome.accent));
    ui.label(quiet(format!("Writing {name} …")));
    button.on_hover_text("Nothing is written; what was there before is kept").clicked()
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
    zoom.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Zoom: {percent} %")));
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
