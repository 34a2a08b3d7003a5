//! The slides of the composer: all of them small, and one of them large with its notes.
//!
//! Painted in the light theme, as they are written. Composes nothing.

use egui::{Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::export::deck::Frame;
use crate::layout::sizes;
use crate::scene::Theme;
use crate::ui::canvas::{Galleys, miniature};
use crate::ui::theme::{bold, colour, current};
use crate::ui::widget::muted;

use super::previews::{Slide, Slides};
use super::{Composer, roving, sheet};

/// The least width of a small slide, in points.
const SMALL: f32 = 148.0;
/// How much of the room the large slide has.
const LARGE: f32 = 0.6;

/// What is kept of the slides' looks from frame to frame.
#[derive(Debug, Default)]
pub struct SlidesUi {
    /// The key of the slide that is shown large.
    chosen: Option<String>,
    small: Galleys,
    large: Galleys,
}

impl SlidesUi {
    /// The number of the slide that is shown large: the one that was chosen, or else the first.
    fn at(&self, slides: &[Slide]) -> usize {
        let is_it = |slide: &Slide| self.chosen.as_deref() == Some(slide.key.as_str());
        slides.iter().position(is_it).unwrap_or(0)
    }
}

/// Draws the slides into the room that there is.
pub fn slides_ui(ui: &mut Ui, composer: &mut Composer) {
    let all = ui.max_rect();
    let Some(shown) = composer.previews.shown.as_ref() else {
        return said_ui(ui, all, "Composing …");
    };
    if shown.slides.is_empty() {
        return said_ui(ui, all, "No slides: tick a part at the left");
    }
    let large = (all.width() * LARGE).floor();
    let grid = all.with_max_x(all.right() - large - sizes().space.l);
    let right = all.with_min_x(all.right() - large);
    let ui_of = &mut composer.slides;
    let stop = sheet::part(ui, grid, |ui| grid_ui(ui, shown, ui_of));
    composer.enters.push(stop);
    sheet::part(ui, right, |ui| large_ui(ui, shown, ui_of));
}

fn said_ui(ui: &Ui, all: Rect, said: &str) {
    let ink = colour(current(ui).chrome.muted);
    let font = egui::TextStyle::Body.resolve(ui.style());
    ui.painter().text(all.center(), egui::Align2::CENTER_CENTER, said, font, ink);
}

/// How high a slide is that is so wide.
fn height_of(frame: &Frame, width: f32) -> f32 {
    (width * frame.height / frame.width.max(1.0)).round()
}

/// All slides, small. Returns what has the focus there.
fn grid_ui(ui: &mut Ui, shown: &Slides, state: &mut SlidesUi) -> egui::Id {
    let (slides, theme) = (&shown.slides, current(ui));
    let at = state.at(slides);
    let id = ui.scope_id().with("slides");
    let list = roving::stop(ui, id, ui.max_rect());
    let spoken = format!("Slides: {} of {}, {}", at + 1, slides.len(), slides[at].title);
    list.widget_info(|| WidgetInfo::labeled(Role::List, true, &spoken));
    let pad = sizes().space.xs + 2.0;
    let room = ui.max_rect().width() - sizes().space.m;
    let columns = ((room / (SMALL + 2.0 * pad)).floor() as usize).max(1);
    let width = (room / columns as f32).floor() - 2.0 * pad;
    let high = height_of(&shown.frame, width);
    let size = vec2(width, high + sizes().text.small.line + sizes().space.xs);
    let led = roving::moved(ui, &list, at, slides.len(), columns);
    let mut chosen = led;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for (row, of_row) in slides.chunks(columns).enumerate() {
            ui.horizontal_top(|ui| {
                for (column, slide) in of_row.iter().enumerate() {
                    let number = row * columns + column;
                    let whole = size + Vec2::splat(2.0 * pad);
                    let (cell, response) = ui.allocate_exact_size(whole, Sense::CLICK);
                    let name = format!("Slide {} of {}: {}", number + 1, slides.len(), slide.title);
                    let is_it = number == at;
                    response.widget_info(|| {
                        WidgetInfo::selected(Role::ListBoxOption, true, is_it, &name)
                    });
                    if response.clicked() {
                        chosen = Some(number);
                        ui.memory_mut(|m| m.request_focus(id));
                    }
                    if led == Some(number) {
                        ui.scroll_to_rect(cell, None);
                    }
                    if ui.is_rect_visible(cell) {
                        let chrome = &theme.chrome;
                        let fill = match (is_it, response.hovered()) {
                            (true, _) => Some(chrome.accent_soft),
                            (false, true) => Some(chrome.panel_alt),
                            (false, false) => None,
                        };
                        let (painter, radius) = (ui.painter(), sizes().radius.card);
                        if let Some(fill) = fill {
                            painter.rect_filled(cell, radius, colour(fill));
                        }
                        if is_it && list.has_focus() {
                            let ring = Stroke::new(sizes().stroke.medium, colour(chrome.accent));
                            painter.rect_stroke(cell, radius, ring, StrokeKind::Inside);
                        }
                        let inner = cell.shrink(pad);
                        let picture = inner.with_max_y(inner.top() + high);
                        let galleys = &mut state.small;
                        miniature(painter, picture, &slide.scene, Theme::light(), galleys);
                        let edge = if is_it { chrome.accent } else { chrome.border_strong };
                        let edge = Stroke::new(sizes().stroke.hair, colour(edge));
                        painter.rect_stroke(picture, 0.0, edge, StrokeKind::Outside);
                        caption_ui(ui, inner, high, number, slide);
                    }
                }
            });
        }
    });
    if let Some(number) = chosen {
        state.chosen = Some(slides[number].key.clone());
    }
    id
}

/// A small slide's number and title, cut where there is no room.
fn caption_ui(ui: &Ui, rect: Rect, high: f32, number: usize, slide: &Slide) {
    let ink = colour(current(ui).chrome.muted);
    let font = egui::TextStyle::Small.resolve(ui.style());
    let text = format!("{}  {}", number + 1, slide.title.replace('\n', " "));
    let mut job = egui::text::LayoutJob::simple_singleline(text, font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left(), rect.top() + high + sizes().space.xs);
    ui.painter().galley(at, galley, ink);
}

/// One slide, large, and what is said to it.
fn large_ui(ui: &mut Ui, shown: &Slides, state: &mut SlidesUi) {
    let (theme, room) = (current(ui), ui.max_rect());
    let at = state.at(&shown.slides);
    let slide = &shown.slides[at];
    // As wide as there is room, but the notes keep a third of the height.
    let most = room.height() * 0.66 * shown.frame.width / shown.frame.height.max(1.0);
    let width = (room.width() - 2.0).min(most).floor();
    let size = vec2(width, height_of(&shown.frame, width));
    let left = room.left() + (room.width() - width) / 2.0;
    let picture = Rect::from_min_size(pos2(left, room.top() + 1.0), size);
    let response = ui.allocate_rect(picture, Sense::hover());
    let name = format!("Preview of slide {}: {}", at + 1, slide.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    miniature(ui.painter(), picture, &slide.scene, Theme::light(), &mut state.large);
    let edge = Stroke::new(sizes().stroke.hair, colour(theme.chrome.border_strong));
    ui.painter().rect_stroke(picture, 0.0, edge, StrokeKind::Outside);
    ui.add_space(sizes().space.s);
    ui.horizontal(|ui| {
        ui.label(bold("Notes"));
        let said = format!("of slide {} · {}", at + 1, slide.part.label());
        ui.label(muted(said, theme));
    });
    ScrollArea::vertical().id_salt(&slide.key).auto_shrink(false).show(ui, |ui| {
        if slide.notes.is_empty() {
            ui.label(muted("None", theme));
        }
        for paragraph in &slide.notes {
            ui.add(egui::Label::new(paragraph).wrap());
        }
    });
}
