//! The findings: what was wrong with the file, and what the checks say about the map.
//!
//! Checks run when the map has changed and nobody is in the middle of a change; those of a large
//! map on a worker, so that no frame waits. A click selects the record; a repair is one undo entry.

use egui::{Align, Context, Label, Layout, Rect, RichText, ScrollArea, Ui, Vec2, vec2};

use crate::edit::{Selection, Tx};
use crate::file::{Diagnostic, Level};
use crate::layout::sizes;
use crate::model::check::{Finding, check};
use crate::model::record::Head;
use crate::model::{Id, Patch, Record};
use crate::scene::{Icon, Theme};

use super::command::Command;
use super::cx::{Cx, Open};
use super::jobs::{Jobs, today};
use super::theme::colour;
use super::{bottom, icon};

/// From how many records on a map is checked on a worker.
const LARGE: usize = 1500;

/// What the checks found, and at which revision of the map.
#[derive(Debug, Default)]
pub struct Findings {
    found: Vec<Finding>,
    /// What `found` was made from.
    revision: Option<u64>,
    /// What a worker is looking at.
    asked: Option<u64>,
}

/// One line of the list.
struct Row<'a> {
    error: bool,
    code: &'a str,
    message: &'a str,
    /// Line and column in the file.
    place: Option<(usize, usize)>,
    record: Option<&'a Id>,
    /// The finding with a repair, by index.
    repair: Option<usize>,
}

impl Row<'_> {
    /// The line as text, for the clipboard and screen readers.
    fn text(&self) -> String {
        let place = self.place.map(|(line, column)| format!(" (line {line}, column {column})"));
        format!("{} {}{}", self.code, self.message, place.unwrap_or_default())
    }
}

impl Findings {
    /// Forgets everything: another map is shown.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Takes what a worker found.
    pub fn take(&mut self, revision: u64, found: Vec<Finding>) {
        // Another map may have been opened meanwhile.
        if self.asked == Some(revision) {
            (self.found, self.revision, self.asked) = (found, Some(revision), None);
        }
    }

    /// Brings the findings in step with the map, or asks a worker to.
    pub fn follow(&mut self, ctx: &Context, open: &Open, jobs: &Jobs) {
        let revision = open.session.revision();
        let current = self.revision == Some(revision) || self.asked.is_some();
        if current || open.session.is_open() {
            return;
        }
        let doc = open.session.doc();
        if doc.len() < LARGE {
            (self.found, self.revision) = (check(doc, Some(today())), Some(revision));
        } else {
            self.asked = Some(revision);
            jobs.check(ctx, doc.clone(), revision);
        }
    }

    /// How many errors and how many weaknesses there are, those of the file included.
    pub fn count(&self, diagnostics: &[Diagnostic]) -> (usize, usize) {
        let errors = self.found.iter().filter(|f| f.error).count();
        let broken = diagnostics.iter().filter(|d| d.level == Level::Error).count();
        let all = self.found.len() + diagnostics.len();
        (errors + broken, all - errors - broken)
    }

    fn rows<'a>(&'a self, diagnostics: &'a [Diagnostic]) -> Vec<Row<'a>> {
        let of_file = diagnostics.iter().map(|d| Row {
            error: d.level == Level::Error,
            code: d.code,
            message: &d.message,
            place: (d.line > 0).then_some((d.line, d.column)),
            record: d.record.as_ref(),
            repair: None,
        });
        let of_map = self.found.iter().enumerate().map(|(i, f)| Row {
            error: f.error,
            code: f.code,
            message: &f.message,
            place: None,
            record: f.record.as_ref(),
            repair: f.repair.is_some().then_some(i),
        });
        let mut rows: Vec<Row<'a>> = of_file.chain(of_map).collect();
        rows.sort_by_key(|row| !row.error);
        rows
    }

    /// Draws the list. Returns whether it shall be closed.
    pub fn panel_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let diagnostics = std::mem::take(&mut cx.open.diagnostics);
        let rows = self.rows(&diagnostics);
        let close = head_ui(ui, self.count(&diagnostics), &rows, cx.commands);
        let mut repair = None;
        if rows.is_empty() {
            let text = RichText::new("Nothing found: the file is sound and the map is complete.");
            ui.label(text.color(colour(cx.theme.chrome.muted)));
        }
        let height = sizes().text.card.line + sizes().space.s;
        ui.spacing_mut().item_spacing.y = 1.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, rows.len(), |ui, shown| {
            for row in &rows[shown] {
                let (clicked, repairs) = row_ui(ui, cx.theme, row, height);
                if let Some(id) = row.record.filter(|_| clicked)
                    && cx.open.session.doc().get(id).is_some()
                {
                    cx.open.session.commit();
                    cx.open.session.selection = Selection::one(id.clone());
                    cx.open.canvas.reveal(id.clone());
                }
                if repairs {
                    repair = row.repair;
                }
            }
        });
        drop(rows);
        cx.open.diagnostics = diagnostics;
        let fix = repair.and_then(|i| self.found.get(i)).and_then(|f| f.repair.as_ref());
        if let Some(fix) = fix {
            let session = &mut cx.open.session;
            if fix.fits(session.doc()) {
                session.edit(fix.label.clone(), |tx| apply(tx, &fix.patch));
                ui.ctx().request_repaint();
            } else {
                *cx.message = Some("The map has changed meanwhile; look again".to_owned());
            }
        }
        close
    }
}

/// Writes what a patch says through a transaction.
fn apply(tx: &mut Tx<'_>, patch: &Patch) {
    if let Some((_, after)) = patch.head() {
        tx.update_head(|head| *head = Head::clone(after));
    }
    for (id, change) in patch.changes() {
        match &change.after {
            Some(record) => tx.put(id, Record::clone(record)),
            None => drop(tx.take(id)),
        }
    }
}

/// The heading with counts and tools. Returns whether the panel shall be closed.
fn head_ui(
    ui: &mut Ui,
    (errors, weak): (usize, usize),
    rows: &[Row<'_>],
    commands: &mut Vec<Command>,
) -> bool {
    let mut close = false;
    ui.horizontal(|ui| {
        bottom::tabs_ui(ui, Command::ToggleFindings, commands);
        ui.label(RichText::new(in_words(errors, weak)).weak());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let tooltip = "Hide the findings (F8)";
            close = icon::button(ui, Icon::Close, "Hide the findings", tooltip, true).clicked();
            let copy = ui.add_enabled(!rows.is_empty(), egui::Button::new("Copy all"));
            if copy.clicked() {
                let lines: Vec<String> = rows.iter().map(Row::text).collect();
                ui.copy_text(lines.join("\n"));
            }
        });
    });
    close
}

/// `2 errors, 1 weakness`; `no findings`.
pub fn in_words(errors: usize, weak: usize) -> String {
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let parts = [count(errors, "error", "errors"), count(weak, "weakness", "weaknesses")];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if words.is_empty() { "no findings".to_owned() } else { words }
}

/// One line. Returns whether it was clicked and whether its repair was.
fn row_ui(ui: &mut Ui, theme: &Theme, row: &Row<'_>, height: f32) -> (bool, bool) {
    let chrome = &theme.chrome;
    let width = ui.available_width();
    let mut repairs = false;
    let mut clicked = false;
    ui.allocate_ui_with_layout(vec2(width, height), Layout::right_to_left(Align::Center), |ui| {
        if row.repair.is_some() {
            let button = ui.small_button("Repair");
            repairs = button.on_hover_text("Repair this; undo brings it back").clicked();
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let (square, _) =
                ui.allocate_exact_size(Vec2::splat(sizes().card.icon), egui::Sense::hover());
            let (picture, ink) = if row.error {
                (Icon::Alert, chrome.danger)
            } else {
                (Icon::Friction, chrome.warning)
            };
            let square = Rect::from_center_size(square.center(), Vec2::splat(14.0));
            icon::paint(ui.painter(), square, picture, colour(ink));
            ui.label(RichText::new(row.code).small().weak());
            if let Some((line, _)) = row.place {
                ui.label(RichText::new(format!("line {line}")).small().weak());
            }
            let text = RichText::new(row.message).color(colour(chrome.text));
            let label = ui.add(Label::new(text).truncate().sense(egui::Sense::click()));
            label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, row.text()));
            clicked = label.on_hover_text(row.message).clicked();
        });
    });
    (clicked, repairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_in_words() {
        assert_eq!(in_words(0, 0), "no findings");
        assert_eq!(in_words(1, 0), "1 error");
        assert_eq!(in_words(2, 1), "2 errors, 1 weakness");
    }

    #[test]
    fn what_a_worker_found_for_another_map_is_dropped() {
        let mut findings = Findings { asked: Some(3), ..Findings::default() };
        findings.forget();
        findings.take(3, Vec::new());
        assert_eq!(findings.revision, None);
    }
}
