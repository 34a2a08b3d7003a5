//! The start page: a new map, a file, recent files, and the examples as live pictures.
//!
//! Draws and says what was chosen; opens nothing itself.

use std::path::Path;

use egui::{Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::examples::EXAMPLES;
use crate::file;
use crate::layout::sizes;
use crate::model::Graph;
use crate::scene::{JourneyOptions, JourneyScene, Theme};
use crate::text::Text;

use super::canvas::thumbnail;
use super::files::Then;
use super::icon;
use super::theme::{bold_family, colour, current};

/// The widest that the page gets, in points.
const WIDTH: f32 = 960.0;
/// How many recent files are shown.
const RECENT: usize = 5;

/// The pictures of the examples, laid out one a frame so that the page is there at once.
#[derive(Debug, Default)]
pub struct Start {
    scenes: Vec<JourneyScene>,
}

impl Start {
    /// Draws the page. Returns what was chosen.
    pub fn page_ui(
        &mut self,
        ui: &mut Ui,
        recent: &[std::path::PathBuf],
        text: &mut Text,
    ) -> Option<Then> {
        let theme = current(ui);
        if let Some(example) = EXAMPLES.get(self.scenes.len()) {
            let doc = file::read(example.ron).doc;
            let options = JourneyOptions::default();
            self.scenes.push(JourneyScene::new(&doc, &Graph::of(&doc), text, options));
            ui.ctx().request_repaint();
        }
        let mut chosen = None;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let width = (ui.available_width() - 2.0 * sizes().space.xxl).min(WIDTH);
            let left = (ui.available_width() - width) / 2.0;
            ui.add_space(sizes().space.xxl);
            ui.horizontal(|ui| {
                ui.add_space(left);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    head_ui(ui, theme, &mut chosen);
                    recent_ui(ui, theme, recent, &mut chosen);
                    self.examples_ui(ui, theme, &mut chosen);
                });
            });
            ui.add_space(sizes().space.xl);
        });
        chosen
    }

    fn examples_ui(&self, ui: &mut Ui, theme: &Theme, chosen: &mut Option<Then>) {
        section_ui(ui, theme, "Examples");
        let gap = sizes().space.l;
        let columns = if ui.available_width() < 640.0 { 2 } else { 3 };
        let width = (ui.available_width() - gap * (columns - 1) as f32) / columns as f32;
        for (row, examples) in EXAMPLES.chunks(columns).enumerate() {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for (i, example) in examples.iter().enumerate() {
                    let index = row * columns + i;
                    let scene = self.scenes.get(index);
                    let name = format!("Example: {}", example.title);
                    if tile_ui(ui, theme, width, &name, example.title, example.about, scene) {
                        *chosen = Some(Then::Example(index));
                    }
                }
            });
            ui.add_space(gap - ui.spacing().item_spacing.y);
        }
    }
}

fn section_ui(ui: &mut Ui, theme: &Theme, name: &str) {
    ui.add_space(sizes().space.l);
    ui.label(RichText::new(name).heading().color(colour(theme.chrome.text_strong)));
    ui.add_space(sizes().space.xs);
}

fn head_ui(ui: &mut Ui, theme: &Theme, chosen: &mut Option<Then>) {
    let size = sizes().text.title.size * 1.5;
    let title = RichText::new("Throughline").family(bold_family()).size(size);
    ui.label(title.color(colour(theme.chrome.text_strong)));
    ui.label(
        RichText::new("Journey maps, and what each step rests on")
            .size(sizes().text.stage.size)
            .color(colour(theme.chrome.muted)),
    );
    ui.add_space(sizes().space.m);
    ui.horizontal(|ui| {
        if icon::primary(ui, "New map").clicked() {
            *chosen = Some(Then::New);
        }
        if icon::plain(ui, "Open…").clicked() {
            *chosen = Some(Then::Pick);
        }
    });
}

fn recent_ui(ui: &mut Ui, theme: &Theme, recent: &[std::path::PathBuf], chosen: &mut Option<Then>) {
    if recent.is_empty() {
        return;
    }
    section_ui(ui, theme, "Recent maps");
    for path in recent.iter().take(RECENT) {
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
        let folder = path.parent().map(Path::display).map(|d| d.to_string()).unwrap_or_default();
        ui.horizontal(|ui| {
            let link = ui.link(RichText::new(name.as_ref()));
            if link.on_hover_text(path.display().to_string()).clicked() {
                *chosen = Some(Then::Open(path.clone()));
            }
            ui.add(egui::Label::new(RichText::new(folder).small().weak()).truncate());
        });
    }
}

/// A picture with a title and a line about it, as one button. Returns whether it was pressed.
fn tile_ui(
    ui: &mut Ui,
    theme: &Theme,
    width: f32,
    name: &str,
    title: &str,
    about: &str,
    scene: Option<&JourneyScene>,
) -> bool {
    let chrome = &theme.chrome;
    let picture = width * 0.56;
    let (pad, radius) = (sizes().space.m, sizes().radius.column);
    let text_width = width - 2.0 * pad;
    let head = ui.painter().layout(
        title.to_owned(),
        egui::FontId::new(sizes().text.card.size, bold_family()),
        colour(chrome.text_strong),
        text_width,
    );
    let font = egui::FontId::proportional(sizes().text.body.size);
    let body = ui.painter().layout(about.to_owned(), font, colour(chrome.muted), text_width);
    // Three lines for each, so that the tiles of a row end together.
    let height = picture + 2.0 * pad + head.size().y + 3.0 * sizes().text.body.line;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let lively = response.hovered() || response.has_focus();
    let border = if lively { chrome.accent } else { chrome.border };
    let line = if response.has_focus() { sizes().stroke.thick } else { sizes().stroke.hair };
    let painter = ui.painter().clone();
    painter.rect_filled(rect, radius, colour(chrome.panel));
    let frame = Rect::from_min_size(rect.min, vec2(width, picture));
    painter.rect_filled(frame, radius, colour(theme.canvas.ground));
    if let Some(scene) = scene {
        // The whole width, from the top: maps are taller than a tile, and begin with what matters.
        let bounds = scene.scene().bounds;
        let inner = frame.shrink(sizes().space.s);
        let tall = inner.width() * bounds.height() / bounds.width().max(1.0);
        let area = Rect::from_min_size(inner.min, vec2(inner.width(), tall));
        let clipped = painter.with_clip_rect(frame.shrink(1.0).intersect(ui.clip_rect()));
        thumbnail(&clipped, area, scene.scene(), theme);
    }
    painter.hline(rect.x_range(), frame.bottom(), Stroke::new(1.0, colour(chrome.border)));
    let at = pos2(rect.left() + pad, frame.bottom() + pad - 2.0);
    let below = at + vec2(0.0, head.size().y + 3.0);
    painter.galley(at, head, colour(chrome.text_strong));
    painter.galley(below, body, colour(chrome.muted));
    painter.rect_stroke(rect, radius, Stroke::new(line, colour(border)), StrokeKind::Inside);
    response.clicked()
}
