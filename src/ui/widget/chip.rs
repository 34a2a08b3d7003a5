//! A chip: a record that another one is tied to. A click goes there, the cross unties it.

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{Key, Modifiers, Rect, Response, Sense, TextFormat, Ui, WidgetInfo, pos2, vec2};

use crate::layout::sizes;
use crate::scene::{Rgba, Theme};

use super::mark::{Glyph, focus_ring, glyph};
use super::{body, colour};

/// What a chip shows and how its parts are called.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chip<'a> {
    pub text: &'a str,
    /// What it is called to a screen reader: "Rests on Returns desk".
    pub name: &'a str,
    /// A coloured dot before the text.
    pub dot: Option<Rgba>,
    /// The accessible name of a button with dots, for what ties the record.
    pub more: Option<&'a str>,
    /// The accessible name of its cross.
    pub remove: Option<&'a str>,
}

/// What the user did to a chip.
#[derive(Debug)]
pub struct ChipResponse {
    pub response: Response,
    /// The button with dots was pressed.
    pub more: bool,
    /// The cross was clicked, or Delete pressed with the chip in focus.
    pub removed: bool,
}

/// Draws a chip.
pub fn chip_ui(ui: &mut Ui, theme: &Theme, chip: Chip<'_>) -> ChipResponse {
    let size = sizes();
    let part = |it: Option<&str>| if it.is_some() { size.space.l } else { 0.0 };
    let (pad, ends) = (size.space.s, part(chip.more) + part(chip.remove));
    let lead = if chip.dot.is_some() { size.space.m } else { 0.0 };
    // A line holds the longest chip and a button after it.
    let line = ui.max_rect().width() - size.mark.severity - 2.0 * ui.spacing().item_spacing.x;
    let most = (line - 2.0 * pad - ends - lead).max(size.space.xl);
    let ink = colour(theme.chrome.accent);
    let shown = if chip.text.is_empty() { "Unnamed" } else { chip.text };
    let mut job =
        LayoutJob::single_section(shown.replace('\n', " "), TextFormat::simple(body(), ink));
    job.wrap = egui::text::TextWrapping::truncate_at_width(most);
    let galley = ui.painter().layout_job(job);
    let wide = galley.size().x + 2.0 * pad + ends + lead;
    let (rect, response) = ui.allocate_exact_size(vec2(wide, size.space.xl), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), chip.name));
    let mut removed = response.has_focus() && chip.remove.is_some() && delete_pressed(ui);
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, size.radius.chip, colour(theme.chrome.accent_soft));
        if response.hovered() {
            let edge = egui::Stroke::new(size.stroke.hair, ink);
            ui.painter().rect_stroke(rect, size.radius.chip, edge, egui::StrokeKind::Inside);
        }
        focus_ring(ui, theme, &response, size.radius.chip);
        if let Some(dot) = chip.dot {
            let at = rect.left_center() + vec2(pad + size.mark.dot / 2.0, 0.0);
            ui.painter().circle_filled(at, size.mark.dot / 2.0, colour(dot));
        }
        let at = pos2(rect.left() + pad + lead, rect.center().y - galley.size().y / 2.0);
        let cut = galley.elided;
        ui.painter().galley(at, galley, ink);
        if cut {
            response.clone().on_hover_text(shown);
        }
    }
    // From the right: the cross, then the dots.
    let mut right = rect.right() - size.space.xs;
    if let Some(remove) = chip.remove {
        // The chip itself is in the tab order; its cross is reached by Delete.
        let place = end(rect, &mut right);
        let it = end_button(ui, theme, &response, (place, Glyph::Cross), remove, Sense::CLICK);
        removed |= it.clicked();
    }
    let more = chip.more.is_some_and(|more| {
        let place = end(rect, &mut right);
        end_button(ui, theme, &response, (place, Glyph::Dots), more, Sense::click()).clicked()
    });
    ChipResponse { response, more, removed }
}

/// The next place for a button, from the right end of a chip.
fn end(rect: Rect, right: &mut f32) -> Rect {
    let left = *right - sizes().space.l;
    let place = Rect::from_min_max(pos2(left, rect.top()), pos2(*right, rect.bottom()));
    *right = left;
    place
}

fn end_button(
    ui: &Ui,
    theme: &Theme,
    chip: &Response,
    (place, it): (Rect, Glyph),
    name: &str,
    sense: Sense,
) -> Response {
    let button = ui.interact(place, chip.id.with(it as u8), sense);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let lit = if it == Glyph::Cross { theme.chrome.danger } else { theme.chrome.accent_hover };
    let ink = if button.hovered() { lit } else { theme.chrome.accent };
    glyph(ui.painter(), place.shrink(sizes().stroke.medium), it, colour(ink));
    focus_ring(ui, theme, &button, sizes().radius.chip);
    button.on_hover_text(name)
}

fn delete_pressed(ui: &Ui) -> bool {
    ui.input_mut(|i| {
        i.consume_key(Modifiers::NONE, Key::Delete)
            || i.consume_key(Modifiers::NONE, Key::Backspace)
    })
}
