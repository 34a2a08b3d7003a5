//! Icons and the buttons of the frame: quiet tools, one strong button a dialog.
//!
//! Says nothing of what a button does; every one has a name for screen readers and tests.

use egui::{
    Button, Color32, Layout, Painter, Pos2, Rect, Response, RichText, Role, Sense, Shape, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use crate::layout::sizes;
use crate::scene::Icon;

use super::theme::{bold_family, colour, current};

/// Paints an icon into a square, in screen points.
pub fn paint(painter: &Painter, square: Rect, icon: Icon, ink: Color32) {
    let scale = square.width() / Icon::BOX;
    let stroke = Stroke::new((Icon::STROKE * scale).max(1.0), ink);
    // A quarter of a pixel is not seen; in the icon's own units that is more, the smaller it is.
    let tolerance = 0.25 / scale.max(0.1);
    for path in icon.paths() {
        for (points, closed) in path.flatten(tolerance) {
            let points: Vec<Pos2> =
                points.iter().map(|p| square.min + vec2(p.x, p.y) * scale).collect();
            painter.add(if closed {
                Shape::closed_line(points, stroke)
            } else {
                Shape::line(points, stroke)
            });
        }
    }
}

/// A button that is an icon alone; its name is spoken, its tooltip says more.
pub fn button(ui: &mut Ui, icon: Icon, name: &str, tooltip: &str, enabled: bool) -> Response {
    let side = ui.spacing().interact_size.y;
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let chrome = &current(ui).chrome;
    let lively = enabled && (response.hovered() || response.has_focus());
    if lively {
        let radius = sizes().radius.field;
        ui.painter().rect_filled(rect, radius, colour(chrome.panel_alt));
        if response.has_focus() {
            let ring = Stroke::new(sizes().stroke.medium, colour(chrome.accent));
            ui.painter().rect_stroke(rect, radius, ring, StrokeKind::Inside);
        }
    }
    let ink = match (enabled, lively) {
        (false, _) => chrome.border_strong,
        (true, false) => chrome.muted,
        (true, true) => chrome.text_strong,
    };
    let square = Rect::from_center_size(rect.center(), Vec2::splat(sizes().card.icon + 2.0));
    paint(ui.painter(), square, icon, colour(ink));
    response.on_hover_text(tooltip)
}

/// The one strong button of a dialog or a page.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    let chrome = &current(ui).chrome;
    let label = RichText::new(text).family(bold_family()).color(colour(chrome.on_accent));
    ui.scope(|ui| {
        // The focus ring has to stand out from the button's own colour.
        let visuals = &mut ui.style_mut().visuals.widgets;
        visuals.active.bg_stroke = Stroke::new(sizes().stroke.thick, colour(chrome.text_strong));
        wide(ui, Button::new(label).fill(colour(chrome.accent)), 88.0)
    })
    .inner
}

/// An ordinary button of a dialog or a page.
pub fn plain(ui: &mut Ui, text: &str) -> Response {
    wide(ui, Button::new(text), 72.0)
}

/// A button of at least this width with its text in the middle.
fn wide(ui: &mut Ui, button: Button<'_>, width: f32) -> Response {
    let layout = Layout::centered_and_justified(ui.layout().main_dir());
    let height = ui.spacing().interact_size.y;
    // `min_size` alone leaves the text at the left in layouts that stand left.
    ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| ui.add(button)).inner
}
