//! The export dialog: a format, what it can be told, and a button that asks for the path.
//!
//! What is chosen is remembered at once, for each format. It draws and answers; the app acts.

use egui::{Align, Context, Key, Layout, Modifiers, Rect, Role, Ui, WidgetInfo, vec2};

use crate::export::{Format, Request, View};
use crate::layout::sizes;
use crate::scene::{EcosystemOptions, Scene, Theme};
use crate::ui::dialog::focus_at_first;
use crate::ui::icon;
use crate::ui::theme::{bold, colour, current};
use crate::ui::widget::muted;
use crate::ui::{Open, Shown};

use super::{Exports, Plan, format, roving, sheet};

/// The size of the dialog, in points.
const SIZE: egui::Vec2 = vec2(680.0, 396.0);
/// The width of the list of formats.
const LIST: f32 = 200.0;
/// The height of a format's row.
const ROW: f32 = 27.0;
/// The height of the row with the buttons, and that with the heading.
const FOOT: f32 = 36.0;
const HEAD: f32 = 34.0;

/// What the dialog asks for.
#[derive(Debug)]
pub enum Asked {
    Close,
    /// Slides are composed elsewhere.
    Compose,
    Export(Box<Plan>),
}

/// The dialog. What is chosen is in the settings, but for the view.
#[derive(Debug)]
pub struct ExportDialog {
    view: Shown,
    /// The list of formats as it was drawn last: Enter exports there too.
    list: Option<egui::Id>,
}

impl ExportDialog {
    /// Begins with the view that is shown.
    pub fn new(shown: Shown) -> Self {
        Self { view: shown, list: None }
    }

    /// Draws the dialog. `covered`: a question stands in front of it.
    pub fn show(
        &mut self,
        ctx: &Context,
        open: &Open,
        exports: &mut Exports,
        covered: bool,
    ) -> Option<Asked> {
        let focused = ctx.memory(|m| m.focused());
        let enters = !covered && (focused.is_none() || focused == self.list);
        let entered = enters && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        let (mut pressed, mut closed, mut can) = (false, false, true);
        let ended = sheet::show(ctx, "export", SIZE, |ui| {
            let all = ui.max_rect();
            let gap = sizes().space.l;
            let middle = Rect::from_min_max(
                all.min + vec2(0.0, HEAD),
                all.max - vec2(0.0, FOOT + sizes().space.s),
            );
            let list = middle.with_max_x(middle.left() + LIST);
            let right = middle.with_min_x(list.right() + gap);
            sheet::part(ui, all.with_max_y(all.top() + HEAD), |ui| sheet::heading(ui, "Export"));
            sheet::part(ui, list, |ui| self.list_ui(ui, exports));
            sheet::part(ui, right, |ui| {
                ui.spacing_mut().item_spacing.y = sizes().space.s;
                ui.label(bold(exports.format.label()));
                let about = format::about(exports.format);
                ui.add(egui::Label::new(muted(about, current(ui))).wrap());
                ui.add_space(sizes().space.s);
                let scene = scene(open, self.view);
                can = format::choices_ui(ui, exports, &mut self.view, scene);
            });
            sheet::part(ui, all.with_min_y(all.bottom() - FOOT), |ui| {
                ui.with_layout(Layout::right_to_left(Align::Max), |ui| {
                    ui.add_enabled_ui(can, |ui| {
                        let composes = exports.format == Format::Pptx;
                        let word = if composes { "Compose…" } else { "Export…" };
                        let export = icon::primary(ui, word);
                        focus_at_first(ui, &export);
                        pressed = export.on_hover_text("Enter").clicked();
                    });
                    closed = icon::plain(ui, "Cancel").on_hover_text("Esc").clicked();
                });
            });
        });
        if (pressed || entered || ended.confirmed) && can {
            return Some(match self.plan(ctx, open, exports) {
                Some(plan) => Asked::Export(Box::new(plan)),
                None => Asked::Compose,
            });
        }
        (closed || ended.given_up).then_some(Asked::Close)
    }

    /// The export that is chosen; none of slides.
    fn plan(&self, ctx: &Context, open: &Open, exports: &Exports) -> Option<Plan> {
        let as_shown = exports.is_as_shown(exports.format);
        Some(Plan::of(Request {
            doc: open.session.doc().clone(),
            view: view(open, self.view),
            theme: if as_shown { current(ctx) } else { Theme::light() },
            output: format::output(exports.format, exports)?,
        }))
    }

    fn list_ui(&mut self, ui: &mut Ui, exports: &mut Exports) {
        let theme = current(ui);
        let at = Format::ALL.iter().position(|it| *it == exports.format).unwrap_or(0);
        let id = ui.scope_id().with("formats");
        let room = ui.max_rect();
        let list = room.with_max_y(room.top() + ROW * Format::ALL.len() as f32);
        let stop = roving::stop(ui, id, list);
        let spoken = format!("Formats, chosen: {}", exports.format.label());
        stop.widget_info(|| WidgetInfo::labeled(Role::List, true, &spoken));
        self.list = Some(id);
        if let Some(to) = roving::moved(ui, &stop, at, Format::ALL.len(), 1) {
            exports.format = Format::ALL[to];
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        for format in Format::ALL {
            let on = exports.format == format;
            let size = vec2(ui.available_width(), ROW);
            let (rect, row) = ui.allocate_exact_size(size, egui::Sense::CLICK);
            let spoken = format!("Format: {}", format.label());
            row.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &spoken));
            if row.clicked() {
                exports.format = format;
                ui.memory_mut(|m| m.request_focus(id));
            }
            let fill = match (on, row.hovered()) {
                (true, _) => Some(theme.chrome.accent_soft),
                (false, true) => Some(theme.chrome.panel_alt),
                (false, false) => None,
            };
            let (painter, radius) = (ui.painter(), sizes().radius.field);
            if let Some(fill) = fill {
                painter.rect_filled(rect, radius, colour(fill));
            }
            if on && stop.has_focus() {
                let ring = egui::Stroke::new(sizes().stroke.medium, colour(theme.chrome.accent));
                painter.rect_stroke(rect, radius, ring, egui::StrokeKind::Inside);
            }
            let ink = if on { theme.chrome.text_strong } else { theme.chrome.text };
            let font = egui::TextStyle::Body.resolve(ui.style());
            let at = rect.left_center() + vec2(sizes().space.s, 0.0);
            painter.text(at, egui::Align2::LEFT_CENTER, format.label(), font, colour(ink));
        }
    }
}

/// A view as it is shown, or as it would be.
fn view(open: &Open, view: Shown) -> View {
    if open.shown == view {
        return open.export_view();
    }
    match (view, &open.ecosystem) {
        (Shown::Journey, _) => View::Journey(open.journey.options().clone()),
        (Shown::Ecosystem, Some(it)) => View::Ecosystem(it.options().clone()),
        (Shown::Ecosystem, None) => {
            let segment = open.segment.clone();
            View::Ecosystem(EcosystemOptions { segment, ..EcosystemOptions::default() })
        }
    }
}

/// The picture of a view, where the window has one.
fn scene(open: &Open, view: Shown) -> Option<&Scene> {
    match view {
        _ if open.shown == view => Some(open.scene()),
        Shown::Journey => Some(open.journey.scene()),
        Shown::Ecosystem => open.ecosystem.as_ref().map(|it| it.scene()),
    }
}
