//! A chip: a record that another one is tied to. A click goes there, the cross unties it.

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{Key, Modifiers, Rect, Response, Sense, TextFormat, Ui, WidgetInfo, vec2};

use crate::layout::sizes;
use crate::scene::{Rgba, Theme};

use super::mark::{Glyph, focus_ring, glyph};
use super::{body, colour};

/// What the user did to a chip.
#[derive(Debug)]
pub struct ChipResponse {
    pub response: Response,
    /// The cross was clicked, or Delete pressed with the chip in focus.
    pub removed: bool,
}

/// Draws a chip. `name` is what it is called to a screen reader ("Rests on Returns desk"), `dot` a
/// coloured dot before the text, `remove` the accessible name of its cross, if it has one.
pub fn chip_ui(
    ui: &mut Ui,
    theme: &Theme,
    text: &str,
    name: &str,
    dot: Option<Rgba>,
    remove: Option<&str>,
) -> ChipResponse {
    let size = sizes();
    let (pad, cross) = (size.space.s, if remove.is_some() { size.space.l } else { 0.0 });
    let lead = if dot.is_some() { size.space.m } else { 0.0 };
    // A line holds the longest chip and a button after it.
    let line = ui.max_rect().width() - size.mark.severity - 2.0 * ui.spacing().item_spacing.x;
    let most = (line - 2.0 * pad - cross - lead).max(size.space.xl);
    let ink = colour(theme.chrome.accent);
    let shown = if text.is_empty() { "Unnamed" } else { text };
    let mut job =
        LayoutJob::single_section(shown.replace('\n', " "), TextFormat::simple(body(), ink));
    job.wrap = egui::text::TextWrapping::truncate_at_width(most);
    let galley = ui.painter().layout_job(job);
    let wide = galley.size().x + 2.0 * pad + cross + lead;
    let (rect, response) = ui.allocate_exact_size(vec2(wide, size.space.xl), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let mut removed = response.has_focus()
        && remove.is_some()
        && ui.input_mut(|i| {
            i.consume_key(Modifiers::NONE, Key::Delete)
                || i.consume_key(Modifiers::NONE, Key::Backspace)
        });
    if ui.is_rect_visible(rect) {
        let lit = response.hovered();
        ui.painter().rect_filled(rect, size.radius.chip, colour(theme.chrome.accent_soft));
        if lit {
            let edge = egui::Stroke::new(size.stroke.hair, ink);
            ui.painter().rect_stroke(rect, size.radius.chip, edge, egui::StrokeKind::Inside);
        }
        focus_ring(ui, theme, &response, size.radius.chip);
        if let Some(dot) = dot {
            let at = rect.left_center() + vec2(pad + size.mark.dot / 2.0, 0.0);
            ui.painter().circle_filled(at, size.mark.dot / 2.0, colour(dot));
        }
        let at = egui::pos2(rect.left() + pad + lead, rect.center().y - galley.size().y / 2.0);
        let cut = galley.elided;
        ui.painter().galley(at, galley, ink);
        if cut {
            response.clone().on_hover_text(shown);
        }
    }
    if let Some(remove) = remove {
        let place = Rect::from_min_max(
            egui::pos2(rect.right() - cross - size.space.xs, rect.top()),
            rect.right_bottom(),
        );
        // The chip itself is in the tab order; its cross is reached by Delete.
        let id = response.id.with("cross");
        let button = ui.interact(place, id, Sense::CLICK);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), remove));
        let ink = if button.hovered() { theme.chrome.danger } else { theme.chrome.accent };
        glyph(ui.painter(), place.shrink(size.space.xs * 0.5), Glyph::Cross, colour(ink));
        removed |= button.clicked();
    }
    ChipResponse { response, removed }
}
